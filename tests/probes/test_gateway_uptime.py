"""How long the gateway has been running, from its own report."""

import pytest

from tests.support.worlds import MadeProbe, world
from tshoot.probes import gateway_radio, gateway_uptime
from tshoot.probes.gateway_radio import RadioData
from tshoot.probes.model import Reading
from tshoot.probes.runner import run_probes


@pytest.mark.parametrize(
    ("seconds", "outcome"),
    [
        (None, "not_told"),
        (-32768, "not_told"),
        (0, "settling"),
        (89, "settling"),
        (90, "fresh"),
        (899, "fresh"),
        (900, "running"),
        (183600, "running"),
    ],
)
def test_the_figures(seconds, outcome):
    assert gateway_uptime.judge(seconds) == outcome


def radio(uptime):
    return RadioData("192.0.2.1", 8080, "tmi", "registered", (), "TMO-G4AR", "1.00.13", uptime, True)


async def uptime_after(reading):
    async def told(_context):
        return reading

    probes = {"gateway_radio": MadeProbe(gateway_radio.SPEC, told), "gateway_uptime": gateway_uptime}
    results = await run_probes(["gateway_uptime"], world(), probes=probes)
    return results["gateway_uptime"]


async def test_it_reads_what_the_gateway_told():
    result = await uptime_after(Reading("registered", "", radio(120), ("192.0.2.1",)))
    assert (result.outcome, result.detail, result.data) == ("fresh", "120 s", {"uptime_s": 120})
    assert result.contacted == ()


async def test_a_gateway_that_is_not_recognised_tells_nothing():
    assert (await uptime_after(Reading("not_recognised", ""))).outcome == "not_told"


@pytest.mark.parametrize("outcome", ["timeout", "error", "skipped", "not_applicable"])
async def test_without_a_report_nothing_is_claimed(outcome):
    assert (await uptime_after(Reading(outcome, ""))).outcome == outcome
