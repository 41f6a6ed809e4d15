"""Has the gateway started anew a short while ago? Evidence that a restart or a reset did happen.

Sends nothing of its own: it reads the uptime in what ``gateway_radio`` was told. No part of the check.
"""

from __future__ import annotations

from dataclasses import dataclass

from tshoot.probes.context import ProbeContext
from tshoot.probes.model import ProbeSpec, Reading

SPEC = ProbeSpec(
    name="gateway_uptime",
    title="Gateway's uptime",
    summary="Reads how long a T-Mobile Home Internet gateway has been running, where it tells.",
    outcomes={
        "settling": "The gateway started less than 90 seconds ago and still chooses its mobile network.",
        "fresh": "The gateway started less than 15 minutes ago.",
        "running": "The gateway has been running for 15 minutes or longer.",
        "not_told": "The gateway does not tell how long it has been running.",
    },
    good=frozenset({"settling", "fresh", "running", "not_told"}),
    sends="nothing besides what gateway_radio sends",
    privilege="none",
    deadline=3.0,
    needs=("gateway_radio",),
    inconclusive=frozenset({"error", "skipped", "not_applicable", "not_told"}),
    battery=False,
)

SETTLING_SECONDS = 90
"""Until then a gateway should not be restarted again (provider-facts.md, section 2.1)."""
FRESH_SECONDS = 15 * 60
"""Long enough for a reset, for joining its Wi-Fi again and for reading; shorter than a forgotten restart."""


@dataclass(frozen=True, slots=True)
class UptimeData:
    """``uptime_s`` in seconds, None where the gateway keeps it to itself."""

    uptime_s: int | None


async def run(context: ProbeContext) -> Reading:
    """Judge the uptime that the gateway's report carries."""
    radio = await context.need("gateway_radio")
    if radio.outcome in {"timeout", "error", "skipped", "not_applicable"}:
        return Reading(radio.outcome, radio.detail)
    uptime = getattr(radio.data, "uptime_s", None)
    detail = f"{uptime} s" if uptime is not None else "not told"
    return Reading(judge(uptime), detail, UptimeData(uptime))


def judge(uptime_s: int | None) -> str:
    """The outcome for an uptime in seconds; below 0 it is no uptime."""
    if uptime_s is None or uptime_s < 0:
        return "not_told"
    if uptime_s < SETTLING_SECONDS:
        return "settling"
    return "fresh" if uptime_s < FRESH_SECONDS else "running"
