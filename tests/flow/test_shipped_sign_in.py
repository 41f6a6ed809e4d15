"""The sign-in half of the shipped flows, walked by the real engine."""

import random
import re
import statistics

import pytest

from tests.flow.vocabulary import CAUSES, ROOT, SPECS
from tshoot.flow.graph import step_edges
from tshoot.flow.loader import load_flows
from tshoot.flow.model import AskStep, DoStep, EndStep, UseStep
from tshoot.flow.rules.texts import texts_of
from tshoot.guide.engine import Engine
from tshoot.guide.judging import given
from tshoot.guide.model import Chosen, Finish, Measure, Measured

FLOWS = load_flows([ROOT / "flows"])
MINE = ("start", "credentials", "recovery", "security", "support")

# advice-index.md, table d5, rows TRI, CRD, REC, SEC and SUP.
WANTED = {
    "start": "A1 A2 A5 A7 A8 A9 A10 A30 A61 A62 A63 A94 A95 B1 B2 B4 B5 B7 B8 B14 B31 B48 B64 "
    "B65 C1 C6 C7 C15",
    "credentials": "A9 A10 A18 A19 A20 A38 A39 A40 A41 A46 A52 A53 A56 A57 A58 A59 A60 A61 A69 A70 A71 A88 "
    "B2 B5 B6 B9 B11 B13 B15 B16 B17 B18 B19 B23 B26 B28 B34 B35 B59 C1 C3 C4 C5 C6 C8 C11 C12 C13 C14 "
    "C15 C16 C18 C21",
    "recovery": "A88 A89 A90 A92 A93 B9 B17 B26 B27 B28 B29 B30 C16 C17 C18 C19 C20 C21 C22",
    "security": "A21 A34 A35 A44 A47 A48 A49 A78 A79 A80 A81 A82 A83 A84 A85 A86 A87 A88 A89 A90 A91 A92 A93 "
    "A96 B3 B13 B14 B21 B47 B53 C2 C3 C6 C9 C10 C20 C25 C26 C27",
    "support": "A7 A8 A54 A56 A59 A61 A93 B7 B10 B30 B43 B44 B45 B46 B47 B48 B49 B50 B51 B52 B53 B65 B66 C22",
}
SIZES = {"start": 28, "credentials": 53, "recovery": 19, "security": 39, "support": 24}
GOOD = {
    "http": "ok",
    "tls": "ok",
    "tls_others": "ok",
    "internet": "ok",
    "clock": "ok",
    "gateway": "ok",
    "link": "ok",
}


def steps(flow):
    return {step.id: step for step in FLOWS.get(flow).steps}


def walk(answers, outcomes=(), *, start="start", cause="none", known=None, asked=False, limit=60):
    """From the start to the end: the first answer that is offered at each question, ``done`` for actions.

    Gives the end, the ids of the questions asked, and the state.
    """
    guide = Engine(FLOWS.flows, "linux")
    results, left, questions = {**GOOD, **dict(outcomes)}, list(answers), []
    state, effect = guide.start(start, known)
    for _ in range(limit):
        if isinstance(effect, Finish):
            assert left == [], f"not reached: {left}"
            return effect, questions, state
        if isinstance(effect, Measure) and not (asked and effect.instead):
            outcome = cause if effect.probe is None else results.get(effect.probe, "skipped")
            state, effect = guide.handle(state, Measured(effect.step, outcome))
            continue
        prompt = effect.instead if isinstance(effect, Measure) else effect
        choice = {"do": "done", "tell": "next", "wait": "go-on"}.get(prompt.kind)
        if choice is None:
            questions.append(prompt.step)
            choice = left.pop(0)
        state, effect = guide.handle(state, given(prompt, choice))
    raise AssertionError("no end")


# ------------------------------------------------------------------ what the guides want


@pytest.mark.parametrize("flow", MINE)
def test_every_guide_item_of_the_flow_is_carried_by_a_step(flow):
    wanted = WANTED[flow].split()
    assert len(wanted) == SIZES[flow]
    cited = {item for step in FLOWS.get(flow).steps for item in step.cite}
    assert [item for item in wanted if item not in cited] == []


def test_the_list_of_advice_is_whole_and_nearly_nothing_is_waived():
    from tshoot.catalog.advice import load_advice

    items = load_advice().items
    numbers = [
        f"{letter}{n}" for letter, last in (("A", 96), ("B", 66), ("C", 27)) for n in range(1, last + 1)
    ]
    assert list(items) == numbers
    assert {item.guide for item in items.values()} == {
        "internet-account-login",
        "account-access",
        "metro-login",
    }
    assert all(item.section and 20 <= len(item.text) <= 200 for item in items.values())
    assert len({item.text for item in items.values()}) == len(items)
    assert sum(bool(item.waived) for item in items.values()) <= 12


