"""Hostile text on every screen of the desk: no crash, no live markup, no control character on the screen."""

import json

import pytest

from tests.tui.desk.desks import SIZES, desk_of, running
from tests.tui.hostile import FORBIDDEN, HOSTILE, hostile_battery, hostile_flow
from tshoot.catalog.services import resolve_target
from tshoot.checkup import Checkup, judge
from tshoot.desk import moves
from tshoot.report.as_json import to_json
from tshoot.session.model import EvidenceGiven
from tshoot.target import Target
from tshoot.tui.toast import toast

LONG = [number for number, text in enumerate(HOSTILE) if len(text) > 1000 or "\n" in text or "漢" in text]
CASES = [(number, SIZES[1]) for number in range(len(HOSTILE))]
CASES += [(number, size) for number in LONG for size in (SIZES[0], SIZES[2])]


def typed(text):
    """As much of the text as a person, a file or a database can hand over."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def hostile_report(text):
    results = hostile_battery(text)
    target = Target(resolve_target("t-mobile").host, service="t-mobile", title=text)
    document = to_json(Checkup(target, results, judge(results, target), 10.0).report())
    document["target"] = {"service": text, "hosts": [text]}
    return json.loads(json.dumps(document))


async def opens(shown, *keys):
    """Press keys until something new lies over the screen; look at it; close it again."""
    below = shown.app.screen
    await shown.press(*keys)
    await shown.until(lambda: shown.app.screen is not below)
    await shown.pilot.pause(0.02)
    clean(shown)
    await shown.press("escape")
    await shown.until(lambda: shown.app.screen is below)


def clean(shown):
    assert not FORBIDDEN.search(shown.text), ascii(shown.text)


@pytest.mark.parametrize(("number", "size"), CASES)
async def test_every_screen(tmp_path, number, size):
    text = HOSTILE[number]
    words = typed(text)
    desk = desk_of(str(tmp_path / "desk.db"), words, {"main": hostile_flow(text)})
    evidence = EvidenceGiven(hostile_report(words), "file", words)
    call = desk.begin("main", words, "t-mobile", evidence=evidence)
    desk.agent = call.agent
    call = desk.do(call, lambda one: moves.noted(one, words or "note"))
    call = desk.do(call, lambda one: moves.chosen(one, "on", 1.0))
    async with running(desk, size, tooltips=True) as shown:
        await shown.until("tshoot desk · Calls")
        await shown.until(lambda: shown.app.screen.page.rows)
        clean(shown)
        for key in ("n", "f", "question_mark", "s", "x", "delete"):
            await opens(shown, key)
        toast(shown.app, text, title=text)
        await shown.press("enter")
        await shown.until("Say to the caller")
        clean(shown)
        for key in ("e", "n", "l", "h", "x", "t", "p", "question_mark"):
            await opens(shown, key)
        await shown.press("w", "1")
        await shown.until(lambda: "Careful" in shown.text and "agree" in shown.text)
        clean(shown)
        await shown.type("agree")
        await shown.press("enter")
        await shown.until(lambda: shown.app.screen.__class__.__name__ == "CallScreen")
        await shown.press("2")
        await shown.until(lambda: shown.app.screen.at_end)
        clean(shown)
        await opens(shown, "t")


@pytest.mark.parametrize("number", range(len(HOSTILE)))
async def test_the_ticket_in_every_format(tmp_path, number):
    words = typed(HOSTILE[number])
    desk = desk_of(str(tmp_path / "desk.db"), "anna", {"main": hostile_flow(words)})
    call = desk.begin("main", words, evidence=EvidenceGiven(hostile_report(words), "file", words))
    call = desk.do(call, lambda one: moves.noted(one, words or "note"))
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("t")
        for name in ("Markdown", "HTML", "JSON", "text"):
            await shown.until(f"{name}, without private data")
            clean(shown)
            await shown.press("f")
