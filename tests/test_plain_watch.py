"""Watch and wait in the line dialogue: a line for each change, Enter ends it, no typed line gets lost."""

import asyncio
import io
import os
from types import SimpleNamespace

import pytest

from tests.guide import flows as f
from tshoot.guide.answers import Answers
from tshoot.guide.driver import InputEnded
from tshoot.guide.following import Tick
from tshoot.guide.model import Chosen, Measured, WentBack
from tshoot.guide.words import elapsed_words
from tshoot.plain.front import PlainFront
from tshoot.plain.lines import StreamLines
from tshoot.plain.page import Page

WHAT = {"probe": "gateway", "until": ["ok"], "gone": ["dead"]}
FLOW = f.flow(
    [
        f.watch("back", WHAT, "pause", "sad", "sad", why="It starts."),
        f.wait("pause", "good"),
        f.end("good"),
        f.end("sad", "unresolved"),
    ]
)
GUIDE = f.engine(FLOW)
STATE, WATCH = GUIDE.start("main")
PAUSE = GUIDE.handle(STATE, Measured("back", "ok"))[1]
SPECS = {"gateway": SimpleNamespace(title="Gateway")}


class Typed:
    def __init__(self, *lines, on_screen=True):
        self.lines, self.on_screen = list(lines), on_screen

    async def next(self):
        return self.lines.pop(0) if self.lines else None


def front(*lines, on_screen=True, **more):
    out = io.StringIO()
    return PlainFront(Page(out), Typed(*lines, on_screen=on_screen), specs=SPECS, **more), out


def test_a_line_for_each_change_and_none_for_the_rest():
    dialogue, out = front()
    dialogue.show_measuring(WATCH)
    row = [("here", 1.0), ("gone", 8.4), ("gone", 11), ("back", 61), ("there", 72.4)]
    for state, seconds in row:
        dialogue.show_tick(Tick(state, "x", seconds, 2.0), WATCH)
    dialogue.show_measured(Measured("back", "ok"), WATCH)
    assert out.getvalue().splitlines() == [
        "",
        "Checking: Gateway.",
        "Gateway: still there, at the start.",
        "Gateway: gone, after 8 seconds.",
        "Gateway: back, but not ready yet, after 1 minute 1 second.",
        "Gateway: back, after 1 minute 12 seconds.",
    ]


@pytest.mark.parametrize(
    ("outcome", "said"),
    [("dead", "not back yet."), ("lossy", "not back yet, lossy."), ("ok", "back.")],
)
def test_how_it_ended_is_said_where_no_tick_said_it(outcome, said):
    dialogue, out = front()
    dialogue.show_measured(Measured("back", outcome), WATCH)
    assert out.getvalue() == f"Gateway: {said}\n"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "at the start"), (2, "after 2 seconds"), (60, "after 1 minute"), (119.6, "after 2 minutes")],
)
def test_elapsed_time_in_words(seconds, words):
    assert elapsed_words(seconds) == words


@pytest.mark.parametrize(
    ("typed", "event"),
    [
        ("", Chosen("back", "cannot_tell")),
        ("1", Chosen("back", "seen")),
        ("2", Chosen("back", "cannot_tell")),
        ("b", WentBack()),
    ],
)
async def test_the_person_ends_the_watch(typed, event):
    dialogue, out = front("w", typed)
    assert await dialogue.leave_watch(WATCH, True) == event
    assert "1. I can see that it is back" in out.getvalue()
    assert "It starts." in out.getvalue()
    assert "Your answer" not in out.getvalue()


async def test_leaving_ends_the_dialogue():
    dialogue, _ = front("q")
    with pytest.raises(InputEnded) as ended:
        await dialogue.leave_watch(WATCH, False)
    assert ended.value.left


@pytest.mark.parametrize("more", [{"on_screen": False}, {"unattended": True}])
async def test_a_piped_line_or_nobody_never_ends_it(more):
    dialogue, out = front("1", **more)
    leaving = asyncio.create_task(dialogue.leave_watch(WATCH, True))
    await asyncio.sleep(0)
    assert (leaving.done(), out.getvalue(), dialogue._lines.lines) == (False, "", ["1"])
    leaving.cancel()
    await asyncio.wait({leaving})


async def test_a_line_typed_after_the_watch_answers_the_next_question():
    reading, writing = os.pipe()
    with os.fdopen(reading) as stream:
        lines = StreamLines(stream)
        waiting = asyncio.create_task(lines.next())
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.wait({waiting})
        os.write(writing, b"2\n")
        os.close(writing)
        async with asyncio.timeout(5):
            assert await lines.next() == "2"
            assert await lines.next() is None


async def test_a_pause_is_a_question_with_two_ways():
    dialogue, out = front("2")
    assert await dialogue.ask(PAUSE, True) == Chosen("pause", "later")
    assert out.getvalue().splitlines()[1:4] == [
        "Wait until the lights stop changing.",
        "  1. I have waited, go on",
        "  2. I will come back later",
    ]


async def test_unattended_a_pause_needs_an_answer():
    dialogue, _ = front(unattended=True)
    with pytest.raises(InputEnded):
        await dialogue.ask(PAUSE, True)
    dialogue, _ = front(unattended=True, answers=Answers({"pause": "go-on"}))
    assert await dialogue.ask(PAUSE, True) == Chosen("pause", "go-on", "answers")
