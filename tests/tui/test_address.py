"""An address in the wizard: typed, pasted, hostile; and the same transcript as from the other fronts."""

import io

import pytest
from textual import events

from tests.guide import flows as small
from tests.tui.benches import app, settle, text_of
from tests.tui.test_wizard import session_of, shown
from tshoot.guide.answers import AnsweredFirst, Answers
from tshoot.guide.driver import Driver
from tshoot.guide.evidence import AskedEvidence
from tshoot.guide.model import Finish
from tshoot.plain.front import PlainFront
from tshoot.plain.lines import NoLines
from tshoot.plain.page import Page
from tshoot.tui.widgets.address import AddressInput

WAYS = {"official": "good", "look_alike": "bad", "other_site": "bad", "not_an_address": "paste"}
FLOW = small.flow(
    [
        small.address(
            "paste", WAYS, {"cannot": "ask"}, say="It is never opened.", at_most=9, exhausted="good"
        ),
        small.ask("ask", {"yes": "good", "no": "bad"}),
        small.tell("bad", "good", "{address_says} Close it."),
        small.end("good"),
    ]
)
FALSE = "https://t-mobi1e.com/?session=hidden"


def wizard():
    return app(flow="main", flows={"main": FLOW})


async def paste(pilot, program, text):
    await settle(pilot, shown(program, "Paste the address for paste"))
    program.post_message(events.Paste(text))  # As the terminal's driver does.
    await pilot.pause()


async def test_a_typed_address_is_judged_and_the_next_step_says_why():
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Paste the address for paste"))
        await pilot.press(*"https", "colon", "slash", "slash", *"t-mobi1e.com", "slash", *"b?q1", "enter")
        await settle(pilot, shown(program, "Address: an imitation"))
        assert text_of(program).count("It looks like t-mobile.com") == 1
        assert "t-mobi1e" not in text_of(program)
        (line,) = session_of(program).state.transcript
        assert (line.value, line.values["reason"]) == ("look_alike", "digits")
        assert not program.screen.query_one(AddressInput).display


@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
async def test_every_line_of_a_paste_counts_and_enter_alone_does_nothing(ending):
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "Paste the address for paste"))
        await pilot.press("enter")
        await paste(pilot, program, f"https://www.t-mobile.com/{ending}signin?x=1{ending}")
        assert program.screen.query_one(AddressInput).value == "https://www.t-mobile.com/signin?x=1"
        await pilot.press("enter")
        await settle(pilot, lambda: isinstance(session_of(program).state.pending, Finish))
        assert session_of(program).state.transcript[0].values["host"] == "www.t-mobile.com"


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 20)])
async def test_escape_leads_to_the_answers_and_digits_choose_there(size):
    program = wizard()
    async with program.run_test(size=size) as pilot:
        await settle(pilot, shown(program, "Paste the address"))
        await pilot.press("1")
        assert program.screen.query_one(AddressInput).value == "1"
        assert "The cannot one" in text_of(program)
        assert "esc To the answers" in text_of(program).splitlines()[-1]
        await pilot.press("escape", "1")
        await settle(pilot, shown(program, "What about ask?"))
        assert session_of(program).state.transcript[0].value == "cannot"


async def test_hostile_text_is_shown_harmless_and_judged_alike():
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await paste(pilot, program, "https://t-mo\u202ebi\x1bl\x9de[/b].com" + "x" * 10_000)
        value = program.screen.query_one(AddressInput).value
        assert not {"\u202e", "\x1b", "\x9d"} & set(value)
        assert len(value) <= 4096
        await pilot.press("enter")
        await settle(pilot, shown(program, "Paste the address for paste"))
        assert session_of(program).state.transcript[0].value == "not_an_address"
        await paste(pilot, program, "https://t-mo\u202ebile.com")
        await pilot.press("enter")
        await settle(pilot, shown(program, "in a hidden way"))


async def test_one_can_go_back_and_paste_again():
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await paste(pilot, program, FALSE)
        await pilot.press("enter")
        await settle(pilot, shown(program, "1 Go on"))
        await pilot.press("b")
        await settle(pilot, shown(program, "Paste the address for paste"))
        assert program.screen.query_one(AddressInput).value == ""
        assert program.focused is program.screen.query_one(AddressInput)


async def in_lines(lines, answers):
    guide, prepared = small.engine(FLOW), Answers(answers)
    front = PlainFront(Page(io.StringIO()), lines, answers=prepared, unattended=bool(answers))
    walk = await Driver(guide, AnsweredFirst(AskedEvidence(), prepared), front).run(*guide.start("main"))
    return [(taken.step, taken.value, dict(taken.values)) for taken in walk.state.transcript]


class Typed:
    on_screen = True

    def __init__(self, *lines):
        self.lines = list(lines)

    async def next(self):
        return self.lines.pop(0) if self.lines else None


@pytest.mark.parametrize(
    "text", [FALSE, "t-mobile.com", "https://t-mo\u202ebile.com", "https://t\x1b-mobile.com"]
)
async def test_wizard_dialogue_and_answers_give_the_same_transcript(text):
    program = wizard()
    async with program.run_test(size=(80, 24)) as pilot:
        await paste(pilot, program, text)
        await pilot.press("enter")
        await pilot.pause()
        if not isinstance(session_of(program).state.pending, Finish):
            await settle(pilot, shown(program, "1 Go on"))
            await pilot.press("1")
        await settle(pilot, lambda: isinstance(session_of(program).state.pending, Finish))
        state = session_of(program).state
        wizards = [(taken.step, taken.value, dict(taken.values)) for taken in state.transcript]
    assert await in_lines(Typed(text, "1"), {}) == wizards
    assert await in_lines(NoLines(), {"paste": text}) == wizards


async def test_what_an_address_is_is_told_once_though_something_is_measured_in_between():
    ways = {"official": "look", "look_alike": "bad", "not_an_address": "paste"}
    steps = [
        small.address("paste", ways, at_most=9, exhausted="bad"),
        small.probe("look", "tls", {"ok": "good", "*": "bad"}),
        small.end("good", say="{address_says} All is well."),
        small.end("bad", "unresolved", help=["phone"]),
    ]
    program = app(flow="main", flows={"main": small.flow(steps)})
    async with program.run_test(size=(80, 24)) as pilot:
        await paste(pilot, program, "https://www.t-mobile.com/")
        await pilot.press("enter")
        await settle(pilot, shown(program, "All is well."))
        assert text_of(program).count("The address belongs") == 1
