"""Edges, shortest ways, what may be measured next, and the drawings."""

import re
from xml.etree import ElementTree

import pytest

from tests.flow.test_lint import CLEAN
from tests.flow.vocabulary import ROOT
from tshoot.flow.draw import draw
from tshoot.flow.graph import Edge, edges, shortest_paths, upcoming_probes
from tshoot.flow.loader import load_flow, parse_flow

SMALL = parse_flow(CLEAN, "small.yaml").flow


def test_edges_carry_the_answer_outcome_or_case_that_takes_them():
    found = set(edges(SMALL))
    assert {
        Edge("look", "redirected", "act"),
        Edge("look", "*", "which"),
        Edge("which", "home", "choose"),
        Edge("choose", "product is home", "act"),
        Edge("choose", "else", "over"),
        Edge("act", "done", "again"),
        Edge("act", "exhausted", "over"),
        Edge("again", "not_fixed", "act"),
    } <= found
    assert len(found) == 6 + 2 + 2 + 3 + 3


def test_shortest_paths_take_the_fewest_edges():
    paths = shortest_paths(SMALL)
    assert paths["look"] == ()
    assert [edge.label for edge in paths["good"]] == ["redirected", "done", "fixed"]
    assert [edge.label for edge in paths["over"]] == ["open", "unsure"] or len(paths["over"]) == 2


def test_every_path_to_a_step_is_a_walk():
    flow = load_flow(ROOT / "flows" / "connectivity.yaml")
    paths = shortest_paths(flow)
    assert set(paths) == {step.id for step in flow.steps}
    for target, path in paths.items():
        here = flow.start
        for edge in path:
            assert edge.source == here
            here = edge.target
        assert here == target


CHAIN = """\
flow: chain
version: 1.0.0
title: t
about: a
start: one
steps:
  - {id: one, probe: link, on: {ok: two, "*": choose}}
  - {id: two, probe: clock, on: {ok: question, "*": question}}
  - {id: choose, decide: [{when: {link: [down]}, then: three}], else: action}
  - {id: three, probe: route, on: {ok: question, "*": question}}
  - {id: question, ask: Hm?, options: [{id: a, label: A, then: four}, {id: b, label: B, then: action}]}
  - {id: four, diagnose: all, on: {}, else: action}
  - {id: action, do: Act, how: [Now.], minutes: 1, risk: none, then: {done: after, cannot: five}}
  - {id: after, verify: {probe: link, fixed: [ok]}, then: {fixed: over, not_fixed: over, cannot_tell: over}}
  - {id: five, probe: tls, on: {ok: over, "*": over}}
  - {id: over, end: unresolved}
"""


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("one", ["one", "two", "three"]),  # through the decide, up to the question
        ("question", ["four"]),  # what may follow the answer, not what follows the action
        ("action", ["five"]),  # behind "done" everything measured before is stale
        ("over", []),
    ],
)
def test_upcoming_probes_end_at_the_next_human_step(step, expected):
    flow = parse_flow(CHAIN, "chain.yaml").flow
    assert [found.id for found in upcoming_probes(flow, step)] == expected


def test_upcoming_probes_of_an_unknown_step_are_a_key_error():
    with pytest.raises(KeyError):
        upcoming_probes(SMALL, "nowhere")


def test_dot_names_every_step_and_escapes_quotes():
    flow = parse_flow(
        CLEAN.replace("ask: Which one do you use?", "ask: 'Which \"one\" \\ do?'"), "small.yaml"
    ).flow
    drawn = draw(flow, "dot")
    assert r"Which \"one\" \\ do?" in drawn
    assert drawn.count(" [shape=") == len(flow.steps) + 1
    assert '"look" -> "act" [label="redirected, rewritten"];' in drawn
    assert len(re.findall(r'(?<!\\)"', drawn)) % 2 == 0


def test_mermaid_labels_edges_and_holds_no_raw_quote():
    drawn = draw(SMALL, "mermaid")
    assert drawn.startswith("flowchart TD\n")
    assert re.search(r's0 -->\|"redirected, rewritten"\| s3', drawn)
    assert all(line.count('"') == 2 for line in drawn.splitlines()[1:])


@pytest.mark.parametrize("form", ["text", "mermaid", "dot", "svg"])
def test_steps_without_a_guide_item_are_marked_in_every_form(form):
    cited = sum(bool(step.cite) for step in SMALL.steps)
    assert 0 < cited < len(SMALL.steps)
    assert draw(SMALL, form).count("[uncited]") == len(SMALL.steps) - cited


@pytest.mark.parametrize("path", sorted((ROOT / "flows").glob("*.yaml")), ids=lambda path: path.stem)
def test_svg_has_a_box_for_every_step_and_a_line_for_every_way_and_none_lies_on_another(path):
    flow = load_flow(path)
    root = ElementTree.fromstring(draw(flow, "svg"))
    space = "{http://www.w3.org/2000/svg}"
    boxes = [(int(box.get("x")), int(box.get("y"))) for box in root.iter(f"{space}rect")]
    assert len(boxes) == len(set(boxes)) == len(flow.steps)
    lines = [line for line in root.iter(f"{space}path") if line.get("marker-end")]
    assert len(lines) == len({(edge.source, edge.target) for edge in edges(flow)})
    assert max(y for _, y in boxes) < int(root.get("height"))
    assert max(x for x, _ in boxes) < int(root.get("width"))


def test_text_lists_each_step_with_its_ways():
    drawn = draw(SMALL, "text")
    assert "\nact: do (Switch it off and on, as {summary} says)\n  done -> again\n  cannot -> over\n" in drawn
