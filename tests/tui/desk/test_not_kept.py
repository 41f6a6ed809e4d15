"""What could not be kept is offered again with every word that was typed."""

import threading

import pytest

from tests.desk.calls import small
from tests.tui.desk.desks import desk_of, running
from tshoot.session.errors import Busy


@pytest.fixture
def desk(tmp_path):
    return desk_of(str(tmp_path / "desk.db"), flows=small())


@pytest.fixture
def failing(desk, monkeypatch):
    """Makes the store refuse everything until ``failing.clear()``."""
    on, append = threading.Event(), desk.store.append

    def flaky(*args, **more):
        if on.is_set():
            raise Busy("Another program is using it.")
        return append(*args, **more)

    monkeypatch.setattr(desk.store, "append", flaky)
    return on


NOT_KEPT = "Not kept: Another program is using it."


@pytest.mark.parametrize(
    ("opens", "title", "typed", "keep", "kept"),
    [
        (("n",), "Note", "In the garden", ("f2",), lambda record: record.notes[0].text == "In the garden"),
        (("l",), "The caller in the table", " b", ("enter",), lambda record: record.row.label == "Ticket b"),
        (
            ("h", "tab"),
            "Hand the call over",
            "Ring at five",
            ("f2",),
            lambda record: not record.row.agent and "Ring at five" in record.notes[0].text,
        ),
        (
            ("x", "shift+tab"),
            "Close: Ticket",
            "Moved away",
            ("enter", "2"),
            lambda record: record.closed is not None and record.closed.reason == "Moved away",
        ),
    ],
)
async def test_what_was_typed_is_there_again(desk, failing, opens, title, typed, keep, kept):
    call = desk.begin("main", "Ticket")
    async with running(desk) as shown:
        screen = await shown.on(call)
        failing.set()
        await shown.press(*opens)
        await shown.until(title)
        await shown.type(typed)
        await shown.press(*keep)
        await shown.until(lambda: shown.app.screen is not screen and NOT_KEPT in shown.text)
        assert typed.strip() in shown.text
        failing.clear()
        await shown.press(*keep)
        await shown.until(lambda: kept(desk.store.record(call.session)))


async def test_an_evidence_code_is_there_again(desk, failing, tmp_path):
    import json

    from tests.desk.calls import report

    path = tmp_path / "later.json"
    path.write_text(json.dumps(report(link="ok")))
    call = desk.begin("main", "Ticket")
    async with running(desk) as shown:
        screen = await shown.on(call)
        failing.set()
        await shown.press("e")
        await shown.until("What the caller has")
        await shown.type(str(path))
        await shown.press("enter")
        await shown.until(lambda: shown.app.screen is not screen and NOT_KEPT in shown.text)
        failing.clear()
        await shown.press("enter")
        await shown.until("Network adapter: works (file")


async def test_a_note_typed_while_an_answer_is_still_being_kept_is_not_lost(desk, monkeypatch):
    call = desk.begin("main", "Ticket")
    append, under_way, go = desk.store.append, threading.Event(), threading.Event()

    def slow(*args, **more):
        under_way.set()
        assert go.wait(20)
        return append(*args, **more)

    async with running(desk) as shown:
        screen = await shown.on(call)
        monkeypatch.setattr(desk.store, "append", slow)
        await shown.press("1")
        await shown.until(under_way.is_set)
        await shown.press("n")
        await shown.until("Note")
        await shown.type("In the garden")
        await shown.press("f2")
        await shown.until("still being kept")
        assert "In the garden" in shown.text
        go.set()
        await shown.until(lambda: not screen._busy)
        await shown.press("f2")
        await shown.until(lambda: desk.store.record(call.session).notes)


async def test_a_note_is_not_lost_where_the_program_itself_fails(desk, monkeypatch):
    call = desk.begin("main", "Ticket")

    def broken(*args, **more):
        raise RuntimeError("Oops")

    async with running(desk) as shown:
        screen = await shown.on(call)
        monkeypatch.setattr(desk, "do", broken)
        await shown.press("n")
        await shown.until("Note")
        await shown.type("In the garden")
        await shown.press("f2")
        await shown.until(lambda: shown.app.screen is not screen and "Not kept" in shown.text)
        assert "In the garden" in shown.text
