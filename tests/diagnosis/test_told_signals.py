"""Judging from outcomes and told signals alone: what a redacted file and a spoken code rest on."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diagnosis.cases import EVERY
from tests.support.batteries import HOST, battery
from tshoot.checkup import shipped_catalog
from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.explain import explain
from tshoot.diagnosis.grades import GRADES, known_outcomes
from tshoot.diagnosis.judge import diagnose
from tshoot.diagnosis.signals import SIGNALS
from tshoot.probes.model import ProbeResult

OUTCOMES = st.fixed_dictionaries({name: st.sampled_from(sorted(known_outcomes(name))) for name in GRADES})
TOLD = st.fixed_dictionaries({name: st.sampled_from(sorted(SIGNALS[name].outcomes)) for name in SIGNALS})


def bare(outcomes):
    return {name: ProbeResult(name, outcome) for name, outcome in outcomes.items()}


def judged(results, host=HOST, signals=None):
    return diagnose(results, shipped_catalog(), service="it", host=host, signals=signals)


def test_outcomes_and_signals_decide_alone():
    for case in EVERY:
        results = battery(**case.changes)
        live = judged(results)
        without = bare({name: result.outcome for name, result in results.items()})
        again = judged(without, host="", signals=live.signals)
        assert (again.cause, again.verdict, again.confidence) == (live.cause, live.verdict, live.confidence)
        assert [each.cause for each in again.findings] == [each.cause for each in live.findings]
        assert [rung.state for rung in again.ladder] == [rung.state for rung in live.ladder]


@settings(deadline=None)
@given(OUTCOMES, TOLD)
def test_told_signals_count_and_come_back(outcomes, told):
    said = judged(bare(outcomes), signals=told)
    assert said.signals == told
    explained = explain(bare(outcomes), shipped_catalog(), host="", cause=said.cause, signals=told)
    clues = explained.fired.clues if explained.fired is not None else ()
    assert all(clue.outcome == told[clue.name] for clue in clues if clue.name in told)


def test_what_is_no_outcome_of_a_signal_is_computed():
    evidence = Evidence({}, HOST, {"target": "lovely", "nonsense": "yes", "icmp": "blocked"})
    assert evidence.signals["target"] == "unknown"
    assert evidence.signals["icmp"] == "blocked"
    assert evidence.signals.keys() == SIGNALS.keys()
