"""The answers file: what it may say, and every problem with its place."""

import pytest

from tests.guide import flows as f
from tshoot.guide.answers import Answers, read_answers
from tshoot.guide.setup import flows_used
from tshoot.yamldoc import DocumentError

MAIN = f.flow(
    [
        f.ask("colour", {"red": "act", "blue": "act"}),
        f.do("act", "note", "good"),
        f.tell("note", "look"),
        f.probe("look", "link", {"*": "bare"}, **f.instead("ok", "down")),
        f.probe("bare", "link", {"*": "other"}),
        f.use("other", "inner", {"resolved": "good"}),
        f.end("good"),
    ]
)
INNER = f.flow([f.ask("deep", {"in": "good", "out": "good"}), f.end("good")], name="inner")
FLOWS = {
    "main": MAIN,
    "inner": INNER,
    "apart": f.flow([f.ask("alone", {"a": "x", "b": "x"}), f.end("x")], name="apart"),
}


def read(tmp_path, text):
    path = tmp_path / "answers.yaml"
    path.write_text(text)
    return read_answers(path, flows_used(FLOWS, "main"))


def test_one_answer_always_holds_and_a_list_is_used_up(tmp_path):
    answers = read(tmp_path, "colour: red\nact: [done, cannot]\nnote: next\nlook: says-ok\ndeep: in\n")
    assert [answers.take("colour") for _ in range(3)] == ["red"] * 3
    assert [answers.take("act") for _ in range(3)] == ["done", "cannot", None]
    assert (answers.take("look"), answers.take("deep"), answers.take("nothing")) == ("says-ok", "in", None)
    assert "colour" in answers
    assert "act" not in answers


def test_a_watch_takes_its_ways_and_a_pause_both_answers(tmp_path):
    what = {"probe": "link", "until": ["ok"]}
    flow = f.flow(
        [
            f.watch("bare", what, "asked", "good", "good"),
            f.watch("asked", what, "pause", "good", "good", **f.instead("ok", "down")),
            f.wait("pause", "good"),
            f.end("good"),
        ]
    )
    path = tmp_path / "answers.yaml"
    path.write_text("bare: seen\nasked: [says-ok, cannot_tell]\npause: [later, go-on]\n")
    answers = read_answers(path, {"main": flow})
    assert [answers.next("asked"), answers.take("asked"), answers.take("asked")] == [
        "says-ok",
        "says-ok",
        "cannot_tell",
    ]
    path.write_text("bare: says-ok\nasked: not_seen\npause: wait\n")
    with pytest.raises(DocumentError) as found:
        read_answers(path, {"main": flow})
    assert len(found.value.problems) == 3


def test_an_empty_file_answers_nothing(tmp_path):
    assert read(tmp_path, "# nothing\n").take("colour") is None


@pytest.mark.parametrize(
    ("text", "place", "said"),
    [
        ("color: red\n", "1:1", "did you mean 'colour'"),
        ("alone: a\n", "1:1", "no step 'alone'"),
        ("colour: rde\n", "1:9", "Did you mean 'red'"),
        ("act:\n  - done\n  - cant\n", "3:5", "Did you mean 'cannot'"),
        ("colour: {a: b}\n", "1:9", "no answer"),
        ("colour: 7\n", "1:9", "Known: blue, red"),
        ("bare: ok\n", "1:1", "asks nothing"),
        ("good: x\n", "1:1", "asks nothing"),
        ("- colour\n", "1:1", "step-id: option-id"),
        ("colour: red\ncolour: blue\n", "2:1", "twice"),
    ],
)
def test_every_problem_has_its_place(tmp_path, text, place, said):
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, text)
    message = str(caught.value)
    assert f"answers.yaml:{place} " in message
    assert said in message


def test_all_problems_are_told_at_once(tmp_path):
    with pytest.raises(DocumentError) as caught:
        read(tmp_path, "colour: green\nact: maybe\nnowhere: x\n")
    assert len(caught.value.problems) == 3


def test_answers_may_be_given_directly():
    assert Answers({"colour": ("red",)}).take("colour") == "red"
