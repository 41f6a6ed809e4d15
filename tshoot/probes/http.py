"""A GET of the target as a browser would ask, without cookies and without a proxy."""

from __future__ import annotations

from dataclasses import dataclass

from tshoot.host.queries import proxy_for
from tshoot.probes.context import ProbeContext
from tshoot.probes.cookies import CookieJar
from tshoot.probes.http_date import ServerDate, server_date
from tshoot.probes.http_exchange import HttpAnswer, Question, http_ready
from tshoot.probes.http_judgement import judge
from tshoot.probes.http_walk import Walk, walk
from tshoot.probes.model import ProbeSpec, Reading, plain_data
from tshoot.probes.tcp import TcpData
from tshoot.text import display_text

SECONDS = 4.0
SPEC = ProbeSpec(
    name="http",
    title="Answer of the service",
    summary="Asks the target for its page and follows its redirects.",
    outcomes={
        "ok": "The service answers, if need be by asking for a sign-in.",
        "server_error": "The service answers with an error of its own, or with nonsense.",
        "forbidden": "The service refuses to serve.",
        "rate_limited": "The service says that it was asked too often.",
        "header_too_large": "The service says that the request is too big.",
        "redirect_loop": "The redirects never end.",
        "client_error": "The service answers, but has no page at this address.",
        "hop_down": "The service answers, but a host it redirects to can't be reached safely.",
        "reset": "The connection is torn down before the answer is complete.",
        "closed": "The connection is closed before the answer is complete.",
    },
    good=frozenset({"ok"}),
    sends="GET requests to the target and to the hosts it redirects to, without cookies; where redirects run "
    "in circles, once more with the cookies that the target itself just set",
    privilege="none",
    deadline=SECONDS + 0.2,
    needs=("tcp",),
    uses=("dns_system", "dns_public", "dns_encrypted"),
)


@dataclass(frozen=True, slots=True)
class Hop:
    """One request on the way: cleaned texts, times in milliseconds. ``to`` is the host it redirects to."""

    host: str
    scheme: str
    address: str
    outcome: str
    stage: str
    status: int | None = None
    to: str = ""
    tcp_ms: float | None = None
    tls_ms: float | None = None
    first_byte_ms: float | None = None
    ms: float | None = None


@dataclass(frozen=True, slots=True)
class HttpData:
    """``status`` is the last answer's; ``hop`` the host at which it went wrong; ``dns_ms`` the look-up.

    ``downgraded``: a redirect led to plain HTTP. ``cookies_needed``: only with its own cookies the site
    stops redirecting in circles. ``proxy_configured`` names a proxy that was *not* used.
    """

    status: int | None = None
    hop: str = ""
    reason: str = ""
    retry_after: str = ""
    dns_ms: float | None = None
    downgraded: bool = False
    cookies_needed: bool = False
    proxy_configured: str = ""
    hops: tuple[Hop, ...] = ()
    date: ServerDate | None = None


async def run(context: ProbeContext) -> Reading:
    """Ask at the address that connected first; the final answer decides."""
    tcp = await context.need("tcp")
    if tcp.outcome != "ok" or not isinstance(tcp.data, TcpData):
        data = HttpData(proxy_configured=_proxy(context))
        return Reading("skipped", f"no TCP connection ({tcp.outcome})", data)
    await http_ready()
    target = context.target
    first = Question("https", target.host, target.port, target.path, tcp.data.address)
    contacted: list[str] = []
    walked, with_cookies = await _walk(context, first, contacted)
    outcome, reason = judge(walked)
    data = _data(context, walked, reason, with_cookies)
    return Reading(outcome, _detail(data), data, tuple(contacted))


async def _walk(context: ProbeContext, first: Question, contacted: list[str]) -> tuple[Walk, bool]:
    deadline = context.deadline.within(SECONDS)
    walked = await walk(context, first, deadline, contacted)
    if walked.end != "loop" or not any(answer.cookies for answer in walked.answers):
        return walked, False
    return await walk(context, first, deadline, contacted, CookieJar()), True


def _data(context: ProbeContext, walked: Walk, reason: str, with_cookies: bool) -> HttpData:
    last = walked.answers[-1]
    return HttpData(
        status=last.status,
        hop=_shown(walked.next_host or last.question.host),
        reason=_shown(reason),
        retry_after=_shown(last.headers.get("retry-after", "")),
        dns_ms=_look_up_ms(context),
        downgraded=any(answer.question.scheme == "http" for answer in walked.answers),
        cookies_needed=with_cookies and walked.end == "answer",
        proxy_configured=_proxy(context),
        hops=_hops(walked),
        date=server_date(walked.answers[0]) if walked.answers[0].outcome == "answer" else None,
    )


def _proxy(context: ProbeContext) -> str:
    proxy = proxy_for(context.host, "https", context.target.host)
    return _shown(proxy.url) if proxy is not None else ""


def _hops(walked: Walk) -> tuple[Hop, ...]:
    following = [*(answer.question.host for answer in walked.answers[1:]), walked.next_host]
    return tuple(_hop(answer, to) for answer, to in zip(walked.answers, following, strict=True))


def _hop(answer: HttpAnswer, to: str) -> Hop:
    return Hop(
        _shown(answer.question.host),
        answer.question.scheme,
        answer.question.address,
        answer.outcome,
        answer.stage,
        answer.status,
        _shown(to),
        answer.tcp_ms,
        answer.tls_ms,
        answer.first_byte_ms,
        answer.ms,
    )


def _look_up_ms(context: ProbeContext) -> float | None:
    look_up = context.future("dns_system")
    ms = plain_data(look_up.result().data).get("ms") if look_up.done() else None
    return float(ms) if isinstance(ms, int | float) else None


def _detail(data: HttpData) -> str:
    total = sum(hop.ms or 0.0 for hop in data.hops)
    where = f"{data.hop}: {data.reason}" if len(data.hops) > 1 or data.status is None else data.reason
    after = f", retry after {data.retry_after}" if data.retry_after else ""
    return f"{where} in {total:.0f} ms{after}"


def _shown(text: str) -> str:
    return display_text(text, 120)
