"""How a line dialogue begins: anew, or where an earlier session stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tshoot.cli.dialogue import Wanted
    from tshoot.guide.driver import Front
    from tshoot.guide.engine import Engine
    from tshoot.guide.model import Effect
    from tshoot.guide.notes import Notes
    from tshoot.guide.recording import Recorder
    from tshoot.guide.state import State
    from tshoot.session.keeper import Keeper
    from tshoot.target import Target


@dataclass(frozen=True)
class Began:
    """Where the dialogue begins, what it checks, what was noted before, what keeps it."""

    state: State
    effect: Effect
    seconds: tuple[float, ...]
    target: Target
    notes: Notes
    recorder: Recorder
    let_go: Callable[[], None]


async def begin(wanted: Wanted, engine: Engine, front: Front, *, ask: bool) -> Began:
    """Begin as ``wanted``. ``ask``: somebody is there to be asked whether to go on; else it is only told how.

    Raises :class:`Ended` where the person leaves at that question, :class:`SessionError` where the session
    that was named can't go on.
    """
    from tshoot.session.keeper import Keeper

    keeper = Keeper("dialogue", wanted.going, wanted.whose.subject)
    session = wanted.going.session or await _chosen(wanted, engine, keeper, front, ask)
    if not session:
        return await _anew(wanted, engine, keeper)
    from tshoot.session.noting import notes_of
    from tshoot.session.targets import target_of

    record = await keeper.record(session)
    target = target_of(record.aim)
    gone = await keeper.go_on(engine, record)
    if gone.again.notice:
        front.notice(gone.again.notice)
    again, notes = gone.again, notes_of(engine, record)
    return Began(again.state, again.effect, again.seconds, target, notes, gone.recorder, keeper.let_go)


async def _anew(wanted: Wanted, engine: Engine, keeper: Keeper) -> Began:
    from tshoot.guide.notes import Notes
    from tshoot.guide.setup import known_of

    state, effect = engine.start(wanted.flow, known_of(wanted.target))
    recorder = keeper.recorder(engine, state, wanted.target)
    return Began(state, effect, (), wanted.target, Notes(), recorder, keeper.let_go)


async def _chosen(wanted: Wanted, engine: Engine, keeper: Keeper, front: Front, ask: bool) -> str:
    """The session to go on with; empty for a new one."""
    from tshoot.guide.driver import Ended, InputEnded, Walk
    from tshoot.guide.model import Chosen
    from tshoot.guide.setup import known_of
    from tshoot.session.offering import ANEW, offer_prompt

    offers = await keeper.offers(wanted.target)
    if not offers:
        return ""
    if not ask:
        where = f"{offers[0].title} ({offers[0].age})"
        click.echo(
            f"You were at: {where}. To go on there: tshoot sessions resume {offers[0].session}", err=True
        )
        return ""
    try:
        reply = await front.ask(offer_prompt(offers), False)
    except InputEnded as ended:
        state, _ = engine.start(wanted.flow, known_of(wanted.target))
        raise Ended(ended, Walk(state, ())) from None
    if isinstance(reply, Chosen) and reply.choice != ANEW:
        return reply.choice
    await keeper.set_aside(tuple(offer.session for offer in offers))
    return ""
