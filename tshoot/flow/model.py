"""The shape of a flow file (``docs/writing-flows.md`` explains it with examples).

A step's kind is the key that names it: ``ask``, ``address``, ``probe``, ``diagnose``, ``decide``, ``do``,
``verify``, ``watch``, ``wait``, ``tell``, ``use`` or ``end``. Every object is closed: an unknown key is an
error.
"""

from __future__ import annotations

from dataclasses import field
from typing import Annotated, Any, Literal

from tshoot.flow.limits import Closed, Limits, OneOf

Id = Annotated[str, Limits(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
ReturnName = Annotated[str, Limits(pattern=r"^[a-z0-9]+([-_][a-z0-9]+)*$", max_length=60)]
OutcomeName = Annotated[str, Limits(pattern=r"^[a-z0-9_]+$", max_length=40)]
Text = Annotated[str, Limits(min_length=1, max_length=1200)]
Label = Annotated[str, Limits(min_length=1, max_length=100)]
Cite = Annotated[str, Limits(pattern=r"^[ABCX][0-9]{1,2}$")]
Risk = Literal["none", "reversible", "destructive"]
Likelihood = Literal["rare", "sometimes", "often", "usual"]
EndOutcome = Literal["resolved", "unresolved", "handed_over", "not_applicable", "stopped_for_safety"]
HelpChannel = Literal["phone", "chat", "store", "app", "website", "administrator", "site_owner"]


class Option(Closed):
    """One answer to a question."""

    id: Id
    """The answer's id; it survives re-wording of the label."""
    label: Label
    """What the person reads and chooses."""
    then: Id
    """The step this answer leads to."""


class InsteadOption(Closed):
    """One answer that stands for an outcome (a probe's, or a cause id for ``diagnose``)."""

    id: Id
    """The answer's id."""
    label: Label
    """What the person reads and chooses."""
    outcome: str
    """The outcome of the probe (or, at a diagnosis, the cause) that this answer stands for."""


class AskInstead(Closed):
    """The same evidence as a question, for when the probe can't run here."""

    ask: Text
    """The question, in words a caller understands."""
    options: Annotated[tuple[InsteadOption, ...], Limits(min_length=2, max_length=10)]
    """Two to ten answers, one of them for people who are not sure."""


class Step(Closed):
    """What every step may carry."""

    id: Id
    """The step's id, unique in the flow; it survives re-wording."""
    say: Text | None = None
    """What is said to the person: short, calm, second person, always with a next step."""
    agent: Text | None = None
    """What a support agent says or looks for; never shown to the customer."""
    why: Text | None = None
    """The reason for this step, in one sentence; shown on request."""
    cite: tuple[Cite, ...] = ()
    """The guide items this step carries: A1 to A96, B1 to B66, C1 to C27, and settled conflicts X1 to
    X18.
    """
    at_most: Annotated[int, Limits(ge=1, le=9)] | None = None
    """How often this step may be met in one session."""
    exhausted: Id | None = None
    """Where to go instead when the step has already been met ``at_most`` times."""


class AskStep(Step):
    """One question with closed options."""

    ask: Text
    """The question."""
    options: Annotated[tuple[Option, ...], Limits(min_length=2, max_length=10)]
    """Two to ten answers, one of them for people who are not sure or can't look now."""
    remember: Id | None = None
    """The fact to keep the answer as; a question that remembers the same fact is not asked again."""


class AddressOn(Closed):
    """Where each judgement of an address leads."""

    official: Id
    """The step for an address that belongs to an official domain of the services."""
    look_alike: Id
    """The step for an address that imitates an official one."""
    other_site: Id
    """The step for an address of somebody else."""
    short_link: Id
    """The step for a short link, which hides where it leads."""
    private_address: Id
    """The step for an address inside a home network, such as a gateway's."""
    not_an_address: Id
    """The step for what is no address of a page; often this step again, with `at_most`."""


class AddressStep(Step):
    """An address that the person pastes or types is judged by how it is written; it is never opened."""

    address: Text
    """What is to be pasted or typed, in words for the person."""
    on: AddressOn
    """For every judgement the step it leads to."""
    options: Annotated[tuple[Option, ...], Limits(min_length=1, max_length=5)]
    """One to five answers for people who can't paste an address."""
    remember: Id | None = None
    """The fact to keep the judgement (or the option) as."""


class ProbeStep(Step):
    """Runs a probe; every outcome is routed, ``*`` takes its inconclusive ones."""

    probe: str
    """The probe to run; `tshoot probe` lists them."""
    with_: dict[str, str] = field(default_factory=dict)
    """Parameters of the probe."""
    on: dict[str, Id]
    """For every outcome the step it leads to; `*` takes only timeout, error, skipped, not_applicable and
    the probe's own inconclusive outcomes.
    """
    ask_instead: AskInstead | None = None
    """The same evidence as a question, for when the probe can't run here."""


class DiagnoseStep(Step):
    """Runs the battery and routes on the headline: a cause, a group (``dns.*``), ``none``, ``unknown``."""

    diagnose: Literal["all"]
    """What to measure. all: every probe, side by side."""
    on: dict[str, Id]
    """For causes (dns.unreachable), groups (dns.*), none and unknown the step each leads to; the exact
    cause wins.
    """
    else_: Id
    """The step for every cause that `on` does not name."""
    ask_instead: AskInstead | None = None
    """The same evidence as a question, for when nothing can be measured here."""


class Case(Closed):
    """One case of a ``decide``: every fact named must have one of the values."""

    when: dict[str, tuple[str, ...]]
    """Facts with the values they may have; all of them must hold."""
    then: Id
    """The step this case leads to."""


class DecideStep(Step):
    """Routes on what is already known; first match; no interaction."""

    decide: Annotated[tuple[Case, ...], Limits(min_length=1)]
    """The cases, the first that holds is taken."""
    else_: Id
    """The step for when no case holds."""


class DoThen(Closed):
    """Where a ``do`` goes."""

    done: Id
    """The step after it was done; usually the `verify` of this fix."""
    cannot: Id
    """The step for people who can't do it now."""


class DoStep(Step):
    """Something for the person to do. ``how`` is one list, or one per operating system or model."""

    do: Label
    """The action in a few words."""
    how: tuple[Text, ...] | dict[str, tuple[Text, ...]]
    """Numbered instructions: one list, or one per system (windows, macos, linux, phone) or remembered
    answer, always with `other`.
    """
    minutes: Annotated[float, Limits(gt=0, le=240)]
    """How long it takes, in minutes."""
    likely: Likelihood | None = None
    """How often this is what helps, for `tshoot flows advise`. rare: 2 %. sometimes: 10 %. often: 25 %.
    usual: 50 % of the people who reach this step.
    """
    risk: Risk
    """none: nothing can be lost. reversible: `undo` says how to go back. destructive: can't be undone,
    `loses` says what is lost.
    """
    undo: Text | None = None
    """How to go back."""
    loses: Text | None = None
    """What is lost or interrupted."""
    then: DoThen
    """Where it goes on."""


class VerifyWhat(Closed):
    """What a ``verify`` re-runs and which outcomes (or causes) count as fixed."""

    probe: str | None = None
    """The probe to run again; either this or `diagnose`."""
    with_: dict[str, str] = field(default_factory=dict)
    """Parameters of the probe."""
    diagnose: Literal["all"] | None = None
    """Instead of a probe. all: every probe, side by side."""
    fixed: Annotated[tuple[str, ...], Limits(min_length=1)]
    """The outcomes (or causes) that count as fixed."""


class VerifyThen(Closed):
    """Where a ``verify`` goes."""

    fixed: Id
    """The step for when the fix worked."""
    not_fixed: Id
    """The step for when it did not."""
    cannot_tell: Id
    """The step for when the measurement says nothing."""


class VerifyStep(Step):
    """Re-runs the failed check freshly after a ``do`` and shows before → after."""

    verify: VerifyWhat
    """What is measured again, and what counts as fixed."""
    then: VerifyThen
    """Where each result leads."""
    ask_instead: AskInstead | None = None
    """The same evidence as a question, for when the probe can't run here."""


class WatchWhat(Closed):
    """What a ``watch`` follows, and which outcomes of it say what."""

    probe: str
    """The probe to run again and again."""
    with_: dict[str, str] = field(default_factory=dict)
    """Parameters of the probe."""
    until: Annotated[tuple[OutcomeName, ...], Limits(min_length=1)]
    """The outcomes that are waited for; with one of them the watch is over."""
    gone: tuple[OutcomeName, ...] = ()
    """The outcomes that say it is away, as a gateway while it restarts. With them, `until` at the very
    start must last a moment before it counts: it may not have gone yet.
    """
    at_most: Annotated[int, Limits(ge=1, le=15)]
    """How many minutes are watched at most; never said to the person."""


class WatchThen(Closed):
    """Where a ``watch`` goes."""

    seen: Id
    """The step for when an outcome of `until` came, or the person saw it."""
    not_seen: Id
    """The step for when it did not come in time."""
    cannot_tell: Id
    """The step for when the measurement says nothing, or the person stopped watching."""


class WatchStep(Step):
    """Follows a probe live until something comes back, then goes on by itself."""

    watch: WatchWhat
    """What is followed, until when."""
    then: WatchThen
    """Where each result leads."""
    ask_instead: AskInstead | None = None
    """The same evidence as a question, for when the probe can't run here."""


class WaitStep(Step):
    """A pause of the person's own length. It names no duration; the session can be left here."""

    wait: Text
    """What is waited for, and how the person notices that it is over."""
    then: Id
    """The step after the pause."""


class TellStep(Step):
    """Information only."""

    tell: Text
    """The information."""
    then: Id
    """The next step."""


class UseStep(Step):
    """Runs another flow and comes back."""

    use: Id
    """The id of the flow to run."""
    on: dict[str, Id]
    """For everything that flow can hand back the step it leads to."""


class EndStep(Step):
    """The result. ``returns`` is what a using flow gets; the outcome where it is left out."""

    end: EndOutcome
    """The result. resolved: it works again. unresolved: not solved yet. handed_over: somebody else goes
    on. not_applicable: nothing wrong here. stopped_for_safety: going on could do harm.
    """
    cause: str | None = None
    """The cause to report; left out, the one that was found."""
    help: tuple[HelpChannel, ...] = ()
    """Channels that work in this situation. phone, chat, store, app, website: of the provider.
    administrator: whoever looks after this network. site_owner: whoever runs the website.
    """
    returns: ReturnName | None = None
    """What a using flow gets back; left out, the outcome."""


KINDS: dict[str, type[Step]] = {
    "ask": AskStep,
    "address": AddressStep,
    "probe": ProbeStep,
    "diagnose": DiagnoseStep,
    "decide": DecideStep,
    "do": DoStep,
    "verify": VerifyStep,
    "watch": WatchStep,
    "wait": WaitStep,
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
    AskStep
    | AddressStep
    | ProbeStep
    | DiagnoseStep
    | DecideStep
    | DoStep
    | VerifyStep
    | WatchStep
    | WaitStep
    | TellStep
    | UseStep
    | EndStep,
    OneOf(kind_of, lambda: KINDS),
]


class Flow(Closed):
    """One flow file."""

    flow: Id
    """The flow's id; the file has the same name."""
    version: Annotated[str, Limits(pattern=r"^\d+\.\d+\.\d+$")]
    """Three numbers. Raise the first when ids vanish, the second when steps are added, the third for
    words.
    """
    title: Label
    """The trouble, in the person's words."""
    about: Text
    """One or two sentences: what it will do and how long it takes."""
    start: Id
    """The id of the first step."""
    returns: tuple[ReturnName, ...] = ()
    """What this flow can hand back to a flow that uses it."""
    steps: Annotated[tuple[AnyStep, ...], Limits(min_length=1)]
    """The steps, in an order that reads well."""
