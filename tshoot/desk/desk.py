"""The desk of one agent: calls of the store, and what the agent does to them. Every call here blocks.

What is returned is durable. Where somebody else was quicker nothing is written, and :class:`Overtaken` brings
the call as it is now.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, cast

from tshoot.desk import moves
from tshoot.desk.agent import remember
from tshoot.desk.call import Call, load
from tshoot.desk.formats import posted
from tshoot.desk.meanwhile import happened
from tshoot.desk.outbox import StoreOutbox
from tshoot.desk.parcel import Parcel, anew, packed
from tshoot.desk.signature import idempotency_key
from tshoot.desk.ticket import Ticket, rewritten
from tshoot.session.errors import Conflict
from tshoot.session.listing import Filters
from tshoot.session.model import EvidenceGiven, Opened, Recorded, SessionEvent
from tshoot.session.row import SessionRow

if TYPE_CHECKING:
    from tshoot.flow.model import Flow
    from tshoot.redaction import Rules
    from tshoot.session.store import Store

PAGE = 50
"""Rows of the table that are loaded at a time; more than any screen shows."""

Move = Callable[[Call], Sequence[SessionEvent]]


def _now() -> datetime:
    return datetime.now(UTC)


class Overtaken(Exception):
    """Somebody else did something first. ``call`` is the call now, ``words`` who did what."""

    def __init__(self, call: Call, newer: Sequence[Recorded]) -> None:
        self.call, self.newer = call, tuple(newer)
        self.words = happened(call.engine, newer)
        super().__init__("\n".join(self.words))


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the table: its rows, the number of the first (from 0), and how many there are in all."""

    rows: tuple[SessionRow, ...]
    first: int
    total: int


class Desk:
    """What ``agent`` works with. ``remember``: a name that was asked for is kept for the next start.

    ``rules`` say what is private in evidence and tickets; without them the shipped ones and the agent's own
    count. ``now`` is the clock of timers and ages; events get their moment from the store.
    """

    def __init__(
        self,
        store: Store,
        flows: Mapping[str, Flow],
        agent: str,
        *,
        rules: Rules | None = None,
        remember: bool = False,
        now: Callable[[], datetime] = _now,
    ) -> None:
        self.store, self.flows, self.agent, self.now = store, flows, agent, now
        self._rules, self._remember = rules, remember

    def remember_agent(self) -> None:
        """Keep the agent's name for the next start, where that is wanted."""
        if self._remember:
            remember(self.agent)

    def page(self, filters: Filters, first: int = 0) -> Page:
        """The newest calls that pass, from the number ``first`` on; the last page where there are fewer."""
        total = self.store.count(filters)
        first = max(0, min(first, (total - 1) // PAGE * PAGE))
        rows = self.store.sessions(filters, order="opened", limit=PAGE, offset=first)
        return Page(rows, first, total)

    def own_open(self) -> tuple[SessionRow, ...]:
        """The open calls of this agent, the newest first."""
        return self.page(Filters(kind="desk", state="open", agent=self.agent)).rows

    def open(self, session: str) -> Call:
        """A call as it is now. Raises :class:`tshoot.session.errors.UnknownSession`."""
        return load(self.flows, self.store.events(session))

    def begin(
        self,
        flow: str,
        label: str,
        service: str = "",
        variant: str = "",
        evidence: EvidenceGiven | None = None,
    ) -> Call:
        """A new call of this agent's."""
        first, *more = moves.begun(
            self.flows,
            flow,
            label=label,
            service=service,
            agent=self.agent,
            variant=variant,
            evidence=evidence,
        )
        row = self.store.create(cast(Opened, first), *more, who=self.agent)
        return self.open(row.session)

    def do(self, call: Call, move: Move) -> Call:
        """The call after ``move``. Raises :class:`Overtaken`, and what the move raises."""
        events = move(call)
        try:
            self.store.append(call.session, call.last, events, who=self.agent)
        except Conflict as conflict:
            raise Overtaken(self.newer(call), conflict.newer) from None
        return self.newer(call)

    def send(self, ticket: Ticket) -> Parcel:
        """Put a ticket into the outbox. The same ticket is kept once; one that failed is tried anew."""
        body = posted(ticket)
        box, now = StoreOutbox(self.store), time.time()
        parcel = box.put(packed(idempotency_key(ticket.session, body), ticket.session, body, now))
        if parcel.state not in {"refused", "given_up"}:
            return parcel
        box.renew(anew(parcel, now))
        return anew(parcel, now)

    def parcels(self, session: str) -> tuple[Parcel, ...]:
        """The tickets of a call that are on their way, have arrived or have failed."""
        return StoreOutbox(self.store).of_session(session)

    def without_private_data(self, ticket: Ticket) -> Ticket:
        """The ticket with typed stand-ins for what is private in its texts."""
        from tshoot.redaction import Redactor, load_rules

        redactor = Redactor(self._rules or load_rules())
        return rewritten(ticket, lambda text: str(redactor.text(text).document))

    def take_in(self, text: str, *, files: bool) -> EvidenceGiven:
        """What the caller has, as :func:`tshoot.desk.intake.take_in` by this desk's rules."""
        from tshoot.desk.intake import take_in

        return take_in(text, files=files, rules=self._rules)

    def newer(self, call: Call) -> Call:
        """The call with what was added since; the very same object where nothing was."""
        added = self.store.events(call.session, call.last)
        return load(self.flows, (*call.events, *added)) if added else call
