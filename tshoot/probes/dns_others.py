"""What resolvers outside this network say of the target's name: shared by plain and encrypted DNS."""

from __future__ import annotations

import asyncio
from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from tshoot.host.model import HostState
from tshoot.host.queries import global_addresses, only_unique_local
from tshoot.probes.anchors import Operator
from tshoot.probes.deadline import Deadline
from tshoot.probes.dns_answer import REFUSALS, DnsAnswer, addresses_of, denies
from tshoot.probes.tasks import cancel_all

AGREEMENT = 0.15
"""How long a second opinion is waited for once one server has said all, in seconds."""
STRAGGLER = 0.6
"""The same where one server has answered for one family only, or says that there is no such name."""

OPERATORS = 2
"""How many operators are asked."""

Opinion = Literal["ok", "name_missing", "refused", "partial", "silent"]


@dataclass(frozen=True, slots=True)
class Server:
    """One address of an operator."""

    operator: Operator
    address: str


def servers_of(operators: tuple[Operator, ...], host: HostState) -> tuple[Server, ...]:
    """The first address of each of the first operators; IPv6 too where this computer has it."""
    first = operators[:OPERATORS]
    v4 = [Server(operator, operator.v4[0]) for operator in first if operator.v4]
    if not global_addresses(host, 6) or only_unique_local(host):
        return tuple(v4)
    return (*v4, *(Server(operator, operator.v6[0]) for operator in first if operator.v6))


@dataclass(frozen=True, slots=True)
class OthersData:
    """``addresses`` of the target as the other resolvers see it, with every answer that came in time.

    ``denied``: at least one of them says that the name has no address, and none gives one. ``control``:
    one of them gave an address for the control name.
    """

    name: str
    addresses: tuple[str, ...] = ()
    denied: bool = False
    control: bool = False
    ms: float | None = None
    answers: tuple[DnsAnswer, ...] = ()


async def gather_enough(
    tasks: Collection[asyncio.Task[tuple[DnsAnswer, ...]]], name: str, deadline: Deadline
) -> OthersData:
    """Wait for the questions in ``tasks`` until enough is known of ``name``; the rest is cancelled."""
    pending, until = set(tasks), deadline
    try:
        while pending and not until.over:
            _, pending = await asyncio.wait(
                pending, timeout=until.remaining(), return_when=asyncio.FIRST_COMPLETED
            )
            until = deadline_for(_finished(tasks), name, until)
        answers = _finished(tasks)
    finally:
        await cancel_all(pending)
    return summed_up(answers, name)


def deadline_for(answers: tuple[DnsAnswer, ...], name: str, until: Deadline) -> Deadline:
    """How long to go on waiting, given the answers so far; never later than ``until``."""
    about = _by_server(answers, name)
    if any(_complete(said) for said in about):
        return until.within(AGREEMENT)
    partly = any(addresses_of(said) or denies(said) for said in about)
    return until.within(STRAGGLER) if partly else until


def _complete(said: tuple[DnsAnswer, ...]) -> bool:
    """True when one server has answered for both families, with at least one address."""
    return bool(addresses_of(said)) and {answer.rdtype for answer in said if answer.usable} == {"A", "AAAA"}


def summed_up(answers: tuple[DnsAnswer, ...], name: str) -> OthersData:
    """The data of the probe; answers for other names than ``name`` are controls."""
    about = _by_server(answers, name)
    addresses = addresses_of(tuple(answer for said in about for answer in said))
    times = [answer.ms for answer in answers if answer.ms is not None and answer.usable]
    return OthersData(
        name=name,
        addresses=addresses,
        denied=not addresses and any(denies(said) for said in about),
        control=any(answer.addresses for answer in answers if answer.name != name),
        ms=min(times, default=None),
        answers=answers,
    )


def opinion(data: OthersData) -> Opinion:
    """``ok``, ``name_missing``, ``refused`` (refusals came), ``partial`` (half an answer came: no data
    for one family, no word on the other) or ``silent`` (no answer came).
    """
    if data.addresses:
        return "ok"
    if data.denied:
        return "name_missing"
    about = [answer for answer in data.answers if answer.name == data.name]
    if any(answer.rcode in REFUSALS for answer in about):
        return "refused"
    return "partial" if any(answer.state == "answered" for answer in about) else "silent"


def describe(data: OthersData) -> str:
    """One line of figures for the report."""
    if data.addresses:
        return f"{', '.join(data.addresses[:4])} in {data.ms or 0:.0f} ms"
    said: dict[str, dict[str, None]] = {}
    for answer in (answer for answer in data.answers if answer.name == data.name):
        said.setdefault(answer.rcode or answer.error or answer.state, {})[answer.server] = None
    return "; ".join(f"{', '.join(servers)}: {words}" for words, servers in said.items()) or "no answer"


def _by_server(answers: tuple[DnsAnswer, ...], name: str) -> tuple[tuple[DnsAnswer, ...], ...]:
    about = [answer for answer in answers if answer.name == name]
    servers = dict.fromkeys(answer.server for answer in about)
    return tuple(tuple(answer for answer in about if answer.server == server) for server in servers)


def _finished(tasks: Collection[asyncio.Task[tuple[DnsAnswer, ...]]]) -> tuple[DnsAnswer, ...]:
    return tuple(a for task in tasks if task.done() and not task.cancelled() for a in task.result())
