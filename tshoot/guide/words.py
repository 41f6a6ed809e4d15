"""Named values in the texts of a flow: ``{name}``, and nothing else of a format language."""

from __future__ import annotations

import re
from collections.abc import Mapping

_NAME = re.compile(r"\{([a-z][a-z0-9_-]{0,39})\}")
_SENTENCES = {"summary", "next"}
"""Values that are whole sentences: without one, nothing is missing from the text."""
_LEFT_OVERS = (
    (re.compile(r"[ \t]*\([ \t]*\)"), ""),
    (re.compile(r"[ \t]{2,}"), " "),
    (re.compile(r"[ \t]+(?=[.,;:?!)](?:\s|$))"), ""),
)
"""What stays behind where a value is left out: empty brackets, double spaces, a space before a stop."""


def fill(text: str, values: Mapping[str, str]) -> str:
    """``text`` with every ``{name}`` replaced by its value; values are not searched for names again.

    A name without a value becomes its own words ("the dns server"), or is left out where these words
    already stand before it ("the DNS server {dns_server} is silent"). Anything else in braces stays.
    """
    if "{" not in text:
        return text
    missing = False

    def replaced(match: re.Match[str]) -> str:
        nonlocal missing
        value = values.get(match[1], "")
        missing = missing or not value
        return value or _plain_words(match[1], text[: match.start()])

    filled = _NAME.sub(replaced, text)
    return _tidied(filled) if missing else filled


def _plain_words(name: str, before: str) -> str:
    if name in _SENTENCES:
        return ""
    words = re.split(r"[_-]", name)
    said = re.sub(r"[^a-z0-9]+$", "", before.lower())
    return "" if said.endswith(" ".join(words)) else " ".join(["the", *words])


def _tidied(text: str) -> str:
    for left_over, instead in _LEFT_OVERS:
        text = left_over.sub(instead, text)
    return text.strip()


def outcome_words(outcome: str) -> str:
    """A probe's outcome as a person may read it."""
    return "could not be measured" if outcome == "error" else outcome.replace("_", " ")


def cause_words(cause: str) -> str:
    """A headline as a person may read it. Not for a probe's outcome: there ``none`` is no good news."""
    plain = {"none": "all is well", "unknown": "not clear"}
    return plain.get(cause) or cause.replace("_", " ").replace(".", ": ")
