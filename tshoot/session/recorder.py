"""Keeps a walk as it happens: each event is on the disk before the next step is shown.

Writing happens in a daemon thread, so keys work meanwhile. Where the store fails, or takes long, the person
is told once and goes on; what could not be written is kept here and tried again with the next event.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from tshoot.guide.model import Event, Finish, Taken
from tshoot.guide.state import State
from tshoot.probes.blocking import in_daemon_thread
from tshoot.session.errors import Conflict, SessionError, UnknownSession
from tshoot.session.events_json import as_kept
from tshoot.session.hold import Hold, take
from tshoot.session.model import Closed, Noted, Opened, SessionEvent
from tshoot.session.walking import walked_by

if TYPE_CHECKING:
    from tshoot.guide.engine import Engine
    from tshoot.session.store import Store

PATIENCE = 2.0
"""Seconds one waits for an event to be kept; it takes milliseconds. Longer would look like a hang."""
_GOES_ON = "Everything goes on as before, but this session is not kept."
_SLOW = "Keeping this session takes too long just now. You can simply go on; it is tried again meanwhile."


class SessionRecorder:
    """Keeps one session. ``store`` opens the store when first needed; ``opened`` begins a new session.

    A session that goes on has a name (``session``), its last number and its transcript so far. What was
    ``before`` is kept along with the first event.
    """

    def __init__(
        self,
        engine: Engine,
        store: Callable[[], Store],
        opened: Opened,
        *,
        session: str = "",
        last: int = 0,
        kept: tuple[Taken, ...] = (),
        hold: Hold | None = None,
        before: Iterable[SessionEvent] = (),
    ) -> None:
        self.session = session
        self._engine, self._store, self._opened = engine, store, opened
        self._last, self._kept, self._hold = last, kept, hold
        self._waiting = list(before)
        self._late: asyncio.Future[None] | None = None
        self._writing = threading.Lock()
        self._told = self._over = self._ended = False
        self._patient = True

    @property
    def kept(self) -> str:
        """The session's name where all of it is in the store, else empty."""
        return "" if self._waiting or self._over else self.session

    async def walked(self, event: Event, after: State, seconds: float) -> str:
        """Keep what ``event`` did; a sentence where that fails, once."""
        return await self._kept_or_told(lambda: self._walked(event, after, seconds))

    async def noted(self, flow: str, step: str, text: str) -> None:
        """Keep what the person wrote at a step, in place of what stood there. What fails is told later."""
        if not self._over:
            self._waiting.append(Noted(text, flow, step, instead=True))
            with suppress(Exception):
                await self._keep()

    def leave(self, reason: str) -> None:
        """The person has turned to something else: the session is not offered again by itself. Blocks."""
        if self.session and not self._ended and not self._over:
            self._waiting.append(Closed("set_aside", reason))
            with suppress(Exception):
                self._write()

    def let_go(self) -> None:
        """The walk is over: another program may go on with the session."""
        if self._hold is not None:
            self._hold.let_go()

    def _walked(self, event: Event, after: State, seconds: float) -> tuple[SessionEvent, ...]:
        new = walked_by(self._engine, self._kept, event, after, seconds)
        self._kept = after.transcript
        self._ended = isinstance(after.pending, Finish)
        return new

    async def _kept_or_told(self, new: Callable[[], tuple[SessionEvent, ...]]) -> str:
        if self._over:
            return ""
        try:
            self._waiting += new()
            await self._keep()
        except TimeoutError:
            return self._tell_once(_SLOW)
        except (Conflict, UnknownSession) as error:
            self._over = True
            return self._tell(f"{error} From here on it is not kept here.")
        except SessionError as error:
            return self._tell_once(f"{error} {_GOES_ON}")
        except Exception as error:  # Whatever is wrong here, the person's session is not to end by it.
            self._over = True
            return self._tell(f"Something in this program went wrong ({type(error).__name__}). {_GOES_ON}")
        return ""

    async def _keep(self) -> None:
        """Raises TimeoutError where it takes long, and what the store raises."""
        if self._late is not None and not self._late.done():
            return  # The thread that is late takes these events along.
        writing = asyncio.ensure_future(in_daemon_thread(self._write))
        self._late = writing
        writing.add_done_callback(self._seen)
        if self._patient:
            await asyncio.wait_for(asyncio.shield(writing), PATIENCE)

    def _tell(self, words: str) -> str:
        """From here on nobody waits, until a write has come through again."""
        self._told, self._patient = True, False
        return words

    def _tell_once(self, words: str) -> str:
        return self._tell("" if self._told else words)

    def _seen(self, writing: asyncio.Future[None]) -> None:
        """Nobody waits for a late write any more; its error is not to be reported as unseen."""
        if not writing.cancelled() and writing.exception() is None:
            self._patient = True

    def _write(self) -> None:
        """Write all that waits, also what comes meanwhile."""
        with self._writing:
            while self._waiting:
                events = tuple(self._waiting)
                written = self._append(events) if self.session else self._create(events)
                del self._waiting[:written]

    def _create(self, events: tuple[SessionEvent, ...]) -> int:
        row = self._store().create(self._opened, *events)
        self.session, self._last = row.session, row.last
        self._hold = take(row.session)
        return len(events)

    def _append(self, events: tuple[SessionEvent, ...]) -> int:
        """How many of the events are kept now."""
        try:
            self._last = self._store().append(self.session, self._last, events)
        except Conflict as conflict:
            # Written, but the answer got lost with the connection: nobody else writes to a held session.
            newer = [recorded.event for recorded in conflict.newer]
            if newer != [as_kept(event) for event in events[: len(newer)]]:
                raise
            self._last = conflict.newer[-1].number
            return len(newer)
        return len(events)
