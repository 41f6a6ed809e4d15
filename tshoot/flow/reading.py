"""How hard a text is to read: the Flesch-Kincaid grade level.

Kincaid, Fishburne, Rogers, Chissom, "Derivation of new readability formulas", 1975:
``0.39 · words per sentence + 11.8 · syllables per word - 15.59``. Every line and every list entry ends a
sentence, because that is how it is read. Syllables are counted by rules for English spelling.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

FEWEST_WORDS = 12
"""Below this many words the formula says nothing."""

_SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)|\n+")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)*|\d+(?:[.,]\d+)*")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_END = re.compile(r"(?:[^laeiouy]e|[^aeiouytd]ed|[^aeiouyscgxz]es)$")
_HIATUS = re.compile(
    r"(?<![tcsgx])i(?:a|o|e[rnt]|u[mst])|(?<!q)u(?:al|at|ou)|eo(?!u|p)|[aeiouy]ing|(?<=r)ea(?=t[ei])"
)
"""Neighbouring vowels that are spoken apart."""
_MUTE_INSIDE = re.compile(r"[^aeiouyl]e(?:ly|ment|ments|ness|ful)$")
_KNOWN = {
    "area": 3, "business": 2, "cables": 2, "dhcp": 4, "dns": 3, "every": 2, "everything": 3, "everywhere":
    3, "file": 1, "friend": 1, "friends": 1, "gateway": 2, "gateways": 2, "homepage": 2, "http": 4, "https":
    5, "id": 2, "idea": 3, "ideal": 3, "ideas": 3, "ids": 2, "ip": 2, "maybe": 2, "million": 2, "os": 2,
    "pc": 2, "safety": 2, "science": 2, "somebody": 3, "someone": 2, "something": 2, "sometimes": 2,
    "somewhere": 2, "tcp": 3, "theater": 3, "tv": 2, "url": 3, "usb": 3, "vpn": 3, "whole": 1,
}  # fmt: skip
"""Words that the rules get wrong, and abbreviations that are read letter by letter."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The counts of a text; :attr:`grade` is the US school grade that reads it with ease."""

    words: int
    sentences: int
    syllables: int

    @property
    def grade(self) -> float:
        """The grade level; 0 where there are no words. May be below zero for very easy texts."""
        if not self.words or not self.sentences:
            return 0.0
        return 0.39 * self.words / self.sentences + 11.8 * self.syllables / self.words - 15.59


def reading_of(texts: Iterable[str]) -> Reading:
    """The counts of several texts read one after another."""
    words = sentences = spoken = 0
    for text in texts:
        for sentence in _SENTENCE_END.split(text):
            found = _WORD.findall(sentence)
            if found:
                words += len(found)
                sentences += 1
                spoken += sum(map(syllables, found))
    return Reading(words, sentences, spoken)


@lru_cache(maxsize=8192)
def syllables(word: str) -> int:
    """The syllables of an English word, at least 1. A number counts as one."""
    plain = word.lower().replace("’", "'")
    if plain in _KNOWN:
        return _KNOWN[plain]
    plain = plain.removesuffix("'s")
    count = len(_VOWELS.findall(plain))
    count += len(_HIATUS.findall(plain)) - len(_MUTE_INSIDE.findall(plain))
    if count > 1 and _SILENT_END.search(plain):
        count -= 1
    if plain.endswith(("n't",)) and plain[:-3].endswith(("d", "s")):
        count += 1  # didn't, isn't, doesn't
    return max(count, 1)
