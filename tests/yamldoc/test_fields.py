import pytest

from tshoot.yamldoc import DocumentError, parse_document
from tshoot.yamldoc.fields import Fields


def test_every_wrong_field_is_told_at_once():
    top = Fields(parse_document("name: 5\ncount: x\nlist: [a, 2]\nlevel: hi\nnmae: y\n", "c.yaml"))
    top.text("name"), top.integer("count"), top.texts("list"), top.choice("level", ("high", "low"))
    top.text("missing")
    with pytest.raises(DocumentError) as caught:
        top.finish()
    assert [(p.line, p.column, p.rule) for p in caught.value.problems] == [
        (1, 1, "field-missing"),
        (1, 7, "field-type"),
        (2, 8, "field-type"),
        (3, 11, "field-type"),
        (4, 8, "field-choice"),
        (5, 1, "field-unknown"),
    ]
    assert "Did you mean 'name'" in str(caught.value)


def test_children_know_their_place():
    top = Fields(parse_document("items:\n  - {id: a}\n  - {idd: b}\n", "c.yaml"))
    ids = []
    for child in top.children("items"):
        ids.append(child.text("id"))
        child.close()
    with pytest.raises(DocumentError) as caught:
        top.finish()
    assert ids == ["a", ""]
    assert [(p.line, p.rule) for p in caught.value.problems] == [(3, "field-missing"), (3, "field-unknown")]


def test_defaults_fill_what_is_left_out():
    top = Fields(parse_document("a: 1\n", "c.yaml"))
    assert (
        top.integer("a"),
        top.text("b", "x"),
        top.texts("c", ()),
        list(top.children("d", required=False)),
    ) == (
        1,
        "x",
        (),
        [],
    )
    top.finish()


@pytest.mark.parametrize("text", ["", "- a\n", "text\n"])
def test_a_file_that_is_no_mapping_is_told(text):
    with pytest.raises(DocumentError, match="A mapping was expected"):
        Fields(parse_document(text, "c.yaml")).finish()


def test_true_is_no_number():
    top = Fields(parse_document("a: true\n", "c.yaml"))
    assert top.integer("a") == 0
    with pytest.raises(DocumentError, match="true/false"):
        top.finish()
