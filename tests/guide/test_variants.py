"""Instructions follow a remembered answer: the browser that was named, the model of the gateway."""

import pytest

from tests.guide import flows as f
from tshoot.flow.loader import load_flow
from tshoot.flow.model import DoStep
from tshoot.guide.effects import how_for
from tshoot.guide.engine import Engine
from tshoot.guide.model import Chosen
from tshoot.paths import flows_dir

BROWSER = load_flow(flows_dir() / "browser.yaml")
BY_BROWSER = [
    step
    for step in BROWSER.steps
    if isinstance(step, DoStep) and isinstance(step.how, dict) and "firefox" in step.how
]
NAMES = [option.id for step in BROWSER.steps if step.id == "which-browser" for option in step.options]

STEPS = [
    f.ask("which-model", {"g4ar": "act", "kvd21": "act", "unsure": "act"}, remember="gateway-model"),
    f.do("act", "over", "over", how={"g4ar": ["Open the lid."], "linux": ["Type it."], "other": ["Look."]}),
    {"id": "over", "end": "unresolved"},
]


@pytest.mark.parametrize(
    ("answer", "shown"), [("g4ar", "Open the lid."), ("kvd21", "Type it."), ("unsure", "Type it.")]
)
def test_an_answer_in_a_session_chooses_the_instructions(answer, shown):
    engine = Engine({"main": f.flow(STEPS)}, "linux")
    state, _ = engine.start("main")
    _, prompt = engine.handle(state, Chosen("which-model", answer))
    assert prompt.instructions == (shown,)


@pytest.mark.parametrize("model", ["g4ar", "kvd21"])
def test_a_measured_model_chooses_them_as_an_answer_does(model):
    engine = Engine({"main": f.flow(STEPS[1:])}, "linux")
    _, prompt = engine.start("main", {"gateway_model": model})
    assert prompt.instructions == (("Open the lid.",) if model == "g4ar" else ("Type it.",))


@pytest.mark.parametrize("browser", NAMES)
@pytest.mark.parametrize("step", BY_BROWSER, ids=lambda step: step.id)
def test_the_browser_flow_shows_the_steps_of_the_browser_that_was_named(step, browser):
    assert how_for(step, "windows", {"browser": browser}) == step.how.get(browser, step.how["other"])


def test_there_are_instructions_by_browser_to_look_at():
    assert len(BY_BROWSER) >= 4
    assert {"chrome", "edge", "firefox", "safari", "phone-safari"} <= set(NAMES)
