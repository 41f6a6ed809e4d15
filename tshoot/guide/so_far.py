"""What a session has come to by now as a document: check, path, notes, code for support.

A :class:`SoFar` never changes once it is made, so a thread may judge and write it while the session goes on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tshoot.checkup import Checkup
    from tshoot.diagnosis.model import Rung
    from tshoot.evidence.preview import ReportPreview
    from tshoot.guide.driver import Walk
    from tshoot.guide.engine import Engine
    from tshoot.guide.notes import Note
    from tshoot.report.model import Report


@dataclass(frozen=True, slots=True)
class SoFar:
    """A session at one moment. ``report`` makes the check's report with its code, None before anything was
    measured, and ``ladder`` is its ladder; ``walk`` and ``engine`` are None before a flow is walked;
    ``measured`` tells whether it is about this computer, ``official`` whether one of the provider's services
    is checked. The first report takes its time: off the loop.
    """

    report: Callable[[], Report | None]
    ladder: Sequence[Rung]
    walk: Walk | None
    engine: Engine | None
    notes: tuple[Note, ...]
    measured: bool
    official: bool

    def code(self) -> str:
        """The code of the check; empty where there is none. Off the loop."""
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

    def preview(self, folders: Sequence[Path]) -> ReportPreview | None:
        """The report before it leaves, None where there is nothing to report. Blocks: off the loop.

        ``folders`` may hold rules of redaction. Raises DocumentError, OSError where they are no good.
        """
        from tshoot.evidence.preview import report_preview
        from tshoot.redaction import load_rules

        document = self.document()
        return report_preview(document, load_rules(folders)) if document else None

    def _of_walk(self, engine: Engine, walk: Walk, checked: dict[str, Any] | None) -> dict[str, Any]:
        from tshoot.guide.told import session_document

        document = session_document(
            engine,
            walk,
            subject="this-device" if self.measured else "caller",
            notes=self.notes,
            report=checked,
            ladder=self.ladder,
            official=self.official,
        )
        if walk.finish is None:
            document["end"]["summary"] = ""  # Its input has not ended either: the person only reads.
        return document


def coded(checkup: Checkup | None) -> Report | None:
    """A check's report with its code; None where nothing was measured. The first takes its time."""
    from tshoot.evidence.telling import with_code

    return with_code(checkup.report()) if checkup is not None else None


def unusable(error: Exception) -> str:
    """Which file of rules can't be used, and why, in a sentence: of what :meth:`SoFar.preview` raised."""
    if isinstance(error, OSError):
        return f"{error.filename} can't be read: {error.strerror}."
    first, *others = str(error).splitlines()
    more = f" and {len(others)} more" if others else ""
    return f"A file of redaction rules can't be used: {first}{more}."
