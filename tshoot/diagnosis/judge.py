"""The judgement: evidence → findings → headline and verdict. The same evidence always gives the same one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from tshoot.diagnosis.cause import Catalog, Cause
from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.findings import finding_of
from tshoot.diagnosis.grades import SILENT_OUTCOMES
from tshoot.diagnosis.ladder import build_ladder
from tshoot.diagnosis.model import Confidence, Diagnosis, Finding, Rung, Severity, Verdict
from tshoot.diagnosis.rules import standing_causes
from tshoot.diagnosis.signals_proxy import answered_through
from tshoot.diagnosis.values import fill, named_values
from tshoot.diagnosis.words import MISSED, NOT_MEASURED, Words, healthy_words, unknown_words
from tshoot.probes.model import ProbeResult

_RANK: Mapping[Severity, int] = {"broken": 0, "degraded": 1, "note": 2}
_TARGET_STAGES = ("proxy", "dns_system", "tcp", "tls", "http")
_WAITED_FOR = (
    *("gateway", "internet_v4", "internet_v6", "dns_system", "dns_servers", "tls", "sign_in_chain"),
    *("proxy", "path_mtu"),
)


def diagnose(
    results: Mapping[str, ProbeResult],
    catalog: Catalog,
    *,
    service: str,
    host: str,
    signals: Mapping[str, str] | None = None,
    headline: str | None = None,
) -> Diagnosis:
    """Judge one set of results for the target ``host``, called ``service``. Never raises on odd data.

    Outcomes and signals decide alone; ``signals`` are those of evidence whose data are not all here.
    ``headline`` is a cause's id, ``none`` or ``unknown``, taken as told where not even all outcomes are.
    """
    evidence = Evidence(results, host, signals)
    values = named_values(results, service=service, host=host)
    standing = sorted(standing_causes(catalog, evidence), key=lambda cause: _RANK[cause.severity])
    head = _headline(standing, evidence) if headline is None else catalog.by_id.get(headline)
    told = () if head is None or head in standing else (_told(head, evidence, values),)
    findings = (*told, *(finding_of(cause, evidence, values) for cause in standing))
    ladder = build_ladder(evidence)
    verdict = _verdict(head, evidence, headline)
    confidence, words = _conclusion(head, verdict, findings, ladder, evidence)
    summary, step = fill(words.say, values), fill(words.next, values)
    return Diagnosis(
        verdict=verdict,
        cause=head.id if head is not None else "none" if verdict == "healthy" else "unknown",
        confidence=confidence,
        summary=summary,
        next=step,
        findings=findings,
        ladder=ladder,
        measured=evidence.measured,
        values={**values, "summary": summary, "next": step},
        signals=evidence.signals,
    )


def settled(results: Mapping[str, ProbeResult]) -> bool:
    """True once waiting longer can't change the answer.

    The service has answered as a browser would meet it, or hangs and it has been seen why; and everything
    that could still show something else (loss, a dead resolver, a broken address family, a part of the
    sign-in) has been heard.
    """
    reached = all(_is(results, probe, "ok") for probe in ("http", "internet"))
    through = answered_through(results) is not False
    enough = (reached and through) or _hang_explained(results)
    return enough and all(probe in results for probe in _WAITED_FOR)


def _hang_explained(results: Mapping[str, ProbeResult]) -> bool:
    """Has the handshake timed out, and is it known that size, name or the service itself is why?"""
    why = (("path_mtu", "blackhole"), ("sni", "filtered"), ("sni", "silent"))
    return _is(results, "tls", "timeout") and any(_is(results, *seen) for seen in why)


def _is(results: Mapping[str, ProbeResult], probe: str, outcome: str) -> bool:
    return probe in results and results[probe].outcome == outcome


def _headline(standing: Iterable[Cause], evidence: Evidence) -> Cause | None:
    """The first cause that accounts for what the person meets; notes never do.

    A shortfall is no headline while the target fails for a reason that it does not explain.
    """
    candidates = [cause for cause in standing if cause.severity != "note"]
    head = next(iter(candidates), None)
    if head is None or head.severity == "broken":
        return head
    stage = first_failing_stage(evidence)
    if stage is None:
        return head
    return next((cause for cause in candidates if stage in cause.explains), None)


def first_failing_stage(evidence: Evidence) -> str | None:
    """The first stage that failed on the way to the target; None when it was reached or not tried."""
    if evidence.outcome("target") in ("reached", "unknown"):
        return None
    return next((probe for probe in _TARGET_STAGES if evidence.in_trouble(probe)), "http")


def _told(cause: Cause, evidence: Evidence, values: Mapping[str, str]) -> Finding:
    """A cause that somebody names without the evidence for it being here."""
    return replace(finding_of(cause, evidence, values), confidence="weak")


def _verdict(head: Cause | None, evidence: Evidence, told: str | None) -> Verdict:
    """What the person can do: a shortfall that keeps the target from answering has broken it."""
    reach = evidence.outcome("target")
    if head is None and told is not None:
        return "healthy" if told == "none" else "unknown"
    if head is None:
        return "healthy" if reach == "reached" else "unknown"
    return "broken" if head.severity == "broken" or reach == "not_reached" else "degraded"


def _conclusion(
    head: Cause | None,
    verdict: Verdict,
    findings: tuple[Finding, ...],
    ladder: tuple[Rung, ...],
    evidence: Evidence,
) -> tuple[Confidence, Words]:
    if head is not None:
        finding = next(finding for finding in findings if finding.cause == head.id)
        missed = head.severity == "degraded" and verdict == "broken"
        return finding.confidence, Words(finding.say + (MISSED if missed else ""), finding.next)
    if verdict == "healthy":
        return _healthy_confidence(ladder, evidence), healthy_words(evidence)
    return "weak", unknown_words(evidence) if evidence.measured else NOT_MEASURED


def _healthy_confidence(ladder: tuple[Rung, ...], evidence: Evidence) -> Confidence:
    """``strong`` when every rung has been seen to work, ``likely`` when the service works all the same."""
    http = evidence.outcome("http")
    unsure = evidence.outcome("proxy") in ("pac_unreachable", "pac_not_evaluated")
    seen = http is not None and http not in SILENT_OUTCOMES and not unsure
    return "strong" if seen and all(rung.state in ("ok", "not_applicable") for rung in ladder) else "likely"
