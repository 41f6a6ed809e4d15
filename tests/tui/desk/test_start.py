"""How the desk starts: the agent's name, the calls left open."""

from tests.desk.calls import small
from tests.tui.desk.desks import Shown, desk_of, finish_threads
from tshoot.desk.agent import remembered
from tshoot.desk.desk import Desk
from tshoot.session.store import open_store
from tshoot.tui.desk.app import DeskApp


async def test_the_name_is_asked_once_and_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path))
    desk = Desk(open_store(str(tmp_path / "desk.db")), small(), "", remember=True)
    app = DeskApp(desk, ask_name="user7")
    async with app.run_test(size=(80, 24)) as pilot:
        shown = Shown(pilot, desk)
        await shown.until("Your name, as other agents see it")
        assert "user7" in shown.text
        await shown.press(*["backspace"] * 5)
        await shown.type("Kim")
        await shown.press("enter")
        await shown.until("No calls are open.")
        assert "Kim" in shown.text
    finish_threads()
    desk.store.close()
    assert (desk.agent, remembered()) == ("Kim", "Kim")


async def test_leaving_the_question_takes_the_name_that_is_offered_for_this_time(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path))
    desk = desk_of(str(tmp_path / "desk.db"), "", small())
    app = DeskApp(desk, ask_name="user7")
    async with app.run_test(size=(80, 24)) as pilot:
        shown = Shown(pilot, desk)
        await shown.until("Your name")
        await shown.press("escape")
        await shown.until("No calls are open.")
    finish_threads()
    desk.store.close()
    assert (desk.agent, remembered()) == ("user7", "")


async def test_where_no_name_can_be_offered_one_has_to_be_typed(tmp_path):
    desk = desk_of(str(tmp_path / "desk.db"), "", small())
    app = DeskApp(desk, ask_name="")
    async with app.run_test(size=(80, 24)) as pilot:
        shown = Shown(pilot, desk)
        await shown.until("Your name")
        await shown.press("space", "enter")
        await shown.until("Type your name first")
        await shown.type("Kim")
        await shown.press("enter")
        await shown.until("No calls are open.")
        assert desk.agent == "Kim"
    finish_threads()
    desk.store.close()


async def test_who_gives_no_name_where_none_can_be_offered_leaves(tmp_path):
    desk = desk_of(str(tmp_path / "desk.db"), "", small())
    app = DeskApp(desk, ask_name="")
    async with app.run_test(size=(80, 24)) as pilot:
        await Shown(pilot, desk).until("Your name")
        await pilot.press("escape")
    assert app.return_value == 0
    finish_threads()
    desk.store.close()


async def test_control_c_is_130_and_themes_change(tmp_path):
    desk = desk_of(str(tmp_path / "desk.db"), flows=small())
    app = DeskApp(desk)
    async with app.run_test(size=(80, 24)) as pilot:
        shown = Shown(pilot, desk)
        await shown.until("No calls are open.")
        before = app.theme
        await shown.press("ctrl+t")
        await shown.until(lambda: app.theme != before)
        await shown.press("ctrl+c")
    assert app.return_value == 130
    finish_threads()
    desk.store.close()
