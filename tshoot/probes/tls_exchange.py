"""TLS with an address: connect, shake hands with verification, and read a certificate that fails it."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tshoot.probes.again import first_answer
from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.certificates import CertificateFacts, certificate_facts, peer_chain, verified_facts
from tshoot.probes.context import Shared
from tshoot.probes.deadline import Deadline
from tshoot.probes.tcp_connect import (
    both_families,
    connect_all,
    connect_outcome,
    connected,
    first_connected,
    most_telling,
    since,
    system_reason,
)
from tshoot.probes.tls_failure import handshake_failure
from tshoot.probes.tls_socket import TlsOverSocket
from tshoot.probes.trust import reading_context, verifying

TLS_OUTCOMES = {
    "ok": "The certificate is valid for this name and trusted by this computer.",
    "expired": "The certificate has run out, by this computer's clock.",
    "not_yet_valid": "The certificate begins in the future, by this computer's clock.",
    "wrong_host": "The certificate is for another name.",
    "untrusted": "The certificate comes from an issuer this computer does not trust.",
    "handshake": "The two sides can't agree, or the answer is no TLS.",
    "reset": "The connection is torn down during the handshake.",
    "closed": "The connection is closed during the handshake.",
}
TLS_SECONDS = 2.5
"""For one exchange, second attempts and the reading of a bad certificate included."""
BAD_CERTIFICATE = frozenset({"expired", "not_yet_valid", "wrong_host", "untrusted"})


@dataclass(frozen=True, slots=True)
class TlsAnswer:
    """What came of one exchange with ``address``.

    ``stage`` is how far it got: ``tcp`` (``outcome`` is then the ``tcp`` probe's) or ``tls``. Times are
    in milliseconds. ``certificate`` is None where none was seen or it can't be read.
    """

    address: str
    outcome: str
    stage: str = "tls"
    reason: str = ""
    tcp_ms: float | None = None
    tls_ms: float | None = None
    version: str = ""
    cipher: str = ""
    alpn: str = ""
    certificate: CertificateFacts | None = None


async def examine(shared: Shared, address: str, port: int, name: str, deadline: Deadline) -> TlsAnswer:
    """Shake hands with verification for ``name`` at ``address``; asks again on silence only.

    A bad certificate is then read over a second connection that verifies nothing and sends nothing.
    """
    context = await verifying(shared)
    stages = ["tcp"]
    answer = await first_answer(lambda: shake_hands(address, port, name, context, stages), deadline)
    if answer is None:
        return TlsAnswer(address, "timeout", stages[-1])
    if answer.outcome not in BAD_CERTIFICATE:
        return answer
    return await _with_certificate(answer, shared, port, name, deadline)


async def reach(
    shared: Shared, addresses: Sequence[str], port: int, name: str, deadline: Deadline
) -> TlsAnswer:
    """:func:`examine` at that one of ``addresses`` which connects first; stage ``tcp`` where none does."""
    connects = await connect_all(both_families(addresses), port, deadline, stragglers=0.0)
    first = first_connected(connects)
    if first is not None:
        return await examine(shared, first.address, port, name, deadline)
    worst = most_telling(connects)
    return TlsAnswer(worst.address, worst.state, "tcp", worst.reason)


async def shake_hands(
    address: str, port: int, name: str, context: ssl.SSLContext, stages: list[str]
) -> TlsAnswer:
    """Connect, shake hands, close. Appends ``tls`` to ``stages`` once connected. Bound it from outside."""
    began = time.perf_counter()
    try:
        async with connected(address, port) as connection:
            tcp_ms = since(began)
            stages.append("tls")
            return await _over(connection, address, name, context, tcp_ms)
    except OSError as error:
        return TlsAnswer(address, connect_outcome(error), "tcp", system_reason(error))


async def _over(
    connection: socket.socket, address: str, name: str, context: ssl.SSLContext, tcp_ms: float
) -> TlsAnswer:
    began = time.perf_counter()
    tls = TlsOverSocket(connection, context, name)
    try:
        await tls.handshake()
    except (OSError, EOFError) as error:
        outcome, reason = handshake_failure(error)
        return TlsAnswer(address, outcome, "tls", reason, tcp_ms, since(began))
    version, cipher, alpn = tls.agreed()
    facts = verified_facts(tls.tls)
    return TlsAnswer(address, "ok", "tls", "", tcp_ms, since(began), version, cipher, alpn, facts)


async def _with_certificate(
    answer: TlsAnswer, shared: Shared, port: int, name: str, deadline: Deadline
) -> TlsAnswer:
    context = reading_context(shared)
    chain = await first_answer(lambda: _read_chain(answer.address, port, name, context), deadline)
    if not chain:
        return answer
    now = datetime.now(UTC)
    facts = await in_daemon_thread(lambda: certificate_facts(chain, name, now))
    return replace(answer, certificate=facts)


async def _read_chain(address: str, port: int, name: str, context: ssl.SSLContext) -> list[bytes]:
    try:
        async with connected(address, port) as connection:
            tls = TlsOverSocket(connection, context, name)
            await tls.handshake()
            return peer_chain(tls.tls)
    except (OSError, EOFError):
        return []


def describe(answer: TlsAnswer) -> str:
    """One line of figures for the report."""
    facts = answer.certificate
    if answer.outcome == "ok":
        until = f", certificate until {facts.not_after[:10]}" if facts else ""
        return f"{answer.version} at {answer.address} in {answer.tls_ms or 0:.0f} ms{until}"
    words = f"{answer.address}: {answer.stage} {answer.outcome}"
    if facts is not None and answer.outcome in BAD_CERTIFICATE:
        dates = f"{facts.not_before[:10]} to {facts.not_after[:10]}"
        return f"{words}, certificate of {facts.subject} by {facts.issuer}, {dates}"
    return f"{words} ({answer.reason})" if answer.reason else words
