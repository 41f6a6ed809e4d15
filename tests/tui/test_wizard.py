import asyncio
from dataclasses import replace

import pytest

from tests.diagnosis.situations import DNS_DEAD
from tests.guide import flows as small
from tests.support.batteries import battery
from tests.tui.benches import SIZES, app, session_of, settle, shown, text_of
from tshoot.guide.model import Finish, Measure
from tshoot.guide.words import CONFIRM_WORD

HOSTILE = [
    "[/foo] [red]x",
    "[@click=app.quit]press[/]",
    "a\x1b]52;c;ZXZpbA==\x07b",
    "safe\u202egnp.exe",
    "[2001:db8::1]:443",
    "\\[x] [50%] [$var] [",
    "漢字🙂 e\u0301",
    "x" * 10_000,
]


async def test_a_healthy_network_is_said_to_be_fine_without_a_question():
    program = app(battery())
    async with program.run_test(size=(120, 40)) as pilot:
        await settle(pilot, shown(program, "✓ Service"))
        assert "✓ Link" in text_of(program)
        assert "✗" not in text_of(program)


async def test_a_dead_resolver_is_named_and_followed_to_the_end():
    program = app(battery(**DNS_DEAD), battery())
    async with program.run_test(size=(120, 40)) as pilot:
        await settle(pilot, shown(program, "✗ Names"))
        for _ in range(12):
            await pilot.press("1")
            await pilot.pause()
            if isinstance(session_of(program).state.pending, Finish):
                break
        await settle(pilot, shown(program, "Solved"))
        await pilot.press("q")
    assert program.return_value == 0


async def test_the_ladder_fills_while_probes_run_and_keys_work_meanwhile():
    gate = asyncio.Event()
    program = app(battery(), gate=gate)
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "… Link"))
        await pilot.press("question_mark")
        await settle(pilot, shown(program, "choose an answer"))
        await pilot.press("escape")
        gate.set()
        await settle(pilot, shown(program, "✓ Link"))


async def test_quitting_while_probes_hang_is_quick_and_says_that_it_was_not_finished():
    program = app(battery(), gate=asyncio.Event())
    async with program.run_test() as pilot:
        await settle(pilot, lambda: isinstance(getattr(session_of(program).state, "pending", None), Measure))
        await pilot.press("q")
    assert program.return_value == 3


async def test_control_c_is_130():
    program = app(battery())
    async with program.run_test() as pilot:
        await pilot.press("ctrl+c")
    assert program.return_value == 130


async def test_help_is_found_by_the_persons_own_words():
    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        await pilot.press("slash", *"forgot pasword")
        await settle(pilot, shown(program, "I forgot my name or password"))
        await pilot.press("enter")
        await settle(pilot, lambda: session_of(program).state.flow == "recovery")
        await pilot.press("slash", "escape")
        await settle(pilot, lambda: len(program.screen_stack) == 2)


FLOW = small.flow(
    [
        small.ask("colour", {"red": "shape", "blue": "shape"}),
        small.ask("shape", {"round": "fine", "flat": "bad"}),
        small.end("fine"),
        small.end("bad", "unresolved", help=["phone"]),
    ]
)


async def test_back_changes_an_earlier_answer():
    program = app(flow="main", flows={"main": FLOW})
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("2")
        await settle(pilot, shown(program, "What about shape?"))
        await pilot.press("b")
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("1", "1")
        await settle(pilot, shown(program, "Solved"))
        answers = [(taken.step, taken.value) for taken in session_of(program).state.transcript]
    assert answers[:2] == [("colour", "red"), ("shape", "round")]


async def test_arrows_enter_and_mouse_choose_too():
    program = app(flow="main", flows={"main": FLOW})
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What about colour?"))
        await pilot.press("down", "enter")
        await settle(pilot, shown(program, "What about shape?"))
        await pilot.click("#choices", offset=(3, 1))
        await settle(pilot, shown(program, "call support"))
        await pilot.press("q")
    assert program.return_value == 1


@pytest.mark.parametrize("size", SIZES)
async def test_every_page_opens_and_closes_at_every_size(size):
    program = app(battery(**DNS_DEAD))
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "✗"))
        for key in ("e", "r", "question_mark"):
            await pilot.press(key)
            await settle(pilot, lambda: len(program.screen_stack) == 3)
            await pilot.press("escape")
            await settle(pilot, lambda: len(program.screen_stack) == 2)


def hostile_flow():
    steps = []
    for number, text in enumerate(HOSTILE):
        cut, after = text[:1200], f"b{number}"
        steps.append(small.ask(f"a{number}", {"x": after, "y": after}, say=cut, why=cut) | {"ask": cut})
        steps.append(
            small.do(after, f"a{number + 1}", f"a{number + 1}", how=[cut], loses=cut, risk="destructive")
            | {"do": text[:100]}
        )
    return small.flow([*steps, {"id": f"a{len(HOSTILE)}", "end": "unresolved", "say": HOSTILE[0]}])


@pytest.mark.parametrize("size", SIZES)
async def test_hostile_text_neither_crashes_nor_reaches_the_terminal(size):
    evil = battery(**DNS_DEAD)
    evil["dns_servers"] = replace(evil["dns_servers"], detail="".join(HOSTILE))
    program = app(evil, flow="main", flows={"main": hostile_flow()})
    async with program.run_test(size=size, notifications=True, tooltips=True) as pilot:
        for step in [f"{kind}{number}" for number in range(len(HOSTILE)) for kind in "ab"]:
            await settle(pilot, lambda step=step: pending(program) == step)
            assert not any(char in text_of(program) for char in "\x1b\x07\u202e\x9b")
            await past(pilot, program)
        await settle(pilot, lambda: pending(program) == f"a{len(HOSTILE)}")
        for key in ("e", "r"):
            await pilot.press(key)
            await pilot.pause()
            assert not any(char in text_of(program) for char in "\x1b\x07\u202e\x9b")
            await pilot.press("escape")


async def past(pilot, program):
    """Answer the step on the screen with 1, through the guard where it has one."""
    if session_of(program).state.pending.risk == "destructive":
        await pilot.press("2")
        await settle(pilot, shown(program, CONFIRM_WORD))
        await pilot.press(*CONFIRM_WORD, "enter")
        await settle(pilot, lambda: len(program.screen_stack) == 2)
    await pilot.press("1")


def pending(program):
    return getattr(session_of(program).state.pending, "step", "")
