"""The line dialogue: what is shown, what a typed line means."""

import asyncio
import io
import os
import threading
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.guide import flows as f
from tshoot.guide.answers import Answers
from tshoot.guide.driver import InputEnded, Walk
from tshoot.guide.model import Choice, Chosen, Finish, Measure, Measured, Prompt, WentBack
from tshoot.plain.front import PlainFront
from tshoot.plain.lines import NoLines, StreamLines
from tshoot.plain.page import Page
from tshoot.plain.reply import Picked, Unclear, read_reply
from tshoot.probes.registry import specs

CHOICES = (Choice("wifi", "By Wi-Fi"), Choice("cable", "By a network cable"), Choice("b", "Back light is on"))
ASK = Prompt("ask", "main", "how", "How?", "It is off.", CHOICES, why="They differ.", agent="SECRET AGENT")


class Typed:
    on_screen = False

    def __init__(self, *lines):
        self.lines = list(lines)

    async def next(self):
        return self.lines.pop(0) if self.lines else None


def front(*lines, **more):
    out = io.StringIO()
    return PlainFront(Page(out), Typed(*lines), **more), out


@pytest.mark.parametrize(
    ("typed", "picked"),
    [
        ("1", "wifi"),
        (" 2. ", "cable"),
        ("3", "b"),
        ("wifi", "wifi"),
        ("CABLE", "cable"),
        ("by a", "cable"),
        ("By  a network  cable", "cable"),
        ("back", "b"),
    ],
)
def test_answers_by_number_id_or_start_of_the_label(typed, picked):
    assert read_reply(typed, CHOICES).choice.id == picked


@pytest.mark.parametrize(("typed", "command"), [("b", "back"), ("W", "why"), ("q", "quit"), (" ? ", "help")])
def test_commands_are_one_letter(typed, command):
    assert read_reply(typed, CHOICES) == command


@pytest.mark.parametrize(
    ("typed", "hint"),
    [
        ("by", "1 or 2"),
        ("0", "from 1 to 3"),
        ("4", "from 1 to 3"),
        ("²", "none of"),
        ("", "from 1 to 3"),
        ("9" * 5000, "from 1 to 3"),
        ("x", "? for help"),
        ("-1", "none of"),
    ],
)
def test_anything_else_says_what_is_possible(typed, hint):
    reply = read_reply(typed, CHOICES)
    assert isinstance(reply, Unclear)
    assert hint in reply.hint


def test_an_exact_label_wins_over_a_longer_one():
    choices = (Choice("y1", "Yes, always"), Choice("y2", "Yes"))
    assert read_reply("yes", choices).choice.id == "y2"


def test_enter_keeps_the_earlier_answer_or_goes_on():
    assert read_reply("", CHOICES, "cable").choice.id == "cable"
    assert read_reply("", CHOICES[:1]).choice.id == "wifi"


@given(st.text(max_size=60))
def test_any_line_means_something(typed):
    reply = read_reply(typed, CHOICES)
    assert isinstance(reply, Picked | Unclear | str)


async def test_a_question_as_it_is_read():
    dialogue, out = front("2")
    assert await dialogue.ask(ASK, False) == Chosen("how", "cable")
    assert out.getvalue() == (
        "\nIt is off.\nHow?\n  1. By Wi-Fi\n  2. By a network cable\n  3. Back light is on\n"
        "Your answer: \nYou chose: By a network cable.\n"
    )


async def test_why_help_and_unclear_lines_ask_again():
    dialogue, out = front("w", "?", "b", "nonsense", "1")
    assert await dialogue.ask(ASK, False) == Chosen("how", "wifi")
    said = out.getvalue()
    for words in ("They differ.", "w: why this is asked.", "none before it", "none of the answers"):
        assert words in said
    assert said.count("Your answer:") == 5
    assert "SECRET" not in said


async def test_back_and_quit():
    assert await front("b")[0].ask(ASK, True) == WentBack()
    with pytest.raises(InputEnded) as caught:
        await front("q")[0].ask(ASK, True)
    assert (caught.value.step, caught.value.left) == ("how", True)


async def test_the_end_of_the_input_names_the_step():
    with pytest.raises(InputEnded, match="'how'"):
        await front("x")[0].ask(ASK, True)


async def test_answers_given_are_shown_and_unattended_stops_at_the_first_open_question():
    dialogue, out = front(answers=Answers({"how": ("cable",)}), unattended=True)
    assert await dialogue.ask(ASK, False) == Chosen("how", "cable", "answers")
    assert "Answer given: By a network cable." in out.getvalue()
    with pytest.raises(InputEnded, match="'how'"):
        await dialogue.ask(ASK, True)
    note = Prompt("tell", "main", "note", "", "Good to know.", (Choice("next", "Go on"),))
    assert await dialogue.ask(note, True) == Chosen("note", "next", "default")


