"""A person's own keys: what is wrong with them is told, and the right ones work."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.guide import flows as small
from tests.support.batteries import battery
from tests.tui.benches import TARGET, PlayedBench, session_of, settle, shown
from tshoot.config.settings import Config
from tshoot.tui.app import TshootApp
from tshoot.tui.keymap import keymap_of, wrong_keys
from tshoot.tui.keys import EVERY, remappable
from tshoot.tui.session import Session

FLOW = small.flow(
    [
        small.ask("colour", {"red": "size", "blue": "size"}),
        small.ask("size", {"big": "good", "small": "good"}),
        small.end("good"),
    ]
)


def program(**keys):
    session = Session("main", TARGET, PlayedBench(battery()), "linux", {"main": FLOW})
    return TshootApp(session, Config(keys=keys))


async def test_another_key_takes_the_place_of_the_declared_one():
    app = program(back="backspace,f2")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(app, "What about colour?"))
        await pilot.press("1")
        await settle(pilot, shown(app, "What about size?"))
        await pilot.press("b")
        await pilot.pause()
        assert len(session_of(app).state.transcript) == 1
        await pilot.press("f2")
        await settle(pilot, shown(app, "What about colour?"))


async def test_a_sign_can_be_a_key():
    app = program(report="?", help="f1")
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(app, "What about colour?"))
        await pilot.press("question_mark")
        await settle(pilot, shown(app, "T-Mobile account"))
        assert app.screen is not app.screen_stack[1]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"bakc": "x"}, "There is nothing called 'bakc'. Did you mean 'back'?"),
        ({"leave": "x"}, "There is nothing called 'leave'."),
        ({"back": "backspce"}, "'backspce' is no key. Did you mean 'backspace'?"),
        ({"back": "ctrl+nothing"}, "'ctrl+nothing' is no key."),
        ({"back": "e"}, "'e' is the key of both 'back' and 'evidence'. Give one of them another."),
        ({"back": "f2", "why": "f2"}, "'f2' is the key of both 'back' and 'why'."),
        ({"back": "1"}, "'1' is the key of both 'choose' and 'back'."),
    ],
)
def test_what_is_wrong_is_told(keys, said):
    ((name, only),) = wrong_keys(keys)
    assert only.startswith(said)
    assert name in keys
    assert len(only) < 100


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"back": "e", "evidence": "b"},
        {"back": "backspace, f2"},
        {"back": "ctrl+shift+left"},
        {"back": "!"},
        {"page.close": "b"},
        {"find": "ä"},
    ],
)
def test_what_is_right(keys):
    assert list(wrong_keys(keys)) == []


def test_what_is_declared_is_right():
    declared = {name: EVERY[name].keys for name in remappable()}
    assert list(wrong_keys(declared)) == []
    assert keymap_of({"find": "/", "help": "?"}) == {"find": "slash", "help": "question_mark"}


@given(st.dictionaries(st.sampled_from(remappable()), st.text(max_size=20), max_size=4))
def test_any_text_is_judged(keys):
    list(wrong_keys(keys))
