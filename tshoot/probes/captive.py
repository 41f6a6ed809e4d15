"""Plain-HTTP check addresses of several operators: is a sign-in page of the network in the way?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from tshoot.probes.addresses import resolve
from tshoot.probes.again import first_answer, side_by_side
from tshoot.probes.anchors import PortalCheck
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.http_date import ServerDate, server_date
from tshoot.probes.http_exchange import HttpAnswer, Question, ask, http_ready
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.portal_answer import CheckAnswer, enough, judge, location_host, what_it_says
from tshoot.probes.tcp_connect import both_families, connect_all, first_connected, most_telling
from tshoot.probes.trust import reading_context
from tshoot.text import display_text

SECONDS = 2.8
ASKING_SECONDS = 2.2
"""For one check, once its name is resolved."""
STRAGGLERS = 0.2
_STARTS = (0.0, 0.8, 1.5)

SPEC = ProbeSpec(
    name="captive",
    title="Sign-in page of the network",
    summary="Fetches small pages whose content is known, to see whether the network shows its own instead.",
    outcomes={
        "open": "The pages come as they should.",
        "redirected": "The network leads elsewhere: a sign-in page of its own is in the way.",
        "rewritten": "The network shows a page of its own instead.",
        "unclear": "One operator's page is changed while another's is right.",
        "blocked": "No page comes at all.",
    },
    good=frozenset({"open"}),
    sends="plain HTTP requests without cookies to the check addresses in the list of anchors",
    privilege="none",
    deadline=SECONDS + 0.1,
    uses=("dns_system", "dns_public", "dns_encrypted"),
)


@dataclass(frozen=True, slots=True)
class CaptiveData:
    """Every operator's answer, and the time of day that the answers tell."""

    checks: tuple[CheckAnswer, ...] = ()
    dates: tuple[ServerDate, ...] = ()


@dataclass(frozen=True, slots=True)
class _Check:
    answer: CheckAnswer
    date: ServerDate | None = None


async def run(context: ProbeContext) -> Reading:
    """Ask all operators side by side, each over a fresh connection, without following redirects."""
    checks = context.anchors.portal_checks
    if not checks:
        return Reading("not_applicable", "no check address is listed")
    contacted: list[str] = []
    found = await _all(context, checks, contacted)
    answers = tuple(check.answer for check in found)
    data = CaptiveData(answers, tuple(check.date for check in found if check.date is not None))
    return Reading(judge(answers), _detail(answers), data, tuple(contacted))


async def _all(
    context: ProbeContext, checks: Sequence[PortalCheck], contacted: list[str]
) -> tuple[_Check, ...]:
    deadline = context.deadline.within(SECONDS)
    found = await side_by_side(
        [_one(context, check, deadline, contacted) for check in checks],
        lambda so_far: enough([check.answer for check in so_far]),
        deadline,
        STRAGGLERS,
    )
    return tuple(result or _unfinished(check) for check, result in zip(checks, found, strict=True))


async def _one(context: ProbeContext, check: PortalCheck, deadline: Deadline, contacted: list[str]) -> _Check:
    parts = urlsplit(check.url)
    host, port = parts.hostname or "", parts.port or 80
    addresses = both_families(await resolve(context, host))
    if not addresses:
        return _Check(CheckAnswer(check.operator, host, "unresolved"))
    contacted += addresses
    deadline = deadline.within(ASKING_SECONDS)
    connects = await connect_all(addresses, port, deadline, stragglers=0.0)
    first = first_connected(connects)
    if first is None:
        worst = most_telling(connects)
        return _Check(CheckAnswer(check.operator, host, "silent", worst.address, reason=worst.state))
    await http_ready()
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    question = Question("http", host, port, path, first.address)
    return await _asked(context, check, question, deadline)


async def _asked(context: ProbeContext, check: PortalCheck, question: Question, deadline: Deadline) -> _Check:
    tls = reading_context(context.shared)
    answer = await first_answer(lambda: ask(question, tls, deadline), deadline, _STARTS)
    if answer is None:
        return _unfinished(check)
    return _Check(_told(check, answer), server_date(answer))


def _told(check: PortalCheck, answer: HttpAnswer) -> CheckAnswer:
    return CheckAnswer(
        check.operator,
        answer.question.host,
        what_it_says(check, answer),
        answer.question.address,
        answer.status,
        display_text(location_host(answer.headers.get("location", "")), 120),
        answer.reason if answer.outcome == "answer" else answer.outcome,
        answer.ms,
    )


def _unfinished(check: PortalCheck) -> _Check:
    host = urlsplit(check.url).hostname or ""
    return _Check(CheckAnswer(check.operator, host, "silent", reason="timeout"))


def _detail(answers: Sequence[CheckAnswer]) -> str:
    return ", ".join(_words(answer) for answer in answers)


def _words(answer: CheckAnswer) -> str:
    status = f" {answer.status}" if answer.status is not None else ""
    to = f" to {answer.location_host}" if answer.said == "redirected" and answer.location_host else ""
    why = f" ({answer.reason})" if answer.said == "silent" and answer.reason else ""
    return f"{answer.operator}: {answer.said}{status}{to}{why}"
