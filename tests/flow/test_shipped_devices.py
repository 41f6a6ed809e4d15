"""The flows for browser, VPN, reset, the gateway's page and the app, walked by the real engine."""

import random
import re
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.flow.device_walks import FLOWS, MINE, SIZES, WANTED, reached_without, steps, walk
from tests.flow.vocabulary import CAUSES, ROOT, SPECS
from tshoot.flow.lint import lint_flows
from tshoot.flow.model import AskStep, DoStep, EndStep, ProbeStep, VerifyStep, WatchStep
from tshoot.flow.reading import FEWEST_WORDS, reading_of
from tshoot.flow.rules.texts import texts_of
from tshoot.guide.engine import Engine
from tshoot.guide.model import Chosen, Finish, Measure, Measured, Watch

# ------------------------------------------------------------------ what the guides want, how it reads


@pytest.mark.parametrize("flow", MINE)
def test_every_guide_item_of_the_flow_is_carried_by_a_step(flow):
    wanted = WANTED[flow].split()
    assert len(wanted) == SIZES[flow]
    cited = {item for step in FLOWS.get(flow).steps for item in step.cite}
    assert [item for item in wanted if item not in cited] == []


def test_they_lint_clean():
    from tshoot.diagnosis.values import VALUES

    problems = lint_flows(FLOWS, SPECS, CAUSES, VALUES | {"summary", "next"})
    mine = {FLOWS.files[flow].document.file for flow in MINE}
    assert [problem for problem in problems if problem.file in mine] == []


@pytest.mark.parametrize("flow", MINE)
def test_texts_are_easy(flow):
    grades = []
    for step in FLOWS.get(flow).steps:
        reading = reading_of(text for place, text in texts_of(step) if place[0] != "agent")
        if reading.words >= FEWEST_WORDS:
            grades.append(reading.grade)
            assert reading.grade <= 10, step.id
        for place, text in texts_of(step):
            assert len(text) <= 320, (step.id, place)
    assert statistics.median(grades) <= 8


@pytest.mark.parametrize("flow", MINE)
def test_every_action_is_checked_or_asked_about_and_every_end_has_help(flow):
    for step in FLOWS.get(flow).steps:
        if isinstance(step, EndStep) and step.say:
            assert step.help or step.end == "resolved", step.id
        if isinstance(step, AskStep):
            assert any(option.id == "unsure" for option in step.options), step.id
        if isinstance(step, ProbeStep | VerifyStep | WatchStep):
            assert step.ask_instead is not None, step.id
        if isinstance(step, DoStep):
            after = steps(flow)[step.then.done]
            assert isinstance(after, VerifyStep | WatchStep | AskStep | DoStep), step.id


@pytest.mark.parametrize("flow", MINE)
def test_no_address_of_a_gateway_no_hold_time_and_no_light_color(flow):
    for step in FLOWS.get(flow).steps:
        for place, text in texts_of(step):
            assert not re.search(r"\b192\.168\.|\b10\.\d|\b172\.\d", text), (step.id, place)  # X1
            assert not re.search(r"\b(green|red|blue|amber|white|yellow)\b", text, re.I), (step.id, place)
            assert not re.search(r"(hold|press)[^.]*\bseconds", text, re.I), (step.id, place)  # X18


@pytest.mark.parametrize("flow", MINE)
def test_the_median_walk_asks_at_most_seven_questions(flow):
    dice, counts = random.Random(11), []
    for _ in range(200):
        guide = Engine(FLOWS.flows, "linux")
        state, effect = guide.start(flow)
        asked = 0
        while not isinstance(effect, Finish):
            if isinstance(effect, Measure | Watch):
                allowed = ["none"] if effect.probe is None else list(SPECS[effect.probe].all_outcomes())
                event = Measured(effect.step, dice.choice(allowed))
            else:
                asked += effect.kind == "ask"
                event = Chosen(effect.step, dice.choice(effect.choices).id)
            state, effect = guide.handle(state, event)
        counts.append(asked)
    assert statistics.median(counts) <= 7
    assert max(counts) > 0


@settings(max_examples=250, deadline=None)
@given(
    st.sampled_from(MINE), st.sampled_from(["linux", "windows", "macos"]), st.randoms(use_true_random=False)
)
def test_whatever_happens_the_flow_ends(flow, system, dice):
    guide = Engine(FLOWS.flows, system)
    state, effect = guide.start(flow)
    for _ in range(400):
        if isinstance(effect, Finish):
            assert effect.summary
            return
        if isinstance(effect, Measure | Watch):
            allowed = (
                [*CAUSES, "none", "unknown"]
                if effect.probe is None
                else list(SPECS[effect.probe].all_outcomes())
            )
            event = Measured(effect.step, dice.choice(allowed))
        else:
            event = Chosen(effect.step, dice.choice(effect.choices).id)
        state, effect = guide.handle(state, event)
    raise AssertionError("no end")


# ------------------------------------------------------------------ destructive steps (X5)


