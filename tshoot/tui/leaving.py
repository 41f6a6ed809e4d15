"""The exit code of the wizard (contract.md): that of ``run``; on the first screen that of ``check``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tshoot.guide.model import Finish
from tshoot.guide.record import ended_well

if TYPE_CHECKING:
    from tshoot.tui.session import Session

WELL, FAULT, OPEN = 0, 1, 3
_VERDICTS = {"healthy": WELL, "degraded": FAULT, "broken": FAULT, "unknown": OPEN}


def exit_code(session: Session) -> int:
    """0: nothing is wrong, or it was solved; 1: a fault that is not solved; 3: not finished."""
    state = session.state
    if state is not None:
        return (WELL if ended_well(state.pending) else FAULT) if isinstance(state.pending, Finish) else OPEN
    return OPEN if session.walk is not None or session.measuring else _VERDICTS[session.diagnosis.verdict]
