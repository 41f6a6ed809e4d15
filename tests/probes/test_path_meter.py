"""Loss by TCP alone: few samples, so one lost packet makes it look again before it acquits or convicts."""

from collections.abc import Iterable, Iterator

import pytest

from tshoot.probes import path_meter
from tshoot.probes.connect import Connect, ConnectState
from tshoot.probes.deadline import Deadline
from tshoot.probes.path_meter import TCP_SAMPLES, TCP_SECOND_LOOK, PathMeter

FIRST, SECOND = "192.0.2.1", "198.51.100.1"
ENDPOINTS = [Connect(address, 443, ConnectState.OPEN, 10.0) for address in (FIRST, SECOND)]


def samples(lost: Iterable[int], count: int = TCP_SAMPLES + TCP_SECOND_LOOK) -> Iterator[bool]:
    return iter([number not in set(lost) for number in range(count)])


@pytest.mark.parametrize(
    ("lost", "expected", "sent"),
    [
        (((), ()), "ok", TCP_SAMPLES),
        (((3,), ()), "ok", TCP_SAMPLES + TCP_SECOND_LOOK),
        (((3, 12, 20), (9, 15)), "lossy", TCP_SAMPLES + TCP_SECOND_LOOK),
        (((3, 12, 20), ()), "ok", TCP_SAMPLES + TCP_SECOND_LOOK),
    ],
)
async def test_one_lost_connect_is_looked_at_again(monkeypatch, lost, expected, sent):
    answers = {FIRST: samples(lost[0]), SECOND: samples(lost[1])}

    async def connect(address, port, patience):
        if next(answers[address]):
            return Connect(address, port, ConnectState.OPEN, 10.0)
        return Connect(address, port, ConnectState.SILENT, 1100.0)

    monkeypatch.setattr(path_meter, "connect", connect)
    monkeypatch.setattr(path_meter, "TCP_SPACING", 0.0)
    quality = await PathMeter((), Deadline.after(4.0)).quality(ENDPOINTS, 1000.0)
    assert (quality.outcome, quality.windows[0].sent) == (expected, sent)
