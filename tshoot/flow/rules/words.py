"""Rules about what is said: guide items (F401), no secrets (F502), no phone numbers (X9), named values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tshoot.flow.rules.evidence import OUTSIDE_FACTS
from tshoot.flow.rules.secrets import asks_for_secret
from tshoot.flow.rules.subject import LintProblem, Subject
from tshoot.flow.rules.texts import speaks
from tshoot.names import did_you_mean

LAST_ITEM = {"A": 96, "B": 66, "C": 27, "X": 18}
"""How many guide items and conflicts there are (advice-index.md, totals and table d4)."""

_PHONE = re.compile(r"(?<![\d.])(?:\+?1[-. ]?)?\(?\d{3}\)?[-. ]\d{3}[-. ]\d{4}(?!\.?\d)")
_VALUE = re.compile(r"\{([a-z][a-z0-9_-]{0,39})\}")


def cites_exist(subject: Subject) -> Iterator[LintProblem]:
    """Every guide item cited exists."""
    for step in subject.flow.steps:
        for index, cite in enumerate(step.cite):
            if not 1 <= int(cite[1:]) <= LAST_ITEM[cite[0]] or cite[1] == "0":
                message = f"There is no guide item {cite}."
                hint = ", ".join(f"{letter}1 to {letter}{last}" for letter, last in LAST_ITEM.items())
                yield subject.at(step, "cite-exists", message, hint, "cite", index)


def speaking_steps_cite(subject: Subject) -> Iterator[LintProblem]:
    """A step that says something carries at least one guide item."""
    for step, said in subject.said:
        if not step.cite and speaks(said):
            message = f"'{step.id}' says something and cites no guide item."
            yield subject.at(step, "cite-missing", message, "add 'cite', for example [A63]")


def no_secrets(subject: Subject) -> Iterator[LintProblem]:
    """No step asks for a password, a PIN, a one-time code or a card number."""
    for step, said in subject.said:
        for place, text in said:
            if asks_for_secret(text):
                message = f"'{step.id}' seems to ask for a password, PIN, code or card number."
                hint = "secrets are never asked for; ask what the person sees instead"
                yield subject.at(step, "asks-secret", message, hint, *place)


def no_phone_numbers(subject: Subject) -> Iterator[LintProblem]:
    """Texts hold no phone number but those of the services catalogue, which have a source (X9)."""
    official = subject.world.official
    known = official.phones if official else frozenset[str]()
    for step, said in subject.said:
        for place, text in said:
            for found in _PHONE.finditer(text):
                if re.sub(r"\D", "", found[0]).removeprefix("1") in known:
                    continue
                message = f"'{step.id}' prints the phone number {found[0]}."
                hint = "name the channel in 'help'; its number comes from the services catalogue"
                yield subject.at(step, "phone-number", message, hint, *place)


def values_exist(subject: Subject) -> Iterator[LintProblem]:
    """Named values in texts (``{gateway}``) are values that a diagnosis or an answer gives."""
    if subject.world.values is None:
        return
    known = subject.world.values | OUTSIDE_FACTS | set(subject.world.facts)
    for step, said in subject.said:
        for place, text in said:
            for name in _VALUE.findall(text):
                if name not in known:
                    message = f"Nothing gives the value {{{name}}}."
                    yield subject.at(step, "value-exists", message, did_you_mean(name, known), *place)
