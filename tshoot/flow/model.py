"""The shape of a flow file (``docs/writing-flows.md`` explains it with examples).

A step's kind is the key that names it: ``ask``, ``probe``, ``diagnose``, ``decide``, ``do``, ``verify``,
``tell``, ``use`` or ``end``. Every object is closed: an unknown key is an error.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag

Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
ReturnName = Annotated[str, Field(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=60)]
OutcomeName = Annotated[str, Field(pattern=r"^[a-z0-9_]+$", max_length=40)]
Text = Annotated[str, Field(min_length=1, max_length=1200)]
Label = Annotated[str, Field(min_length=1, max_length=100)]
Cite = Annotated[str, Field(pattern=r"^[ABCX][0-9]{1,2}$")]
Risk = Literal["none", "reversible", "destructive"]
EndOutcome = Literal["resolved", "unresolved", "handed_over", "not_applicable", "stopped_for_safety"]
HelpChannel = Literal["phone", "chat", "store", "app", "website", "administrator", "site_owner"]


class Closed(BaseModel):
    """A frozen object that refuses unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Option(Closed):
    """One answer to a question."""

    id: Id
    label: Label
    then: Id


class InsteadOption(Closed):
    """One answer that stands for an outcome (a probe's, or a cause id for ``diagnose``)."""

    id: Id
    label: Label
    outcome: str


class AskInstead(Closed):
    """The same evidence as a question, for when the probe can't run here."""

    ask: Text
    options: Annotated[tuple[InsteadOption, ...], Field(min_length=2, max_length=10)]


class Step(Closed):
    """What every step may carry."""

    id: Id
    say: Text | None = None
    agent: Text | None = None
    why: Text | None = None
    cite: tuple[Cite, ...] = ()
    at_most: Annotated[int, Field(ge=1, le=9)] | None = None
    exhausted: Id | None = None
    """Where to go instead when the step has already been met ``at_most`` times."""


class AskStep(Step):
    """One question with closed options."""

    ask: Text
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=10)]
    remember: Id | None = None


class ProbeStep(Step):
    """Runs a probe; every outcome is routed, ``*`` takes its inconclusive ones."""

    probe: str
    with_: dict[str, str] = Field(default_factory=dict, alias="with")
    on: dict[str, Id]
    ask_instead: AskInstead | None = None


class DiagnoseStep(Step):
    """Runs the battery and routes on the headline: a cause, a group (``dns.*``), ``none``, ``unknown``."""

    diagnose: Literal["all"]
    on: dict[str, Id]
    else_: Id = Field(alias="else")
    ask_instead: AskInstead | None = None


class Case(Closed):
    """One case of a ``decide``: every fact named must have one of the values."""

    when: dict[str, tuple[str, ...]]
    then: Id


class DecideStep(Step):
    """Routes on what is already known; first match; no interaction."""

    decide: Annotated[tuple[Case, ...], Field(min_length=1)]
    else_: Id = Field(alias="else")


class DoThen(Closed):
    """Where a ``do`` goes."""

    done: Id
    cannot: Id


class DoStep(Step):
    """Something for the person to do. ``how`` is one list, or one per operating system or model."""

    do: Label
    how: tuple[Text, ...] | dict[str, tuple[Text, ...]]
    minutes: Annotated[float, Field(gt=0, le=240)]
    risk: Risk
    undo: Text | None = None
    loses: Text | None = None
    then: DoThen


class VerifyWhat(Closed):
    """What a ``verify`` re-runs and which outcomes (or causes) count as fixed."""

    probe: str | None = None
    with_: dict[str, str] = Field(default_factory=dict, alias="with")
    diagnose: Literal["all"] | None = None
    fixed: Annotated[tuple[str, ...], Field(min_length=1)]


class VerifyThen(Closed):
    """Where a ``verify`` goes."""

    fixed: Id
    not_fixed: Id
    cannot_tell: Id


class VerifyStep(Step):
    """Re-runs the failed check freshly after a ``do`` and shows before → after."""

    verify: VerifyWhat
    then: VerifyThen
    ask_instead: AskInstead | None = None


class TellStep(Step):
    """Information only."""

    tell: Text
    then: Id


class UseStep(Step):
    """Runs another flow and comes back."""

    use: Id
    on: dict[str, Id]


class EndStep(Step):
    """The result. ``returns`` is what a using flow gets; the outcome where it is left out."""

    end: EndOutcome
    cause: str | None = None
    help: tuple[HelpChannel, ...] = ()
    returns: ReturnName | None = None


KINDS: dict[str, type[Step]] = {
    "ask": AskStep,
    "probe": ProbeStep,
    "diagnose": DiagnoseStep,
    "decide": DecideStep,
    "do": DoStep,
    "verify": VerifyStep,
    "tell": TellStep,
    "use": UseStep,
    "end": EndStep,
}


def kind_of(step: Any) -> str:
    """The kind of a step, as data or as model: the key that names it; empty where there is none."""
    if isinstance(step, Step):
        return next(kind for kind, model in KINDS.items() if isinstance(step, model))
    keys = step if isinstance(step, dict) else {}
    return next((kind for kind in KINDS if kind in keys), "")


AnyStep = Annotated[
    Annotated[AskStep, Tag("ask")]
    | Annotated[ProbeStep, Tag("probe")]
    | Annotated[DiagnoseStep, Tag("diagnose")]
    | Annotated[DecideStep, Tag("decide")]
    | Annotated[DoStep, Tag("do")]
    | Annotated[VerifyStep, Tag("verify")]
    | Annotated[TellStep, Tag("tell")]
    | Annotated[UseStep, Tag("use")]
    | Annotated[EndStep, Tag("end")],
    Discriminator(kind_of),
]


class Flow(Closed):
    """One flow file."""

    flow: Id
    version: Annotated[str, Field(pattern=r"^\d+\.\d+\.\d+$")]
    title: Label
    about: Text
    start: Id
    returns: tuple[ReturnName, ...] = ()
    steps: Annotated[tuple[AnyStep, ...], Field(min_length=1)]
