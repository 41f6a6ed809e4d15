"""The table of `tshoot sessions list`: one line a session, as wide as the terminal."""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import datetime

from tshoot.session.ages import ago
from tshoot.session.row import SessionRow
from tshoot.session.summary import state_words

_HEAD = ("SESSION", "LAST USED", "STATE", "WHO", "WHERE")
_WIDTHS = (8, 14, 15, 12)
_NARROWEST = 20


def table(rows: Iterable[SessionRow], now: datetime, width: int | None = None) -> Iterator[str]:
    """The lines, the head first; none where there are no rows."""
    room = (width or shutil.get_terminal_size((100, 24)).columns) - sum(_WIDTHS) - 2 * len(_WIDTHS)
    for place, row in enumerate(rows):
        if not place:
            yield _line(_HEAD, room)
        who = row.label or row.agent or row.kind
        where = f"{row.topic}: {row.title}" if row.topic else row.title
        yield _line((row.session, ago(row.updated, now), state_words(row.state), who, where), room)


def _line(cells: tuple[str, ...], room: int) -> str:
    widths = (*_WIDTHS, max(room, _NARROWEST))
    return "  ".join(_fitted(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _fitted(text: str, width: int) -> str:
    """The text in so many columns; wide characters take two."""
    columns, kept = 0, ""
    for char in text:
        columns += _columns(char)
        if columns > width:
            while kept and sum(map(_columns, kept)) > width - 1:
                kept = kept[:-1]
            kept += "…"
            break
        kept += char
    return kept + " " * (width - sum(map(_columns, kept)))


def _columns(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
