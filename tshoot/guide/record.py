"""A session as ``tshoot.session/1`` (contract.md, "tshoot run --json"), and what its end means."""

from __future__ import annotations

from typing import Any

from tshoot.flow.model import Flow
from tshoot.guide.driver import Walk
from tshoot.guide.model import Finish, Taken
from tshoot.guide.setup import Subject
from tshoot.guide.state import PROMPTED

SCHEMA = "tshoot.session/1"


def session_json(walk: Walk, flow: Flow, subject: Subject = "this-device") -> dict[str, Any]:
    """The session as plain data. ``end.outcome`` is None where the flow has not ended.

    ``subject`` tells whose computer the evidence is about.
    """
    steps = [_step(taken, spent) for taken, spent in zip(walk.state.transcript, walk.seconds, strict=True)]
    return {
        "schema": SCHEMA,
        "flow": flow.flow,
        "flow_version": flow.version,
        "subject": subject,
        "steps": steps,
        "end": _end(walk),
    }


def ended_well(finish: Finish) -> bool:
    """True for exit code 0: resolved, or nothing was wrong (the diagnosis was healthy)."""
    return finish.outcome == "resolved" or (finish.outcome == "not_applicable" and finish.cause == "none")


def _step(taken: Taken, seconds: float) -> dict[str, Any]:
    how = "answer" if taken.kind in PROMPTED else "outcome"
    why = {"reason": taken.values["reason"]} if "reason" in taken.values else {}
    return {
        "step": taken.step,
        "kind": taken.kind,
        how: taken.value,
        **why,
        "by": taken.by,
        "seconds": round(seconds, 1),
        "flow": taken.flow,
    }


def _end(walk: Walk) -> dict[str, Any]:
    if walk.finish is None:
        step = walk.state.frame.step
        summary = f"The input ended at step '{step}'."
        return {"step": step, "outcome": None, "cause": walk.state.cause or "unknown", "summary": summary}
    end = walk.finish
    return {
        "step": end.step,
        "outcome": end.outcome,
        "cause": end.cause or "unknown",
        "summary": end.summary,
    }
