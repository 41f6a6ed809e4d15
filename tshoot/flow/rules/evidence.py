"""Rules about measuring: probes and causes exist, every outcome has a way (flow-anchors.md, b4: F301-302)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from tshoot.flow.graph import CheckStep, MeasuringStep
from tshoot.flow.model import DiagnoseStep, ProbeStep, Step, VerifyStep, WatchStep
from tshoot.flow.rules.subject import LintProblem, Subject
from tshoot.names import did_you_mean, nearest_name
from tshoot.probes.model import COMMON_OUTCOMES, ProbeSpec

TARGET = "target"
"""The parameter that every probe takes in a flow: a service of the catalogue instead of the session's own,
or ``named``: the one that the person has named."""
NO_CAUSE = frozenset({"none", "unknown"})
"""What a diagnosis can say besides the causes."""


def probes_exist(subject: Subject) -> Iterator[LintProblem]:
    """A probe that is named exists, and takes the parameters it is given."""
    for step in _steps(subject):
        name, place = _probe_of(step)
        if name is None:
            continue
        spec = subject.world.specs.get(name)
        if spec is None:
            hint = did_you_mean(name, subject.world.specs)
            yield subject.at(step, "probe-exists", f"There is no probe '{name}'.", hint, *place, "probe")
        else:
            yield from _parameters(subject, step, spec, place)


def _parameters(
    subject: Subject, step: MeasuringStep, spec: ProbeSpec, place: tuple[str, ...]
) -> Iterator[LintProblem]:
    known = [TARGET, *(param.name for param in spec.params)]
    for key, value in _given(step).items():
        if key == TARGET:
            yield from _target(subject, step, value, place)
        elif key not in known:
            hint = did_you_mean(key, known)
            message = f"The probe '{spec.name}' has no parameter '{key}'."
            yield subject.at(step, "probe-param", message, hint, *place, "with", key)


def _target(
    subject: Subject, step: MeasuringStep, value: str, place: tuple[str, ...]
) -> Iterator[LintProblem]:
    from tshoot.catalog.services import NAMED, shipped_services

    services = [*shipped_services(), NAMED]
    if value not in services:
        hint = did_you_mean(value, services)
        yield subject.at(step, "probe-param", f"There is no service '{value}'.", hint, *place, "with", TARGET)


def outcomes_routed(subject: Subject) -> Iterator[LintProblem]:
    """Every outcome a probe can end in has a way; ``*`` takes the inconclusive and the common ones."""
    for step in _steps(subject):
        spec = subject.world.specs.get(step.probe) if isinstance(step, ProbeStep) else None
        if spec is not None and isinstance(step, ProbeStep):
            yield from _unknown_outcomes(subject, step, spec)
            yield from _missing_outcomes(subject, step, spec)


def _unknown_outcomes(subject: Subject, step: ProbeStep, spec: ProbeSpec) -> Iterator[LintProblem]:
    for outcome in step.on:
        if outcome != "*" and outcome not in spec.all_outcomes():
            message = f"The probe '{spec.name}' never ends as '{outcome}'."
            hint = did_you_mean(outcome, spec.all_outcomes())
            yield subject.at(step, "probe-outcome", message, hint, "on", outcome)


def _missing_outcomes(subject: Subject, step: ProbeStep, spec: ProbeSpec) -> Iterator[LintProblem]:
    starred = spec.inconclusive | set(COMMON_OUTCOMES) if "*" in step.on else frozenset[str]()
    missing = [name for name in spec.all_outcomes() if name not in step.on and name not in starred]
    if missing:
        message = f"The probe '{spec.name}' can also end as {', '.join(missing)}; no way is given."
        allowed = ", ".join(sorted(spec.inconclusive | set(COMMON_OUTCOMES)))
        yield subject.at(step, "probe-routes", message, f"name each; '*' takes only {allowed}", "on")


def causes_exist(subject: Subject) -> Iterator[LintProblem]:
    """``diagnose.on`` names causes, groups (``dns.*``), ``none`` and ``unknown``."""
    for step in _steps(subject):
        for pattern in step.on if isinstance(step, DiagnoseStep) else ():
            if not is_headline(pattern, subject.world.causes):
                message = f"There is no cause or group '{pattern}'."
                yield subject.at(step, "cause-exists", message, _cause_hint(pattern, subject), "on", pattern)


def end_causes_exist(subject: Subject) -> Iterator[LintProblem]:
    """The cause that an end names exists."""
    for step in subject.flow.steps:
        cause = getattr(step, "cause", None)
        if cause is not None and cause not in NO_CAUSE | subject.world.causes:
            yield subject.at(
                step, "cause-exists", f"There is no cause '{cause}'.", _cause_hint(cause, subject), "cause"
            )


def verify_complete(subject: Subject) -> Iterator[LintProblem]:
    """A ``verify`` re-runs one thing, and ``fixed`` names what that can end as."""
    for step in _steps(subject):
        if not isinstance(step, VerifyStep):
            continue
        if (step.verify.probe is None) == (step.verify.diagnose is None):
            message = "A verify re-runs either one probe or 'diagnose: all'."
            yield subject.at(step, "verify-what", message, "write exactly one of the two", "verify")
            continue
        for index, outcome in enumerate(step.verify.fixed):
            if not _possible(step, outcome, subject):
                message = f"'{outcome}' is nothing this check can end as."
                hint = _possible_hint(step, outcome, subject)
                yield subject.at(step, "verify-fixed", message, hint, "verify", "fixed", index)


def watch_complete(subject: Subject) -> Iterator[LintProblem]:
    """A ``watch`` waits for outcomes that its probe can have, and that don't say "gone" at once."""
    for step in _steps(subject):
        if not isinstance(step, WatchStep):
            continue
        for part, outcomes in (("until", step.watch.until), ("gone", step.watch.gone)):
            for index, outcome in enumerate(outcomes):
                place = ("watch", part, index)
                if not _possible(step, outcome, subject):
                    message = f"'{outcome}' is nothing the probe can end as."
                    yield subject.at(
                        step, "watch-outcome", message, _possible_hint(step, outcome, subject), *place
                    )
                elif part == "gone" and outcome in step.watch.until:
                    message = f"'{outcome}' can't be both 'gone' and what is waited for."
                    yield subject.at(step, "watch-outcome", message, "leave it in one of the two", *place)


