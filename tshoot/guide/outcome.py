"""What a session came to, read from its transcript: what was wrong, what fixed it, what was tried besides."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tshoot.flow.model import DoStep, VerifyStep
from tshoot.guide.effects import DONE
from tshoot.guide.engine import Engine
from tshoot.guide.model import Finish
from tshoot.guide.routes import verify_result
from tshoot.guide.state import State
from tshoot.guide.words import fill

_NO_TROUBLE = {"none", "unknown"}


@dataclass(frozen=True, slots=True)
class Outcome:
    """``wrong`` is the last trouble that was found, in words; ``fixed`` the action after which the check was
    good and stayed so until it was solved; ``tried`` the other actions that were done. Each is empty where
    there is none.
    """

    wrong: str = ""
    fixed: str = ""
    tried: tuple[str, ...] = ()


def outcome_of(engine: Engine, state: State) -> Outcome:
    """The outcome of a session, ended or not. Nothing counts as the fix before it ends as solved."""
    wrong, fixed, last = "", "", ""
    done: list[str] = []
    for taken in state.transcript:
        step = engine.step(taken.flow, taken.step)
        if taken.outcomes.get("cause", "none") not in _NO_TROUBLE:
            wrong = taken.values.get("summary", "") or taken.detail
        if isinstance(step, DoStep) and taken.value == DONE:
            last = fill(step.do, state.texts())
            done.append(last)
        elif isinstance(step, VerifyStep):
            fixed = _lasting(fixed, last, verify_result(taken.value, step.verify.fixed))
    if not _solved(state):
        fixed = ""
    tried = tuple(dict.fromkeys(action for action in done if action != fixed))
    return Outcome(wrong, fixed, tried)


def looking_back(finish: Finish, outcome: Outcome) -> Iterator[tuple[str, str]]:
    """What an end tells of the session besides its summary, each with the words that lead to it."""
    if outcome.wrong and outcome.wrong not in finish.summary:
        yield "What was wrong:", outcome.wrong
    if outcome.fixed:
        yield "What fixed it:", outcome.fixed
    if outcome.tried:
        yield "Also tried:", "; ".join(outcome.tried)


def _lasting(fixed: str, last: str, result: str) -> str:
    """What counts as the fix after one more check: a bad one takes it back, one that can't tell does not."""
    return {"fixed": last, "not_fixed": ""}.get(result, fixed)


def _solved(state: State) -> bool:
    return isinstance(state.pending, Finish) and state.pending.outcome == "resolved"
