"""TLS with unrelated operators by address: are certificates wrong everywhere, or only at the target?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from tshoot.host.queries import global_addresses
from tshoot.probes.again import side_by_side
from tshoot.probes.anchors import Operator
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.tls_exchange import TLS_SECONDS, TlsAnswer, reach

STRAGGLERS = 0.3
"""How long the other operators are still waited for after one verified, in seconds."""

SPEC = ProbeSpec(
    name="tls_others",
    title="Secure connections to others",
    summary="Checks the certificates of unrelated operators, to tell a bad site from a bad network or clock.",
    outcomes={
        "ok": "At least one operator's certificate is valid and trusted.",
        "expired": "The certificates have run out, by this computer's clock.",
        "not_yet_valid": "The certificates begin in the future, by this computer's clock.",
        "untrusted": "The certificates come from an issuer this computer does not trust.",
        "handshake": "The handshakes fail, or the answers are no TLS.",
        "failed": "None could be checked, or they fail in different ways: no evidence.",
    },
    good=frozenset({"ok"}),
    sends="a TLS handshake to one address of each operator in the list of anchors",
    privilege="none",
    deadline=TLS_SECONDS + 0.1,
)


@dataclass(frozen=True, slots=True)
class OperatorTls:
    """What came of one operator. ``issuer_id`` compares with the target's (``CertificateFacts``)."""

    operator: str
    name: str
    address: str
    outcome: str
    stage: str = ""
    ms: float | None = None
    issuer: str = ""
    issuer_id: str = ""


@dataclass(frozen=True, slots=True)
class OthersData:
    """Every operator's result; ``same_issuer`` where two or more bad certificates share one issuer."""

    operators: tuple[OperatorTls, ...] = ()
    same_issuer: bool = False


async def run(context: ProbeContext) -> Reading:
    """Shake hands with all operators side by side."""
    operators = [operator for operator in context.anchors.operators if operator.v4 or operator.v6]
    if not operators:
        return Reading("not_applicable", "no operator is listed")
    results = await _all(context, operators, context.deadline.within(TLS_SECONDS))
    contacted = tuple(address for operator in operators for address in _addresses(context, operator))
    detail = ", ".join(f"{result.operator} {result.outcome}" for result in results)
    data = OthersData(results, _share_issuer(results))
    return Reading(judge(results), detail, data, contacted)


def judge(results: Sequence[OperatorTls]) -> str:
    """``ok`` when one verifies; else the failure that two share, or that all which answered share."""
    if any(result.outcome == "ok" for result in results):
        return "ok"
    told = [result.outcome for result in results if result.stage == "tls" and result.outcome in SPEC.outcomes]
    common = Counter(told).most_common(1)
    if common and (common[0][1] >= 2 or len(told) == 1):
        return common[0][0]
    return "failed"


async def _all(
    context: ProbeContext, operators: Sequence[Operator], deadline: Deadline
) -> tuple[OperatorTls, ...]:
    results = await side_by_side(
        [_one(context, operator, deadline) for operator in operators],
        lambda so_far: any(result.outcome == "ok" for result in so_far),
        deadline,
        STRAGGLERS,
    )
    return tuple(
        result or OperatorTls(operator.id, operator.tls_name, _addresses(context, operator)[0], "timeout")
        for operator, result in zip(operators, results, strict=True)
    )


async def _one(context: ProbeContext, operator: Operator, deadline: Deadline) -> OperatorTls:
    addresses = _addresses(context, operator)
    answer = await reach(context.shared, addresses, operator.port, operator.tls_name, deadline)
    return _told(operator, answer)


def _told(operator: Operator, answer: TlsAnswer) -> OperatorTls:
    facts = answer.certificate
    return OperatorTls(
        operator.id,
        operator.tls_name,
        answer.address,
        answer.outcome,
        answer.stage,
        answer.tls_ms,
        facts.issuer if facts else "",
        facts.issuer_id if facts else "",
    )


def _addresses(context: ProbeContext, operator: Operator) -> tuple[str, ...]:
    v6 = operator.v6[:1] if global_addresses(context.host, 6) or not operator.v4 else ()
    return (*operator.v4[:1], *v6)


def _share_issuer(results: Sequence[OperatorTls]) -> bool:
    issuers = Counter(result.issuer_id for result in results if result.issuer_id)
    return any(count >= 2 for count in issuers.values())
