"""Each kind of step: what it wants, where its answers lead, what is recorded."""

import pytest

from tests.guide import flows as f
from tshoot.guide.engine import Engine
from tshoot.guide.errors import EndlessFlow, EngineError, UnknownChoice, UnknownFlow, Unrouted, WrongStep
from tshoot.guide.model import Choice, Chosen, Finish, Measure, Measured, Prompt, WentBack

ENDS = [f.end("good"), f.end("bad", "unresolved"), f.end("gone", "handed_over", help=["phone"])]


def test_a_question_leads_where_its_answer_says():
    guide = f.engine(f.flow([f.ask("colour", {"red": "good", "blue": "bad"}, why="It matters."), *ENDS]))
    state, prompt = guide.start("main")
    assert isinstance(prompt, Prompt)
    assert (prompt.kind, prompt.title, prompt.why) == ("ask", "What about colour?", "It matters.")
    assert prompt.choices == (Choice("red", "The red one"), Choice("blue", "The blue one"))
    assert guide.handle(state, Chosen("colour", "red"))[1].step == "good"
    after, finish = guide.handle(state, Chosen("colour", "blue", "answers"))
    assert finish == Finish("main", "bad", "unresolved", None, "Ended at bad.")
    assert f.lines(after) == [("main", "colour", "ask", "blue", "answers")]
    assert after.facts["colour"].value == "blue"


def test_an_action_shows_its_system_and_makes_results_stale():
    how = {"windows": ["Click Start."], "linux": ["Open the menu."], "other": ["Find it."]}
    steps = [
        f.do("restart", "look", "bad", how=how, loses="Your work.", risk="reversible", undo="None."),
        f.probe("look", "link", {"ok": "good", "*": "bad"}),
        *ENDS,
    ]
    state, prompt = f.engine(f.flow(steps)).start("main")
    assert prompt.instructions == ("Open the menu.",)
    assert (prompt.minutes, prompt.risk, prompt.loses, prompt.undo) == (
        2,
        "reversible",
        "Your work.",
        "None.",
    )
    assert [choice.id for choice in prompt.choices] == ["done", "cannot"]
    guide = f.engine(f.flow(steps))
    done, measure = guide.handle(state, Chosen("restart", "done"))
    assert measure.fresh
    assert (done.epoch, measure.epoch) == (1, 1)
    cannot, finish = guide.handle(state, Chosen("restart", "cannot"))
    assert (cannot.epoch, finish.step) == (0, "bad")


@pytest.mark.parametrize(
    ("variant", "known", "shown"),
    [
        ("windows", {}, "W"),
        ("macos", {}, "O"),
        ("linux", {"device": "phone"}, "P"),
        ("windows", {"place": "other"}, "W"),
    ],
)
def test_instructions_follow_answers_then_the_system_then_other(variant, known, shown):
    how = {"phone": ["P"], "windows": ["W"], "other": ["O"]}
    guide = f.engine(f.flow([f.do("step", "good", "bad", how=how), *ENDS]), variant=variant)
    assert guide.start("main", known)[1].instructions == (shown,)


def test_without_a_fitting_list_the_first_is_shown():
    guide = f.engine(f.flow([f.do("step", "good", "bad", how={"phone": ["P"], "tv": ["T"]}), *ENDS]))
    assert guide.start("main")[1].instructions == ("P",)


def test_a_notice_has_one_way_on():
    guide = f.engine(f.flow([f.tell("note", "good", "Mind the step."), *ENDS]))
    state, prompt = guide.start("main")
    assert (prompt.kind, prompt.body, [choice.id for choice in prompt.choices]) == (
        "tell",
        "Mind the step.",
        ["next"],
    )
    assert guide.handle(state, Chosen("note", "next"))[1].step == "good"


@pytest.mark.parametrize(
    ("outcome", "target"), [("ok", "good"), ("skipped", "gone"), ("timeout", "bad"), ("error", "gone")]
)
def test_a_probes_outcome_goes_its_own_way_or_the_common_one(outcome, target):
    on = {"ok": "good", "timeout": "bad", "*": "gone"}
    guide = f.engine(f.flow([f.probe("look", "tcp", on, **{"with": {"port": "443"}}), *ENDS]))
    state, measure = guide.start("main")
    assert measure == Measure("main", "look", "tcp", {"port": "443"}, fresh=False, purpose="look")
    after, finish = guide.handle(state, Measured("look", outcome, "3 tries"))
    assert finish.step == target
    assert after.facts["tcp"].value == outcome
    assert after.transcript[0].detail == "3 tries"


