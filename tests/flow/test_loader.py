"""Any input gives a flow or problems with places, never a traceback."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flow.vocabulary import ROOT
from tshoot.flow.loader import UnknownFlow, load_flow, load_flows, parse_flow, read_files
from tshoot.flow.model import Flow
from tshoot.yamldoc import DocumentError

SMALL = """\
flow: small
version: 1.0.0
title: A small flow
about: Shows the shape.
start: first
steps:
  - id: first
    ask: Which one?
    cite: [A1]
    options:
      - {id: one, label: The first, then: act}
      - {id: unsure, label: Not sure, then: over}
  - id: act
    do: Switch it on
    how:
      windows: [Press it.]
      other: [Press it.]
    minutes: 1
    risk: none
    cite: [A2]
    then: {done: look, cannot: over}
  - id: look
    verify: {probe: link, fixed: [ok]}
    then: {fixed: over, not_fixed: over, cannot_tell: over}
  - id: over
    end: unresolved
"""


def problems(text, file="small.yaml"):
    with pytest.raises(DocumentError) as caught:
        parse_flow(text, file)
    return caught.value.problems


def only(text):
    (problem,) = problems(text)
    return problem


def test_a_valid_flow_is_read():
    assert [step.id for step in parse_flow(SMALL, "small.yaml").flow.steps] == [
        "first",
        "act",
        "look",
        "over",
    ]


@pytest.mark.parametrize(
    ("old", "new", "at", "rule", "words"),
    [
        ("    minutes: 1", "    minuts: 1", "minuts", "key-unknown", "Did you mean 'minutes'?"),
        ("title: A small flow", "titel: A small flow", "titel", "key-unknown", "Did you mean 'title'?"),
        ("label: Not sure", "lable: Not sure", "lable", "key-unknown", "Did you mean 'label'?"),
        ("{fixed: over, not", "{fixd: over, not", "fixd", "key-unknown", "Did you mean 'fixed'?"),
        ("fixed: [ok]", "fixt: [ok]", "fixt", "key-unknown", "Did you mean 'fixed'?"),
        ("    ask: Which one?\n", "", "id: first", "step-kind", "doesn't say what it does"),
        ("    ask:", "    aks:", "id: first", "step-kind", "did you mean 'ask'?"),
        ("    do: Switch it on", "    do: x\n    tell: y", "id: act", "step-kind", "do and tell at once"),
        ("risk: none", "risk: nothing", "nothing", "value-choice", "none, reversible or destructive"),
        ("minutes: 1", "minutes: soon", "soon", "value-type", "a number was expected"),
        ("minutes: 1", "minutes: 0", "0\n    risk", "value-size", "more than 0 expected"),
        ("minutes: 1", "minutes: .nan", ".nan", "value-type", "a number was expected"),
        ("label: Not sure", "label: 5", "5, then", "value-type", "put the value in quotes"),
        ("label: Not sure", "label: true", "true", "value-type", "true/false (true)"),
        ("label: Not sure", "label: null", "null, then", "value-type", "'label' is empty"),
        ("version: 1.0.0", "version: 1.0", "1.0\n", "value-type", "text was expected"),
        ("version: 1.0.0", "version: one", "one\n", "value-form", "three numbers"),
        ("id: one", "id: One Two", "One Two", "value-form", "small letters"),
        ("cite: [A1]", "cite: [D1]", "D1", "value-form", "guide item"),
        ("cite: [A1]", "cite: A1", "A1", "value-type", "a list was expected"),
        ("windows: [Press it.]", "windows: Press it.", "Press it.", "value-type", "a list was expected"),
        ("      - {id: unsure, label: Not sure, then: over}\n", "", "- {id: one", "value-size", "at least 2"),
        ("Which one?", '"Which\\u202E one?"', '"Which', "hidden-character", "control character"),
    ],
)
def test_a_slip_is_told_at_its_place(old, new, at, rule, words):
    assert old in SMALL
    text = SMALL.replace(old, new, 1)
    before = text[: text.index(at)]
    found = [item for item in problems(text) if item.rule == rule]
    place = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert [(item.line, item.column) for item in found] == [place]
    assert words in f"{found[0].message} {found[0].hint}"
    assert "pydantic" not in str(found[0])


def test_a_missing_key_is_told():
    found = only(SMALL.replace("    minutes: 1\n", ""))
    assert (found.line, found.rule, found.message) == (13, "key-missing", "'minutes' is missing.")


def test_a_how_that_is_neither_list_nor_mapping_is_told_once():
    text = SMALL.replace(
        "    how:\n      windows: [Press it.]\n      other: [Press it.]\n", "    how: Press it\n"
    )
    assert only(text).message == "'how' is the text 'Press it'; a list was expected."


def test_all_problems_come_at_once_in_the_order_of_the_file():
    text = SMALL.replace("version: 1.0.0", "version: x").replace("risk: none", "risk: x")
    text = text.replace("cite: [A2]", "cited: [A2]").replace("end: unresolved", "end: x")
    assert [item.line for item in problems(text)] == [2, 19, 20, 26]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n# only a comment\n",
        "[]",
        "- a\n- b",
        "just text",
        "5",
        "null",
        "a: &x 1\nb: *x",
        "a: 1\na: 2",
        "a: [",
        "\x00\x01\x02",
        "\ufeff",
        "a: !!python/object:os.system x",
        "steps: 5",
        "steps: [5, [], {}, null]",
        "? [a]\n: b",
        "[" * 3000,
        "a: " * 3000,
        "steps:\n  - {id: {a: b}, ask: [1]}",
    ],
)
def test_strange_input_gives_problems(text):
    for problem in problems(text):
        assert problem.line >= 1
        assert problem.message.endswith(".")


def test_binary_and_huge_files_give_problems(tmp_path):
    (tmp_path / "b.yaml").write_bytes(bytes(range(256)) * 40)
    (tmp_path / "h.yaml").write_text("a: " + "x" * 10_000_000, encoding="utf-8")
    for name, rule in (("b.yaml", "yaml-encoding"), ("h.yaml", "yaml-size")):
        with pytest.raises(DocumentError, match=rule):
            load_flow(tmp_path / name)


def test_a_hostile_key_reaches_no_terminal_raw():
    for problem in problems(SMALL + '"\\e]52;c;x\\a": 1\n'):
        assert "\x1b" not in str(problem)
        assert "\x07" not in str(problem)


SHIPPED = (ROOT / "flows" / "connectivity.yaml").read_text(encoding="utf-8")[:6000].rpartition("  - id:")[0]
PIECES = st.sampled_from(
    [
        "\n",
        " ",
        "  ",
        "\t",
        ":",
        "- ",
        "[",
        "]",
        "{",
        "}",
        '"',
        "'",
        "&a",
        "*a",
        "!!set",
        "|",
        ">",
        "null",
        "5",
        "\x1b",
        "\u202e",
        "\x00",
        "then:",
        "id:",
        "on:",
        "how:",
        "ask:",
        "do:",
        "true",
        "%YAML 1.3",
        "---",
        "é",
        "😀",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(SMALL)), st.integers(0, 25), PIECES), min_size=1, max_size=5))
def test_a_mutated_file_gives_a_flow_or_problems(cuts):
    text = SMALL
    for position, length, piece in cuts:
        text = text[:position] + piece + text[position + length :]
    try:
        assert isinstance(parse_flow(text, "f.yaml").flow, Flow)
    except DocumentError as error:
        assert error.problems
        assert all(problem.file == "f.yaml" and problem.line >= 1 for problem in error.problems)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, len(SHIPPED)), st.integers(0, 200), PIECES)
def test_a_mutated_shipped_flow_gives_a_flow_or_problems(position, length, piece):
    try:
        parse_flow(SHIPPED[:position] + piece + SHIPPED[position + length :], "f.yaml")
    except DocumentError as error:
        assert error.problems


@pytest.mark.parametrize("key", ["f[low", "[key]", "tuple[", "dict[str, int]"])
@pytest.mark.parametrize(("after", "indent"), [("title:", ""), ("    ask:", "    ")])
def test_an_unknown_key_with_brackets_is_told_where_it_stands(key, after, indent):
    lines = SMALL.splitlines()
    at = next(number for number, line in enumerate(lines, 1) if line.startswith(after))
    lines.insert(at, f'{indent}"{key}": text')
    with pytest.raises(DocumentError) as caught:
        parse_flow("\n".join(lines) + "\n", "f.yaml")
    (problem,) = caught.value.problems
    assert (problem.rule, problem.line) == ("key-unknown", at + 1)
    assert f"'{key}'" in problem.message


def test_later_folders_replace_flows_of_earlier_ones(tmp_path):
    for folder, title in (("a", "First"), ("b", "Second")):
        (tmp_path / folder).mkdir()
        text = SMALL.replace("A small flow", title)
        (tmp_path / folder / "small.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "a" / "other.yaml").write_text(SMALL.replace("flow: small", "flow: other"), encoding="utf-8")
    (tmp_path / "a" / "catalog").mkdir()
    found = load_flows([tmp_path / "a", tmp_path / "b"])
    assert found.ids() == ("other", "small")
    assert found.get("small").title == "Second"
    with pytest.raises(UnknownFlow, match="Did you mean 'small'"):
        found.get("smal")


def test_problems_of_all_files_come_at_once(tmp_path):
    (tmp_path / "a.yaml").write_text("[]", encoding="utf-8")
    (tmp_path / "b.yaml").write_text("", encoding="utf-8")
    with pytest.raises(DocumentError) as caught:
        load_flows([tmp_path])
    assert len(caught.value.problems) == 2


def test_two_files_with_one_id_are_told(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(SMALL, encoding="utf-8")
    found = []
    read_files(sorted(tmp_path.iterdir()), found)
    assert [problem.rule for problem in found] == ["flow-duplicate"]


def test_a_missing_folder_is_an_os_error(tmp_path):
    with pytest.raises(OSError, match="nowhere"):
        load_flows([tmp_path / "nowhere"])
