"""What a session has come to as a document: the check so far, the path, the notes, the code for support.

:func:`so_far` takes it out of the session at once; what it hands back never changes, so a thread may judge
and write it while the session goes on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tshoot.checkup import Checkup
    from tshoot.guide.driver import Walk
    from tshoot.guide.engine import Engine
    from tshoot.guide.notes import Note
    from tshoot.report.model import Report
    from tshoot.tui.session import Session


@dataclass(frozen=True, slots=True)
class SoFar:
    """A session at one moment. ``checkup`` is None before anything was measured, ``walk`` and ``engine``
    before a flow is walked; ``measured`` tells whether it is about this computer, ``official`` whether one
    of the provider's services is checked.
    """

    checkup: Checkup | None
    walk: Walk | None
    engine: Engine | None
    notes: tuple[Note, ...]
    measured: bool
    official: bool

    def report(self) -> Report | None:
        """The check with its code. The first code takes its time: off the loop."""
        from tshoot.evidence.telling import with_code

        return with_code(self.checkup.report()) if self.checkup is not None else None

    def code(self) -> str:
        """The code of the check; empty where there is none. Off the loop, as :meth:`report`."""
        report = self.report()
        return report.code if report is not None else ""

    def document(self) -> dict[str, Any]:
        """All of it, for :func:`tshoot.report.rendering.render`; only the check where no step was taken."""
        from tshoot.report.as_json import to_json

        report = self.report()
        checked = to_json(report) if report is not None else None
        if self.walk is None or self.engine is None or not self.walk.state.transcript:
            return checked or {}
        return self._of_walk(self.engine, self.walk, checked)

    def _of_walk(self, engine: Engine, walk: Walk, checked: dict[str, Any] | None) -> dict[str, Any]:
        from tshoot.guide.told import session_document

        checkup = self.checkup
        document = session_document(
            engine,
            walk,
            subject="this-device" if self.measured else "caller",
            notes=self.notes,
            report=checked,
            ladder=checkup.diagnosis.ladder if checkup is not None else (),
            official=self.official,
        )
        if walk.finish is None:
            document["end"]["summary"] = ""  # Its input has not ended either: the person only reads.
        return document


def so_far(session: Session) -> SoFar:
    """What ``session`` has come to by now."""
    return SoFar(
        session.checkup() if session.results else None,
        session.walk.so_far if session.walk is not None else None,
        session.engine,
        tuple(session.notes),
        session.measured,
        session.target.service is not None,
    )
