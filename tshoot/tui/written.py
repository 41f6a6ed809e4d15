"""What a session has come to as a document: the check so far, the path, the notes, the code for support."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tshoot.report.model import Report
    from tshoot.tui.session import Session


def session_report(session: Session) -> Report | None:
    """The check so far with its code; None before anything was measured."""
    from tshoot.evidence.telling import code_for

    if not session.results:
        return None
    report = session.checkup().report()
    return replace(report, code=code_for(report))


def written_document(session: Session) -> dict[str, Any]:
    """All of it, for :func:`tshoot.report.rendering.render`; only the check where no step was taken."""
    from tshoot.guide.driver import Walk
    from tshoot.guide.model import Finish
    from tshoot.guide.told import session_document
    from tshoot.report.as_json import to_json

    report = session_report(session)
    checked = to_json(report) if report is not None else None
    state, engine = session.state, session.engine
    if state is None or engine is None or not state.transcript:
        return checked or {}
    finish = state.pending if isinstance(state.pending, Finish) else None
    document = session_document(
        engine,
        Walk(state, (0.0,) * len(state.transcript), finish),
        subject="this-device" if session.measured else "caller",
        notes=session.notes,
        report=checked,
        ladder=session.diagnosis.ladder if session.results else (),
        official=session.target.service is not None,
    )
    for step in document["steps"]:
        del step["seconds"]  # The wizard does not time its steps: better none than an untrue one.
    if finish is None:
        document["end"]["summary"] = ""
    return document
