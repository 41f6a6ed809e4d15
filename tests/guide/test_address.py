"""An address that is pasted: only its judgement goes into the session."""

import pytest

from tests.guide import flows as f
from tshoot.guide.answers import Answers, read_answers
from tshoot.guide.cases import questions_asked, read_cases, run_case
from tshoot.guide.driver import Walk
from tshoot.guide.errors import Unrouted, WrongStep
from tshoot.guide.explore import Explorer
from tshoot.guide.history import replay
from tshoot.guide.judging import given, judged
from tshoot.guide.model import Chosen, Judged, WentBack
from tshoot.guide.record import session_json
from tshoot.yamldoc import DocumentError

WAYS = {"official": "which", "look_alike": "false", "other_site": "false"}
WAYS |= {"private_address": "sad", "not_an_address": "paste"}
FLOW = f.flow(
    [
        f.address("paste", WAYS, {"cannot": "sad"}, remember="pasted", at_most=2, exhausted="sad"),
        f.decide("which", [({"address_domain": ["metrobyt-mobile.com"]}, "metro")], "main-site"),
        f.tell("false", "sure", "{address_says} Close it."),
        f.decide("sure", [({"pasted": ["look_alike"]}, "warned")], "sad"),
        f.end("metro"),
        f.end("main-site"),
        f.end("warned", "stopped_for_safety"),
        f.end("sad", "unresolved", say="{address_says} Ask somebody."),
    ]
)
TYPED = "https://t-mobi1e.com/?session=hidden"


def at_the_prompt():
    return f.walk(f.engine(FLOW), [])


def after(*texts):
    engine = f.engine(FLOW)
    state, effect = engine.start("main")
    for text in texts:
        state, effect = engine.handle(state, given(effect, text))
    return engine, state, effect


def test_the_prompt_wants_an_address_and_offers_the_options():
    _, prompt = at_the_prompt()
    assert (prompt.kind, [choice.id for choice in prompt.choices]) == ("address", ["cannot"])


@pytest.mark.parametrize(
    ("text", "step"),
    [
        ("account.t-mobile.com", "main-site"),
        ("https://www.metrobyt-mobile.com/x", "metro"),
        (TYPED, "false"),
        ("google.com", "false"),
        ("192.168.12.1", "sad"),
        ("hello", "paste"),
        ("cannot", "sad"),
    ],
)
def test_every_judgement_has_its_way(text, step):
    assert after(text)[2].step == step


def test_what_was_typed_is_nowhere_in_the_session():
    _, state, effect = after(TYPED)
    assert "t-mobi1e" not in repr((state, effect))
    assert "hidden" not in repr((state, effect))
    (line,) = state.transcript
    assert (line.kind, line.value, line.values["reason"]) == ("address", "look_alike", "digits")


def test_an_official_host_is_kept_without_what_stands_behind_it():
    _, state, _ = after("https://account.t-mobile.com/signin?token=hidden")
    assert state.transcript[0].values["host"] == "account.t-mobile.com"
    assert "hidden" not in repr(state)


def test_later_texts_say_what_is_odd_and_read_well_without():
    assert (
        after(TYPED)[2].body
        == "It looks like t-mobile.com, but has a digit where a letter belongs. Close it."
    )
    assert after("cannot")[2].summary == "Ask somebody."
    assert "t-mobile.com" not in after(TYPED, "next")[2].summary
    assert after("hello", "cannot")[2].summary == "Ask somebody."


def test_a_second_address_replaces_what_the_first_said():
    _, state, effect = after("hello", "google.com")
    assert state.facts["pasted"].value == "other_site"
    assert effect.body == "That address belongs to somebody else. Close it."


def test_the_third_time_leads_out():
    assert after("hello", "hello")[2].step == "sad"


def test_it_replays_and_goes_back():
    engine, state, effect = after(TYPED, "next")
    again = replay(engine, "main", state.transcript)
    assert (again.state, again.effect, again.stopped_at) == (state, effect, None)
    back, prompt = engine.handle(state, WentBack(0))
    assert (prompt.kind, prompt.earlier, back.transcript) == ("address", None, ())
    assert "address_says" not in back.facts


def test_the_earlier_option_is_offered_again():
    engine, state, _ = after("cannot")
    assert engine.handle(state, WentBack())[1].earlier == "cannot"


def test_a_judgement_is_taken_only_where_an_address_is_wanted():
    engine, state, _ = after(TYPED)
    with pytest.raises(WrongStep):
        engine.handle(state, Judged("paste", "official", "own_domain"))
    state, _ = engine.start("main")
    with pytest.raises(Unrouted):
        engine.handle(state, Judged("paste", "harmless", ""))
    with pytest.raises(WrongStep):
        engine.handle(state, Judged("false", "official", ""))


def test_it_counts_as_a_question():
    engine, state, _ = after("account.t-mobile.com")
    assert questions_asked(state, engine) == 1


def test_the_document_names_the_reason_and_not_the_text():
    _, state, effect = after("cannot")
    (step,) = session_json(Walk(state, (0.0,), effect), FLOW)["steps"]
    assert (step["answer"], "reason" in step) == ("cannot", False)
    _, state, effect = after(TYPED)
    (step,) = session_json(Walk(state, (0.0,)), FLOW)["steps"]
    assert (step["answer"], step["reason"]) == ("look_alike", "digits")


def test_answers_take_any_text(tmp_path):
    path = tmp_path / "answers.yaml"
    path.write_text("paste: [hello, t-mobile.com]\n")
    answers = read_answers(path, {"main": FLOW})
    assert isinstance(answers, Answers)
    assert [answers.take("paste"), answers.take("paste")] == ["hello", "t-mobile.com"]
    path.write_text("paste: 12\n")
    with pytest.raises(DocumentError):
        read_answers(path, {"main": FLOW})


def test_cases_take_addresses(tmp_path):
    path = tmp_path / "main.yaml"
    path.write_text(
        "cases:\n  - {name: a false one, answers: {paste: t-mobi1e.com}, end: warned, questions: 1}\n"
    )
    (case,) = read_cases(path, {"main": FLOW})
    assert run_case(case, {"main": FLOW}).fault == ""


def test_exploring_takes_every_way_of_it():
    explored = Explorer({"main": FLOW}, {}, ()).explore("main")
    assert explored.untaken == ()


def test_a_choice_is_still_a_choice():
    _, prompt = at_the_prompt()
    assert given(prompt, "cannot") == Chosen("paste", "cannot")
    assert judged(prompt, "", "answers").outcome == "not_an_address"
