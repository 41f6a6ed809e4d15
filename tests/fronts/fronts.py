"""The three fronts: each takes the same inputs and hands back its ``tshoot.session/1``."""

from __future__ import annotations

import io
from collections import defaultdict

from textual.events import Paste
from textual.widgets import Input

from tests.fronts.inputs import FLOWS, Inputs, ScriptedEvidence, prompts_of
from tests.tui.benches import PlayedBench, settle
from tshoot.catalog.services import resolve_target
from tshoot.guide.answers import AnsweredFirst, Answers
from tshoot.guide.driver import Driver
from tshoot.guide.driver import Walk as Walked
from tshoot.guide.effects import CANNOT
from tshoot.guide.engine import Engine
from tshoot.guide.model import Finish, Prompt
from tshoot.guide.record import session_json
from tshoot.guide.words import CONFIRM_WORD
from tshoot.plain.front import PlainFront
from tshoot.plain.lines import NoLines
from tshoot.plain.page import Page
from tshoot.tui import cards
from tshoot.tui.app import TshootApp
from tshoot.tui.session import Session
from tshoot.tui.walk import Walk
from tshoot.tui.widgets.choices import ChoiceList

TARGET = resolve_target("t-mobile")


def bare(walk: Walked, flow: str) -> dict:
    """The session without what may differ: how long each step took, and who answered."""
    document = session_json(walk, FLOWS[flow])
    for step in document["steps"]:
        del step["seconds"], step["by"]
    return document


class Typed:
    on_screen = False

    def __init__(self, lines):
        self.lines = list(lines)

    async def next(self):
        return self.lines.pop(0) if self.lines else None


async def in_lines(inputs: Inputs) -> dict:
    """Typed into the line dialogue, a line for each answer."""
    lines = [line for prompt, choice in prompts_of(inputs) for line in typed_lines(prompt, choice)]
    typed = Typed(lines)
    document = await _driven(inputs, PlainFront(Page(io.StringIO()), typed), Answers({}))
    assert not typed.lines
    return document


def typed_lines(prompt: Prompt, answer: str) -> list[str]:
    """What is typed to answer so in the line dialogue."""
    place = place_of(prompt, answer)
    line = answer if place is None else str(place + 1)
    return [CONFIRM_WORD, line] if prompt.risk == "destructive" else [line]


def place_of(prompt: Prompt, answer: str) -> int | None:
    """Which of the choices it is, from 0; None for an address."""
    ids = [choice.id for choice in prompt.choices]
    return ids.index(answer) if answer in ids else None


async def from_answers(inputs: Inputs) -> dict:
    """Unattended, with a file of answers."""
    given = defaultdict(tuple)
    for prompt, choice in prompts_of(inputs):
        given[prompt.step] += (choice,)
    answers = Answers(given)
    front = PlainFront(Page(io.StringIO()), NoLines(), answers=answers, unattended=True)
    return await _driven(inputs, front, answers)


async def _driven(inputs: Inputs, front: PlainFront, answers: Answers) -> dict:
    engine, evidence = Engine(FLOWS, "linux"), ScriptedEvidence(inputs)
    driver = Driver(engine, AnsweredFirst(evidence, answers), front)
    return bare(await driver.run(*engine.start(inputs.flow, inputs.known)), inputs.flow)


class ScriptedSession(Session):
    """A session of the wizard with scripted evidence."""

    def __init__(self, inputs: Inputs) -> None:
        super().__init__(inputs.flow, TARGET, PlayedBench(), "linux", FLOWS)
        self.begin(inputs)

    def begin(self, inputs: Inputs) -> None:
        """Walk these inputs next."""
        self.inputs, self.evidence, self.walk = inputs, ScriptedEvidence(inputs), None

    def load(self):
        """A walk with the facts that the inputs know."""
        self.engine = Engine(FLOWS, "linux")
        self.walk = Walk(self.engine, self.evidence, self.inputs.flow, self.inputs.known)
        return self.walk, FLOWS[self.inputs.flow].title


async def in_the_wizard(all_inputs: list[Inputs]) -> list[dict]:
    """Pressed as keys in the wizard; one program walks them all, one after another.

    Nothing is painted meanwhile: what the screens look like is tested elsewhere, and painting takes most
    of the time.
    """
    session = ScriptedSession(all_inputs[0])
    program, documents = TshootApp(session), []
    async with program.run_test(size=(80, 24)) as pilot:
        with program.batch_update():
            for place, inputs in enumerate(all_inputs):
                if place:
                    session.begin(inputs)
                    program.screen.begin()
                documents.append(bare(await pressed(pilot, session, prompts_of(inputs)), inputs.flow))
    return documents


async def pressed(pilot, session, choices) -> Walked:
    """The walk after the keys for these prompts and choices."""
    for prompt, choice in choices:
        await settle(pilot, lambda prompt=prompt: session.walk and _asking(pilot.app, prompt))
        before = len(session.walk.state.transcript)
        await _choose(pilot, prompt, choice)
        await settle(pilot, lambda before=before: len(session.walk.state.transcript) > before)
    await settle(pilot, lambda: session.walk and isinstance(session.walk.state.pending, Finish))
    return session.walk.so_far


def _asking(program, prompt: Prompt) -> bool:
    shown = program.screen.prompt
    same = ("flow", "step", "kind")
    return shown is not None and all(getattr(shown, name) == getattr(prompt, name) for name in same)


async def _choose(pilot, prompt: Prompt, answer: str) -> None:
    if prompt.risk == "destructive":
        if answer == CANNOT:
            await _pick(pilot, cards.LEAVE_OUT)
            return
        await _agree(pilot)
    elif place_of(prompt, answer) is None:
        pilot.app.screen.focused.post_message(Paste(answer))
        await pilot.press("enter")
        return
    elif prompt.kind == "address":
        await pilot.press("escape")
    await _pick(pilot, answer)


async def _agree(pilot) -> None:
    """Past the guard of what can't be undone."""
    wizard = pilot.app.screen
    await _pick(pilot, cards.SHOW_HOW)
    await settle(pilot, lambda: isinstance(pilot.app.focused, Input))
    await pilot.press(*CONFIRM_WORD, "enter")
    await settle(pilot, lambda: pilot.app.screen is wizard)


async def _pick(pilot, choice: str) -> None:
    """Choose by its number, or walk down to what is beyond the digits."""
    place = pilot.app.screen.query_one(ChoiceList).get_option_index(choice)
    if place < 9:
        await pilot.press(str(place + 1))
    else:
        await pilot.press("home", *["down"] * place, "enter")
