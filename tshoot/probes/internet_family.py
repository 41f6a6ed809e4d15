"""Does the internet answer by address, in one address family? What ``internet_v4`` and ``internet_v6`` share.

The order of evidence: the system refuses at once, else TCP 443 of every operator with ping beside it, else
TCP 80 and 53. As soon as one 443 is open, only the loss window is waited for; "dead" is said only after
every operator had several tries over :data:`HOLD` seconds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tshoot.host.model import Family, HostState
from tshoot.host.queries import global_addresses, only_unique_local, preferred_default
from tshoot.probes.connect import Connect, ConnectState
from tshoot.probes.context import ProbeContext
from tshoot.probes.internet_survey import Survey, Surveyed
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.path_meter import Quality, telling_window
from tshoot.probes.refusal import Refusal, refused_route, shared_refusal
from tshoot.probes.window import WindowFigures, describe, figures

SLOW_MS = 1000.0
"""Median round-trip time above which sign-in pages time out. One page needs four to five round trips (name,
TCP, TLS, request), and browsers' network checks give a request 5 s and call 1,000 ms very high (ChromeOS
HttpsLatency, in diagnosis-anchors.md, section e.4). A satellite's 600 ms stays below: slow, but it works."""
DEADLINE = 4.0

OUTCOMES = {
    "ok": "Addresses on the internet answer.",
    "lossy": "Addresses on the internet answer, and packets are lost on the way.",
    "slow": "Addresses on the internet answer so late that pages time out.",
    "https_blocked": "No encrypted web (port 443) anywhere, but the plain web (port 80) answers.",
    "web_blocked": "Neither port 443 nor 80 answers anywhere, but ping or TCP 53 does.",
    "dead": "Nothing on the internet answers.",
    "no_route": "This computer refuses at once: it knows no way there.",
    "blocked_locally": "This computer refuses at once: its own firewall or VPN doesn't allow it.",
}
GOOD = frozenset({"ok"})


@dataclass(frozen=True, slots=True)
class Answer:
    """One connect: the operator, what was tried, how it ended, after how many milliseconds."""

    operator: str
    address: str
    port: int
    state: str
    ms: float


@dataclass(frozen=True, slots=True)
class InternetData:
    """All that was seen. ``method`` says what the loss windows were measured with; None without any.

    ``ping`` is empty where this user may not ping or the system refuses.
    """

    method: str | None = None
    answers: tuple[Answer, ...] = ()
    windows: tuple[WindowFigures, ...] = ()
    refused: Refusal | None = None
    ping: Literal["answered", "silent", ""] = ""


def family_spec(family: Family) -> ProbeSpec:
    """The declaration of the probe of one family."""
    return ProbeSpec(
        name=f"internet_v{family}",
        title=f"Internet by IPv{family}",
        summary=f"Contacts well-known IPv{family} addresses by ping and TCP, without needing a name.",
        outcomes=OUTCOMES,
        good=GOOD,
        sends="20 to 40 pings to one address of two operators; TCP connects to each: 443, else 80 and 53",
        privilege="none; pings where this user may, else TCP only",
        deadline=DEADLINE,
    )


async def measure(context: ProbeContext, family: Family) -> Reading:
    """Measure one family; the whole of both probes' ``run``."""
    operators = _operators(context, family)
    reason = _inapplicable(context.host, family, operators)
    if reason is not None:
        return Reading("not_applicable", reason)
    refused = shared_refusal(refused_route(address) for all_ in operators.values() for address in all_)
    if refused is not None:
        return _refused(refused, context.host, family)
    seen = await Survey(operators, context.deadline, SLOW_MS).run()
    return _reading(seen, context.host, family)


def _operators(context: ProbeContext, family: Family) -> dict[str, tuple[str, ...]]:
    listed = {each.id: each.v4 if family == 4 else each.v6 for each in context.anchors.operators}
    return {name: addresses for name, addresses in listed.items() if addresses}


def _inapplicable(host: HostState, family: Family, operators: dict[str, tuple[str, ...]]) -> str | None:
    """Why the family can't be measured here, or None.

    169.254/16 alone is no IPv4 address for the internet, so it is not applicable, not "no route": the
    ``address`` probe tells that story.
    """
    if not operators:
        return f"no IPv{family} address to contact"
    if not global_addresses(host, family):
        return f"no IPv{family} address beyond the link"
    if family == 6 and preferred_default(host, 6) is None:
        return "no IPv6 default route"
    return None


def _refused(refused: Refusal, host: HostState, family: Family) -> Reading:
    if refused == "no_route" and family == 6 and only_unique_local(host):
        return Reading("not_applicable", "only a unique-local IPv6 address")
    words = {"no_route": "network unreachable", "not_permitted": "not permitted"}
    outcome = "no_route" if refused == "no_route" else "blocked_locally"
    return Reading(outcome, f"the system refuses at once: {words[refused]}", InternetData(refused=refused))


def _reading(seen: Surveyed, host: HostState, family: Family) -> Reading:
    outcome = judge(seen)
    if family == 6 and outcome in ("dead", "timeout") and only_unique_local(host):
        # RFC 4193: such an address needn't lead to the internet, so its silence is no fault.
        return Reading("not_applicable", "only a unique-local IPv6 address", _data(seen), seen.contacted)
    return Reading(outcome, _detail(seen, outcome), _data(seen), seen.contacted)


def judge(seen: Surveyed) -> str:
    """The outcome for what was seen. A reset is no proof of the internet: a firewall nearby can send it."""
    if seen.refusal is not None:
        return "blocked_locally" if seen.refusal == "not_permitted" else "no_route"
    if seen.open_at(443):
        return seen.quality.outcome if seen.quality is not None else "ok"
    if not seen.held:
        return "timeout"
    if seen.open_at(80):
        return "https_blocked"
    return "web_blocked" if seen.pinged or seen.open_at(53) else "dead"


def _data(seen: Surveyed) -> InternetData:
    windows = _windows(seen.quality)
    answers = tuple(_answer(operator, each) for operator, each in seen.connects)
    ping = _ping(seen)
    return InternetData(windows[0].method if windows else None, answers, windows, seen.refusal, ping)


def _ping(seen: Surveyed) -> Literal["answered", "silent", ""]:
    if seen.pinged:
        return "answered"
    return "silent" if seen.may_ping and seen.refusal is None else ""


def _answer(operator: str, each: Connect) -> Answer:
    return Answer(operator, each.address, each.port, each.state.value, round(each.ms, 1))


def _windows(quality: Quality | None) -> tuple[WindowFigures, ...]:
    return tuple(figures(window) for window in quality.windows) if quality is not None else ()


def _detail(seen: Surveyed, outcome: str) -> str:
    if outcome == "blocked_locally":
        return "this computer does not let packets out: not permitted"
    opened = [each for _, each in seen.connects if each.state is ConnectState.OPEN]
    first = [f"{each.address}:{each.port} in {each.ms:.0f} ms" for each in opened[:1]]
    best = telling_window(seen.quality)
    lines = [describe(best)] if best is not None else []
    if opened and not seen.may_ping:
        lines.append("this user may not ping, so TCP tells")
    if not opened and not lines:
        tried = sorted({each.port for _, each in seen.connects})
        return f"no answer from {len(seen.operators)} operators on TCP {', '.join(map(str, tried))} nor ping"
    return "; ".join([*first, *lines])
