"""How the wizard begins: anew, or where an earlier session stands; and what keeps it from then on."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tshoot.guide.model import Choice
from tshoot.probes.blocking import in_daemon_thread
from tshoot.tui.cards import Card, prompt_card
from tshoot.tui.safe import plain

if TYPE_CHECKING:
    from tshoot.session.going import GoingOn
    from tshoot.session.keeper import Keeper, Offer
    from tshoot.session.record import SessionRecord
    from tshoot.tui.session import Session


def keeper_of(going: GoingOn, measured: bool) -> Keeper:
    """What joins this run and the store. Imports what takes its time: off the loop."""
    from tshoot.session.keeper import Keeper

    return Keeper("wizard", going, "this-device" if measured else "caller")


async def offers(session: Session) -> Sequence[Offer]:
    """The sessions one can go on with; none where none can be, without opening anything."""
    if not session.going.may_offer or not session.measured:
        return ()
    keeper = await in_daemon_thread(session.load_keeper)
    return await keeper.offers(session.target)


def offer_card(offered: Sequence[Offer]) -> Card:
    """The question whether to go on."""
    from tshoot.session.offering import offer_prompt

    return prompt_card(offer_prompt(offered))


def refused_card(reason: str) -> Card:
    """A session can't go on, for a reason in words; a new one can."""
    from tshoot.session.offering import ANEW

    title = plain("You can't go on there")
    return Card(title=title, body=plain(reason), choices=(Choice(ANEW, "Start anew"),), chosen=ANEW)


async def resume(session: Session, name: str) -> str:
    """Let ``session`` walk on where the one of that name stands; returns the title of its flow.

    Raises :class:`SessionError` where it can't go on; then nothing has changed but what is
    measured, and that what was walked before is set aside.
    """
    from tshoot.session.noting import notes_of
    from tshoot.session.targets import target_of

    keeper = await in_daemon_thread(session.load_keeper)
    await in_daemon_thread(keeper.leave)
    record = await keeper.record(name)
    target = target_of(record.aim)
    if target != session.target:
        await session.aim(target)
    engine = await in_daemon_thread(session.load_flows)
    gone = await keeper.go_on(engine, record)
    session.turn_to(record.row.flow)
    walk, title = await in_daemon_thread(session.load_walk)
    notice = "\n".join(filter(None, (gone.again.notice, _changed(session, record))))
    walk.go_on(gone.again.state, gone.recorder, notice, gone.again.seconds)
    session.counts_from(gone.again.state.epoch)
    session.notes = notes_of(engine, record)
    session.keep_notes(gone.recorder)
    return title


def _changed(session: Session, record: SessionRecord) -> str:
    """What is measured now, where that is another thing than what the session was about."""
    if session.measuring or not record.row.cause:
        return ""
    found = session.diagnosis
    if found.cause in {record.row.cause, "unknown"}:
        return ""
    return f"Since then something has changed. {found.summary}"
