"""Every screen at every size, as a grid of text with its styles. How to renew them: tests/tui/golden.py."""

import asyncio

import pytest

from tests.diagnosis.situations import DNS_DEAD
from tests.guide import flows as small
from tests.support.batteries import GATEWAY, all_ending, battery
from tests.tui.benches import SIZES, SPECS, app, session_of, settle, shown
from tests.tui.golden import check
from tests.tui.test_watching import begin, watching
from tshoot.diagnosis.explain import Clue, Explanation, Fired, RuledOut
from tshoot.diagnosis.model import Diagnosis, Finding
from tshoot.guide.words import CONFIRM_WORD
from tshoot.tui import motion, themes
from tshoot.tui.screens.evidence import EvidenceScreen

SAMPLES = [2.0, 2.1, 2.0, None, 2.4, 9.5, 2.0, 2.2, 2.1, 2.0]
WINDOW = {
    "address": GATEWAY,
    "method": "icmp raw",
    "sent": 10,
    "lost": 1,
    "median_ms": 2.1,
    "worst_ms": 9.5,
    "samples": SAMPLES,
}
OFFLINE = all_ending("dead", "internet", "internet_v4", "internet_v6")
WELL = battery(gateway=("ok", {"gateway": GATEWAY, "adapter": "eth0", "windows": [WINDOW]}))
BROKEN = battery(**DNS_DEAD)
FLOW = small.flow(
    [
        small.ask("light", {"white": "reset", "red": "sad"}, say="Look at the gateway.", why="It tells."),
        small.do(
            "reset",
            "again",
            "sad",
            risk="destructive",
            loses="Your own Wi-Fi name and key, and every other setting.",
            why="Nothing else is left.",
        ),
        small.verify("again", {"diagnose": "all", "fixed": ["none"]}, "good", "sad", "sad"),
        small.end("good"),
        small.end("sad", "unresolved", help=["phone", "store", "chat", "website", "app"]),
    ]
)

ASKING = small.flow(
    [
        small.ask(
            "which",
            {"account": "page", "metro": "page", "home": "page", "hotspot": "page", "unsure": "page"},
            say="T-Mobile has several services, each with a sign-in of its own. Choose the one that fails.",
            why="Each service has its own name, password and page. The right steps depend on it.",
        )
        | {"ask": "What do you need help with?"},
        small.ask("page", {"yes": "good", "no": "sad"}) | {"ask": "Does the page open?"},
        small.end("good"),
        small.end("sad", "unresolved"),
    ]
)
FOUND = [
    ("connectivity", "I can't get online", "The gateway does not answer."),
    ("app", "The app does not open", "Trying the website once."),
]

sizes = pytest.mark.parametrize("size", SIZES)


class Still:
    """The program at a size, with nothing that moves."""

    def __init__(self, program, size):
        self.program = program
        motion.reduce(program)
        self.running = program.run_test(size=size, notifications=True)

    async def __aenter__(self):
        return await self.running.__aenter__()

    async def __aexit__(self, *error):
        return await self.running.__aexit__(*error)


async def sees(pilot, program, text, name=None):
    await settle(pilot, shown(program, text), turns=600)
    for _ in range(3):
        await pilot.pause()
    if name is not None:
        await check(pilot, name)


def small_flow(*batteries):
    return app(*(batteries or (WELL,)), flow="main", flows={"main": FLOW})


@sizes
async def test_first_screen(size):
    gate = asyncio.Event()
    program = app(BROKEN, WELL, gate=gate, flow="start", home=True)
    async with Still(program, size) as pilot:
        await sees(pilot, program, "Checking: T-Mobile", "home-checking")
        gate.set()
        await sees(pilot, program, "✗ Does not work", "home-broken")
        await pilot.press("m")
        await sees(pilot, program, "✓ Works", "home-healthy")
        await pilot.press("s")
        await sees(pilot, program, "What do you want to reach?", "service")


@sizes
async def test_questions_and_pages(size):
    program = app(WELL, flow="main", flows={"main": ASKING})
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What do you need help with?", "question")
        await pilot.press("2")
        await sees(pilot, program, "Does the page open?")
        await pilot.press("p")
        await sees(pilot, program, "The way so far", "path")
        await pilot.press("escape", "b")
        await sees(pilot, program, "(chosen", "question-again")
        await pilot.press("w")
        await sees(pilot, program, "Why: Each service", "why")
        program.screen.session.find = lambda words: FOUND
        await pilot.press("slash", *"wifi gone")
        await sees(pilot, program, "What goes wrong?", "find")


