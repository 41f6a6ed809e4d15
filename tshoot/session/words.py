"""What can be searched for: the words of a session's texts, cut the same way for every database.

Words are compared without case and accents. Scripts without spaces are cut into single characters, so that
any part of a text is found. Only labels, notes, titles, topics, causes and summaries are taken: no details
of measurements, no addresses, no evidence.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from tshoot.session.model import Closed, Finished, Labelled, Noted, Opened, Place, SessionEvent, Walked

LONGEST_WORD = 40
MOST_WORDS = 3000
"""Words of one session; what comes later is not found by its words any more."""
_WORD = re.compile(r"[^\W_]+")
_UNSPACED = re.compile("([\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff])")
"""Chinese, Japanese, Korean: Unicode blocks that are written without spaces."""


def words_of(*texts: str) -> frozenset[str]:
    """Every word of the texts as it is compared."""
    plain = _plain(" ".join(texts))
    spaced = _UNSPACED.sub(r" \1 ", plain)
    return frozenset(word[:LONGEST_WORD] for word in _WORD.findall(spaced))


def words_in(events: Iterable[SessionEvent]) -> frozenset[str]:
    """Every word that the events add to what a session is found by."""
    return words_of(*(text for event in events for text in _texts(event)))


def merged(known: str, new: frozenset[str]) -> str:
    """The words known with the new ones; the very same text where there is nothing new."""
    have = known.split()
    added = sorted(new.difference(have))[: max(0, MOST_WORDS - len(have))]
    return " ".join([*have, *added]) if added else known


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize(
        "NFC", "".join(char for char in decomposed if not unicodedata.combining(char))
    ).casefold()


def _texts(event: SessionEvent) -> tuple[str, ...]:
    if isinstance(event, Opened):
        return event.aim.service, event.aim.host, *_of_place(event.place)
    if isinstance(event, Walked):
        return _of_place(event.place)
    if isinstance(event, Noted):
        return (event.text,)
    if isinstance(event, Labelled):
        return (event.label,)
    if isinstance(event, Finished):
        return event.cause, event.summary
    return (event.reason,) if isinstance(event, Closed) else ()


def _of_place(place: Place | None) -> tuple[str, ...]:
    return (place.title, place.topic, place.cause, place.step) if place is not None else ()
