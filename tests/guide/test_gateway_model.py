"""The gateway's model is a fact once its radio was asked, live or recorded; it chooses steps and words."""

import pytest

from tests.guide import flows as f
from tests.guide.test_live import FakeBench
from tests.guide.test_recorded import report
from tests.support.batteries import HOST, battery
from tshoot.checkup import Checkup, judge
from tshoot.guide.engine import Engine
from tshoot.guide.live import LiveEvidence, diagnosed
from tshoot.guide.model import Chosen, Finish, Measure, Measured, WentBack
from tshoot.guide.recorded import RecordedEvidence, record_of
from tshoot.probes.model import ProbeResult
from tshoot.target import Target

RADIO = {"model": "TMO-G4AR", "firmware": "1.00.13"}
DECIDE = f.decide("which", [({"gateway_model": ["TMO-G4AR"]}, "act")], "other")
ACT = f.do("act", "over", "over", how={"TMO-G4AR": ["Open the lid."], "other": ["Look."]})
REST = [DECIDE, ACT, f.end("other"), f.end("over")]
BY_PROBE = [f.probe("look", "gateway_radio", {"*": "which"}), *REST]
BY_DIAGNOSIS = [f.diagnose("look", {"none": "which"}, "which"), *REST]


class RadioBench(FakeBench):
    async def single(self, probe, params, listener):
        return {probe: ProbeResult(probe, "registered", "figures", data=RADIO)}


def begun(steps):
    engine = Engine({"main": f.flow(steps)}, "linux")
    state, effect = engine.start("main")
    assert isinstance(effect, Measure)
    return engine, state, effect


def shown(engine, state, measured):
    _, prompt = engine.handle(state, measured)
    return getattr(prompt, "instructions", None) or prompt.step


def recorded(data):
    probe = {"probe": "gateway_radio", "outcome": "registered", "detail": "", "ms": 1, "data": data}
    return RecordedEvidence([record_of(report(probes=[probe]))])


@pytest.mark.parametrize("steps", [BY_PROBE, BY_DIAGNOSIS], ids=["probe", "diagnosis"])
@pytest.mark.parametrize(
    ("data", "expected"),
    [(RADIO, ("Open the lid.",)), ({"model": "5G21"}, "other"), ({"model": 7}, "other"), ({}, "other")],
)
async def test_recorded(steps, data, expected):
    engine, state, effect = begun(steps)
    assert shown(engine, state, await recorded(data).measure(effect)) == expected


async def test_live_by_the_probe_alone():
    engine, state, effect = begun(BY_PROBE)
    evidence = LiveEvidence(RadioBench())
    assert shown(engine, state, await evidence.measure(effect)) == ("Open the lid.",)
    await evidence.close()


def test_live_by_a_diagnosis():
    engine, state, effect = begun(BY_DIAGNOSIS)
    results, target = battery(gateway_radio=("registered", RADIO)), Target(HOST)
    measured = diagnosed(effect, Checkup(target, results, judge(results, target), 1.0))
    assert shown(engine, state, measured) == ("Open the lid.",)


def test_it_stays_known_after_a_later_diagnosis_without_it():
    steps = [f.probe("look", "gateway_radio", {"*": "again"}), f.diagnose("again", {}, "which"), *REST]
    engine, state, _ = begun(steps)
    state, _ = engine.handle(state, Measured("look", "registered", values={"gateway_model": "TMO-G4AR"}))
    assert shown(engine, state, Measured("again", "wan.down")) == ("Open the lid.",)


def test_going_back_before_it_forgets_it():
    steps = [f.ask("first", {"measure": "look", "skip": "which"}), *BY_PROBE]
    engine = Engine({"main": f.flow(steps)}, "linux")
    state, _ = engine.start("main")
    state, _ = engine.handle(state, Chosen("first", "measure"))
    told = Measured("look", "registered", values={"gateway_model": "TMO-G4AR"})
    state, prompt = engine.handle(state, told)
    assert prompt.instructions == ("Open the lid.",)
    state, _ = engine.handle(state, WentBack())
    _, end = engine.handle(state, Chosen("first", "skip"))
    assert isinstance(end, Finish)
    assert end.step == "other"