@sizes
@pytest.mark.parametrize(
    ("key", "wanted"),
    [("r", "─ Report"), ("question_mark", "─ Keys"), ("n", "─ Note"), ("c", "─ Code")],
)
async def test_reading_pages(size, key, wanted):
    program = small_flow(BROKEN)
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What about light?")
        await settle(pilot, lambda: not session_of(program).measuring)
        await pilot.press(key)
        await sees(pilot, program, wanted, f"page-{wanted.split()[-1].lower()}")


class Recorded:
    """Evidence whose conclusion is written here, so that no change of a rule changes the picture."""

    def __init__(self):
        names = ("link", "gateway", "dns_servers")
        self.specs = {name: SPECS[name] for name in names}
        self.results = {name: WELL[name] for name in names[:2]}
        self.running = {"dns_servers"}
        because = ("dns_servers: unreachable (192.168.12.1 silent, 4 tries)",)
        finding = Finding(
            "dns.unreachable", "broken", "strong", because, ("tls",), "say", "agent", "next", "you"
        )
        self.diagnosis = Diagnosis("broken", finding.cause, "strong", "say", "next", (finding,), (), True)
        clue = Clue("when", "dns_servers", ("unreachable",), "unreachable", True, "4 tries")
        rival = Clue("when", "internet", ("dead",), "ok", False, "12 ms")
        fired = Fired(finding.cause, (clue,), "strong", "strong: the rule fits")
        self.explanation = Explanation(fired, (RuledOut("wan.down", (rival,)),))


@sizes
@pytest.mark.parametrize(("probe", "name"), [(None, "page-evidence"), ("gateway", "evidence-gateway")])
async def test_evidence(size, probe, name):
    program = small_flow()
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What about light?")
        await settle(pilot, lambda: not session_of(program).measuring)
        program.push_screen(EvidenceScreen(Recorded(), probe))
        await sees(pilot, program, "▂▂▂·▃█" if probe else "because dns_servers", name)


@sizes
async def test_palette(size):
    program = small_flow()
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What about light?")
        await pilot.press("ctrl+p", *"theme")
        await sees(pilot, program, "Theme: High contrast", "palette")


@sizes
async def test_a_step_that_can_lose_something(size):
    program = small_flow(BROKEN, BROKEN)
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What about light?")
        await settle(pilot, lambda: not session_of(program).measuring)
        await pilot.press("1")
        await sees(pilot, program, "You lose:", "guard")
        await pilot.press("2")
        await sees(pilot, program, f"type the word {CONFIRM_WORD}", "confirm")
        await pilot.press(*CONFIRM_WORD, "enter")
        await sees(pilot, program, "Press the button.", "action")
        await pilot.press("1")
        await sees(pilot, program, "Not solved yet", "end-unresolved")


@sizes
async def test_ends(size):
    program = small_flow(battery(**OFFLINE))
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What about light?")
        await settle(pilot, lambda: not session_of(program).measuring)
        await pilot.press("2")
        await sees(pilot, program, "Not solved yet", "end-offline")


@sizes
async def test_a_repair_that_helped(size):
    program = small_flow(BROKEN, WELL)
    async with Still(program, size) as pilot:
        await sees(pilot, program, "What about light?")
        await settle(pilot, lambda: not session_of(program).measuring)
        await pilot.press("1", "2")
        await sees(pilot, program, f"type the word {CONFIRM_WORD}")
        await pilot.press(*CONFIRM_WORD, "enter")
        await sees(pilot, program, "Press the button.")
        await pilot.press("1")
        await sees(pilot, program, "Solved", "end-resolved")


@sizes
async def test_a_watch(size):
    program, bench = watching()
    async with Still(program, size) as pilot:
        await begin(pilot, program)
        for look in [("ok", 2.0), ("dead", None), ("dead", None), ("lossy", 80.0)]:
            bench.looks.put_nowait(look)
        await sees(pilot, program, "back, but not ready yet", "watch")


@sizes
@pytest.mark.parametrize("name", ["light", "high-contrast"])
async def test_other_looks(size, name):
    program = app(BROKEN, flow="start", home=True)
    async with Still(program, size) as pilot:
        await sees(pilot, program, "✗ Does not work")
        themes.choose(program, name)
        await sees(pilot, program, "✗ Does not work", f"home-broken-{name}")


@sizes
async def test_wide_characters(size):
    program = app(WELL, flow="main", flows={"main": _wide_flow()})
    async with Still(program, size) as pilot:
        await sees(pilot, program, "赤", "wide-characters")


def _wide_flow():
    ask = small.ask("colour", {"red": "over", "blue": "over"}, say="漢字と🙂の長い文章は折り返される。" * 3)
    ask["ask"] = "ゲートウェイの光は何色ですか"
    ask["options"][0]["label"] = "赤"
    ask["options"][1]["label"] = "青い空と広い海のような、とても長い答え" * 2
    return small.flow([ask, small.end("over")])
