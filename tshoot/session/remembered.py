"""What is known of the sessions that were written to last, so that it need not be read before each event."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from tshoot.session.adding import Known

MOST_KNOWN = 500
"""Sessions remembered; an agent has a handful of them open."""


class Remembered:
    """What follows from the events of some sessions, by their names. Any thread."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Known] = OrderedDict()
        self._lock = Lock()

    def keep(self, known: Known) -> None:
        """Remember this in place of what was known of the session."""
        with self._lock:
            self._known[known.row.session] = known
            self._known.move_to_end(known.row.session)
            if len(self._known) > MOST_KNOWN:
                self._known.popitem(last=False)

    def after(self, session: str, number: int) -> Known | None:
        """What is known of the session up to exactly this event."""
        with self._lock:
            known = self._known.get(session)
        return known if known is not None and known.row.last == number else None
