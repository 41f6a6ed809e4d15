"""The sessions that were begun here and not ended: to go on with, or walked by some window now."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tshoot.session.hold import in_use
from tshoot.session.origin import origin_here

if TYPE_CHECKING:
    from tshoot.session.row import SessionRow
    from tshoot.session.store import Store

_LOOKED_AT = 20
"""Of the last ones: more are not walked in other windows at once."""


class LeftOpen(NamedTuple):
    """The newest first. ``used`` are those that some window walks."""

    free: tuple[SessionRow, ...]
    used: tuple[SessionRow, ...]


def left_open(store: Store, flow: str = "") -> LeftOpen:
    """Those of ``flow``, or of any; each has an answer or a note. Raises :class:`StoreError`."""
    from tshoot.session.listing import Filters

    filters = Filters(state="open", origin=origin_here(), flow=flow, answered=True)
    rows, used = store.sessions(filters, limit=_LOOKED_AT), in_use()
    return LeftOpen(
        tuple(row for row in rows if row.session not in used),
        tuple(row for row in rows if row.session in used),
    )
