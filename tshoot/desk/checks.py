"""The checks after a fix, with what was known before: before and after. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from tshoot.desk.call import Call
from tshoot.desk.step_words import ending_words, step_of
from tshoot.flow.model import VerifyStep
from tshoot.guide.effects import measured_by
from tshoot.guide.routes import verify_result
from tshoot.guide.words import checked_again


@dataclass(frozen=True, slots=True)
class Check:
    """One check. ``before`` is empty where nothing was known.

    ``result`` is ``fixed``, ``not_fixed`` or ``cannot_tell``.
    """

    before: str
    after: str
    result: str

    @property
    def words(self) -> str:
        """The check in one line."""
        if not self.before:
            return f"Checked again: {self.after}."
        return checked_again(self.before, self.after, self.result == "fixed")


def check_at(call: Call, place: int, done_at: int | None = None) -> Check | None:
    """The check that the line at ``place`` of the transcript is; None where it is none.

    What was known before is looked for before ``done_at``, where the action was done, else before the check.
    """
    taken = call.lines.here[place].taken
    step = step_of(call.engine, taken.flow, taken.step)
    if not isinstance(step, VerifyStep) or taken.value == "exhausted":
        return None
    name = measured_by(step)[0] or "cause"
    earlier = call.lines.here[: place if done_at is None else done_at]
    known = (line.taken.outcomes[name] for line in reversed(earlier) if name in line.taken.outcomes)
    before = next(known, "")
    return Check(
        ending_words(step, before) if before else "",
        ending_words(step, taken.value),
        verify_result(taken.value, step.verify.fixed),
    )


def checks_since(earlier: Call, call: Call) -> tuple[str, ...]:
    """In words: the checks that were made between two states of a call."""
    new = [place for place, line in enumerate(call.lines.here) if line.number > earlier.last]
    found = (check_at(call, place) for place in new)
    return tuple(check.words for check in found if check is not None)
