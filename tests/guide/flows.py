"""Small flows for the tests of the guide."""

from tshoot.flow.validate import checked
from tshoot.guide.engine import Engine
from tshoot.guide.model import Finish, Measure
from tshoot.lookalike.model import OUTCOMES


def flow(steps, name="main", returns=()):
    data = {"flow": name, "version": "1.0.0", "title": "A test", "about": "A test.", "returns": list(returns)}
    return checked({**data, "start": steps[0]["id"], "steps": steps})


def ask(step, ways, **more):
    options = [{"id": name, "label": f"The {name} one", "then": then} for name, then in ways.items()]
    return {"id": step, "ask": f"What about {step}?", "options": options, **more}


def address(step, ways, options=None, **more):
    """``ways`` names the judgements that lead elsewhere than to the first of them."""
    on = {outcome: ways.get(outcome, next(iter(ways.values()))) for outcome in OUTCOMES}
    asked = ask(step, options or {"cannot": on["not_an_address"]}, **more)
    del asked["ask"]
    return {**asked, "address": f"Paste the address for {step}", "on": on}


def do(step, done, cannot, **more):
    then = {"done": done, "cannot": cannot}
    rest = {"how": ["Press the button."], "minutes": 2, "risk": "none", **more}
    return {"id": step, "do": f"Do {step}", "then": then, **rest}


def probe(step, name, on, **more):
    return {"id": step, "probe": name, "on": on, **more}


def diagnose(step, on, otherwise, **more):
    return {"id": step, "diagnose": "all", "on": on, "else": otherwise, **more}


def verify(step, what, fixed, not_fixed, cannot_tell, **more):
    then = {"fixed": fixed, "not_fixed": not_fixed, "cannot_tell": cannot_tell}
    return {"id": step, "verify": what, "then": then, **more}


def watch(step, what, seen, not_seen, cannot_tell, **more):
    then = {"seen": seen, "not_seen": not_seen, "cannot_tell": cannot_tell}
    return {"id": step, "watch": {"at_most": 2, **what}, "then": then, **more}


def wait(step, then):
    return {"id": step, "wait": "Wait until the lights stop changing.", "then": then}


def decide(step, cases, otherwise):
    return {"id": step, "decide": [{"when": when, "then": then} for when, then in cases], "else": otherwise}


def tell(step, then, text="Good to know."):
    return {"id": step, "tell": text, "then": then}


def use(step, other, on):
    return {"id": step, "use": other, "on": on}


def end(step, outcome="resolved", **more):
    return {"id": step, "end": outcome, "say": f"Ended at {step}.", **more}


def instead(*outcomes):
    options = [
        {"id": f"says-{name}".replace("_", "-"), "label": f"It is {name}", "outcome": name}
        for name in outcomes
    ]
    return {"ask_instead": {"ask": "What do you see?", "options": options}}


def engine(*flows, variant="linux"):
    return Engine({each.flow: each for each in flows}, variant)


def walk(guide, events, flow_id="main", known=None):
    """The state and effect after all events."""
    state, effect = guide.start(flow_id, known)
    for event in events:
        state, effect = guide.handle(state, event)
    return state, effect


def where(effect):
    return effect.step


def is_end(effect):
    return isinstance(effect, Finish)


def is_measure(effect):
    return isinstance(effect, Measure)


def lines(state):
    return [(taken.flow, taken.step, taken.kind, taken.value, taken.by) for taken in state.transcript]