def test_only_the_reset_destroys_anything():
    destructive = [
        (name, step.id)
        for name, flow in FLOWS.flows.items()
        for step in flow.steps
        if isinstance(step, DoStep) and step.risk == "destructive"
    ]
    assert destructive == [("reset", "reset-now")]
    users = {
        name
        for name, flow in FLOWS.flows.items()
        for step in flow.steps
        if getattr(step, "use", None) == "reset"
    }
    assert users <= {"gateway-login"}


@pytest.mark.parametrize("guard", ["sure-to-reset", "label-noted", "started", "trouble-gone"])
def test_the_reset_is_reached_only_past_each_guard(guard):
    assert "reset-now" in reached_without("reset", set())
    assert "reset-now" not in reached_without("reset", {guard})


def test_only_a_clear_yes_resets():
    options = {option.id: option.then for option in steps("reset")["sure-to-reset"].options}
    assert [name for name, then in options.items() if then == "reset-now"] == ["erase"]
    assert "drops" in steps("reset")["sure-to-reset"].say
    assert "drops" in steps("reset")["reset-now"].loses


@pytest.mark.parametrize("reason", ["account", "offline", "unsure"])
def test_no_reset_for_an_account_or_the_internet(reason):
    finish, _ = walk("reset", [reason])
    assert finish.outcome == "not_applicable"
    assert "Don't reset" in finish.summary


def test_a_restart_that_helps_ends_before_the_reset():
    finish, walked = walk("reset", ["gateway-password", "tried", "yes"])
    assert (finish.step, finish.outcome) == ("restart-was-enough", "resolved")
    assert walked[-5:-1] == ["restart", "coming-back", "started", "trouble-gone"]


def test_a_gateway_that_has_just_started_is_not_restarted_again():
    _, walked = walk("reset", ["stuck", "yes"], {"gateway_uptime": "settling"})
    assert "let-it-start" in walked
    assert "restart" not in walked


def test_a_whole_reset_ends_with_a_new_admin_password_and_online():
    answers = ["gateway-password", "tried", "no", "erase", "from-label"]
    finish, walked = walk("reset", answers, {"gateway_uptime": "fresh"})
    assert (finish.step, finish.outcome) == ("reset-done", "resolved")
    assert walked.index("label-noted") < walked.index("sure-to-reset") < walked.index("reset-now")
    assert walked.index("new-password") < walked.index("online-again")


def test_the_wifi_name_of_the_label_is_not_asked_where_the_computer_tells_it():
    answers = ["gateway-password", "tried", "no", "erase"]
    finish, walked = walk("reset", answers, {"gateway_uptime": "not_told", "wifi_name": "factory"})
    assert finish.step == "reset-done"
    assert "label-name-shown" not in walked
    _, walked = walk("reset", [*answers, "from-label"], {"gateway_uptime": "fresh", "wifi_name": "own"})
    assert "label-name-shown" in walked


def test_a_reset_that_did_not_happen_is_seen_by_the_uptime_and_tried_once_more_only():
    answers = ["told-to", "no", "erase", "again"]
    finish, walked = walk("reset", answers, {"gateway_uptime": "running"})
    assert walked.count("reset-now") == 2
    assert finish.step == "ask-support"


# ------------------------------------------------------------------ the gateway's page


def test_the_usual_way_to_the_gateways_page():
    finish, walked = walk("gateway-login", ["fields", "inside"])
    assert (finish.step, finish.outcome) == ("signed-in-well", "resolved")
    assert walked[:4] == ["look", "which-box", "open-page", "page-shows"]


def test_the_address_is_that_of_the_route():
    assert any("{gateway}" in line for line in steps("gateway-login")["open-page"].how)


@pytest.mark.parametrize(
    ("answers", "radio", "end"),
    [
        (["warning", "name"], "registered", "stop-at-warning"),
        (["warning", "unsure"], "registered", "stop-at-warning"),
        (["unsure", "warning", "numbers"], "not_recognised", "stop-at-warning"),
        (["other"], "not_recognised", "not-your-box"),
    ],
)
def test_a_warning_is_a_stop_anywhere_but_at_the_own_box(answers, radio, end):
    finish, walked = walk("gateway-login", answers, {"gateway_radio": radio})
    assert finish.step == end
    assert "accept-warning" not in walked


def test_a_warning_of_the_own_gateway_is_no_stop():
    _, walked = walk("gateway-login", ["warning", "numbers", "inside"])
    assert "accept-warning" in walked


def test_a_hotspot_of_ones_own_needs_an_answering_box():
    answers = ["hotspot", "warning", "numbers"]
    _, walked = walk("gateway-login", [*answers, "inside"], {"gateway_radio": "not_recognised"})
    assert "accept-warning" in walked
    outcomes = {"gateway_radio": "not_recognised", "gateway": "dead"}
    assert walk("gateway-login", answers, outcomes)[0].step == "stop-at-warning"


def test_a_missing_signal_does_not_send_anybody_to_move_the_gateway():
    _, walked = walk("gateway-login", ["fields", "inside"], {"gateway_radio": "no_service"})
    assert walked[2:4] == ["no-signal", "open-page"]  # X11


