"""Random walks: over generated flows and over the shipped ones, every walk ends, and replays."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.guide import flows as f
from tshoot.flow.model import DiagnoseStep, ProbeStep, VerifyStep, WatchStep
from tshoot.guide.engine import Engine
from tshoot.guide.history import replay
from tshoot.guide.model import Chosen, Finish, Judged, Measure, Measured, Prompt, Watch, WentBack
from tshoot.guide.setup import load_shipped
from tshoot.lookalike.model import OUTCOMES as JUDGEMENTS

CAP = 3
ENDS = [f.end("stop", "unresolved"), f.end("good")]
OUTCOMES = ("ok", "weak", "down", "timeout", "error")


@st.composite
def steps_of(draw, name, uses):
    ids = [f"{name}-{number}" for number in range(draw(st.integers(2, 6)))]
    target = st.sampled_from([*ids, *ids, "stop", "good"])
    kinds = ["ask", "address", "do", "wait", "tell", "probe", "diagnose", "verify", "watch", "decide", *uses]
    return [*(draw(step_of(step, target, draw(st.sampled_from(kinds)))) for step in ids), *ENDS]


@st.composite
def step_of(draw, step, target, kind):
    cap = {"at_most": draw(st.integers(1, CAP)), "exhausted": "stop"}
    one, two, three = draw(target), draw(target), draw(target)
    asked = draw(st.sampled_from([{}, f.instead("ok", "error")]))
    match kind:
        case "ask":
            remember = draw(st.sampled_from([{}, {"remember": "fact"}]))
            return f.ask(step, {"a": one, "b": two, "c": three}, **remember, **cap)
        case "address":
            ways = {"official": one, "look_alike": two, "not_an_address": three}
            return f.address(step, ways, {"cannot": three}, remember="fact", **cap)
        case "do":
            return f.do(step, one, two, **cap)
        case "tell":
            return {**f.tell(step, one), **cap}
        case "probe":
            return f.probe(step, "link", {"ok": one, "weak": two, "*": three}, **asked, **cap)
        case "diagnose":
            return f.diagnose(step, {"ok": one, "dns.*": two}, three, **asked, **cap)
        case "verify":
            return f.verify(step, {"probe": "link", "fixed": ["ok"]}, one, two, three, **asked, **cap)
        case "watch":
            what = {"probe": "link", "until": ["ok"], "gone": ["down", "timeout"]}
            return f.watch(step, what, one, two, three, **asked, **cap)
        case "wait":
            return {**f.wait(step, one), **cap}
        case "decide":
            return {**f.decide(step, [({"fact": ["a"]}, one), ({"link": ["ok"]}, two)], three), **cap}
    return {**f.use(step, "inner", {"resolved": one, "unresolved": two}), **cap}


@st.composite
def flow_sets(draw):
    inner = f.flow(draw(steps_of("inner", [])), name="inner")
    return {"main": f.flow(draw(steps_of("main", ["use"]))), "inner": inner}


def next_event(data, effect, outcomes):
    if isinstance(effect, Prompt) and effect.kind == "address" and data.draw(st.booleans()):
        outcome = data.draw(st.sampled_from(JUDGEMENTS))
        return Judged(effect.step, outcome, "slip", "t-mobile.com" if outcome == "official" else "")
    if isinstance(effect, Prompt):
        # Coming back later leaves everything as it is.
        choices = [choice.id for choice in effect.choices if choice.id != "later"]
        return Chosen(effect.step, data.draw(st.sampled_from(choices)))
    if isinstance(effect, Watch) and data.draw(st.booleans()):
        return Chosen(effect.step, data.draw(st.sampled_from(effect.leave.choices)).id)
    if effect.instead is not None and data.draw(st.booleans()):
        return Chosen(effect.step, data.draw(st.sampled_from(effect.instead.choices)).id)
    return Measured(effect.step, data.draw(st.sampled_from(outcomes(effect))))


def walk_to_the_end(data, engine, flow_id, longest, outcomes):
    state, effect = engine.start(flow_id)
    steps = []
    while not isinstance(effect, Finish):
        assert len(steps) <= longest, "the walk does not end"
        event = next_event(data, effect, outcomes)
        steps.append((state, event))
        state, effect = engine.handle(state, event)
    return state, effect, steps


def check_again(data, engine, flow_id, state, effect, steps):
    again = replay(engine, flow_id, state.transcript)
    assert (again.state, again.effect) == (state, effect)
    places = state.prompts()
    if not places:
        return
    place = data.draw(st.sampled_from(places))
    back, _ = engine.handle(state, WentBack(place))
    assert back.transcript == state.transcript[:place]
    for before, event in steps:
        if len(before.transcript) >= place:
            back, effect = engine.handle(back, event)
    assert back.transcript == state.transcript
    assert back.pending == state.pending
    assert not back.suggestions


@given(flow_sets(), st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_capped_flow_ends_and_replays(flows, data):
    engine = Engine(flows, "linux")
    longest = CAP * sum(len(each.steps) for each in flows.values())
    done = walk_to_the_end(data, engine, "main", longest, lambda effect: OUTCOMES)
    check_again(data, engine, "main", *done)


SHIPPED = load_shipped()
ENGINE = Engine(SHIPPED, "linux")
LONGEST = 120


def routed(effect: Measure):
    """What this step may be told: what it routes by name, and what it does not."""
    step = ENGINE.step(effect.flow, effect.step)
    common = ("timeout", "error", "skipped", "not_applicable")
    if isinstance(step, ProbeStep):
        return sorted({*step.on} - {"*"}) + [name for name in common if "*" in step.on]
    if isinstance(step, DiagnoseStep):
        return [cause.replace("*", "something") for cause in step.on]
    if isinstance(step, WatchStep):
        return [*step.watch.until, *step.watch.gone, "unknown", "other_trouble"]
    assert isinstance(step, VerifyStep)
    return [*step.verify.fixed, "unknown", "other_trouble"]


@given(st.sampled_from(sorted(SHIPPED)), st.data())
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
def test_shipped_flows_end_and_replay(flow_id, data):
    done = walk_to_the_end(data, ENGINE, flow_id, LONGEST, routed)
    check_again(data, ENGINE, flow_id, *done)
