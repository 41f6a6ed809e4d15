"""Rules about answers that are read aloud or skimmed (flow-anchors.md, b4: F306; warnings)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from tshoot.flow.model import AddressStep, AskInstead, AskStep, InsteadOption, Option, Step
from tshoot.flow.rules.subject import LintProblem, Subject

FIRST_LETTERS = 12
"""So many letters of a label are looked at when a list is skimmed (F306)."""

_RHYMES = {letter: group[0] for group in ("bcdegptvz", "ajk", "flmnsx", "iy", "quw") for letter in group}
"""Letters whose names sound alike on the telephone (the reason for spelling alphabets)."""
_CODES = {letter: code for code, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1)
          for letter in letters}  # fmt: skip
_WORD = re.compile(r"[a-z0-9]+(?:'[a-z]+)?")
_SILENT = re.compile(r"^(?:wr|kn|gn|ps)|ght|gh(?=t|$)")
_NUMBERS = {"thir": "13", "four": "14", "fif": "15", "six": "16", "seven": "17", "eigh": "18", "nine": "19"}
_SOUNDS = {"for": "4", "four": "4", "two": "2", "to": "2", "too": "2", "one": "1", "won": "1", "ate": "8",
           "eight": "8", "know": "no"}  # fmt: skip


def first_words_distinct(subject: Subject) -> Iterator[LintProblem]:
    """The answers to a question differ in their first letters, so that a glance is enough."""
    for step, options, place in _questions(subject):
        seen: dict[str, str] = {}
        for index, option in enumerate(options):
            start = re.sub(r"[^a-z0-9]", "", option.label.lower())[:FIRST_LETTERS]
            if start in seen and seen[start] != option.label.lower():
                message = f"Two answers to '{step.id}' begin alike: '{option.label}'."
                hint = "begin each with the word that makes the difference"
                yield subject.warn(step, "option-alike", message, hint, *place, index, "label")
            seen.setdefault(start, option.label.lower())


def sounds_distinct(subject: Subject) -> Iterator[LintProblem]:
    """The answers to a question can be told apart on the telephone."""
    for step, options, place in _questions(subject):
        seen: dict[tuple[str, ...], str] = {}
        for index, option in enumerate(options):
            sound = sound_of(option.label)
            if sound in seen and seen[sound].lower() != option.label.lower():
                message = f"'{option.label}' sounds like '{seen[sound]}' when it is read aloud."
                hint = "say it with other words"
                yield subject.warn(step, "option-sound", message, hint, *place, index, "label")
            seen.setdefault(sound, option.label)


def sound_of(label: str) -> tuple[str, ...]:
    """How a label sounds, roughly: equal for labels that are easily taken for each other."""
    return tuple(_sound(word) for word in _WORD.findall(label.lower().replace("’", "'")))


@lru_cache(maxsize=4096)
def _sound(word: str) -> str:
    if word.endswith("n't"):
        word = "can" if word == "can't" else word  # the one that is misheard: the t is swallowed
    if len(word) == 1:
        return _RHYMES.get(word, word)
    if word.endswith(("teen", "ty")) and word.removesuffix("teen").removesuffix("ty") in _NUMBERS:
        return _NUMBERS[word.removesuffix("teen").removesuffix("ty")]
    return _SOUNDS.get(word) or _soundex(word)


def _soundex(word: str) -> str:
    """The consonants by place of speech with the vowels between them marked (after Russell, 1918)."""
    plain = _SILENT.sub(lambda match: match[0][-1], word).replace("ph", "f").replace("ck", "k")
    first = {"c": "k", "q": "k"}.get(plain[0], plain[0])
    codes = [
        str(_CODES.get(letter, "-" if letter in "aeiouy" else "")) for letter in plain[1:].removesuffix("e")
    ]
    return first + re.sub(r"(.)\1+", r"\1", "".join(codes))


def _questions(
    subject: Subject,
) -> Iterator[tuple[Step, Sequence[Option | InsteadOption], tuple[str, ...]]]:
    for step in subject.flow.steps:
        if isinstance(step, AskStep | AddressStep):
            yield step, step.options, ("options",)
        instead: AskInstead | None = getattr(step, "ask_instead", None)
        if instead is not None:
            yield step, instead.options, ("ask_instead", "options")
