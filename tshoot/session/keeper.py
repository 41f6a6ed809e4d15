"""What a run of the wizard or of the dialogue needs of the store: offers to go on, and a recorder.

Nothing here stops a person: where the store can't be read there is nothing to offer, and the recorder tells
why with its first event. The store is opened when first needed, in a thread.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from tshoot.guide.model import WentBack
from tshoot.guide.recording import NoRecorder, Recorder
from tshoot.guide.setup import Subject
from tshoot.probes.blocking import in_daemon_thread
from tshoot.session.ages import ago
from tshoot.session.going import GoingOn
from tshoot.session.hold import take
from tshoot.session.left_open import left_open
from tshoot.session.model import Aim, Closed, Kind, Noted, Opened, Reopened, SessionEvent, Walked
from tshoot.session.origin import origin_here
from tshoot.session.recorder import SessionRecorder
from tshoot.session.removing import forget_old
from tshoot.session.resume import Resumed, resumed
from tshoot.session.walking import aim_of, opened_by, place_of

if TYPE_CHECKING:
    from tshoot.guide.engine import Engine
    from tshoot.guide.notes import Note
    from tshoot.guide.state import State
    from tshoot.session.record import SessionRecord
    from tshoot.session.row import SessionRow
    from tshoot.session.store import Store
    from tshoot.target import Target

MOST_OFFERED = 3
"""Sessions offered at once: more would have to be searched, which `tshoot sessions list` is for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A session one can go on with, in words."""

    session: str
    title: str
    topic: str
    age: str


@dataclass(frozen=True, slots=True)
class GoneOn:
    """A session that goes on: where it stands, and what keeps it (nothing, where nothing is to be kept)."""

    again: Resumed
    recorder: Recorder


class Keeper:
    """Joins a run and the store. ``subject`` tells whose computer the run is about."""

    def __init__(self, kind: Kind, going: GoingOn, subject: Subject = "this-device") -> None:
        self.kind, self.going, self.subject = kind, going, subject
        self._opening = threading.Lock()
        self._store: Store | None = None
        self._recorder: SessionRecorder | None = None

    @property
    def on(self) -> bool:
        """True where sessions are kept."""
        return self.going.keep

    @property
    def session(self) -> str:
        """The name of the session that is being kept; empty before it has its first event."""
        return self._recorder.session if self._recorder is not None else ""

    async def offers(self, target: Target) -> tuple[Offer, ...]:
        """The sessions begun here that can go on, the newest first; those that fit the run at ``target``."""
        if not self.going.may_offer or self.subject != "this-device":
            return ()
        try:
            return await in_daemon_thread(partial(self._offers, aim_of(target) if self.going.aimed else None))
        except Exception:  # Whatever is wrong with old sessions, a new one can begin.
            return ()

    async def record(self, session: str) -> SessionRecord:
        """A session to go on with. Raises :class:`SessionError`."""
        return await in_daemon_thread(lambda: self.store().record(session))

    async def go_on(self, engine: Engine, record: SessionRecord) -> GoneOn:
        """Where the session stands, and what keeps it from here on. Raises :class:`SessionError`."""
        return await in_daemon_thread(partial(self._go_on, engine, record))

    async def set_aside(self, sessions: tuple[str, ...]) -> None:
        """These sessions are not offered again by themselves: somebody began anew."""
        with suppress(Exception):
            await in_daemon_thread(partial(self._set_aside, sessions))

    def recorder(self, engine: Engine, state: State, target: Target, notes: Iterable[Note] = ()) -> Recorder:
        """What keeps a new session that begins at ``state``, with ``notes`` that were written before.

        It is created with its first event.
        """
        self.let_go()
        if not self.on:
            return NoRecorder()
        opened = opened_by(engine, self.kind, state, target, subject=self.subject, origin=self._origin())
        noted = tuple(Noted(note.text, note.flow, note.step, instead=True) for note in notes)
        self._recorder = SessionRecorder(engine, self.store, opened, before=noted)
        return self._recorder

    def leave(self) -> None:
        """Another walk begins: the one that was kept so far is set aside, where it has not ended. Blocks."""
        if isinstance(self._recorder, SessionRecorder):
            self._recorder.leave("Other help was looked for.")
            self._recorder.let_go()
        self._recorder = None

    def let_go(self) -> None:
        """The run is over: another program may go on with the session."""
        if self._recorder is not None:
            self._recorder.let_go()

    def store(self) -> Store:
        """The store, opened when first asked for. Blocks; any thread. Raises :class:`StoreError`."""
        with self._opening:
            if self._store is None:
                from tshoot.session.store import open_store

                self._store = open_store(self.going.address)
                forget_old(self._store, self.going.keep_days)
            return self._store

    def _offers(self, aim: Aim | None) -> tuple[Offer, ...]:
        fitting = [row for row in left_open(self.store(), self.going.flow).free if _is_for(row, aim)]
        return tuple(_offer(row) for row in fitting[:MOST_OFFERED])

    def _go_on(self, engine: Engine, record: SessionRecord) -> GoneOn:
        again = resumed(engine, record)
        if not self.on:
            self.let_go()
            return GoneOn(again, NoRecorder())
        row, hold = record.row, take(record.row.session)
        what_changed: list[SessionEvent] = [Reopened()] if row.ended else []
        place = len(again.state.transcript)
        if place < len(record.transcript):
            stands = place_of(engine, again.state)
            what_changed.append(Walked(WentBack(place), place, (), 0.0, stands))
        self.let_go()
        self._recorder = SessionRecorder(
            engine,
            self.store,
            Opened(self.kind, row.flow),
            session=row.session,
            last=self.store().append(row.session, row.last, what_changed),
            kept=again.state.transcript,
            hold=hold,
        )
        return GoneOn(again, self._recorder)

    def _origin(self) -> str:
        """None for a caller's session: whoever comes next is somebody else, and is not to be offered it."""
        return origin_here() if self.subject == "this-device" else ""

    def _set_aside(self, sessions: tuple[str, ...]) -> None:
        for session in sessions:
            row = self.store().row(session)
            self.store().append(session, row.last, [Closed("set_aside", "Begun anew.")])


def _offer(row: SessionRow) -> Offer:
    return Offer(row.session, row.title, row.topic, ago(row.updated, datetime.now(UTC)))


def _is_for(row: SessionRow, aim: Aim | None) -> bool:
    return aim is None or (row.service, row.host) == (aim.service, aim.host)
