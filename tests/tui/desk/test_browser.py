"""The desk before a browser: no name that is typed there reads or writes a file of this computer."""

import json

import pytest
from textual import events
from textual.widgets import Static

from tests.desk.calls import report, small
from tests.diagnosis.situations import DNS_DEAD
from tests.tui.desk.desks import SIZES, desk_of, running
from tests.tui.hostile import FORBIDDEN, HOSTILE
from tshoot.desk.intake import NO_FILES
from tshoot.tui.desk.app import DeskApp
from tshoot.tui.widgets.report_input import ReportInput


@pytest.fixture
def delivered(monkeypatch):
    files = []

    def deliver_text(self, text, save_filename, encoding):
        files.append((save_filename, text.read()))

    monkeypatch.setattr(DeskApp, "is_web", True)
    monkeypatch.setattr(DeskApp, "deliver_text", deliver_text)
    return files


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Holds one report that nobody may read from a browser."""
    here = tmp_path / "here"
    here.mkdir()
    (here / "report.json").write_text(json.dumps(report(**DNS_DEAD)))
    monkeypatch.chdir(here)
    return here


@pytest.fixture
def desk(tmp_path):
    return desk_of(str(tmp_path / "desk.db"), flows=small())


def paste(shown, text):
    """As a browser hands it over: line breaks are carriage returns."""
    shown.app.post_message(events.Paste(text.replace("\n", "\r")))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", ["report.json", "/etc/passwd", "~/report.json"])
async def test_a_name_in_a_new_call_is_refused_and_what_to_do_is_said(desk, delivered, folder, name, size):
    async with running(desk, size) as shown:
        await shown.until("No calls are open.")
        await shown.press("n", "tab")
        await shown.until("New call")
        await shown.type(name)
        await shown.press("enter")
        await shown.until("In a browser no file")
        assert str(shown.app.screen.query_one("#wrong", Static).content) == NO_FILES
        assert desk.store.count() == 0


@pytest.mark.parametrize("name", ["report.json", "/etc/passwd", "~/report.json"])
async def test_a_name_in_a_call_is_refused_and_no_file_is_listed(desk, delivered, folder, name):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("e")
        await shown.until("What the caller has")
        await shown.pilot.pause(0.1)
        assert f"({folder})" not in shown.text
        await shown.press("down", "up")
        await shown.type(name)
        await shown.press("enter")
        await shown.until("In a browser no file")
        assert str(shown.app.screen.query_one("#wrong", Static).content) == NO_FILES
        assert len(desk.store.events(call.session)) == len(call.events)


async def test_the_text_of_a_report_is_pasted_into_a_new_call(desk, delivered, folder):
    async with running(desk) as shown:
        await shown.until("No calls are open.")
        await shown.press("n", "tab")
        await shown.until("New call")
        paste(shown, json.dumps(report(**DNS_DEAD), indent=2))
        await shown.until("A pasted report, ")
        await shown.press("enter")
        await shown.until("dns.unreachable, strong")


async def test_the_text_of_a_report_is_pasted_into_a_call_and_can_be_taken_away(desk, delivered, folder):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("e")
        await shown.until("What the caller has")
        paste(shown, json.dumps(report(**DNS_DEAD), indent=2)[:-3])
        await shown.until("A pasted report, ")
        await shown.press("enter")
        await shown.until("not a whole report")
        await shown.press("backspace")
        await shown.until(lambda: "A pasted report" not in shown.text)
        assert shown.app.screen.query_one(ReportInput).given == ""
        paste(shown, json.dumps(report(**DNS_DEAD), indent=2))
        await shown.until("A pasted report, ")
        await shown.press("enter")
        await shown.until("dns.unreachable, strong")
    assert list(folder.iterdir()) == [folder / "report.json"]


async def test_ticket_and_picture_are_saved_by_the_browser(desk, delivered, folder):
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        await shown.press("ctrl+s")
        await shown.until(lambda: len(delivered) == 1)
        await shown.press("t")
        await shown.until("# Ticket 4711")
        await shown.press("s")
        await shown.until("Your browser was asked to save")
    (picture, svg), (ticket, text) = delivered
    assert (picture[:7], svg[:4]) == ("tshoot-", "<svg")
    assert (ticket, text[:13]) == (f"ticket-{call.session}.md", "# Ticket 4711")
    assert list(folder.iterdir()) == [folder / "report.json"]


WINDOWS = (("n", "It goes into the ticket"), ("l", "The caller in the table"), ("e", "Every check ends"))


@pytest.mark.parametrize("hostile", HOSTILE)
async def test_what_is_pasted_into_any_line_is_made_harmless(desk, hostile):
    text = hostile.encode("utf-8", "replace").decode("utf-8")
    call = desk.begin("main", "Ticket 4711")
    async with running(desk) as shown:
        await shown.on(call)
        for key, title in WINDOWS:
            await shown.press(key)
            await shown.until(title)
            shown.app.post_message(events.Paste(f"x{text}"))
            await shown.pilot.pause(0.05)
            assert not FORBIDDEN.search(shown.text), ascii(shown.text)
            await shown.press("escape")
            await shown.until("Say to the caller")
