"""Which addresses the other probes shall use for a name."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Literal

from tshoot.host.addresses import parse_ip
from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.dns_query import ask
from tshoot.probes.model import Reading, plain_data
from tshoot.probes.system_names import system_lookup
from tshoot.probes.tasks import cancel_all

PATIENCE = 0.6
"""How long a silent system resolver is still waited for once another resolver answered, in seconds."""
_DIRECT_SECONDS = 1.5
_LONGEST = 2.5


@dataclass(frozen=True, slots=True)
class TargetAddresses:
    """Addresses of the target's host.

    ``system`` is what the operating system resolves (what a browser would use), ``public`` what other
    resolvers say. ``used`` is ``system`` where it resolved, else ``public``, so that service probes can
    go on when DNS is broken; empty when nobody resolved it. ``source`` says which of them ``used`` is.
    """

    system: tuple[str, ...]
    public: tuple[str, ...]
    used: tuple[str, ...]
    source: Literal["system", "public", "literal", ""]


async def target_addresses(context: ProbeContext, *, public_too: bool = False) -> TargetAddresses:
    """The target's addresses, as soon as it is clear which to use. Never raises.

    The probe that calls this declares ``dns_system``, ``dns_public`` and ``dns_encrypted`` in ``uses``.
    ``public`` holds what is known by then; ``public_too`` waits until another resolver has answered, or
    all have ended.
    """
    if context.target.is_address:
        literal = (context.target.host,)
        return TargetAddresses(literal, literal, literal, "literal")
    system = context.future("dns_system")
    others = (context.future("dns_public"), context.future("dns_encrypted"))
    await _wait_for_choice(system, others, context.deadline, public_too)
    return _chosen(_addresses(system), _first_addresses(others))


def _chosen(system: tuple[str, ...], public: tuple[str, ...]) -> TargetAddresses:
    if system:
        return TargetAddresses(system, public, system, "system")
    return TargetAddresses(system, public, public, "public" if public else "")


async def _wait_for_choice(
    system: asyncio.Future[Reading],
    others: tuple[asyncio.Future[Reading], ...],
    deadline: Deadline,
    public_too: bool,
) -> None:
    patience = deadline
    answered = False
    while not patience.over:
        others_settled = bool(_first_addresses(others)) or all(future.done() for future in others)
        if system.done() and (others_settled or (_addresses(system) and not public_too)):
            return
        if _first_addresses(others) and not answered:
            answered, patience = True, deadline.within(PATIENCE)
        pending = [future for future in (system, *others) if not future.done()]
        await asyncio.wait(pending, timeout=patience.remaining(), return_when=asyncio.FIRST_COMPLETED)


def _addresses(future: asyncio.Future[Reading]) -> tuple[str, ...]:
    if not future.done() or future.cancelled():
        return ()
    return tuple(plain_data(future.result().data).get("addresses", ()))


def _first_addresses(futures: tuple[asyncio.Future[Reading], ...]) -> tuple[str, ...]:
    return next((found for found in map(_addresses, futures) if found), ())


async def resolve(context: ProbeContext, name: str) -> tuple[str, ...]:
    """Addresses of any other name (check addresses, hosts of the chain); empty when not resolved.

    The system's look-up comes first; when it fails, or hangs for longer than :data:`PATIENCE`, the
    first public operator is asked directly. One look-up per name and battery. Never raises.
    """
    if parse_ip(name) is not None:
        return (name,)
    names = context.shared.names
    if name not in names:
        names[name] = asyncio.create_task(_look_up(context, name), name=f"resolve {name}")
    return await asyncio.shield(names[name])


async def _look_up(context: ProbeContext, name: str) -> tuple[str, ...]:
    deadline = Deadline.after(_LONGEST)
    system = asyncio.create_task(_by_system(name))
    await asyncio.wait({system}, timeout=PATIENCE)
    if system.done() and system.result():
        return system.result()
    direct = asyncio.create_task(_by_first_operator(context, name))
    return await _first_found({system, direct}, deadline)


async def _first_found(tasks: set[asyncio.Task[tuple[str, ...]]], deadline: Deadline) -> tuple[str, ...]:
    pending = tasks
    try:
        while pending and not deadline.over:
            done, pending = await asyncio.wait(
                pending, timeout=deadline.remaining(), return_when=asyncio.FIRST_COMPLETED
            )
            found = next((task.result() for task in done if task.result()), ())
            if found:
                return found
        return ()
    finally:
        await cancel_all(pending)


async def _by_system(name: str) -> tuple[str, ...]:
    return (await system_lookup(name)).addresses


async def _by_first_operator(context: ProbeContext, name: str) -> tuple[str, ...]:
    operator = next((operator for operator in context.anchors.operators if operator.v4), None)
    if operator is None:
        return ()
    server, port, deadline = operator.v4[0], operator.dns_port, Deadline.after(_DIRECT_SECONDS)
    v4, v6 = await asyncio.gather(
        ask(server, name, "A", deadline, port), ask(server, name, "AAAA", deadline, port)
    )
    return (*v4.addresses, *v6.addresses)
