"""TLS at the addresses other resolvers give, when these are not the system's.

Success there while it fails at the system's own addresses tells a wrong DNS answer from a bad
certificate (causes.md, ``dns.wrong_answer``).
"""

from __future__ import annotations

from tshoot.probes.addresses import target_addresses
from tshoot.probes.context import ProbeContext
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.tcp_connect import both_families
from tshoot.probes.tls_exchange import TLS_OUTCOMES, TLS_SECONDS, describe, reach

SPEC = ProbeSpec(
    name="tls_public",
    title="Secure connection elsewhere",
    summary="Checks the certificate at the addresses that other DNS servers give for the target.",
    outcomes=TLS_OUTCOMES,
    good=frozenset({"ok"}),
    sends="a TCP connection and a TLS handshake to the target's addresses as public DNS servers tell them",
    privilege="none",
    deadline=5.0,
    uses=("dns_system", "dns_public", "dns_encrypted"),
)


async def run(context: ProbeContext) -> Reading:
    """Shake hands at the other addresses. The data is a ``TlsAnswer``."""
    addresses = await target_addresses(context, public_too=True)
    if not addresses.system or not addresses.public:
        return Reading("not_applicable", "only one side resolved the name")
    if set(addresses.system) & set(addresses.public):
        return Reading("not_applicable", "other resolvers give the same addresses")
    target, others = context.target, both_families(addresses.public)
    deadline = context.deadline.within(TLS_SECONDS)
    answer = await reach(context.shared, others, target.port, target.host, deadline)
    # Silence is silence at every stage; any other failure to connect is no verdict on a certificate.
    outcome = answer.outcome if answer.stage == "tls" or answer.outcome == "timeout" else "skipped"
    return Reading(outcome, describe(answer), answer, others)
