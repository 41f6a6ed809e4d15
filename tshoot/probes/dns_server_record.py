"""What is known of each configured DNS server after asking it, and what that says of them together. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tshoot.host.model import Resolver
from tshoot.probes.dns_answer import REFUSALS, DnsAnswer, median_ms

SLOW_MS = 500.0
"""Mean above which look-ups count as significantly slow (diagnosis-anchors.md, e.4)."""
SLOW_SAMPLES = 3
SILENT_TRIES = 3

ServerState = Literal[
    "answers",
    "refusing",
    "silent",
    "garbled",
    "refused_port",
    "blocked_locally",
    "no_route",
    "unreachable",
    "no_owner",
    "invalid",
]
_MOST_TELLING = ("refused_port", "blocked_locally", "unreachable", "no_route", "garbled")
_NOT_A_SERVER = {"invalid", "no_owner"}
_COSTS_NOTHING = {"answers", "invalid", "no_route"}
"""States of a server beside a working one that no look-up has to wait for."""


@dataclass(frozen=True, slots=True)
class ServerRecord:
    """One configured server.

    ``state``: ``answers`` (it said something about at least one name), ``refusing`` (only
    SERVFAIL/REFUSED), the states of :class:`DnsAnswer` where nothing came back, ``no_owner`` (an address
    of the own subnet that nobody has), ``invalid`` (no server can have that address; not asked).
    ``target``, ``control`` and ``random`` are the answers; ``random`` those for names that exist nowhere and
    are in no cache. ``best_ms`` is over all answers, ``uncached_ms`` the median of ``random``.
    ``ignores_ipv6``: silent to the AAAA question only, so every look-up waits for a time-out.
    """

    address: str
    port: int
    adapter: str | None
    source: str
    state: ServerState
    error: str = ""
    target: tuple[DnsAnswer, ...] = ()
    control: tuple[DnsAnswer, ...] = ()
    random: tuple[DnsAnswer, ...] = ()
    best_ms: float | None = None
    uncached_ms: float | None = None
    uncached_samples: int = 0
    tries: int = 0
    rewritten: bool = False
    ignores_ipv6: bool = False

    @property
    def asked(self) -> bool:
        """True unless the entry was passed over."""
        return self.state != "invalid"


@dataclass(frozen=True, slots=True)
class ServersData:
    """Every configured server in order. ``control``: a server gave the control name an address.

    ``rewritten``: a server gives addresses to names that exist nowhere.
    """

    servers: tuple[ServerRecord, ...] = ()
    control: bool = False
    rewritten: bool = False

    @property
    def working(self) -> tuple[ServerRecord, ...]:
        """The servers that answer."""
        return tuple(server for server in self.servers if server.state == "answers")


def record_of(
    resolver: Resolver,
    target: tuple[DnsAnswer, ...],
    control: tuple[DnsAnswer, ...],
    random: tuple[DnsAnswer, ...],
    nobody_there: bool = False,
) -> ServerRecord:
    """Sum the answers of one server up; ``nobody_there``: its neighbour entry did not resolve."""
    answers = (*target, *control, *random)
    state, error = state_of(answers)
    uncached = tuple(answer for answer in random if answer.usable)
    return ServerRecord(
        address=resolver.address,
        port=resolver.port,
        adapter=resolver.adapter,
        source=resolver.source,
        state="no_owner" if nobody_there and state in {"silent", "unreachable"} else state,
        error=error,
        target=target,
        control=control,
        random=random,
        best_ms=min((answer.ms for answer in answers if answer.ms is not None), default=None),
        uncached_ms=median_ms(uncached),
        uncached_samples=len(uncached),
        tries=max((answer.tries for answer in answers), default=0),
        ignores_ipv6=_ignores_ipv6(answers),
        rewritten=len(uncached) >= 2 and all(answer.addresses for answer in uncached),
    )


def _ignores_ipv6(answers: Sequence[DnsAnswer]) -> bool:
    """True for AAAA silence beside A answers that all came at the first try, so that it can't be loss."""
    silent = [a for a in answers if a.rdtype == "AAAA" and a.state == "silent" and a.tries >= SILENT_TRIES]
    v4 = [answer for answer in answers if answer.rdtype == "A"]
    return bool(silent and v4) and all(a.state == "answered" and a.tries == 1 for a in v4)


def passed_over(resolver: Resolver) -> ServerRecord:
    """The record of an entry that can't be a server and is not asked."""
    return ServerRecord(resolver.address, resolver.port, resolver.adapter, resolver.source, "invalid")


def state_of(answers: Sequence[DnsAnswer]) -> tuple[ServerState, str]:
    """The state that one server's answers show, and its errno or response code."""
    if any(answer.state == "answered" and answer.rcode not in REFUSALS for answer in answers):
        return "answers", ""
    refusal = next((answer for answer in answers if answer.state == "answered"), None)
    if refusal is not None:
        return "refusing", refusal.rcode
    for answer in sorted(answers, key=_tells):
        if answer.state != "answered":
            return answer.state, answer.error
    return "silent", ""


def _tells(answer: DnsAnswer) -> int:
    return _MOST_TELLING.index(answer.state) if answer.state in _MOST_TELLING else len(_MOST_TELLING)


def judge(servers: Sequence[ServerRecord]) -> str:
    """The outcome of ``dns_servers`` for all configured servers together."""
    states = [server.state for server in servers]
    if not states:
        return "none_configured"
    if "answers" in states:
        if set(states) - _COSTS_NOTHING:
            return "some_dead"
        return "slow" if _slow(servers) else "ok"
    if "refusing" in states:
        return "refusing"
    return "invalid" if set(states) <= _NOT_A_SERVER else "unreachable"


def first_working(servers: Sequence[ServerRecord]) -> ServerRecord:
    """The first server that answers: the one the system uses. Raises StopIteration where none does."""
    return next(server for server in servers if server.state == "answers")


def _slow(servers: Sequence[ServerRecord]) -> bool:
    first = first_working(servers)
    measured = first.uncached_samples >= SLOW_SAMPLES and (first.uncached_ms or 0.0) > SLOW_MS
    return measured or first.ignores_ipv6


def describe(servers: Sequence[ServerRecord]) -> str:
    """One line of figures for the report."""
    return "; ".join(_described(server) for server in servers) or "no DNS server is configured"


def _described(server: ServerRecord) -> str:
    if server.state == "answers":
        uncached = f", {server.uncached_ms:.0f} ms uncached" if server.uncached_ms is not None else ""
        silent = ", silent to AAAA" if server.ignores_ipv6 else ""
        return f"{server.address} answers in {server.best_ms or 0:.0f} ms{uncached}{silent}"
    if server.state == "silent":
        return f"{server.address} silent, {server.tries} tries"
    said = f" ({server.error})" if server.error else ""
    return f"{server.address} {server.state.replace('_', ' ')}{said}"