def instead_outcomes_exist(subject: Subject) -> Iterator[LintProblem]:
    """The answers of ``ask_instead`` stand for outcomes that the measurement could have had."""
    for step in _steps(subject):
        for index, option in enumerate(step.ask_instead.options if step.ask_instead else ()):
            if not _possible(step, option.outcome, subject):
                message = f"'{option.outcome}' is nothing this step can measure."
                hint = _possible_hint(step, option.outcome, subject)
                place = ("ask_instead", "options", index, "outcome")
                yield subject.at(step, "instead-outcome", message, hint, *place)


def instead_given(subject: Subject) -> Iterator[LintProblem]:
    """Evidence can be had by asking too, for a caller's computer (warning).

    A ``verify`` or ``watch`` is fine without when ``cannot_tell`` leads to a question or to an end.
    """
    steps = {step.id: step for step in subject.flow.steps}
    for step in _steps(subject):
        if step.ask_instead is None and not (
            isinstance(step, CheckStep) and not isinstance(steps.get(step.then.cannot_tell), MeasuringStep)
        ):
            message = f"The step '{step.id}' can't be answered for another person's computer."
            yield subject.warn(step, "instead-missing", message, "add 'ask_instead'")


def facts_exist(subject: Subject) -> Iterator[LintProblem]:
    """A ``decide`` looks at facts that something can establish, and at values they can have."""
    measured = {name: spec.all_outcomes() for name, spec in subject.world.specs.items()}
    for step in subject.flow.steps:
        for number, case in enumerate(getattr(step, "decide", ())):
            for fact, values in case.when.items():
                place = ("decide", number, "when", fact)
                answers = subject.world.facts.get(fact, measured.get(fact))
                if answers is not None:
                    yield from _fact_values(subject, step, values, answers, place)
                elif fact not in OUTSIDE_FACTS | (subject.world.values or frozenset()):
                    known = {*subject.world.facts, *measured, *OUTSIDE_FACTS}
                    nearest = nearest_name(fact, sorted(known))
                    hint = f"did you mean '{nearest}'?" if nearest else "remember it in an 'ask' first"
                    yield subject.at(step, "fact-exists", f"Nothing finds out '{fact}'.", hint, *place)


OUTSIDE_FACTS = frozenset({"os", "service", "host", "browser", "gateway_model", "subject", "cause"})
"""Facts a session knows without a question; ``cause`` is the last headline."""


def _fact_values(
    subject: Subject, step: Step, values: Iterable[str], known: Collection[str], place: tuple[str | int, ...]
) -> Iterator[LintProblem]:
    for value in values if known else ():
        if value not in known:
            message = f"'{place[-1]}' is never '{value}'."
            yield subject.at(step, "fact-value", message, did_you_mean(value, known), *place)


def is_headline(pattern: str, causes: frozenset[str]) -> bool:
    """True for a cause, a group of causes, ``none`` and ``unknown``."""
    group = pattern.removesuffix("*")
    if pattern.endswith(".*"):
        return any(cause.startswith(group) for cause in causes)
    return pattern in NO_CAUSE or pattern in causes


def _possible(step: MeasuringStep, outcome: str, subject: Subject) -> bool:
    name, _ = _probe_of(step)
    if name is None:
        return is_headline(outcome, subject.world.causes)
    spec = subject.world.specs.get(name)
    return spec is None or outcome in spec.all_outcomes()


def _possible_hint(step: MeasuringStep, outcome: str, subject: Subject) -> str:
    name, _ = _probe_of(step)
    if name is None:
        return _cause_hint(outcome, subject)
    return did_you_mean(outcome, subject.world.specs[name].all_outcomes())


def _cause_hint(wrong: str, subject: Subject) -> str:
    groups = {f"{cause.split('.')[0]}.*" for cause in subject.world.causes}
    nearest = nearest_name(wrong, sorted(subject.world.causes | NO_CAUSE | groups))
    return f"did you mean '{nearest}'?" if nearest else "causes, groups such as dns.*, none and unknown"


def _probe_of(step: MeasuringStep) -> tuple[str | None, tuple[str, ...]]:
    if isinstance(step, ProbeStep):
        return step.probe, ()
    if isinstance(step, WatchStep):
        return step.watch.probe, ("watch",)
    return (step.verify.probe, ("verify",)) if isinstance(step, VerifyStep) else (None, ())


def _given(step: MeasuringStep) -> Mapping[str, str]:
    """The parameters that a step gives its probe."""
    if isinstance(step, WatchStep):
        return step.watch.with_
    if isinstance(step, VerifyStep):
        return step.verify.with_
    return step.with_ if isinstance(step, ProbeStep) else {}


def _steps(subject: Subject) -> Iterator[MeasuringStep]:
    return (step for step in subject.flow.steps if isinstance(step, MeasuringStep))
