"""TLS with unrelated operators by address: are certificates wrong everywhere, or only at the target?

Networks may close the port 443 of DNS operators, against encrypted DNS, and no other. So hosts of the portal
checks are asked too where the operators have not answered after a while.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tshoot.host.queries import global_addresses
from tshoot.probes.addresses import resolve
from tshoot.probes.again import side_by_side
from tshoot.probes.anchors import Operator, PortalCheck
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.tls_exchange import TLS_SECONDS, TlsAnswer, reach

STRAGGLERS = 0.3
"""How long the other operators are still waited for after one verified, in seconds."""
PORT = 443
PATIENCE = 0.8
"""Seconds after which the hosts of the portal checks are asked too; operators that answer have done so."""
CHECKS = 2
"""So many of those hosts: one of them may have trouble of its own."""

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
    sends="a TLS handshake to one address of each operator in the list of anchors; where none answers, "
    "to the hosts of two portal checks",
    privilege="none",
    deadline=TLS_SECONDS + 0.1,
)


@dataclass(frozen=True, slots=True)
class OperatorTls:
    """What came of one operator, at its DNS or at the host of its portal check.

    ``issuer_id`` compares with the target's (``CertificateFacts``).
    """

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


async def run(context: ProbeContext, port: int = PORT) -> Reading:
    """Shake hands with all operators side by side; ``port`` is that of the hosts of the portal checks."""
    operators = [operator for operator in context.anchors.operators if operator.v4 or operator.v6]
    if not operators:
        return Reading("not_applicable", "no operator is listed")
    contacted = [address for operator in operators for address in _addresses(context, operator)]
    results = await _all(context, operators, port, context.deadline.within(TLS_SECONDS), contacted)
    detail = ", ".join(f"{_label(result, operators)} {result.outcome}" for result in results)
    data = OthersData(results, _share_issuer(results))
    return Reading(judge(results), detail, data, tuple(contacted))


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
    context: ProbeContext,
    operators: Sequence[Operator],
    port: int,
    deadline: Deadline,
    contacted: list[str],
) -> tuple[OperatorTls, ...]:
    checks = context.anchors.portal_checks[:CHECKS]
    results = await side_by_side(
        [
            *(_one(context, operator, deadline) for operator in operators),
            *(_check(context, check, port, deadline, contacted) for check in checks),
        ],
        _enough,
        deadline,
        STRAGGLERS,
    )
    own = tuple(
        result or OperatorTls(operator.id, operator.tls_name, _addresses(context, operator)[0], "timeout")
        for operator, result in zip(operators, results, strict=False)
    )
    return (*own, *(result for result in results[len(operators) :] if result is not None and result.address))


def _enough(so_far: Sequence[OperatorTls]) -> bool:
    """One that verifies is enough, so are two verdicts on certificates."""
    verdicts = [result for result in so_far if result.stage == "tls" and result.outcome in SPEC.outcomes]
    return len(verdicts) >= 2 or any(result.outcome == "ok" for result in so_far)


async def _one(context: ProbeContext, operator: Operator, deadline: Deadline) -> OperatorTls:
    addresses = _addresses(context, operator)
    answer = await reach(context.shared, addresses, operator.port, operator.tls_name, deadline)
    return _told(operator.id, operator.tls_name, answer)


async def _check(
    context: ProbeContext, check: PortalCheck, port: int, deadline: Deadline, contacted: list[str]
) -> OperatorTls:
    """A host of the portal checks, once the operators have had their time."""
    await asyncio.sleep(min(PATIENCE, deadline.remaining()))
    name = urlsplit(check.url).hostname or ""
    addresses = await resolve(context, name)
    if not addresses:
        return OperatorTls(check.operator, name, "", "unresolved")
    contacted += addresses
    return _told(check.operator, name, await reach(context.shared, addresses, port, name, deadline))


def _told(operator: str, name: str, answer: TlsAnswer) -> OperatorTls:
    facts = answer.certificate
    return OperatorTls(
        operator,
        name,
        answer.address,
        answer.outcome,
        answer.stage,
        answer.tls_ms,
        facts.issuer if facts else "",
        facts.issuer_id if facts else "",
    )


def _label(result: OperatorTls, operators: Sequence[Operator]) -> str:
    """The operator where its DNS was asked, the host's name elsewhere."""
    asked = any(operator.tls_name == result.name for operator in operators)
    return result.operator if asked else result.name


def _addresses(context: ProbeContext, operator: Operator) -> tuple[str, ...]:
    v6 = operator.v6[:1] if global_addresses(context.host, 6) or not operator.v4 else ()
    return (*operator.v4[:1], *v6)


def _share_issuer(results: Sequence[OperatorTls]) -> bool:
    issuers = Counter(result.issuer_id for result in results if result.issuer_id)
    return any(count >= 2 for count in issuers.values())
