"""The report before it leaves the wizard: what is in it, save, copy; the code on the last screen."""

import json

from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import battery
from tests.tui.benches import app, session_of, settle, shown
from tshoot.evidence.telling import recorded_from_code
from tshoot.tui.screens.report import ReportScreen
from tshoot.tui.written import session_report


async def opened(pilot, program):
    await settle(pilot, shown(program, "✗ Names"))
    await settle(pilot, lambda: not session_of(program).measuring)
    await pilot.press("r")
    await settle(pilot, lambda: isinstance(program.screen, ReportScreen))
    await pilot.pause()


async def test_it_says_what_is_in_it_and_saves_what_it_shows(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    program = app(battery(**DNS_DEAD), home=True, flow="start")
    async with program.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot, program)
        assert shown(program, "It holds")()
        await pilot.press("f", "f", "f")
        await pilot.press("s")
        await pilot.pause()
    (file,) = tmp_path.iterdir()
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["cause"] == "dns.unreachable"
    assert document["evidence"]["redacted"] is True


async def test_nothing_is_copied_without_a_yes():
    program = app(battery(**DNS_DEAD), home=True, flow="start")
    copied = []
    async with program.run_test(size=(80, 24), notifications=True) as pilot:
        program.copy_to_clipboard = copied.append
        await opened(pilot, program)
        await pilot.press("c")
        await settle(pilot, shown(program, "Copy the report?"))
        await pilot.press("1")
        await pilot.pause()
        assert copied == []
        await pilot.press("c")
        await settle(pilot, shown(program, "Copy the report?"))
        await pilot.press("2")
        await settle(pilot, lambda: bool(copied))
    assert "dns.unreachable" in copied[0]


async def test_the_code_leads_to_the_headline_on_the_screen():
    program = app(battery(**DNS_DEAD), home=True, flow="start")
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "✗ Names"))
        await settle(pilot, lambda: not session_of(program).measuring)
        report = session_report(session_of(program))
    assert recorded_from_code(report.code).checkup().diagnosis.cause == report.cause == "dns.unreachable"
