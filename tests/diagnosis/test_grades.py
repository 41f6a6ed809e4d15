"""The vocabulary of the judge is that of the probes."""

from __future__ import annotations

from tshoot.diagnosis.catalog import load_catalog
from tshoot.diagnosis.grades import GRADES, SILENT_OUTCOMES, grade, known_outcomes
from tshoot.diagnosis.vocabulary import HEADLINES
from tshoot.probes.model import COMMON_OUTCOMES, ProbeSpec
from tshoot.probes.registry import specs


def judged() -> dict[str, ProbeSpec]:
    """The probes of a check; what only a flow asks for says nothing of the network."""
    return {name: spec for name, spec in specs().items() if spec.battery}


def test_every_outcome_of_every_probe_has_a_grade() -> None:
    declared = {name: set(spec.outcomes) for name, spec in judged().items()}
    assert {name: set(outcomes) for name, outcomes in GRADES.items()} == declared


def test_good_outcomes_read_ok_and_no_others() -> None:
    declared = {name: set(spec.good) for name, spec in judged().items()}
    read = {
        name: {outcome for outcome, state in table.items() if state == "ok"} for name, table in GRADES.items()
    }
    assert read == declared


def test_the_shipped_catalogue_fits_the_probes_own_specs() -> None:
    assert load_catalog(specs=judged()).causes == load_catalog().causes


def test_what_never_ran_is_no_evidence() -> None:
    for probe in GRADES:
        assert grade(probe, "timeout") == "bad"
        assert grade(probe, None) == grade(probe, "from another version") == "unknown"
        assert {grade(probe, outcome) for outcome in SILENT_OUTCOMES} == {"unknown", "not_applicable"}
        assert set(COMMON_OUTCOMES) <= known_outcomes(probe)
    assert known_outcomes("no such probe") == frozenset()


def test_every_cause_is_of_the_public_vocabulary() -> None:
    causes = load_catalog().causes
    assert {cause.id for cause in causes if cause.severity != "note"} <= HEADLINES
    assert all(cause.id.startswith("note.") == (cause.severity == "note") for cause in causes)