@pytest.mark.parametrize(
    ("item", "word"), [("B5", "bill"), ("B8", "offers"), ("B49", "T-Mobile store|Go to a store")]
)
def test_a_step_that_cites_an_item_speaks_of_it(item, word):
    citing = [step for flow in MINE for step in FLOWS.get(flow).steps if item in step.cite]
    assert citing
    silent = [
        step.id for step in citing if not re.search(word, " ".join(text for _, text in texts_of(step)), re.I)
    ]
    assert silent == []


# ------------------------------------------------------------------ a forgotten Metro password


def test_a_forgotten_metro_password_is_solved_in_four_questions():
    finish, questions, state = walk(["metro", "forgot-password", "text", "yes"])
    assert questions == ["which-service", "metro-fails", "metro-reach", "let-in-now"]
    assert (finish.flow, finish.step, finish.outcome) == ("recovery", "back-in", "resolved")
    done = [taken.step for taken in state.transcript if taken.kind == "do"]
    assert done == ["metro-password"]


def test_a_forgotten_metro_password_without_phone_and_mail_ends_at_a_person():
    finish, questions, _ = walk(["metro", "forgot-password", "neither"])
    assert len(questions) == 3
    assert (finish.flow, finish.step) == ("recovery", "prove-in-person")
    assert {"store", "phone"} <= set(finish.help)


def test_who_names_metro_at_the_start_is_not_asked_for_the_service():
    finish, questions, _ = walk(["forgot-password", "e-mail", "yes"], known={"service": "metro"})
    assert questions[0] == "metro-fails"
    assert finish.step == "back-in"


def test_metros_page_is_checked_and_not_that_of_t_mobile():
    _, _, state = walk(["metro", "forgot-password", "text", "yes"])
    checks = [taken for taken in state.transcript if taken.kind == "verify"]
    assert [taken.step for taken in checks] == ["metro-page-after"]
    verify = steps("recovery")["metro-page-after"].verify
    assert dict(verify.with_) == {"target": "metro"}


def test_a_metro_page_that_is_down_is_not_blamed_on_the_password():
    finish, _, _ = walk(["metro", "refused"], {"http": "server_error"})
    assert (finish.flow, finish.step, finish.outcome) == ("credentials", "site-down", "handed_over")


# ------------------------------------------------------------------ four secrets apart (X3)


def test_the_first_question_of_credentials_tells_the_four_secrets_apart():
    finish, questions, _ = walk(["gateway-admin"], start="credentials")
    assert questions == ["which-secret"]
    assert (finish.flow, finish.step) == ("credentials", "gateway-next")
    options = [option.id for option in steps("credentials")["which-secret"].options]
    assert options == ["wifi", "gateway-admin", "account", "metro", "unsure"]


@pytest.mark.parametrize(
    ("secret", "answers", "end"),
    [
        ("gateway-admin", [], "gateway-next"),
        ("wifi", ["as-on-label", "yes"], "wifi-solved"),
        ("account", ["refused", "once", "yes"], "solved"),
        ("metro", ["refused", "once", "yes"], "solved"),
    ],
)
def test_each_secret_has_its_own_way(secret, answers, end):
    finish, _, state = walk([secret, *answers], start="credentials")
    assert finish.step == end
    walked = {taken.step for taken in state.transcript}
    ways = {"gateway-admin": {"gateway-admin"}, "wifi": {"join-wifi"}, "account": {"type-account"}}
    ways["metro"] = {"type-metro"}
    for other, marks in ways.items():
        assert marks <= walked if other == secret else not marks & walked, other


def test_the_place_tells_the_secret_where_a_person_is_not_sure():
    for place, end in {"wifi": "wifi-solved", "gateway-admin": "gateway-next"}.items():
        answers = ["as-on-label", "yes"] if place == "wifi" else []
        assert walk(["unsure", place, *answers], start="credentials")[0].step == end


# ------------------------------------------------------------------ tries are counted (X15)


@pytest.mark.parametrize("product", ["account", "metro"])
@pytest.mark.parametrize("tries", ["often", "unsure"])
def test_after_several_tries_nobody_is_told_to_try_again(product, tries):
    _, _, state = walk([product, "refused", tries, "both", "yes"])
    walked = [taken.step for taken in state.transcript]
    assert "stop-trying" in walked
    assert not {"type-account", "type-metro"} & set(walked)