async def test_who_goes_back_is_asked_in_spite_of_an_answer_given():
    prompt = Prompt("ask", "main", "how", "How?", "", CHOICES, earlier="wifi")
    dialogue, out = front("", answers=Answers({"how": "cable"}))
    assert await dialogue.ask(prompt, True) == Chosen("how", "wifi")
    assert "Your answer before: By Wi-Fi." in out.getvalue()


def action(**more):
    steps = [f.do("reset", "x", "x", how=["Press.", "Wait."], **more), f.end("x")]
    return f.engine(f.flow(steps)).start("main")[1]


async def test_an_action_tells_time_steps_and_undo():
    dialogue, out = front("1")
    await dialogue.ask(action(risk="reversible", undo="Press again.", minutes=0.5), False)
    said = out.getvalue()
    assert said.startswith(
        "\nDo reset\nThis takes about 30 seconds.\nFirst: Press.\nThen: Wait.\nTo undo it: Press again.\n"
    )
    assert "1. I have done this" in said


DESTRUCTIVE = {"risk": "destructive", "loses": "All settings."}


async def test_what_destroys_is_shown_only_after_the_word():
    dialogue, out = front("Agree", "1")
    assert await dialogue.ask(action(**DESTRUCTIVE), False) == Chosen("reset", "done")
    before, _, after = out.getvalue().partition("Your answer: ")
    assert "What you lose: All settings." in before
    assert "Press." not in before
    assert "First: Press." in after


@pytest.mark.parametrize("typed", ["1", "done", "", "yes"])
async def test_anything_but_the_word_leaves_it_out(typed):
    dialogue, out = front(typed)
    assert await dialogue.ask(action(**DESTRUCTIVE), False) == Chosen("reset", "cannot")
    assert "Press." not in out.getvalue()
    assert out.getvalue().endswith("You chose: I cannot do this now.\n")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("w", "There is no more to say about it."),
        ("?", "q: leave."),
        ("e", "Nothing has been measured yet."),
        ("r", "Nothing has been measured yet."),
        ("p", "The way so far: 0 steps."),
        ("b", "This is the first question; there is none before it."),
    ],
)
async def test_before_what_destroys_a_letter_asked_for_help_decides_nothing(typed, said):
    dialogue, out = front(typed, "agree", "1")
    assert await dialogue.ask(action(**DESTRUCTIVE), False) == Chosen("reset", "done")
    assert said in out.getvalue()


async def test_a_note_can_be_taken_before_what_destroys():
    dialogue, out = front("n", "The label says Blue.", "agree", "1")
    guide = f.engine(f.flow([f.do("reset", "x", "x", how=["Press."], **DESTRUCTIVE), f.end("x")]))
    state, prompt = guide.start("main")
    dialogue.arrived(Walk(state, ()))
    assert await dialogue.ask(prompt, False) == Chosen("reset", "done")
    assert "The note is kept." in out.getvalue()


async def test_before_what_destroys_one_can_go_back_or_leave():
    assert await front("b")[0].ask(action(**DESTRUCTIVE), True) == WentBack()
    with pytest.raises(InputEnded):
        await front("q")[0].ask(action(**DESTRUCTIVE), True)


def measure(probe=None, purpose="look", before=None):
    return Measure("main", "look", probe, {}, False, purpose, say="Looking.", before=before)


def test_a_check_after_a_fix_shows_before_and_now():
    dialogue, out = front()
    dialogue.show_measuring(measure("link", "verify", "down"))
    dialogue.show_measured(Measured("look", "ok", "eth0 up"), measure("link", "verify", "down"))
    assert out.getvalue() == "\nLooking.\nChecked again. Before: no cable, no Wi-Fi. Now: works.\n"


def test_what_works_as_before_is_no_failure():
    dialogue, out = front()
    wanted = replace(measure("gateway", "verify", "ok"), fixed=("ok",))
    dialogue.show_measured(Measured("look", "ok", "192.168.12.1: 20 of 20 replies"), wanted)
    assert out.getvalue() == "Checked again: works, as before.\n"


