"""TLS with the target, verified as this computer's other programs would."""

from __future__ import annotations

from tshoot.probes.context import ProbeContext
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.tcp import TcpData
from tshoot.probes.tls_exchange import TLS_OUTCOMES, TLS_SECONDS, describe, examine

SPEC = ProbeSpec(
    name="tls",
    title="Secure connection",
    summary="Checks the target's certificate: its dates, its name, its issuer.",
    outcomes=TLS_OUTCOMES,
    good=frozenset({"ok"}),
    sends="a TLS handshake to the target; a second one where the certificate is bad, only to read it",
    privilege="none",
    deadline=TLS_SECONDS + 0.1,
    needs=("tcp",),
)


async def run(context: ProbeContext) -> Reading:
    """Shake hands at the address that connected first. The data is a ``TlsAnswer``."""
    tcp = await context.need("tcp")
    if tcp.outcome != "ok" or not isinstance(tcp.data, TcpData):
        return Reading("skipped", f"no TCP connection ({tcp.outcome})")
    target, deadline = context.target, context.deadline.within(TLS_SECONDS)
    answer = await examine(context.shared, tcp.data.address, target.port, target.host, deadline)
    outcome = answer.outcome if answer.stage == "tls" else "skipped"
    return Reading(outcome, describe(answer), answer, (answer.address,))
