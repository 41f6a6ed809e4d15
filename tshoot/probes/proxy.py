"""The way a browser would take through a proxy that is set up here, apart from the direct way."""

from __future__ import annotations

import asyncio
import os
from dataclasses import dataclass, replace

from tshoot.host.model import Proxy
from tshoot.host.proxy_env import environment_login
from tshoot.probes.context import ProbeContext
from tshoot.probes.model import ProbeSpec, Reading
from tshoot.probes.pac_ways import ways_by_script
from tshoot.probes.proxy_attempt import try_proxy
from tshoot.probes.proxy_server import ProxyServer, chosen, proxy_server
from tshoot.probes.proxy_try import ProxyTry, answer_of, describe, judge
from tshoot.text import display_text

SECONDS = 3.2
SPEC = ProbeSpec(
    name="proxy",
    title="Proxy",
    summary="Asks for the target through the proxy that is set up on this computer, as a browser would.",
    outcomes={
        "none": "No proxy is set for the target.",
        "bypassed": "A proxy is set, and the target is reached without it by the settings.",
        "ok": "The proxy leads to the target.",
        "unreachable": "The proxy does not answer, or its name is not known.",
        "auth_required": "The proxy asks for a login (407).",
        "failing": "The proxy answers, but does not lead to the target.",
        "pac_unreachable": "The script that names the proxy can't be fetched.",
        "pac_not_evaluated": "The script that names the proxy could not be followed.",
    },
    good=frozenset({"none", "bypassed", "ok"}),
    sends="nothing without a proxy; else the look-up of its name, its script, TCP to it, and through it a "
    "GET of the target, where it is silent one of another operator too. Credentials of the environment go "
    "to the proxy alone",
    privilege="none",
    deadline=SECONDS + 0.2,
    uses=("tls",),
)

_NOT_THE_PROXYS = frozenset({"expired", "not_yet_valid"})


@dataclass(frozen=True, slots=True)
class ProxyData:
    """``url`` is the proxy used, without credentials; ``source`` where it is set; ``script`` the PAC file.

    ``stage``, ``trouble``, ``connect_status`` and ``http_status`` are those of the try; ``answer`` is what
    the target said through the proxy, as an outcome of the ``http`` probe, empty where nothing came.
    """

    url: str = ""
    source: str = ""
    script: str = ""
    login: bool = False
    stage: str = ""
    trouble: str = ""
    reason: str = ""
    answer: str = ""
    connect_status: int | None = None
    http_status: int | None = None
    tcp_ms: float | None = None
    ms: float | None = None


async def run(context: ProbeContext) -> Reading:
    """Without a proxy this sends nothing and ends at once."""
    setting = chosen(context.host, context.target.host)
    if setting == "none":
        return Reading("none", "no proxy is set", ProxyData())
    if setting == "bypassed":
        return Reading("bypassed", f"{context.target.host} goes around the proxy that is set", ProxyData())
    context = replace(context, deadline=context.deadline.within(SECONDS))
    data = ProxyData(source=display_text(setting.source))
    if setting.scheme == "pac":
        return await _by_script(context, setting, data)
    server = proxy_server(setting.url, environment_login(setting, os.environ))
    if server is None:
        return Reading("unreachable", f"{setting.url}: no address of a proxy", replace(data, url=setting.url))
    return await _by_server(context, server, data)


async def _by_script(context: ProbeContext, setting: Proxy, data: ProxyData) -> Reading:
    """Follow the script; where it names several ways, the first that can be reached, as browsers do."""
    data = replace(data, script=display_text(setting.url))
    found = await ways_by_script(context, setting.url)
    if found.outcome:
        return Reading(found.outcome, f"{data.script}: {found.reason}", data, found.contacted)
    reading = Reading("pac_not_evaluated", f"{data.script}: it names no way", data)
    for way in found.ways:
        server = None if way == "direct" else proxy_server(way)
        if server is None:
            direct = Reading("bypassed", f"{data.script} says to go without a proxy", data, found.contacted)
            return direct if way == "direct" else reading
        reading = await _by_server(context, server, data)
        if reading.outcome != "unreachable" or context.deadline.over:
            return reading
    return reading


async def _by_server(context: ProbeContext, server: ProxyServer, data: ProxyData) -> Reading:
    url = display_text(server.url)
    if ":" in context.target.host:
        # The HTTP library writes IPv6 literals into CONNECT without brackets; the proxy would be blamed.
        return Reading("not_applicable", f"{url}: not asked for an IPv6 address", replace(data, url=url))
    tried = await try_proxy(context, server, context.deadline)
    data = _filled(replace(data, url=url, login=server.login is not None), tried)
    contacted = tuple(filter(None, (tried.address,)))
    if server.kind == "other" and not tried.trouble:
        return Reading("not_applicable", f"{url}: {tried.reason}", data, contacted)
    outcome = judge(tried)
    if outcome == "failing" and tried.stage == "tls" and await _same_directly(context, tried):
        outcome = "ok"
    return Reading(outcome, describe(url, tried), data, contacted)


async def _same_directly(context: ProbeContext, tried: ProxyTry) -> bool:
    """Does TLS with the target fail in the same way without the proxy? Then the proxy is not to blame."""
    direct = context.future("tls")
    await asyncio.wait([direct], timeout=context.deadline.remaining())
    if direct.done() and direct.result().outcome in (tried.trouble, "ok"):
        return direct.result().outcome != "ok"
    return tried.trouble in _NOT_THE_PROXYS


def _filled(data: ProxyData, tried: ProxyTry) -> ProxyData:
    return replace(
        data,
        stage=tried.stage,
        trouble=tried.trouble,
        reason=display_text(tried.reason, 120),
        answer=answer_of(tried),
        connect_status=tried.connect_status,
        http_status=tried.http_status,
        tcp_ms=tried.tcp_ms,
        ms=tried.ms,
    )
