"""The flows for the browser and for VPN and proxy, as shipped."""

import pytest

from tests.flow.device_walks import FLOWS, reached_without, steps, walk
from tshoot.flow.model import DoStep
from tshoot.guide.engine import Engine
from tshoot.guide.model import Chosen, Measure, Measured

# ------------------------------------------------------------------ browser


def test_this_websites_data_go_before_all_data_on_every_path():
    assert "clear-all" in reached_without("browser", set())
    assert "clear-all" not in reached_without("browser", {"clear-this-site"})
    assert "clear-all" not in reached_without("browser", {"clear-possible"})


@pytest.mark.parametrize("step", ["private-window", "clear-this-site", "extensions-off", "clear-all"])
def test_each_browser_has_its_own_instructions(step):
    browsers = {option.id for option in steps("browser")["which-browser"].options} - {"unsure"}
    assert set(steps("browser")[step].how) == browsers
    alike = 1 if step == "extensions-off" else 0  # Chrome and Edge are built alike there
    assert len({" ".join(how) for how in steps("browser")[step].how.values()}) == len(browsers) - alike


def test_the_browser_named_chooses_the_instructions_even_in_a_later_flow():
    guide = Engine(FLOWS.flows, "windows")
    state, effect = guide.start("browser", {"browser": "phone-safari"})
    while not (not isinstance(effect, Measure) and effect.step == "private-window"):
        if isinstance(effect, Measure):
            event = Measured(effect.step, "ok")
        else:
            event = Chosen(effect.step, {"what-happens": "blank"}[effect.step])
        state, effect = guide.handle(state, event)
    assert effect.instructions == steps("browser")["private-window"].how["phone-safari"]


@pytest.mark.parametrize("outcome", ["server_error", "hop_down", "reset", "closed"])
def test_a_website_that_is_down_is_never_blamed_on_the_browser(outcome):
    finish, walked = walk("browser", [], {"http": outcome})
    assert (finish.step, walked) == ("site-down", ["certificate", "site", "site-down"])


@pytest.mark.parametrize(("cause", "end"), [("dns.unreachable", "not-online"), ("unknown", "not-online")])
def test_an_unanswered_website_is_no_reason_to_look_at_the_browser(cause, end):
    assert walk("browser", [], {"http": "timeout"}, cause=cause)[0].step == end


def test_a_bad_certificate_stops_unless_the_clock_is_wrong():
    assert walk("browser", [], {"tls": "wrong_host"})[0].outcome == "stopped_for_safety"
    assert walk("browser", [], {"tls": "expired"})[0].outcome == "stopped_for_safety"
    _, walked = walk(
        "browser",
        ["unsure", "no-button", "yes"],
        {"tls": "expired", "clock": "wrong"},
        at_verify={"tls": "ok"},
    )
    assert "set-clock" in walked


def test_an_old_browser_is_updated_before_anything_is_deleted():
    _, walked = walk(
        "browser", ["firefox", "yes"], {"browsers": "outdated"}, at_verify={"browsers": "current"}
    )
    assert "age-of-firefox" in walked
    assert not {"private-window", "clear-this-site"} & set(walked)


@pytest.mark.parametrize("age", ["current", "unknown", "none_found", "error"])
def test_a_browser_of_recent_or_unknown_age_is_not_called_old(age):
    _, walked = walk("browser", ["chrome", "round", "yes"], {"browsers": age})
    assert "update-browser" not in walked


def test_a_filter_that_keeps_a_part_back_is_paused_before_the_browser_is_suspected():
    outcomes = {"sign_in_chain": "part_down"}
    finish, walked = walk("browser", ["yes"], outcomes, at_verify={"sign_in_chain": "ok"})
    assert walked[-4:] == ["let-parts-in", "parts-in", "parts-result", "filter-found"]
    assert finish.outcome == "resolved"
    _, walked = walk("browser", ["cannot", "edge", "round", "yes"], outcomes)
    assert walked.index("let-parts-in") < walked.index("which-browser")


def test_a_private_window_that_fails_too_spares_the_data():
    finish, walked = walk("browser", ["edge", "blank", "fails", "other-browser"])
    assert finish.step == "works-elsewhere"
    assert not {"clear-this-site", "clear-all"} & set(walked)


def test_a_refused_private_window_proves_nothing():
    _, walked = walk("browser", ["firefox", "blank", "refused", "yes"])
    assert walked[-3:] == ["site-cleared", "cleared-result", "good"]


# ------------------------------------------------------------------ VPN and proxy


def test_a_vpn_of_ones_own_is_switched_off_checked_and_remembered():
    finish, walked = walk("vpn", ["mine", "works"], {"vpn": "active"}, at_verify={"vpn": "none"})
    assert walked == [
        "tunnel", "whose-vpn", "vpn-kind", "switch-off", "is-it-off", "direct-way", "try-sign-in", "good",
    ]  # fmt: skip
    assert "switch on again" in finish.summary


@pytest.mark.parametrize("answers", [["employer", "forbidden"], ["employer", "unsure"], ["unsure", "unsure"]])
def test_an_employers_vpn_stays_on(answers):
    finish, walked = walk("vpn", answers, {"vpn": "active"})
    assert (finish.step, finish.help[0]) == ("ask-administrator", "administrator")
    assert "switch-off" not in walked


def test_a_vpn_nobody_knows_is_a_stop():
    assert walk("vpn", ["stranger"], {"vpn": "active"})[0].outcome == "stopped_for_safety"


def test_a_vpn_that_stays_on_is_kept_off_once_and_then_left_to_others():
    finish, walked = walk("vpn", ["mine"], {"vpn": "active"})
    assert walked.count("keep-it-off") == 1 + 1  # the second time it is exhausted
    assert finish.step == "ask-administrator"


def test_a_kill_switch_gets_its_own_steps():
    _, walked = walk("vpn", ["mine", "works"], {"vpn": "kill_switch"}, at_verify={"vpn": "none"})
    assert "let-traffic-out" in walked
    assert "switch-off" not in walked


@pytest.mark.parametrize("outcome", ["ok", "unreachable", "failing", "pac_unreachable", "pac_not_evaluated"])
def test_a_proxy_left_over_is_switched_off_and_checked(outcome):
    finish, walked = walk("vpn", ["mine", "works"], {"proxy": outcome}, at_verify={"proxy": "none"})
    assert walked[-4:] == ["proxy-gone", "without-proxy", "try-sign-in", "good"]
    assert finish.outcome == "resolved"


def test_where_nothing_is_in_between_nothing_is_switched_off():
    finish, walked = walk("vpn", ["no"])
    assert (finish.step, finish.outcome) == ("nothing-between", "not_applicable")
    assert not [name for name in walked if isinstance(steps("vpn")[name], DoStep)]