def test_an_outcome_without_a_way_is_an_error():
    guide = f.engine(f.flow([f.probe("look", "tcp", {"ok": "good"}), *ENDS]))
    state, _ = guide.start("main")
    with pytest.raises(Unrouted):
        guide.handle(state, Measured("look", "refused"))


@pytest.mark.parametrize(
    ("cause", "target"),
    [
        ("dns.unreachable", "bad"),
        ("dns.slow", "gone"),
        ("dnsx.slow", "other"),
        ("none", "good"),
        ("wan.down", "other"),
        ("unknown", "other"),
    ],
)
def test_a_diagnosis_goes_by_cause_then_group_then_else(cause, target):
    on = {"dns.unreachable": "bad", "dns.*": "gone", "none": "good"}
    guide = f.engine(f.flow([f.diagnose("check", on, "other"), *ENDS, f.end("other")]))
    state, measure = guide.start("main")
    assert measure.probe is None
    after, finish = guide.handle(state, Measured("check", cause, outcomes={"link": "ok"}))
    assert finish.step == target
    assert finish.cause == cause
    assert (after.facts["cause"].value, after.facts["link"].value) == (cause, "ok")


@pytest.mark.parametrize(
    ("outcome", "target"),
    [
        ("ok", "good"),
        ("weak", "good"),
        ("down", "bad"),
        ("timeout", "gone"),
        ("error", "gone"),
        ("skipped", "gone"),
        ("not_applicable", "gone"),
        ("unknown", "gone"),
    ],
)
def test_a_check_after_a_fix(outcome, target):
    steps = [
        f.do("fix", "look", "bad"),
        f.verify("look", {"probe": "link", "fixed": ["ok", "weak"]}, "good", "bad", "gone"),
        *ENDS,
    ]
    guide = f.engine(f.flow(steps))
    state, measure = f.walk(guide, [Chosen("fix", "done")])
    assert (measure.purpose, measure.fresh) == ("verify", True)
    assert guide.handle(state, Measured("look", outcome))[1].step == target


def test_an_inconclusive_outcome_counts_as_fixed_where_the_flow_says_so():
    what = {"probe": "gateway", "fixed": ["ok", "not_applicable"]}
    guide = f.engine(f.flow([f.verify("look", what, "good", "bad", "gone"), *ENDS]))
    state, _ = guide.start("main")
    assert guide.handle(state, Measured("look", "not_applicable"))[1].step == "good"


def test_the_check_after_a_fix_knows_what_was_before_and_the_end_names_what_was_fixed():
    steps = [
        f.diagnose("check", {"dns.slow": "fix"}, "gone"),
        f.do("fix", "again", "bad"),
        f.verify("again", {"diagnose": "all", "fixed": ["none"]}, "good", "bad", "gone"),
        *ENDS,
    ]
    guide = f.engine(f.flow(steps))
    state, measure = f.walk(guide, [Measured("check", "dns.slow"), Chosen("fix", "done")])
    assert measure.before == "dns.slow"
    assert guide.handle(state, Measured("again", "none"))[1].cause == "dns.slow"


def test_a_step_named_like_a_probe_is_not_taken_for_its_outcome():
    steps = [
        f.ask("gateway", {"home": "look", "away": "bad"}),
        f.verify("look", {"probe": "gateway", "fixed": ["ok"]}, "good", "bad", "gone"),
        *ENDS,
    ]
    _, measure = f.walk(f.engine(f.flow(steps)), [Chosen("gateway", "home")])
    assert measure.before is None


DECIDING = [
    f.diagnose("check", {}, "choose"),
    f.decide("choose", [({"cause": ["dns.*"], "link": ["ok"]}, "bad"), ({"os": ["linux"]}, "good")], "gone"),
    *ENDS,
]


@pytest.mark.parametrize(
    ("cause", "link", "variant", "case", "target"),
    [
        ("dns.slow", "ok", "linux", "1", "bad"),
        ("dns.slow", "weak", "linux", "2", "good"),
        ("wan.down", "ok", "windows", "else", "gone"),
    ],
)
def test_a_decision_is_taken_silently_and_recorded(cause, link, variant, case, target):
    guide = f.engine(f.flow(DECIDING), variant=variant)
    state, effect = f.walk(guide, [Measured("check", cause, outcomes={"link": link})])
    assert effect.step == target
    assert f.lines(state)[1] == ("main", "choose", "decide", case, "default")


