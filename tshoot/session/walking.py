"""What a step of a walk is kept as: from the engine's states before and after to the events of a session."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tshoot.flow.model import VerifyStep
from tshoot.guide.model import Event, Finish, Taken, WentBack
from tshoot.guide.routes import verify_result
from tshoot.guide.setup import Subject, flows_used
from tshoot.guide.state import State
from tshoot.session.fixing import last_done
from tshoot.session.model import Aim, Finished, Kind, Opened, Place, SessionEvent, Tried, Walked
from tshoot.session.titles import title_of, topic_of

if TYPE_CHECKING:
    from tshoot.guide.engine import Engine
    from tshoot.target import Target


def opened_by(
    engine: Engine,
    kind: Kind,
    state: State,
    target: Target | None,
    *,
    subject: Subject = "this-device",
    origin: str = "",
) -> Opened:
    """The first event of a session that begins at ``state``."""
    used = flows_used(engine.flows, state.flow)
    return Opened(
        kind=kind,
        flow=state.flow,
        versions={name: flow.version for name, flow in used.items()},
        aim=aim_of(target),
        known=dict(state.known),
        variant=engine.variant,
        subject=subject,
        origin=origin,
        place=place_of(engine, state),
    )


def walked_by(
    engine: Engine, kept: Sequence[Taken], event: Event, after: State, seconds: float
) -> tuple[SessionEvent, ...]:
    """What ``event`` has done, to be added to a session whose transcript is ``kept`` so far.

    The end of the flow is an event of its own.
    """
    keep = _alike(kept, after.transcript)
    walked = Walked(
        event,
        keep,
        after.transcript[keep:],
        seconds,
        place_of(engine, after),
        _tried(engine, kept, event, after),
    )
    pending = after.pending
    return (walked, finished_of(pending)) if isinstance(pending, Finish) else (walked,)


def place_of(engine: Engine, state: State) -> Place:
    """Where a session stands, in names and words."""
    pending = state.pending
    flow, step = (pending.flow, pending.step) if pending is not None else (state.frame.flow, state.frame.step)
    title = title_of(engine.step(flow, step))
    return Place(flow, step, title, topic_of(engine.flows, state.flow, state.transcript), state.cause or "")


def finished_of(finish: Finish) -> Finished:
    """The end of a flow as it is kept."""
    return Finished(finish.outcome, finish.cause or "", finish.flow, finish.step, finish.summary)


def aim_of(target: Target | None) -> Aim:
    """What a target is kept as: the service's name, or the host with port and path."""
    if target is None:
        return Aim()
    if target.service:
        return Aim(service=target.service)
    return Aim(host=target.host, port=target.port, path=target.path)


def _alike(one: Sequence[Taken], other: Sequence[Taken]) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, yours) in pairs if mine != yours), min(len(one), len(other)))


def _tried(engine: Engine, kept: Sequence[Taken], event: Event, after: State) -> Tried | None:
    """The fix that was checked just now: the last action done before the check."""
    line = len(kept)
    if isinstance(event, WentBack) or line >= len(after.transcript):
        return None
    check, done = after.transcript[line], last_done(kept)
    step = engine.step(check.flow, check.step)
    if not isinstance(step, VerifyStep) or check.value == "exhausted" or done is None:
        return None
    result = verify_result(check.value, step.verify.fixed)
    return Tried(done, kept[done].flow, kept[done].step, result)
