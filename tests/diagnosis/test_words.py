"""The texts for people: short, calm, easy to read, and never asking for a secret."""

from __future__ import annotations

import re

import pytest

from tshoot.diagnosis.catalog import load_catalog
from tshoot.diagnosis.cause import Cause

HARDEST = 8.0
"""Reading grade (flow-language.md, "text limits"), by the Flesch-Kincaid formula."""
LONGEST = 200


def syllables(word: str) -> int:
    letters = re.sub(r"[^a-z]", "", word.lower())
    groups = len(re.findall(r"[aeiouy]+", letters))
    silent = letters.endswith("e") and not letters.endswith("le") and groups > 1
    return max(1, groups - silent)


def grade(text: str) -> float:
    plain = re.sub(r"\{[a-z_]+\}", "it", text)
    sentences = max(1, len(re.findall(r"[.!?](?:\s|$)", plain)))
    words = re.findall(r"[A-Za-z0-9'-]+", plain)
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


@pytest.mark.parametrize("cause", load_catalog().causes, ids=lambda cause: cause.id)
def test_texts_for_people(cause: Cause) -> None:
    for text in (cause.say, cause.next):
        assert grade(text) <= HARDEST, (grade(text), text)
        assert len(text) <= LONGEST
        assert "!" not in text
        assert not re.search(r"\b(password|PIN|one-time code of)\b", text)
        assert text[-1] in ".}"
