import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.yamldoc import DocumentError, parse_document, read_document


def problems(text):
    with pytest.raises(DocumentError) as caught:
        parse_document(text, "t.yaml")
    return [(problem.line, problem.column, problem.rule) for problem in caught.value.problems]


def test_values_follow_yaml_1_2():
    text = (
        "a: no\nb: on\nc: 12:30\nd: 2024-01-01\ne: 010\nf: 0x1f\n"
        "g: 0o17\nh: ~\ni: True\nj: '5'\nk: 1.5e3\nl: 0b1\n"
    )
    assert parse_document(text, "t").data == {
        "a": "no",
        "b": "on",
        "c": "12:30",
        "d": "2024-01-01",
        "e": 10,
        "f": 31,
        "g": 15,
        "h": None,
        "i": True,
        "j": "5",
        "k": 1500.0,
        "l": "0b1",
    }


def test_every_problem_is_told_at_once_with_its_place():
    text = "a: &x 1\nb: *x\na: 2\nc: !!python/object 3\n<<: {d: 1}\n? [k]\n: 1\n"
    assert problems(text) == [
        (1, 4, "yaml-alias"),
        (3, 1, "yaml-duplicate"),
        (4, 4, "yaml-tag"),
        (5, 1, "yaml-key"),
        (6, 3, "yaml-key"),
    ]


def test_syntax_errors_have_a_place():
    assert problems("a: [1\nb: 2\n") == [(2, 2, "yaml-syntax")]
    assert problems("a: 'open\n")[0][2] == "yaml-syntax"
    assert problems("a: \x07")[0][2] == "yaml-syntax"


def test_depth_is_limited():
    assert problems("[" * 60 + "]" * 60)[0][2] == "yaml-depth"


def test_empty_files_are_empty():
    assert parse_document("", "t").data is None
    assert parse_document("# only a comment\n", "t").data is None


def test_where_finds_values_and_keys():
    document = parse_document("steps:\n  - id: a\n    on: {ok: end}\n", "t")
    assert document.where(("steps", 0, "on", "ok")) == (3, 14)
    assert document.where(("steps", 0, "on", "ok"), of_key=True) == (3, 10)


def test_where_passes_over_parts_that_do_not_exist():
    document = parse_document("steps:\n  - id: a\n", "t")
    assert document.where(("steps", 0, "ask", "options", 3)) == (2, 5)
    assert document.where(()) == (1, 1)


def test_a_file_that_is_not_text_is_told(tmp_path):
    path = tmp_path / "x.yaml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DocumentError, match="not UTF-8"):
        read_document(path)


@given(st.text(alphabet=st.sampled_from("ab:-[]{}'\"&*!#?|>% \n\t0"), max_size=60))
def test_any_text_gives_data_or_problems(text):
    try:
        parse_document(text, "t.yaml")
    except DocumentError as error:
        assert all(problem.line >= 1 and problem.column >= 1 for problem in error.problems)