def test_a_second_refusal_leads_to_a_new_password_and_not_to_a_third_try():
    _, _, state = walk(["account", "refused", "once", "no", "text", "yes"])
    walked = [taken.step for taken in state.transcript]
    assert walked.count("type-account") == 1
    assert walked.index("type-account") < walked.index("new-password")


def test_a_lock_has_no_length_and_somebody_elses_tries_are_urgent():
    finish, _, _ = walk(["account", "locked", "not-mine", "intruder", "no"])
    assert (finish.flow, finish.step) == ("security", "call-now")
    _, _, state = walk(["account", "locked", "mine", "yes"])
    waited = [taken.step for taken in state.transcript if taken.kind == "wait"]
    assert waited == ["let-it-rest"]
    for step in FLOWS.get("recovery").steps:
        for place, text in texts_of(step):
            assert not any(word in text.lower() for word in (" minutes", " hours", " hour ")), (
                step.id,
                place,
            )  # X4


# ------------------------------------------------------------------ no reset for an account problem (X5)


@pytest.mark.parametrize("flow", MINE)
def test_no_sign_in_flow_has_a_destructive_step_or_offers_a_factory_reset(flow):
    for step in FLOWS.get(flow).steps:
        assert not (isinstance(step, DoStep) and step.risk == "destructive"), step.id
        assert not (isinstance(step, UseStep) and step.use == "reset"), step.id
        if isinstance(step, DoStep):
            said = " ".join(text for _, text in texts_of(step)).lower()
            assert "factory" not in said, step.id
            assert "reset" not in said, step.id


def test_no_account_answer_at_the_start_leads_to_the_reset_flow():
    start = steps("start")
    for question in ("account-fails", "metro-fails"):
        todo, seen = [question], set()
        while todo:
            here = start[todo.pop()]
            if here.id not in seen:
                seen.add(here.id)
                todo += [edge.target for edge in step_edges(here)]
        used = {start[name].use for name in seen if isinstance(start[name], UseStep)}
        assert not {"reset"} & used
        assert {"credentials", "recovery"} <= used


# ------------------------------------------------------------------ warnings and addresses (X2)


def test_a_warning_is_accepted_only_at_the_own_gateway():
    fine, _, _ = walk(["warning", "own-gateway", "same"], start="security")
    assert (fine.step, fine.outcome) == ("gateway-warning", "not_applicable")
    for answers, outcomes in (
        (["warning", "own-gateway", "differs"], {}),
        (["warning", "own-gateway"], {"gateway": "dead"}),
        (["warning", "own-gateway"], {"gateway": "not_applicable"}),
        (["warning", "website"], {}),
        (["warning", "unsure"], {"tls_others": "untrusted"}),
        (["page", "typed", "t-mobile.com"], {"tls": "untrusted"}),
        (["page", "typed", "cannot", "ends-t-mobile"], {"tls": "untrusted"}),
        (["page", "sent", "https://www.metrobyt-mobile.com/"], {"tls": "expired"}),
    ):
        finish, _, _ = walk(answers, outcomes, start="security")
        assert finish.outcome == "stopped_for_safety", answers


@pytest.mark.parametrize(
    "found",
    [["search", "https://t-mobi1e.com/"], ["typed", "cannot", "nearly"], ["sent", "t-mobile-login.com"]],
)
def test_a_look_alike_where_something_was_typed_is_urgent(found):
    finish, _, state = walk(["page", *found, "yes", "yes"], start="security")
    assert "shut-out" in [taken.step for taken in state.transcript]
    assert (finish.step, finish.outcome) == ("call-too", "handed_over")
    finish, _, _ = walk(["page", *found, "no"], start="security")
    assert (finish.step, finish.outcome) == ("not-genuine", "stopped_for_safety")


def test_a_genuine_address_is_proved_at_its_own_website():
    for address, service in (("www.t-mobile.com/x", "t-mobile"), ("metrobyt-mobile.com", "metro")):
        _, _, state = walk(["page", "search", address], start="security")
        probe = next(taken.step for taken in state.transcript if taken.kind == "probe")
        assert steps("security")[probe].with_ == {"target": service}


def test_the_closing_checklist_names_device_and_account():
    finish, _, state = walk(["checklist"], start="security")
    assert finish.outcome == "resolved"
    assert [taken.step for taken in state.transcript if taken.kind == "tell"] == [
        "device-list", "device-guests", "account-list",
    ]  # fmt: skip


