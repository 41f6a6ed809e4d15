"""What a session of the wizard has come to by now: to report, to save, to read out."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tshoot.guide.so_far import SoFar, coded

if TYPE_CHECKING:
    from tshoot.tui.session import Session


def so_far(session: Session) -> SoFar:
    """What ``session`` has come to by now."""
    checkup = session.checkup() if session.results else None
    return SoFar(
        partial(coded, checkup),
        checkup.diagnosis.ladder if checkup is not None else (),
        session.walk.so_far if session.walk is not None else None,
        session.engine,
        tuple(session.notes),
        session.measured,
        session.target.service is not None,
    )