def test_a_fact_that_is_not_known_fits_no_case():
    steps = [f.decide("choose", [({"browser": ["none", "unknown"]}, "bad")], "good"), *ENDS]
    assert f.engine(f.flow(steps)).start("main")[1].step == "good"


INNER = f.flow(
    [
        f.ask("device", {"laptop": "fine", "phone": "odd"}, remember="device"),
        f.end("fine", "resolved", returns="ready"),
        f.end("odd", "unresolved"),
    ],
    name="inner",
    returns=["ready", "unresolved"],
)


@pytest.mark.parametrize(("answer", "target"), [("laptop", "good"), ("phone", "bad")])
def test_a_used_flow_comes_back_with_its_return(answer, target):
    outer = f.flow([f.use("other", "inner", {"ready": "good", "unresolved": "bad"}), *ENDS])
    state, effect = f.walk(f.engine(outer, INNER), [Chosen("device", answer)])
    assert (effect.flow, effect.step) == ("main", target)
    assert [line[1:4] for line in f.lines(state)] == [
        ("other", "use", "inner"),
        ("device", "ask", answer),
        *([("fine", "end", "ready")] if answer == "laptop" else [("odd", "end", "unresolved")]),
    ]


def test_an_end_the_using_flow_has_no_way_for_ends_it_all():
    outer = f.flow([f.use("other", "inner", {"ready": "good"}), *ENDS])
    _, effect = f.walk(f.engine(outer, INNER), [Chosen("device", "phone")])
    assert isinstance(effect, Finish)
    assert (effect.flow, effect.step, effect.outcome) == ("inner", "odd", "unresolved")


def test_nothing_is_asked_twice_across_flows():
    ways = {"laptop": "good", "phone": "bad"}
    outer = f.flow(
        [
            f.use("other", "inner", {"ready": "again", "unresolved": "again"}),
            f.ask("again", ways, remember="device"),
            *ENDS,
        ]
    )
    state, effect = f.walk(f.engine(outer, INNER), [Chosen("device", "phone")])
    assert effect.step == "bad"
    assert f.lines(state)[-1] == ("main", "again", "ask", "phone", "default")


def test_an_answer_that_does_not_fit_there_is_asked_anew():
    outer = f.flow(
        [
            f.use("other", "inner", {"ready": "again", "unresolved": "again"}),
            f.ask("again", {"tv": "good", "radio": "bad"}, remember="device"),
            *ENDS,
        ]
    )
    assert isinstance(f.walk(f.engine(outer, INNER), [Chosen("device", "phone")])[1], Prompt)


def test_a_question_of_the_same_flow_met_again_is_asked_again():
    steps = [
        f.ask("works", {"yes": "good", "no": "works"}, remember="works", at_most=2, exhausted="gone"),
        *ENDS,
    ]
    _, effect = f.walk(f.engine(f.flow(steps)), [Chosen("works", "no")])
    assert isinstance(effect, Prompt)


def test_what_is_known_from_the_start_is_not_asked():
    guide = f.engine(f.flow([f.ask("which", {"metro": "good", "other": "bad"}, remember="service"), *ENDS]))
    assert guide.start("main", {"service": "metro"})[1].step == "good"


def test_a_cap_leads_elsewhere_once_it_is_reached():
    steps = [f.ask("works", {"yes": "good", "no": "works"}, at_most=2, exhausted="gone"), *ENDS]
    state, effect = f.walk(f.engine(f.flow(steps)), [Chosen("works", "no"), Chosen("works", "no")])
    assert effect.step == "gone"
    assert f.lines(state)[-1] == ("main", "works", "ask", "exhausted", "default")


def test_a_question_can_stand_for_a_measurement():
    steps = [f.probe("look", "link", {"ok": "good", "*": "bad"}, **f.instead("ok", "error")), *ENDS]
    guide = f.engine(f.flow(steps))
    state, measure = guide.start("main")
    assert (measure.instead.kind, measure.instead.step, measure.instead.title) == (
        "instead",
        "look",
        "What do you see?",
    )
    after, effect = guide.handle(state, Chosen("look", "says-error"))
    assert effect.step == "bad"
    assert f.lines(after) == [("main", "look", "probe", "error", "person")]
    assert after.facts["link"].value == "error"


