"""The rule about certificate warnings (flow-anchors.md, F504; conflict X2 of the guides)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tshoot.flow.graph import EXHAUSTED, Edge
from tshoot.flow.model import DecideStep, ProbeStep, Step
from tshoot.flow.rules.subject import LintProblem, Subject
from tshoot.probes.model import COMMON_OUTCOMES

_NO_GATEWAY = frozenset({"*", "dead", "not_recognised", "unreachable", EXHAUSTED, *COMMON_OUTCOMES})
_WARNING = (
    r"(?:warnings?|not (?:secure|private|trusted|safe)|certificate|unsafe|risk|security (?:page|notice))"
)
_ACCEPT = (
    r"(?:accept|ignore|click through|go past|get past|bypass|skip|continue (?:anyway|to)|proceed"
    r"|accept the risk|go on anyway|visit anyway|(?:choose|click|open) advanced|add (?:an )?exception)"
)
_BOTH = re.compile(
    rf"\b{_ACCEPT}\b.{{0,80}}?\b{_WARNING}\b|\b{_WARNING}\b.{{0,80}}?\b{_ACCEPT}\b"
    r"|\b(?:proceed|continue) anyway\b|\baccept the risk\b",
    re.I,
)
_DENIED = re.compile(r"\b(?:never|not|don't|do not|won't|nobody|without|instead of)\b", re.I)
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


def warnings_accepted_at_gateway(subject: Subject) -> Iterator[LintProblem]:
    """A certificate warning is accepted only where a probe has shown that the page is the own gateway's."""
    told = [(step, place) for step, said in subject.said for place, text in said if tells_to_accept(text)]
    if not told:
        return
    open_to_all = _without_evidence(subject)
    for step, place in told:
        if step.id in open_to_all:
            message = f"'{step.id}' tells to accept a certificate warning; it may be any website's."
            hint = "lead here only from a gateway probe's outcome, or a decide on it"
            yield subject.at(step, "certificate-warning", message, hint, *place)


def tells_to_accept(text: str) -> bool:
    """True where a sentence says to go on past a certificate warning; "never continue" is fine."""
    if "arning" not in text and "nyway" not in text and "ertificate" not in text and "dvanced" not in text:
        lowered = text.lower()
        if "risk" not in lowered and "proceed" not in lowered and "not secure" not in lowered:
            return False
    found = ((part, _BOTH.search(part)) for part in _SENTENCE.split(text.replace("’", "'")))
    return any(match is not None and not _DENIED.search(part[: match.end()]) for part, match in found)


def _without_evidence(subject: Subject) -> set[str]:
    """Steps that can be reached without passing evidence of a private gateway."""
    todo, seen = [subject.flow.start], {subject.flow.start}
    while todo:
        for number, edge in enumerate(subject.ways.get(todo.pop(), ())):
            if edge.target not in seen and not _shows_gateway(subject.steps[edge.source], edge, number):
                seen.add(edge.target)
                todo.append(edge.target)
    return seen


def _shows_gateway(step: Step, edge: Edge, number: int) -> bool:
    if isinstance(step, ProbeStep):
        return step.probe.startswith("gateway") and edge.label not in _NO_GATEWAY
    if isinstance(step, DecideStep) and number < len(step.decide) and edge.label != "else":
        when = step.decide[number].when
        return any(
            fact == "gateway_model" or (fact.startswith("gateway") and not _NO_GATEWAY.intersection(values))
            for fact, values in when.items()
        )
    return False
