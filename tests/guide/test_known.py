"""What a session knows: measured by itself, or by evidence that was given."""

from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import battery
from tshoot.evidence.telling import code_for, recorded_from_code
from tshoot.guide.known import Known
from tshoot.guide.model import Measure
from tshoot.guide.recorded import RecordedEvidence, made_record
from tshoot.probes.model import ProbeResult
from tshoot.target import Target

CODE = "156B-CJH6"
TARGET = Target("account.example.net")
LOOK = Measure("main", "look", None, {}, fresh=False, purpose="look")


async def given():
    known = Known(TARGET)
    record = made_record(recorded_from_code(CODE))
    await RecordedEvidence([record], known, known.given).measure(LOOK)
    return known


async def test_nothing_is_known_at_first():
    assert Known(TARGET).report() is None
    assert Known(TARGET).checkup() is None


async def test_evidence_that_was_given_is_told_with_its_own_code():
    known = await given()
    recorded = recorded_from_code(CODE)
    assert known.report() == recorded.report()
    assert known.report().code == CODE
    assert known.checkup().diagnosis.signals == recorded.checkup().diagnosis.signals


async def test_what_is_measured_anew_is_judged_by_itself():
    known = await given()
    for result in battery(**DNS_DEAD).values():
        known.finished(result)
    assert known.report().code == code_for(known.checkup())
    assert known.report().cause == "dns.unreachable"
    assert known.checkup().target == TARGET


async def test_one_measurement_is_enough_for_that():
    known = await given()
    known.finished(ProbeResult("link", "down"))
    assert known.report().code != CODE