def test_tries_are_counted_then_paused_then_left():
    answers = ["fields", "refused", "wifi-key", "refused", "label", "refused", "changed", "no", "app"]
    finish, walked = walk("gateway-login", answers)
    assert walked.count("sign-in") == 3 + 1  # the fourth time it is exhausted
    assert walked.index("pause-tries") > walked.index("which-used")
    assert finish.step == "by-app"


def test_the_reset_is_used_only_when_chosen():
    answers = ["fields", "too-many", "cannot", "reset", "tried", "yes"]
    finish, walked = walk("gateway-login", answers)
    assert "restart-was-enough" in walked
    assert finish.step == "after-reset"
    _, walked = walk("gateway-login", ["fields", "too-many", "no", "reset", "keep"])
    assert "restart" not in walked  # the gateway was restarted for its page just before
    finish, walked = walk("gateway-login", ["fields", "too-many", "no", "unsure"])
    assert (finish.step, "why-reset" in walked) == ("by-app", False)


def test_a_vpn_that_hides_the_gateway_is_found_before_the_browser_is_suspected():
    _, walked = walk(
        "gateway-login", ["nothing", "fields", "inside"], {"vpn": "active"}, at_verify={"vpn": "none"}
    )
    assert "vpn-first" in walked
    assert "try-another-browser" not in walked


@pytest.mark.parametrize(
    ("cause", "first"),
    [
        ("link.down", "right-network"),
        ("address.self_assigned", "own-settings"),
        ("gateway.unreachable", "gateway-power"),
    ],
)
def test_the_network_comes_before_the_page(cause, first):
    _, walked = walk("gateway-login", ["fields", "inside"], cause=cause)
    assert walked[1] == first


# ------------------------------------------------------------------ the app


def test_an_app_from_elsewhere_is_a_stop():
    for answer in ("different", "unsure"):
        finish, _ = walk("app", ["android", "odd", answer])
        assert (finish.step, finish.outcome) == ("false-app", "stopped_for_safety")


def test_the_app_takes_the_account_and_leads_to_its_help():
    finish, walked = walk("app", ["iphone", "sign-in", "refused", "once", "yes"])
    assert walked.index("right-login") < walked.index("use-credentials")
    assert (finish.step, finish.outcome) == ("good-after-sign-in", "resolved")


def test_a_sign_in_that_only_the_app_refuses_is_not_explained_over_and_over():
    answers = ["iphone", "sign-in", "only-app", "sign-in", "sign-in", "yes"]
    finish, walked = walk("app", answers)
    assert walked.index("update-app") < walked.index("reinstall")
    assert (walked.count("right-login"), finish.step) == (1, "in-by-website")


def test_update_comes_before_installing_anew():
    _, walked = walk("app", ["android", "crashes", "no", "yes"])
    assert walked.index("update-app") < walked.index("reinstall")


def test_nobody_is_told_to_clear_the_data_of_the_app():
    for step in FLOWS.get("app").steps:
        for place, text in texts_of(step):
            wrong = re.search(r"clear (?:the )?(?:app )?(?:storage|data)", text, re.I)
            assert not wrong or place[0] == "agent", step.id  # X6


@pytest.mark.parametrize(("outcome", "end"), [("ok", "gateway-page"), ("dead", "gateway-gone")])
def test_the_page_is_checked_before_anybody_is_sent_there(outcome, end):
    assert walk("app", ["iphone", "find", "advanced"], {"gateway": outcome})[0].step == end


def test_a_server_that_is_down_changes_nothing_on_the_phone():
    finish, walked = walk("app", ["no"], {"http": "server_error"})
    assert finish.step == "servers-down"
    assert not [name for name in walked if isinstance(steps("app")[name], DoStep)]


# ------------------------------------------------------------------ with a caller


@pytest.mark.parametrize(
    ("flow", "answers", "end"),
    [
        ("vpn", ["vpn-on", "mine", "gone", "yes", "works"], "good"),
        ("browser", ["no", "yes", "no", "chrome", "yes", "round", "yes", "yes"], "good"),
        ("reset", ["gateway-password", "tried", "longer", "yes", "yes", "yes"], "restart-was-enough"),
        ("gateway-login", ["joined", "yes", "fields", "yes", "inside"], "signed-in-well"),
        ("app", ["yes", "android", "crashes", "yes", "yes"], "good"),
    ],
)
def test_without_any_measurement_questions_take_its_place(flow, answers, end):
    finish, _ = walk(flow, answers, asked=True)
    assert finish.step == end


# ------------------------------------------------------------------ the flows' own cases


@pytest.mark.parametrize("flow", MINE)
def test_the_flows_own_cases_end_as_written(flow):
    from tshoot.guide.cases import read_cases, run_case

    cases = read_cases(ROOT / "flows" / "cases" / f"{flow}.yaml", FLOWS.flows)
    assert len(cases) >= 3
    assert {case.name: run_case(case, FLOWS.flows).fault for case in cases} == {
        case.name: "" for case in cases
    }
