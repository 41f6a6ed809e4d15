"""One proxy tried for the target: its name, its port, and the target through it."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace

from tshoot.probes.context import ProbeContext
from tshoot.probes.deadline import Deadline
from tshoot.probes.http_exchange import http_ready
from tshoot.probes.pac_fetch import addresses_of
from tshoot.probes.proxy_exchange import get_through
from tshoot.probes.proxy_server import ProxyServer
from tshoot.probes.proxy_try import ProxyTry
from tshoot.probes.socks import through_socks
from tshoot.probes.tasks import cancel_all
from tshoot.probes.tcp_connect import TcpAnswer, both_families, connect_all, first_connected, most_telling
from tshoot.probes.trust import verifying

CONNECT_SECONDS = 2.4
CONTROL_AFTER = 1.0
"""Seconds of silence after which another address is asked for through the same proxy."""

Goal = tuple[str, int, str]


async def try_proxy(context: ProbeContext, server: ProxyServer, deadline: Deadline) -> ProxyTry:
    """Everything up to the target's answer through ``server``; returns by ``deadline``, never raises."""
    addresses = await addresses_of(server.host, deadline.within(CONNECT_SECONDS))
    if not addresses:
        return ProxyTry("name", "unknown")
    connects = await connect_all(
        both_families(addresses), server.port, deadline.within(CONNECT_SECONDS), stragglers=0.0
    )
    first = first_connected(connects)
    if first is None:
        return _unreached(most_telling(connects))
    if server.kind == "other":
        return ProxyTry("tcp", "", "this kind of proxy is not spoken", first.address, tcp_ms=first.ms)
    await http_ready()
    tls = await verifying(context.shared)
    target = context.target
    goal = (target.host, target.port, target.path)
    tried = await _with_control(context, server, first.address, goal, tls, deadline)
    return replace(tried, tcp_ms=first.ms)


def _unreached(answer: TcpAnswer) -> ProxyTry:
    return ProxyTry("tcp", answer.state, answer.reason, answer.address)


async def _with_control(
    context: ProbeContext,
    server: ProxyServer,
    address: str,
    goal: Goal,
    tls: ssl.SSLContext,
    deadline: Deadline,
) -> ProxyTry:
    """The target through the proxy; where the proxy is silent, another operator through it beside that."""
    attempt = asyncio.create_task(_through(server, address, goal, tls, deadline))
    control: asyncio.Task[ProxyTry] | None = None
    try:
        await asyncio.wait({attempt}, timeout=min(CONTROL_AFTER, deadline.remaining()))
        other = _other(context)
        if not attempt.done() and other is not None:
            control = asyncio.create_task(_through(server, address, other, tls, deadline))
        tried = await attempt
        if control is None or not (tried.stage == "connect" and tried.trouble == "timeout"):
            return tried
        return replace(tried, control=_word(await control))
    finally:
        await cancel_all([task for task in (attempt, control) if task is not None])


async def _through(
    server: ProxyServer, address: str, goal: Goal, tls: ssl.SSLContext, deadline: Deadline
) -> ProxyTry:
    if server.kind == "socks":
        return await through_socks(address, server.port, goal[:2], tls, deadline)
    return await get_through(server, address, goal, tls, deadline)


def _other(context: ProbeContext) -> Goal | None:
    operator = next((each for each in context.anchors.operators if each.v4), None)
    return None if operator is None else (operator.v4[0], operator.port, "/")


def _word(control: ProxyTry) -> str:
    if control.stage != "connect":
        return "ok"
    return "silent" if control.connect_status is None and control.trouble == "timeout" else "fails"
