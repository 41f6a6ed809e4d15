"""The report before it leaves the wizard: what is in it, save, copy; the code on the last screen."""

import json

import pytest

from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import battery
from tests.tui.benches import SIZES, app, session_of, settle, shown
from tshoot.config.settings import Config
from tshoot.evidence.telling import recorded_from_code
from tshoot.tui.screens.report import ReportScreen
from tshoot.tui.written import so_far


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


@pytest.mark.parametrize("size", SIZES)
async def test_its_text_fits_the_screen_also_after_a_change_of_size(size):
    program = app(battery(**DNS_DEAD), home=True, flow="start")
    async with program.run_test(size=SIZES[0]) as pilot:
        await opened(pilot, program)
        await pilot.resize_terminal(*size)
        for _ in range(3):
            await pilot.pause()
        static = program.screen.query_one("#report")
        texts = str(static.render()).splitlines()
        assert max(map(len, texts)) <= static.size.width
        paragraph = "The DNS server 192.168.12.1 does not answer, so names of websites can't be looked up."
        (start,) = (place for place, text in enumerate(texts) if text.startswith("The DNS server 192"))
        assert paragraph in " ".join(texts[start : start + 4])
        assert len(texts[start]) > static.size.width - 15


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
        report = so_far(session_of(program)).report()
    assert recorded_from_code(report.code).checkup().diagnosis.cause == report.cause == "dns.unreachable"


BROKEN_RULES = (
    "rules:\n  - id: badge\n    token: badge\n    pattern: '('\n    reason: It names an employee.\n"
)
OWN_RULES = "rules:\n  - id: servers\n    token: server\n    pattern: 'DNS server'\n    reason: A test.\n"


@pytest.fixture
def own_rules(tmp_path, monkeypatch):
    """The file of a person's own redaction rules."""
    monkeypatch.setenv("TSHOOT_CONFIG", str(tmp_path / "config.toml"))
    return tmp_path / "redaction.yaml"


async def test_broken_rules_of_one_s_own_are_told_and_the_program_goes_on(own_rules):
    own_rules.write_text(BROKEN_RULES)
    program = app(battery(**DNS_DEAD), home=True, flow="start")
    async with program.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot, lambda: not session_of(program).measuring and shown(program, "✗ Names")())
        await pilot.press("r")
        await settle(pilot, lambda: len(program._notifications) == 1)
        (told,) = program._notifications
        assert f"{own_rules}:4:14 " in told.message
        assert "Correct that file, then press r again." in told.message
        own_rules.write_text(OWN_RULES)
        await pilot.press("r")
        await settle(pilot, lambda: isinstance(program.screen, ReportScreen))
        await settle(pilot, shown(program, "became <server-1>"))


async def test_rules_that_can_t_be_read_are_told(own_rules, monkeypatch):
    def unreadable(path):
        raise PermissionError(13, "Permission denied", str(path))

    own_rules.write_text(OWN_RULES)
    program = app(battery(**DNS_DEAD), home=True, flow="start")
    async with program.run_test(size=(120, 40), notifications=True) as pilot:
        await settle(pilot, lambda: not session_of(program).measuring and shown(program, "✗ Names")())
        with monkeypatch.context() as patch:
            patch.setattr("tshoot.redaction.load.read_document", unreadable)
            await pilot.press("r")
            await settle(pilot, shown(program, "Permission denied"))
        assert not isinstance(program.screen, ReportScreen)


async def test_rules_of_the_folders_that_are_set_count(tmp_path):
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "redaction.yaml").write_text(OWN_RULES)
    program = app(battery(**DNS_DEAD), home=True, flow="start", config=Config(flows=(tmp_path,)))
    async with program.run_test(size=(120, 40), notifications=True) as pilot:
        await opened(pilot, program)
        await settle(pilot, shown(program, "became <server-1>"))
