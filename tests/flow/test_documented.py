"""Every YAML example of docs/writing-flows.md lints; the page names every rule."""

import re

import pytest

from tests.flow.vocabulary import CAUSES, ROOT, SPECS, VALUES
from tshoot.flow.graph import edges
from tshoot.flow.lint import lint_flows
from tshoot.flow.loader import FlowSet, load_flows, parse_flow
from tshoot.flow.rules.catalog import RULES_SAID

PAGE = (ROOT / "docs" / "writing-flows.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
HEAD = "flow: part\nversion: 1.0.0\ntitle: t\nabout: a\nstart: {start}\nsteps:\n"


def whole(block):
    """An example as a file: where it is only some steps, the steps they lead to are added as ends."""
    if block.startswith("flow:"):
        return block
    start = re.match(r"- id: (\S+)", block)[1]
    text = HEAD.format(start=start) + "".join(f"  {line}\n" for line in block.splitlines())
    flow = parse_flow(text, "part.yaml").flow
    missing = {edge.target for edge in edges(flow)} - {step.id for step in flow.steps}
    return text + "".join(f"  - {{id: {name}, end: unresolved, help: [phone]}}\n" for name in sorted(missing))


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.split("\n")[0])
def test_every_example_lints(block):
    name = re.match(r"flow: (\S+)|", block)[1] or "part"
    file = parse_flow(whole(block), f"{name}.yaml")
    shipped = load_flows([ROOT / "flows"]).files
    found = lint_flows(FlowSet({**shipped, file.flow.flow: file}), SPECS, CAUSES, VALUES)
    own = [problem for problem in found if problem.file == f"{name}.yaml"]
    assert [problem for problem in own if problem.severity == "error"] == []


def test_there_is_an_example_of_every_kind():
    from tshoot.flow.model import KINDS

    for kind in KINDS:
        assert any(
            re.search(rf"^ *(- \{{id: \S+, )?{kind}:( |$)", block, re.MULTILINE) for block in BLOCKS
        ), kind


def test_the_page_names_every_rule():
    table = PAGE[PAGE.index("## The linter") :]
    said = set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", table))
    assert set(RULES_SAID) - said == set()