@pytest.mark.parametrize(
    ("probe", "outcome", "detail", "said"),
    [
        ("link", "no_adapter", "no network adapter but loopback", "Network adapter: no cable, no Wi-Fi."),
        ("internet", "dead", "IPv4: no answer from 3 operators on TCP 53", "Internet: no answer."),
        ("captive", "ok", "google: right 204, cloudflare: right 204", "Sign-in page of a network: works."),
    ],
)
def test_a_measurement_is_said_in_plain_words_and_no_figures(probe, outcome, detail, said):
    dialogue, out = front(specs=specs())
    dialogue.show_measured(Measured("look", outcome, detail), measure(probe))
    assert out.getvalue().splitlines()[0].partition(": ")[2] == said.partition(": ")[2]
    assert detail not in out.getvalue()


def test_no_address_is_not_called_well():
    dialogue, out = front()
    dialogue.show_measured(Measured("look", "none"), measure("address", "verify", "none"))
    assert out.getvalue() == "Checked again: no change yet, still none given.\n"


async def test_a_result_just_said_is_not_said_again():
    dialogue, out = front()
    dialogue.show_measured(Measured("look", "dns.slow", "Names are slow."), measure())
    end = Finish("main", "x", "handed_over", "dns.slow", "Names are slow. Call us.", help=("phone", "store"))
    assert await dialogue.finish(end, True) is None
    assert out.getvalue() == (
        "Names are slow.\n\nSomeone else has to go on from here.\nCall us.\n"
        "What you can do:\n"
        "- Call support (dial 611 from your T-Mobile or Metro phone). No internet needed.\n"
        "- Go to a store. No internet needed.\n"
    )


def test_lines_are_wrapped_and_addresses_stay_whole():
    out = io.StringIO()
    address = "https://account.example.com/a-rather-long-path/that-goes-on"
    Page(out, 30).say(f"Some words that go on and on for long. Open {address} now.", "  1. ")
    lines = out.getvalue().splitlines()
    assert all(len(line) <= 30 for line in lines if address not in line)
    assert any(line.strip() == address for line in lines)
    assert lines[1].startswith("     ")


def test_without_a_terminal_80_columns():
    out = io.StringIO()
    Page(out).say("word " * 100)
    assert max(len(line) for line in out.getvalue().splitlines()) == 79


@given(st.text(max_size=200))
def test_nothing_hostile_reaches_the_terminal(text):
    out = io.StringIO()
    Page(out).say(text)
    Page(out).say_as_it_is(text)
    assert not [
        char
        for char in out.getvalue()
        if char != "\n" and not char.isprintable() and char != "\u3000" and not char.isspace()
    ]
    assert not {"\x1b", "\x9b", "\u202e", "\r"} & set(out.getvalue())


def test_emphasis_marks_are_not_read_aloud():
    out = io.StringIO()
    Page(out).say("Choose **Wi-Fi**, then `Join`.")
    assert out.getvalue() == "Choose Wi-Fi, then Join.\n"


@pytest.fixture
def pipe():
    reading, writing = os.pipe()
    stream = os.fdopen(reading, encoding="utf-8")
    yield StreamLines(stream), writing
    stream.close()


async def test_lines_of_a_pipe(pipe):
    lines, writing = pipe
    content = "one\r\n\nüber\n" + "x" * 9000 + "\nlast"
    writer = threading.Thread(target=lambda: (os.write(writing, content.encode()), os.close(writing)))
    writer.start()
    got = [await lines.next() for _ in range(6)]
    writer.join()
    assert got[:3] == ["one", "", "über"]
    assert set(got[3]) == {"x"}
    assert len(got[3]) == 4096
    assert got[4:] == ["last", None]


@pytest.mark.skipif(os.name != "posix", reason="nothing else leaves a stream like that")
async def test_a_terminal_that_another_program_left_unwilling_to_wait_is_waited_for(pipe):
    lines, writing = pipe
    os.set_blocking(lines._descriptor, False)
    coming = asyncio.ensure_future(lines.next())
    await asyncio.sleep(0.02)
    os.write(writing, b"one\n")
    os.close(writing)
    assert [await coming, await lines.next()] == ["one", None]


async def test_bytes_that_are_no_text_do_no_harm(pipe):
    lines, writing = pipe
    os.write(writing, b"\xff\xfe\n")
    os.close(writing)
    assert await lines.next() == "\ufffd\ufffd"
    assert await lines.next() is None


async def test_on_a_terminal_enter_has_ended_the_line():
    dialogue, out = front("2")
    dialogue._lines.on_screen = True
    await dialogue.ask(ASK, False)
    assert out.getvalue().endswith("Your answer: You chose: By a network cable.\n")


async def test_nobody_answers():
    assert await NoLines().next() is None
