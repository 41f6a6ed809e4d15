import asyncio
import itertools

import pytest

from tests.support.worlds import world
from tshoot.probes import internet, internet_survey, path_meter
from tshoot.probes.connect import Connect, ConnectState
from tshoot.probes.context import ProbeContext, Shared
from tshoot.probes.deadline import Deadline
from tshoot.probes.internet_family import judge
from tshoot.probes.internet_survey import Surveyed
from tshoot.probes.model import COMMON_OUTCOMES, Reading
from tshoot.probes.path_meter import Quality
from tshoot.probes.window import Window

OPEN, REFUSED, SILENT = ConnectState.OPEN, ConnectState.REFUSED, ConnectState.SILENT


def seen(*connects: tuple[int, ConnectState], quality: str = "ok", **known: object) -> Surveyed:
    made = tuple(("a", Connect("192.0.2.1", port, state, 10.0)) for port, state in connects)
    told = {"pinged": False, "refusal": None, "held": True, **known}
    return Surveyed(("a",), made, Quality(quality, ()), contacted=(), **told)


@pytest.mark.parametrize(
    ("survey", "expected"),
    [
        (seen((443, OPEN)), "ok"),
        (seen((443, REFUSED), (443, OPEN), quality="lossy"), "lossy"),
        (seen((443, OPEN), quality="slow"), "slow"),
        (seen((443, SILENT), (80, OPEN), (53, OPEN)), "https_blocked"),
        (seen((443, REFUSED), (80, OPEN), pinged=True), "https_blocked"),
        (seen((443, REFUSED), (80, REFUSED), (53, OPEN)), "web_blocked"),
        (seen((443, SILENT), (80, SILENT), (53, SILENT), pinged=True), "web_blocked"),
        (seen((443, REFUSED), (80, REFUSED), (53, REFUSED)), "dead"),
        (seen((443, SILENT), (80, SILENT), (53, SILENT)), "dead"),
        (seen((443, SILENT), held=False), "timeout"),
        (seen((443, REFUSED), refusal="not_permitted"), "blocked_locally"),
        (seen((443, OPEN), held=False), "ok"),
    ],
)
def test_what_the_evidence_says(survey, expected):
    assert judge(survey) == expected


def test_every_outcome_has_its_place():
    assert set(internet.BEST_FIRST) == {*internet.SPEC.outcomes, *COMMON_OUTCOMES}


@pytest.mark.parametrize(
    ("v4", "v6", "expected"),
    [
        ("ok", "dead", "ok"),
        ("dead", "ok", "ok"),
        ("dead", "not_applicable", "dead"),
        ("lossy", "slow", "lossy"),
        ("dead", "timeout", "timeout"),
        ("no_route", "dead", "dead"),
        ("blocked_locally", "no_route", "blocked_locally"),
        ("no_route", "not_applicable", "no_route"),
        ("not_applicable", "not_applicable", "not_applicable"),
        ("https_blocked", "dead", "https_blocked"),
    ],
)
def test_the_better_family_counts(v4, v6, expected):
    reading = internet.better({"internet_v4": Reading(v4, "four"), "internet_v6": Reading(v6, "six")})
    assert reading.outcome == expected
    assert (reading.data.internet_v4, reading.data.internet_v6) == (v4, v6)
    assert reading.contacted == ()


def test_the_order_of_the_families_makes_no_difference():
    for one, other in itertools.combinations(internet.BEST_FIRST, 2):
        there = internet.better({"internet_v4": Reading(one, ""), "internet_v6": Reading(other, "")})
        back = internet.better({"internet_v4": Reading(other, ""), "internet_v6": Reading(one, "")})
        assert there.outcome == back.outcome


def waiting(seconds: float) -> tuple[ProbeContext, dict[str, asyncio.Future[Reading]]]:
    futures = {name: asyncio.get_running_loop().create_future() for name in internet.FAMILIES}
    return ProbeContext(world(), Deadline.after(seconds), Shared(), futures.__getitem__), futures


async def test_one_family_that_is_ok_is_enough():
    context, futures = waiting(30)
    futures["internet_v4"].set_result(Reading("ok", "1.1.1.1:443 in 12 ms"))
    reading = await internet.run(context)
    assert (reading.outcome, reading.detail) == ("ok", "IPv4: 1.1.1.1:443 in 12 ms")
    assert reading.data.internet_v6 is None
    assert not futures["internet_v6"].cancelled()


async def test_a_failing_family_waits_for_the_other():
    context, futures = waiting(30)
    task = asyncio.create_task(internet.run(context))
    futures["internet_v4"].set_result(Reading("dead", ""))
    await asyncio.sleep(0)
    assert not task.done()
    futures["internet_v6"].set_result(Reading("ok", "fine"))
    assert (await task).outcome == "ok"


async def test_the_deadline_gives_unknown_and_never_dead():
    context, futures = waiting(0.02)
    futures["internet_v4"].set_result(Reading("dead", ""))
    assert (await internet.run(context)).outcome == "timeout"


class LatePinger:
    """A pinger whose reply comes after every connect has ended."""

    method, tells_refusal, refusal = "icmp raw", True, None

    def __init__(self, address: str) -> None:
        self.address = address
        self.answered, self.tried = asyncio.Event(), asyncio.Event()

    def __enter__(self) -> "LatePinger":
        self.tried.set()
        return self

    def __exit__(self, *_: object) -> None: ...

    async def ping(self) -> Window:
        for _ in range(100):
            await asyncio.sleep(0)
        self.answered.set()
        return self.window()

    def window(self) -> Window:
        return Window(self.address, "icmp raw", (20.0,) * 20 if self.answered.is_set() else ())


async def test_a_filter_that_resets_at_once_leaves_ping_its_time(monkeypatch):
    async def knock(addresses, port, deadline, log):
        return (Connect(addresses[0], port, REFUSED if port == 443 else OPEN, 5.0),)

    monkeypatch.setattr(internet_survey, "knock", knock)
    monkeypatch.setattr(path_meter, "open_pinger", lambda address, _: LatePinger(address))
    monkeypatch.setattr(internet_survey, "refused_datagram", lambda address: None)
    seen = await internet_survey.Survey({"a": ["192.0.2.1"]}, Deadline.after(4.0), 1000.0).run()
    assert (judge(seen), seen.pinged) == ("https_blocked", True)
