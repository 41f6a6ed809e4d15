"""Following redirects by hand: each hop resolved, reached and timed by itself.

A redirect to another official host is normal. What ends the walk is told by :attr:`Walk.end`; judging it
is ``http_judgement.py``'s.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from ipaddress import ip_address
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from tshoot.probes.address_kind import AddressKind, kind_of
from tshoot.probes.addresses import resolve
from tshoot.probes.again import first_answer
from tshoot.probes.context import ProbeContext
from tshoot.probes.cookies import CookieJar
from tshoot.probes.deadline import Deadline
from tshoot.probes.http_exchange import HttpAnswer, Question, ask
from tshoot.probes.tcp_connect import both_families, connect_all, first_connected, most_telling
from tshoot.probes.trust import verifying
from tshoot.target import parse_target

if TYPE_CHECKING:
    import ssl

MOST_HOPS = 10
"""More redirects than these are a loop (causes.md, ``service.redirect_loop``)."""
_STARTS = (0.0, 0.7, 1.4, 2.1)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})

End = Literal["answer", "loop", "nowhere", "private", "unresolved", "unreached", "failed"]


@dataclass(frozen=True, slots=True)
class Walk:
    """The answers of a walk, the last one last, and what ended it.

    ``answer``: the last answer is no redirect · ``loop`` · ``nowhere``: a redirect without a usable
    address · ``private``: one into a private network, not followed · ``unresolved`` / ``unreached``: the
    next host has no address / takes no connection (``next_host``, ``reason``) · ``failed``: the last
    answer did not come.
    """

    answers: tuple[HttpAnswer, ...]
    end: End
    next_host: str = ""
    reason: str = ""


async def walk(
    context: ProbeContext,
    first: Question,
    deadline: Deadline,
    contacted: list[str],
    jar: CookieJar | None = None,
) -> Walk:
    """Ask ``first`` and follow up to :data:`MOST_HOPS` redirects, with the cookies of ``jar`` if given.

    Every address that something is sent to is added to ``contacted``.
    """
    contacted.append(first.address)
    tls = await verifying(context.shared)
    question, answers, seen = first, list[HttpAnswer](), list[str]()
    # With cookies an address may well be met again: that is how a site sees whether they are kept.
    visits = 1 if jar is None else 2
    while True:
        if seen.count(question.url) >= visits or len(answers) > MOST_HOPS:
            return Walk(tuple(answers), "loop")
        seen.append(question.url)
        answer = await _ask(question, tls, deadline, jar)
        answers.append(answer)
        if answer.outcome != "answer":
            return Walk(tuple(answers), "failed")
        if answer.status not in _REDIRECTS:
            return Walk(tuple(answers), "answer")
        step = await _next_question(context, first, answer, deadline, contacted)
        if isinstance(step, Walk):
            return replace(step, answers=tuple(answers))
        question = step


async def _ask(
    question: Question, tls: ssl.SSLContext, deadline: Deadline, jar: CookieJar | None
) -> HttpAnswer:
    """Ask, again while no connection comes about; a request that is on its way is not sent twice."""
    cookie = jar.header_for(question.url) if jar is not None else ""
    reached: list[str] = []
    answer = await first_answer(
        lambda: ask(question, tls, deadline, cookie=cookie, reached=reached),
        deadline,
        _STARTS,
        silent=lambda: "request" not in reached,
    )
    if answer is None:
        return HttpAnswer(question, "timeout", reached[-1] if reached else "connect")
    if jar is not None:
        jar.keep(question.url, answer.cookies)
    return answer


async def _next_question(
    context: ProbeContext, first: Question, answer: HttpAnswer, deadline: Deadline, contacted: list[str]
) -> Question | Walk:
    place = redirect_target(answer.question, answer.headers.get("location", ""))
    if place is None:
        return Walk((), "nowhere")
    if is_private(place.host) and not is_private(first.address):
        return Walk((), "private", place.host)
    if (place.host, place.port) == (answer.question.host, answer.question.port):
        return replace(place, address=answer.question.address)
    addresses = both_families(await resolve(context, place.host))
    if not addresses:
        return Walk((), "unresolved", place.host, "no address")
    contacted += addresses
    connects = await connect_all(addresses, place.port, deadline, stragglers=0.0)
    reached = first_connected(connects)
    if reached is None:
        return Walk((), "unreached", place.host, most_telling(connects).state)
    return replace(place, address=reached.address)


def redirect_target(asked: Question, location: str) -> Question | None:
    """Where a redirect leads, still without an address; None where that is nowhere to be asked.

    ``location`` may be relative (RFC 9110, section 10.2.2) and is hostile text.
    """
    import httpx

    try:
        named = urlsplit(location.strip())
        if not location or (named.scheme and not named.netloc):
            return None
        url = httpx.URL(asked.url).join(location.strip())
        port = url.port or (443 if url.scheme == "https" else 80)
        host = f"[{url.host}]" if ":" in url.host else url.host
        place = parse_target(f"https://{host}:{port}")
    except (httpx.InvalidURL, ValueError, TypeError):
        return None
    if url.scheme not in ("http", "https"):
        return None
    return Question(url.scheme, place.host, place.port, url.raw_path.decode("ascii"), "")


def is_private(host: str) -> bool:
    """True for an IP literal that is none of the internet's, and for this computer's own name."""
    try:
        return kind_of(str(ip_address(host.strip("[]")))) is not AddressKind.PUBLIC
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
