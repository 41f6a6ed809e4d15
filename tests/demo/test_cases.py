"""Every shipped case: today's rules judge its evidence as it says, and its answers lead where it says."""

import io
import json

import pytest

from tests.demo.walking import FLOWS, walked
from tshoot.checkup import judge
from tshoot.demo.cases import OUTCOMES, UnknownCase, case_named, demo_dir, load_cases
from tshoot.demo.play import bench_of
from tshoot.guide.answers import ANY_TEXT, options_of
from tshoot.guide.recorded import read_record
from tshoot.guide.setup import flows_used
from tshoot.yamldoc import DocumentError

CASES = load_cases()
EVIDENCE = demo_dir() / "evidence"


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_a_case_judges_and_ends_as_it_says(case):
    bench = bench_of(case)
    assert judge(bench.recordings[0].battery, bench.target).cause == case.cause
    for variant in ("linux", "windows", "macos"):
        walk = await walked(case, io.StringIO(), variant)
        assert (walk.finish.step, walk.finish.outcome) == (case.end, case.outcome)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_every_answer_of_a_case_is_used(case):
    walk = await walked(case, io.StringIO())
    met = {taken.step for taken in walk.state.transcript}
    assert set(case.answers) <= met
    known = {
        step.id: options_of(step) for flow in flows_used(FLOWS, case.flow).values() for step in flow.steps
    }
    for step, given in case.answers.items():
        several = set(given if isinstance(given, tuple) else (given,))
        assert ANY_TEXT in known[step] or several <= set(known[step])


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
async def test_nothing_is_missing_in_a_recording(case):
    out = io.StringIO()
    await walked(case, out)
    assert "does not tell" not in out.getvalue()


async def test_every_kind_of_end_and_every_flow_is_shown():
    assert {case.outcome for case in CASES.values()} == set(OUTCOMES)
    walks = [await walked(case, io.StringIO()) for case in CASES.values()]
    assert {taken.flow for walk in walks for taken in walk.state.transcript} == set(FLOWS)
    groups = {case.cause.partition(".")[0] for case in CASES.values()}
    assert {
        "none",
        "link",
        "gateway",
        "wan",
        "dns",
        "portal",
        "tls",
        "clock",
        "proxy",
        "vpn",
        "service",
    } <= groups


def test_a_recorded_report_still_says_what_it_said():
    for path in EVIDENCE.glob("*.json"):
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["schema"] == "tshoot.report/1":
            found = judge(read_record(path).probes, _target(document))
            assert (found.cause, found.verdict) == (document["cause"], document["verdict"]), path.name


def test_no_file_of_evidence_is_left_over():
    stages = [stage for case in CASES.values() for stage in case.stages]
    named = {
        name for stage in stages for name in (stage.report, *stage.single.values(), *stage.watch.values())
    }
    assert {path.stem for path in EVIDENCE.iterdir()} == named
    assert sum(path.stat().st_size for path in EVIDENCE.iterdir()) < 600_000


def test_titles_and_words_are_short():
    for case in CASES.values():
        assert len(case.title) <= 60, case.id
        assert len(case.shows) <= 90, case.id
        assert not case.title.endswith("."), case.id
        assert not case.shows.endswith("."), case.id


def test_an_unknown_case_names_the_nearest():
    with pytest.raises(UnknownCase, match="Did you mean 'names-dead'"):
        case_named("name-dead")


BROKEN = """\
cases:
  - {id: a, title: A, shows: B, flow: x, cause: none, end: e, outcome: solved, stages: []}
  - {id: a, title: A, shows: B, flow: x, cause: none, end: e, outcome: resolved, stages: [{reprot: r}]}
"""


def test_every_problem_of_a_case_file_is_told(tmp_path):
    path = tmp_path / "cases.yaml"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_cases(path)
    rules = [problem.rule for problem in caught.value.problems]
    assert sorted(rules) == [
        "demo-duplicate",
        "demo-stages",
        "field-choice",
        "field-missing",
        "field-unknown",
    ]


def _target(document):
    from tshoot.catalog.services import resolve_target

    return resolve_target(document["target"]["service"])
