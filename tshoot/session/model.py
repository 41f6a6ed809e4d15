"""What happens in a session, as values: the events, and the envelope each is kept in.

Events are never changed; what they add up to is in :mod:`tshoot.session.record`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from tshoot.guide.model import Event as StepEvent
from tshoot.guide.model import Taken
from tshoot.guide.setup import Subject

Kind = Literal["wizard", "dialogue", "desk"]
"""Where a session takes place."""
State = Literal[
    "open", "resolved", "unresolved", "handed_over", "not_applicable", "stopped_for_safety", "set_aside"
]
"""Open, or how it ended: an outcome of a flow's end, or set aside by somebody who begins anew."""
Source = Literal["file", "code", "live"]
"""Where evidence came from."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a walk stands. ``title`` are the step's words, ``topic`` those of the flow that helps.

    ``cause`` is the cause found so far; empty where there is none.
    """

    flow: str
    step: str
    title: str = ""
    topic: str = ""
    cause: str = ""


@dataclass(frozen=True, slots=True)
class Aim:
    """What is checked: a service of the catalogue, or a host (with port and path) that somebody named."""

    service: str = ""
    host: str = ""
    port: int = 443
    path: str = "/"


@dataclass(frozen=True, slots=True)
class Tried:
    """A fix and what the check after it said: ``fixed``, ``not_fixed`` or ``cannot_tell``.

    ``line`` is that of the action in the transcript.
    """

    line: int
    flow: str
    step: str
    result: str


@dataclass(frozen=True, slots=True)
class Opened:
    """A session begins. ``versions`` are those of every flow that may be met; ``known`` the facts given.

    ``subject`` tells whose computer it is about, ``variant`` its system.
    ``origin`` names the computer and user without saying who they are (see :mod:`.origin`).
    """

    kind: Kind
    flow: str
    versions: Mapping[str, str] = field(default_factory=dict)
    aim: Aim = field(default_factory=Aim)
    known: Mapping[str, str] = field(default_factory=dict)
    variant: str = ""
    subject: Subject = "this-device"
    origin: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Walked:
    """Something was answered or measured, or the person went back.

    ``keep`` lines of the transcript stay, ``taken`` are added after them. ``seconds`` were spent on it.
    ``place`` is where the walk stands now; ``tried`` tells of a fix whose check this was.
    """

    event: StepEvent
    keep: int
    taken: tuple[Taken, ...] = ()
    seconds: float = 0.0
    place: Place | None = None
    tried: Tried | None = None


@dataclass(frozen=True, slots=True)
class Noted:
    """Somebody wrote something down. ``instead``: in place of what was noted at the same step."""

    text: str
    flow: str = ""
    step: str = ""
    instead: bool = False


@dataclass(frozen=True, slots=True)
class EvidenceGiven:
    """A report (``tshoot.report/1``) was added to the session.

    ``name`` says how it came, or is the code itself; never a file's name: people are named in it.
    """

    report: Mapping[str, Any]
    source: Source
    name: str = ""


@dataclass(frozen=True, slots=True)
class Assigned:
    """An agent has the session now."""

    agent: str


@dataclass(frozen=True, slots=True)
class Labelled:
    """How the caller is called in the table."""

    label: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The flow has come to an end."""

    outcome: str
    cause: str = ""
    flow: str = ""
    step: str = ""
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Closed:
    """Somebody ended the session by hand. ``how`` is the state it is in from now on."""

    how: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Reopened:
    """An ended session goes on."""


@dataclass(frozen=True, slots=True)
class Foreign:
    """An event of a newer version: kept as it is, and skipped."""

    kind: str
    payload: Mapping[str, Any]


SessionEvent = (
    Opened | Walked | Noted | EvidenceGiven | Assigned | Labelled | Finished | Closed | Reopened | Foreign
)


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it is kept: in which session, its number there (from 1), when (UTC) and by whom.

    ``who`` is an agent's name; empty for the person at the computer.
    """

    session: str
    number: int
    at: datetime
    who: str
    event: SessionEvent
