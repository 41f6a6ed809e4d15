"""What the proxy script says of the target: fetched, evaluated, its names looked up."""

from __future__ import annotations

from dataclasses import dataclass

from tshoot.host.model import HostState
from tshoot.host.queries import adapter_addresses
from tshoot.probes.address_kind import family_of
from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.context import ProbeContext
from tshoot.probes.own_adapters import first_default
from tshoot.probes.pac_fetch import addresses_of, fetch_script
from tshoot.probes.pac_script import Verdict, can_evaluate, evaluate, named_ways

MOST_NAMES = 4
FETCH_SECONDS = 2.4


@dataclass(frozen=True, slots=True)
class ScriptWays:
    """The ways in order (``direct`` or a proxy's URL), or the outcome of the probe and why."""

    ways: tuple[str, ...] = ()
    outcome: str = ""
    reason: str = ""
    contacted: tuple[str, ...] = ()


async def ways_by_script(context: ProbeContext, url: str) -> ScriptWays:
    """Fetch and evaluate the script at ``url`` within the context's deadline."""
    script = await fetch_script(url, context.shared, context.deadline.within(FETCH_SECONDS))
    contacted = tuple(filter(None, (script.address,)))
    if not script.there:
        return ScriptWays((), "pac_unreachable", script.reason, contacted)
    if not script.text or not can_evaluate():
        reason = script.reason or "no program for scripts is installed (extra: pac)"
        return ScriptWays((), "pac_not_evaluated", reason, contacted)
    verdict = await _evaluated(context, script.text)
    if not verdict.ways:
        return ScriptWays((), "pac_not_evaluated", verdict.reason or "it asks for many names", contacted)
    return ScriptWays(named_ways(verdict.ways), contacted=contacted)


async def _evaluated(context: ProbeContext, script: str) -> Verdict:
    """Run the script again with each name it turns out to need."""
    names: dict[str, str | None] = {}
    own, host = _own_address(context.host), context.target.host
    verdict = Verdict(reason="no time left")
    while len(names) <= MOST_NAMES and not context.deadline.over:
        verdict = await in_daemon_thread(lambda: evaluate(script, host, own, names))
        if not verdict.asks:
            return verdict
        found = await addresses_of(verdict.asks, context.deadline)
        names[verdict.asks] = next((each for each in found if family_of(each) == 4), None)
    return Verdict(reason=verdict.reason)


def _own_address(host: HostState) -> str:
    """The address scripts are told: that of the adapter in use."""
    way = first_default(host)
    own = adapter_addresses(host, way.adapter, 4) if way is not None else ()
    return own[0].ip if own else "127.0.0.1"
