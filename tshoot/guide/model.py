"""What goes into the engine (events) and what comes out of it (effects).

The engine is sans-I/O: ``state + event → state + effect``. Wizard, plain dialogue, ``--answers`` and
replay all drive it with these few types, so the same inputs give the same transcript.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from tshoot.lookalike.model import sentence

By = Literal["person", "probe", "answers", "default"]
PromptKind = Literal["ask", "address", "do", "wait", "tell", "instead", "watch"]


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing the person can choose; chosen by its ``id``, shown as ``label``."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The engine wants a person: a question, an address, an action, a pause, a notice, a question instead of
    a probe.

    ``instructions`` are the numbered actions of a ``do``; ``earlier`` is the choice made when the step
    was met before (after going back). A ``tell`` has the one choice ``next``; a ``do`` has ``done`` and
    ``cannot``; a ``wait`` has ``go-on`` and ``later``, which leaves the session at this step. A ``watch``
    prompt is never met by itself: it belongs to a :class:`Watch`. An ``address`` is answered by what is
    pasted (:class:`Judged`), or by one of its choices.
    """

    kind: PromptKind
    flow: str
    step: str
    title: str
    body: str
    choices: tuple[Choice, ...]
    why: str = ""
    agent: str = ""
    instructions: tuple[str, ...] = ()
    minutes: float | None = None
    risk: str = "none"
    loses: str = ""
    undo: str = ""
    earlier: str | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """The engine wants evidence: one probe, or the whole battery (``probe`` is None: a diagnosis).

    ``fresh`` demands a new measurement (after a ``do`` older results are stale). ``purpose`` is
    ``verify`` where before → after is to be shown; ``instead`` is asked when it can't be measured here.
    ``epoch`` counts what the person has changed so far: a result from a lower epoch is stale.
    ``before`` is the outcome (or cause) last known, None where there is none; ``fixed`` are the patterns of
    outcomes that count as fixed, where that is to be shown.
    """

    flow: str
    step: str
    probe: str | None
    params: Mapping[str, str]
    fresh: bool
    purpose: Literal["look", "verify", "watch"]
    say: str = ""
    why: str = ""
    instead: Prompt | None = None
    epoch: int = 0
    before: str | None = None
    fixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Watch(Measure):
    """The engine wants a probe followed live, until one of ``until`` comes or ``at_most`` minutes are over.

    It ends with a :class:`Measured` of the last outcome, or with a :class:`Chosen` of ``leave``, whose
    choices are the ways a person can end it by (``seen``, ``cannot_tell``). ``gone`` are outcomes that say
    that it is away.
    """

    until: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    at_most: int = 1
    leave: Prompt | None = None


@dataclass(frozen=True, slots=True)
class Finish:
    """The flow has ended. ``service`` is the one that it was about, whose contacts help further."""

    flow: str
    step: str
    outcome: str
    cause: str | None
    summary: str
    help: tuple[str, ...] = ()
    why: str = ""
    agent: str = ""
    service: str = ""


Effect = Prompt | Measure | Finish


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody chose."""

    step: str
    choice: str
    by: By = "person"


@dataclass(frozen=True, slots=True)
class Judged:
    """Somebody gave an address, and it was judged; what was typed stays with the front.

    ``outcome``, ``reason``, ``domain`` and ``host`` are those of :class:`tshoot.lookalike.model.Judgement`.
    """

    step: str
    outcome: str
    reason: str
    domain: str = ""
    host: str = ""
    by: By = "person"

    @property
    def says(self) -> str:
        """The reason in one sentence."""
        return sentence(self.reason, self.domain)


@dataclass(frozen=True, slots=True)
class Measured:
    """A probe's outcome, or a diagnosis's headline cause, for the step that wanted it.

    ``values`` are named values that later texts may use ({dns_server}, {summary} …); ``outcomes`` what
    else was measured on the way (probe → outcome), known to every later ``decide``.
    """

    step: str
    outcome: str
    detail: str = ""
    by: By = "probe"
    values: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WentBack:
    """Back to an earlier prompt: the last one, or the one at ``position`` of the transcript."""

    position: int | None = None


Reaction = Chosen | Judged | WentBack
"""What a person can do at a prompt."""
Event = Reaction | Measured


@dataclass(frozen=True, slots=True)
class Taken:
    """One line of the transcript: a step that was taken and how.

    ``value`` is the option, the outcome, the case or the way; ``kind`` the step's kind. ``values`` and
    ``outcomes`` are those of the measurement, so that a transcript alone rebuilds the state.
    """

    flow: str
    step: str
    kind: str
    value: str
    by: By
    detail: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    outcomes: Mapping[str, str] = field(default_factory=dict)