@pytest.mark.parametrize("reason", ["http://t-mobile.com", "https://t-mobile.com:8443"])
def test_a_genuine_name_that_is_written_otherwise_is_never_called_safe_to_sign_in(reason):
    finish, _, state = walk(["page", "search", reason], start="security")
    assert finish.step == "type-it-anew"
    assert "probe" not in {taken.kind for taken in state.transcript}
    assert "sign in there" not in finish.summary


# ------------------------------------------------------------------ where it goes on


def test_a_flow_that_is_named_as_the_next_one_exists():
    titles = {flow.title for flow in FLOWS.flows.values()}
    named = [
        (flow.flow, step.id, title)
        for flow in FLOWS.flows.values()
        for step in flow.steps
        if isinstance(step, EndStep)
        for title in re.findall(r'[Cc]hoose "([^"]+)" next', step.say or "")
    ]
    assert len(named) >= 12
    assert [item for item in named if item[2] not in titles] == []


def test_no_end_promises_to_go_on_by_itself():
    # What the connection check hands back is another file's concern.
    flows = [flow for name, flow in FLOWS.flows.items() if name != "connectivity"]
    ends = [step for flow in flows for step in flow.steps if isinstance(step, EndStep)]
    assert [step.id for step in ends if "goes on from here" in (step.say or "")] == []


# ------------------------------------------------------------------ channels that work now (X14)


@pytest.mark.parametrize("outcome", ["dead", "no_route", "timeout"])
def test_without_internet_only_phone_and_store_are_offered(outcome):
    finish, questions, _ = walk(["call"], {"internet": outcome}, start="support")
    assert questions == ["without-internet"]
    assert set(finish.help) == {"phone", "store"}
    assert {option.id for option in steps("support")["without-internet"].options} == {
        "call",
        "store",
        "unsure",
    }


def test_metro_is_sent_to_metros_support():
    finish, _, _ = walk(["call"], start="support", known={"service": "metro"})
    assert finish.step == "metro-call"


# ------------------------------------------------------------------ the way in


@pytest.mark.parametrize("cause", ["dns.unreachable", "wan.down", "vpn.dead", "portal.captive"])
def test_a_broken_network_goes_to_the_connection_before_any_question(cause):
    guide = Engine(FLOWS.flows, "linux")
    state, effect = guide.start("start")
    state, effect = guide.handle(state, Measured(effect.step, cause))
    assert isinstance(effect, Measure)
    assert (effect.flow, effect.step, effect.fresh) == ("connectivity", "check", False)


@pytest.mark.parametrize("cause", [*CAUSES, "none", "unknown"])
def test_every_headline_has_a_way_that_asks_no_password_questions_before_the_network_is_proven(cause):
    guide = Engine(FLOWS.flows, "linux")
    state, effect = guide.start("start")
    _, effect = guide.handle(state, Measured(effect.step, cause))
    if cause == "none":
        assert effect.step == "which-service"
    else:
        assert effect.step in {"check", "small-fault", "ask-whose-site"}


def test_the_words_of_the_used_flow_reach_the_person():
    finish, _, _ = walk(["metro", "forgot-password", "neither"])
    said = steps("recovery")["prove-in-person"].say
    assert finish.summary == said


@pytest.mark.parametrize("flow", MINE)
def test_the_median_walk_asks_at_most_seven_questions(flow):
    dice, counts = random.Random(7), []
    for _ in range(200):
        guide = Engine(FLOWS.flows, "linux")
        state, effect = guide.start(flow)
        asked = 0
        while not isinstance(effect, Finish):
            if isinstance(effect, Measure):
                good = (
                    "none" if effect.probe is None else dice.choice(list(SPECS[effect.probe].all_outcomes()))
                )
                event = Measured(effect.step, good)
            else:
                asked += effect.kind in {"ask", "address"}
                event = Chosen(effect.step, dice.choice(effect.choices).id)
            state, effect = guide.handle(state, event)
        counts.append(asked)
    assert statistics.median(counts) <= 7
    assert max(counts) > 0


@pytest.mark.parametrize("flow", MINE)
def test_every_end_has_a_next_step_and_texts_fit_a_small_screen(flow):
    for step in FLOWS.get(flow).steps:
        if isinstance(step, EndStep) and step.end != "resolved":
            assert step.help, step.id
        if isinstance(step, AskStep):
            last = step.options[-1]
            assert last.id == "unsure" or "not sure" in last.label, step.id
        for place, text in texts_of(step):
            assert len(text) <= 320, (step.id, place)
