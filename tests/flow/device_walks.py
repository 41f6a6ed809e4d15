"""The flows for browser, VPN, reset, gateway and app, and a way to walk them by answers and outcomes."""

from tests.flow.vocabulary import ROOT
from tshoot.flow.graph import step_edges
from tshoot.flow.loader import load_flows
from tshoot.flow.model import VerifyStep, WatchStep
from tshoot.guide.engine import Engine
from tshoot.guide.model import Chosen, Finish, Measure, Measured, Watch

FLOWS = load_flows([ROOT / "flows"])
MINE = ("browser", "vpn", "reset", "gateway-login", "app")

# advice-index.md, table d5, rows BRW, VPN, RST, GW and APP.
WANTED = {
    "browser": "A33 A35 A57 A72 A73 A74 A75 B4 B11 B12 B13 B15 B36 B41 B42 C8 C10 C14 C23 C24",
    "vpn": "B39 B40 C14",
    "reset": "A4 A18 A21 A76 A77 A78 A80",
    "gateway-login": "A3 A4 A8 A9 A10 A11 A12 A18 A19 A20 A21 A24 A26 A27 A28 A29 A30 A31 A32 A33 A34 A35 "
    "A36 A37 A38 A39 A40 A41 A42 A43 A44 A45 A55 A66 A67 A68 A69 A70 A72 A74 A76 A77 A78 A80 A81 A82 A83 "
    "A84 A85 A86",
    "app": "A9 A10 A45 A46 A47 A48 A49 A50 A51 A52 A53 A54 A55 A57 A58 A69 A71 B2 B4 B20 B21 B22 B23 B24 "
    "B25 B37 B38 B41 B42 B54 B55 B56 B57 B58 B59 B60 B61 B62 B63",
}
SIZES = {"browser": 20, "vpn": 3, "reset": 7, "gateway-login": 50, "app": 39}
GOOD = {
    "tls": "ok",
    "http": "ok",
    "sign_in_chain": "ok",
    "vpn": "none",
    "proxy": "none",
    "clock": "ok",
    "gateway": "ok",
    "gateway_radio": "registered",
    "gateway_uptime": "running",
    "wifi_name": "not_told",
    "internet": "ok",
    "browsers": "current",
}


def steps(flow):
    return {step.id: step for step in FLOWS.get(flow).steps}


def walk(flow, answers, outcomes=None, *, cause="none", at_verify=None, known=None, asked=False):
    """To the end by these answers; actions are done unless the answer is ``cannot``.

    ``outcomes`` are those of the probes, ``at_verify`` those after an action. Gives end and transcript.
    """
    guide = Engine(FLOWS.flows, "linux")
    results, left = {**GOOD, **(outcomes or {})}, list(answers)
    state, effect = guide.start(flow, known)
    for _ in range(120):
        if isinstance(effect, Finish):
            assert left == [], f"not reached: {left}"
            return effect, [*(taken.step for taken in state.transcript), effect.step]
        if isinstance(effect, Measure | Watch) and not (asked and effect.instead):
            found = cause if effect.probe is None else results[effect.probe]
            if effect.step in steps(effect.flow) and isinstance(
                steps(effect.flow)[effect.step], VerifyStep | WatchStep
            ):
                found = (at_verify or {}).get(effect.probe, found)
            state, effect = guide.handle(state, Measured(effect.step, found))
            continue
        prompt = effect.instead if isinstance(effect, Measure | Watch) else effect
        choice = {"tell": "next", "wait": "go-on"}.get(prompt.kind)
        if prompt.kind == "do":
            choice = left.pop(0) if left[:1] == ["cannot"] else "done"
        state, effect = guide.handle(state, Chosen(prompt.step, choice or left.pop(0)))
    raise AssertionError("no end")


def reached_without(flow, barrier, start=None):
    """Every step that can be reached without passing one of ``barrier``."""
    all_steps = steps(flow)
    todo, seen = [start or FLOWS.get(flow).start], set()
    while todo:
        here = todo.pop()
        if here not in seen and here not in barrier:
            seen.add(here)
            todo += [edge.target for edge in step_edges(all_steps[here])]
    return seen
