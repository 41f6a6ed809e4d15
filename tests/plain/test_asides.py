"""What a person can ask for besides answering: evidence in words, report, note, the way so far."""

import io
import re

import pytest

from tests.guide import flows as f
from tests.support.batteries import all_ending, battery
from tests.test_plain import Typed
from tshoot.evidence.alphabet import spell
from tshoot.evidence.telling import recorded_from_code
from tshoot.guide.driver import Driver, Ended
from tshoot.guide.evidence import AskedEvidence
from tshoot.guide.known import Known
from tshoot.guide.model import Measured
from tshoot.plain.asides import Asides
from tshoot.plain.front import PlainFront
from tshoot.plain.page import Page
from tshoot.probes.registry import specs
from tshoot.target import Target

FLOW = f.flow(
    [
        f.ask("colour", {"red": "size", "blue": "size"}, why="They differ."),
        f.diagnose("size", {"none": "shape"}, "shape"),
        f.ask("shape", {"round": "good", "square": "sad"}),
        f.end("good"),
        f.end("sad", "unresolved"),
    ]
)
DNS_DEAD = battery(dns_servers="unreachable", **all_ending("timeout", "dns_system"), dns_name="skipped")


class Measures(AskedEvidence):
    def __init__(self, known, results):
        self.known, self.results = known, results

    async def measure(self, wanted):
        for result in self.results.values():
            self.known.finished(result)
        return Measured(wanted.step, "none")


async def session(*lines, results=DNS_DEAD, on_screen=False):
    """Type these lines; returns the walk and what was said."""
    out, known, guide = io.StringIO(), Known(Target("account.example.net")), f.engine(FLOW)
    typed = Typed(*lines)
    typed.on_screen = on_screen
    page = Page(out)
    front = PlainFront(page, typed, asides=Asides(page, engine=guide, known=known, specs=specs()))
    try:
        walk = await Driver(guide, Measures(known, results), front).run(*guide.start("main"))
    except Ended as ended:
        walk = ended.walk
    return walk, out.getvalue()


def taken(walk):
    return [(line.step, line.value) for line in walk.state.transcript]


async def test_the_evidence_in_words():
    _, said = await session("1", "e", "1")
    lines = said.splitlines()
    start = lines.index("Your answer: ", lines.index("Your answer: ") + 1)
    told = "\n".join(lines[start:])
    assert "does not answer" in told
    assert "DNS: fails." in told
    assert "Gateway: works." in told
    assert f"{len(DNS_DEAD)} measurements:" in told
    assert "DNS name" not in told or "skipped" in told
    assert not set("✓✗▰") & set(said)


async def test_nothing_measured_yet_is_said():
    _, said = await session("e", "r", "1", "1")
    assert said.count("Nothing has been measured yet.") == 2


async def test_the_report_has_the_way_and_the_notes_and_no_signs():
    _, said = await session("1", "n", "It blinks\x1b[31m twice.", "r", "1")
    report = said[said.index("Does not work: ") :]
    assert "account.example.net" in report
    assert "The way so far, 2 steps:" in report
    assert "What about colour? The red one" in report.replace("\n  ", " ")
    assert "Your notes\n- What about shape?\n    It blinks�[31m twice.\n" in report
    assert "✗" not in said


async def test_a_note_can_be_left_out_and_changed():
    _, said = await session("n", "", "n", "one", "n", "two", "r", "1", "1")
    assert "No note was written." in said
    assert "Your note so far: one" in said
    assert "Your notes\n- What about colour?\n    two\n" in said


async def test_the_way_so_far_leads_back_to_any_answer():
    walk, said = await session("1", "p", "1", "2", "2")
    assert taken(walk) == [("colour", "blue"), ("size", "none"), ("shape", "square")]
    assert (
        "The way so far: 2 steps.\n  1. What about colour? The red one\n     Checked: all is well\n" in said
    )
    assert "Your answer before: The red one. Enter keeps it." in said


@pytest.mark.parametrize(
    ("typed", "words"), [("", "Nothing was changed."), ("7", "There is no such number.")]
)
async def test_staying_changes_nothing(typed, words):
    walk, said = await session("1", "p", typed, "1")
    assert taken(walk) == [("colour", "red"), ("size", "none"), ("shape", "round")]
    assert words in said


async def test_there_is_no_way_at_the_first_question():
    _, said = await session("p", "1", "1")
    assert "The way so far: 0 steps.\nNothing was asked yet.\n" in said


async def test_after_the_end_one_can_look_around_and_go_back():
    walk, said = await session("1", "1", "r", "x", "w", "b", "2", "", on_screen=True)
    assert taken(walk)[-1] == ("shape", "square")
    assert walk.finish.outcome == "unresolved"
    assert said.count("Type e for what was measured") == 5
    assert "Please type one of these letters, or Enter." in said
    assert "Back to the question before." in said


async def test_the_end_says_the_code_and_how_it_is_read_out_as_the_report_does():
    _, said = await session("1", "1", "r", "", on_screen=True)
    ended = said[said.index("Solved.") :]
    code = re.search(r"^Code for support: ([0-9A-Z-]+)$", ended, re.MULTILINE)[1]
    assert recorded_from_code(code).checkup().diagnosis.cause == "dns.unreachable"
    spoken = ", ".join(" ".join(group) for group in spell(code))
    assert f"Read it out: {spoken}" in " ".join(ended.split())
    assert f"Code to read out to support: {code}" in ended


async def test_without_a_check_there_is_no_code():
    _, said = await session("1", "1", results={})
    assert "Solved." in said
    assert "Code for support" not in said


async def test_a_pipe_is_asked_nothing_after_the_end():
    walk, said = await session("1", "1")
    assert walk.finish.outcome == "resolved"
    assert "Type e for" not in said


async def test_the_input_may_end_in_the_middle_of_a_note():
    walk, said = await session("1", "n")
    assert walk.finish is None
    assert "No note was written." in said