def test_a_result_is_fresh_enough_until_something_was_done():
    steps = [
        f.diagnose("check", {}, "look"),
        f.probe("look", "link", {"ok": "fix", "*": "bad"}),
        f.do("fix", "once-more", "bad"),
        f.probe("once-more", "link", {"ok": "third", "*": "bad"}),
        f.probe("third", "link", {"ok": "good", "*": "bad"}),
        *ENDS,
    ]
    guide = f.engine(f.flow(steps))
    state, effect = f.walk(guide, [Measured("check", "none", outcomes={"link": "ok"})])
    assert not effect.fresh
    state, _ = guide.handle(state, Measured("look", "ok"))
    state, effect = guide.handle(state, Chosen("fix", "done"))
    assert effect.fresh
    _, effect = guide.handle(state, Measured("once-more", "ok"))
    assert (effect.step, effect.fresh) == ("third", False)


def test_other_parameters_are_another_measurement():
    steps = [
        f.do("fix", "one", "bad"),
        f.probe("one", "tcp", {"*": "two"}, **{"with": {"port": "80"}}),
        f.probe("two", "tcp", {"*": "good"}, **{"with": {"port": "443"}}),
        *ENDS,
    ]
    _, effect = f.walk(f.engine(f.flow(steps)), [Chosen("fix", "done"), Measured("one", "ok")])
    assert effect.fresh


def test_texts_take_measured_values_and_earlier_answers():
    steps = [
        f.ask("room", {"kitchen": "check", "hall": "check"}),
        f.diagnose("check", {}, "note"),
        f.tell("note", "good", "{room}: {dns_server} is silent. {summary}"),
        *ENDS,
    ]
    values = {"dns_server": "192.0.2.1", "summary": "Use {another}."}
    _, effect = f.walk(
        f.engine(f.flow(steps)), [Chosen("room", "hall"), Measured("check", "x.y", values=values)]
    )
    assert effect.body == "The hall one: 192.0.2.1 is silent. Use {another}."


def test_a_new_diagnosis_forgets_the_words_of_the_old_one():
    steps = [
        f.diagnose("check", {"dns.slow": "check"}, "note", at_most=3, exhausted="bad"),
        f.tell("note", "good", "{summary} Go on."),
        *ENDS,
    ]
    events = [Measured("check", "dns.slow", values={"summary": "Slow names."}), Measured("check", "unknown")]
    assert f.walk(f.engine(f.flow(steps)), events)[1].body == "Go on."


ASKING = f.flow(
    [
        f.ask("colour", {"red": "look", "blue": "bad"}),
        f.probe("look", "link", {"ok": "good", "*": "bad"}),
        *ENDS,
    ]
)


@pytest.mark.parametrize(
    ("before", "event", "error"),
    [
        ([], Chosen("other", "red"), WrongStep),
        ([], Chosen("colour", "green"), UnknownChoice),
        ([], Measured("colour", "ok"), WrongStep),
        ([Chosen("colour", "red")], Chosen("look", "ok"), WrongStep),
        ([Chosen("colour", "red")], Measured("colour", "ok"), WrongStep),
        ([Chosen("colour", "blue")], Chosen("bad", "next"), WrongStep),
        ([Chosen("colour", "blue")], Measured("bad", "ok"), WrongStep),
        ([], WentBack(), EngineError),
        ([Chosen("colour", "red")], WentBack(7), EngineError),
        ([Chosen("colour", "red")], WentBack(-1), EngineError),
    ],
)
def test_impossible_events_are_refused_and_change_nothing(before, event, error):
    guide = f.engine(ASKING)
    state, effect = f.walk(guide, before)
    with pytest.raises(error):
        guide.handle(state, event)
    assert state == f.walk(guide, before)[0]
    assert state.pending == effect


def test_unknown_flows_and_steps_are_named():
    with pytest.raises(UnknownFlow, match="nowhere"):
        f.engine(ASKING).start("nowhere")
    with pytest.raises(UnknownFlow, match="missing"):
        f.engine(f.flow([f.tell("note", "missing")])).handle(
            f.engine(f.flow([f.tell("note", "missing")])).start("main")[0], Chosen("note", "next")
        )


def test_a_circle_without_a_question_is_stopped():
    circle = f.flow(
        [
            f.decide("one", [({"os": ["none"]}, "two")], "two"),
            f.decide("two", [({"os": ["none"]}, "one")], "one"),
        ]
    )
    with pytest.raises(EndlessFlow):
        f.engine(circle).start("main")
    itself = f.flow([f.use("self", "main", {"resolved": "good"}), *ENDS])
    with pytest.raises(EndlessFlow):
        f.engine(itself).start("main")


def test_an_engine_takes_any_mapping_of_flows():
    assert Engine({"main": ASKING}, "macos").start("main")[0].facts["os"].value == "macos"
