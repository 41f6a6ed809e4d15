"""Does the Wi-Fi in use have a name as gateways come with? Evidence that a reset did happen.

The name itself goes nowhere: neither into the result nor into a report. No part of the check.
"""

from __future__ import annotations

import re
import sys

from tshoot.host.model import AdapterKind
from tshoot.probes.context import ProbeContext
from tshoot.probes.link import adapter_in_use
from tshoot.probes.model import ProbeSpec, Reading

SPEC = ProbeSpec(
    name="wifi_name",
    title="Name of the Wi-Fi",
    summary="Looks whether the Wi-Fi in use has a name as T-Mobile gateways come with; the name is not kept.",
    outcomes={
        "factory": "The Wi-Fi in use has a name as T-Mobile gateways come with.",
        "own": "The Wi-Fi in use has another name.",
        "no_wifi": "The connection in use is no Wi-Fi.",
        "not_told": "The system does not tell the name.",
    },
    good=frozenset({"factory", "own", "no_wifi", "not_told"}),
    sends="nothing",
    privilege="none",
    deadline=2.5,
    inconclusive=frozenset({"error", "skipped", "not_applicable", "no_wifi", "not_told"}),
    battery=False,
)

_FACTORY = re.compile(r"TMOBILE-[0-9A-F]{4}(?![0-9A-Z])", re.I)
"""As the gateways' own settings show it (provider-facts.md, section 1.6: "TMOBILE-0000")."""


async def run(context: ProbeContext) -> Reading:
    """Read the name in a thread of its own, and keep only what kind of name it is."""
    from tshoot.host.wifi_name import wifi_name
    from tshoot.probes.blocking import in_daemon_thread

    used = adapter_in_use(context.host)
    if used is None or used.kind is not AdapterKind.WIFI:
        return Reading("no_wifi", "no Wi-Fi is in use")
    outcome = judge(await in_daemon_thread(lambda: wifi_name(sys.platform, used.name)))
    return Reading(outcome, {"factory": "a gateway's own", "own": "another name"}.get(outcome, "not told"))


def judge(name: str | None) -> str:
    """What kind of name it is."""
    if not name:
        return "not_told"
    return "factory" if _FACTORY.match(name) else "own"
