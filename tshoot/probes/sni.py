"""Does a filter on the way end secure connections because of the name they ask for?

The name stands in plain text in the greeting (RFC 6066, section 3). The same address is greeted under a
neutral name: an answer there while the target's name gets none is the mark of a filter (causes.md,
``filter.sni``; OONI's sniblocking test). A shared address may also fail for one of its own sites only;
so the target's name is shown to unrelated operators too: a filter ends that as well, a site can't.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tshoot.probes.again import first_answer
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.sign_in_chain import ChainData
from tshoot.probes.tcp import TcpData
from tshoot.probes.tls_exchange import shake_hands
from tshoot.probes.tls_others import OthersData
from tshoot.probes.trust import reading_context

if TYPE_CHECKING:
    import ssl

FAILING = frozenset({"reset", "closed", "timeout"})
"""Outcomes of the ``tls`` probe that a filter can cause. An alert is an answer of the server."""
PATIENCE = 1.0
"""Seconds a handshake with the target gets before the comparison starts beside it: the answers are known
by the time a silent filter is seen to be silent."""
SECONDS = 1.6
_NEUTRAL = "example.com"
_NO_ANSWER = "silent"

Elsewhere = Literal["fails", "answers", "unknown"]

SPEC = ProbeSpec(
    name="sni",
    title="Secure connection under other names",
    summary="Where the secure connection breaks off: does the same address answer under another name?",
    outcomes={
        "ok": "The address answers under the target's name, so there is nothing to compare.",
        "filtered": "The address answers under a neutral name, and not under the target's.",
        "site_only": "So it does, but unrelated addresses do answer under the target's name.",
        "silent": "The address takes connections and says nothing under any name, while others answer.",
        "same": "The name makes no difference: the address answers under both, or under neither.",
    },
    good=frozenset({"ok"}),
    sends="where TLS with the target breaks off or hangs: TLS greetings to the same address under a neutral "
    "name, and to two operators under the target's",
    privilege="none",
    deadline=4.5,
    needs=("tcp",),
    uses=("tls", "tls_others", "sign_in_chain"),
    inconclusive=frozenset({"same", "error", "skipped", "not_applicable"}),
)


@dataclass(frozen=True, slots=True)
class Greeting:
    """One greeting: to whom, under which name, and how it ended (an outcome of ``tls``, or ``silent``)."""

    address: str
    name: str
    outcome: str

    @property
    def answered(self) -> bool:
        """Did the other side speak TLS at all? An alert is an answer too."""
        return self.outcome not in {*FAILING, _NO_ANSWER, "tcp"}


@dataclass(frozen=True, slots=True)
class SniData:
    """``own`` is how TLS ended under the target's name; ``elsewhere`` what other addresses say to it."""

    own: str
    neutral: str
    elsewhere: Elsewhere
    greetings: tuple[Greeting, ...] = ()


async def run(context: ProbeContext) -> Reading:
    """Compare, once the target's own handshake has failed or takes suspiciously long."""
    tcp = await context.need("tcp")
    if tcp.outcome != "ok" or not isinstance(tcp.data, TcpData) or context.target.is_address:
        return Reading("not_applicable", "no secure connection under a name was tried")
    tls = context.future("tls")
    await asyncio.wait({tls}, timeout=PATIENCE)
    if tls.done() and tls.result().outcome not in FAILING:
        return Reading("ok", "answered, nothing to compare")
    greetings = await _greet(context, tcp.data.address)
    own = (await context.need("tls")).outcome
    if own not in FAILING:
        return Reading("ok", "answered, nothing to compare")
    return await _reading(context, own, greetings)


async def _reading(context: ProbeContext, own: str, greetings: tuple[Greeting, ...]) -> Reading:
    others = await context.need("tls_others")
    elsewhere = judge_elsewhere(greetings[2:], others.data if isinstance(others.data, OthersData) else None)
    outcome = judge(greetings[:2], elsewhere)
    if outcome == "same" and _hangs(own, greetings[:2]) and await _others_secure(context, others):
        outcome = "silent"
    data = SniData(own, greetings[0].outcome, elsewhere, greetings)
    detail = f"{greetings[0].address}: {own} under {context.target.host}, {data.neutral} under {_NEUTRAL}"
    return Reading(outcome, detail, data, tuple(dict.fromkeys(each.address for each in greetings)))


async def _others_secure(context: ProbeContext, others: Reading) -> bool:
    """Does a secure connection to anybody else complete? The operators' port 443 alone may be closed."""
    if others.outcome == "ok":
        return True
    chain = (await context.need("sign_in_chain")).data
    return isinstance(chain, ChainData) and any(host.state == "ok" for host in chain.hosts)


def judge(here: Sequence[Greeting], elsewhere: Elsewhere) -> str:
    """The outcome for the neutral greeting, the target's own once more, and what others say to the name."""
    neutral, again = here
    if again.answered or not neutral.answered:
        return "same"
    return "site_only" if elsewhere == "answers" else "filtered"


def _hangs(own: str, here: Sequence[Greeting]) -> bool:
    return own == "timeout" and all(each.outcome == _NO_ANSWER for each in here)


def judge_elsewhere(greetings: Sequence[Greeting], others: OthersData | None) -> Elsewhere:
    """Do unrelated addresses answer under the target's name? Only those count that answer at all."""
    if any(each.answered for each in greetings):
        return "answers"
    alive = {each.address for each in others.operators if each.outcome == "ok"} if others else set()
    return "fails" if any(each.address in alive for each in greetings) else "unknown"


async def _greet(context: ProbeContext, address: str) -> tuple[Greeting, ...]:
    """Neutral and own name at the target's address, own name at two operators; side by side."""
    target, tls = context.target, reading_context(context.shared)
    deadline = context.deadline.within(SECONDS)
    operators = [(each.v4 or each.v6, each.port) for each in context.anchors.operators if each.v4 or each.v6]
    wanted = [(address, target.port, _neutral_name(context)), (address, target.port, target.host)]
    wanted += [(addresses[0], port, target.host) for addresses, port in operators[:2]]
    greetings: list[Coroutine[Any, Any, Greeting]] = [_one(*each, tls, deadline) for each in wanted]
    return tuple(await asyncio.gather(*greetings))


def _neutral_name(context: ProbeContext) -> str:
    names = [name for name in context.anchors.control_names if name != context.target.host]
    return _NEUTRAL if _NEUTRAL in names or not names else names[0]


async def _one(address: str, port: int, name: str, tls: ssl.SSLContext, deadline: Deadline) -> Greeting:
    answer = await first_answer(lambda: shake_hands(address, port, name, tls, []), deadline)
    if answer is None:
        return Greeting(address, name, _NO_ANSWER)
    return Greeting(address, name, answer.outcome if answer.stage == "tls" else "tcp")
