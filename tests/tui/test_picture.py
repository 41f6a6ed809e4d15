"""A picture of the screen: a new file each time, in a folder that takes it, and the person is told where."""

from datetime import datetime

from tests.support.batteries import battery
from tests.tui.benches import app, settle, shown, text_of
from tshoot.tui.picture import save_picture

NOON = datetime(2026, 5, 4, 12, 30, 1)


async def test_it_goes_into_the_current_folder_and_nothing_is_overwritten(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24)) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        first, second = save_picture(program, NOON), save_picture(program, NOON)
    assert [first.name, second.name] == ["tshoot-2026-05-04-123001.svg", "tshoot-2026-05-04-123001-1.svg"]
    assert {path.stat().st_mode & 0o777 for path in (first, second)} == {0o600}
    svg = first.read_text(encoding="utf-8")
    assert svg.startswith("<svg")
    assert "What" in svg


async def test_it_goes_into_the_downloads_where_the_folder_takes_none(tmp_path, monkeypatch):
    here, downloads = tmp_path / "gone", tmp_path / "downloads"
    here.mkdir()
    downloads.mkdir()
    monkeypatch.chdir(here)
    here.rmdir()
    monkeypatch.setattr("platformdirs.user_downloads_path", lambda: downloads)
    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        await pilot.press("ctrl+s")
        await settle(pilot, lambda: list(downloads.iterdir()) != [])
        await settle(pilot, shown(program, "A picture of this screen"))
    monkeypatch.chdir(tmp_path)


async def test_in_a_browser_it_is_the_browser_that_saves_it(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    delivered = []
    program = app(battery(), flow="start")
    monkeypatch.setattr(type(program), "is_web", True)
    monkeypatch.setattr(
        program,
        "deliver_text",
        lambda text, save_filename, encoding: delivered.append((text.read(), save_filename)),
    )
    async with program.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        await pilot.press("ctrl+s")
        await settle(pilot, shown(program, "A picture of this screen"))
    [(svg, name)] = delivered
    assert svg.startswith("<svg")
    assert name.startswith("tshoot-20")
    assert list(tmp_path.iterdir()) == []


async def test_where_nothing_can_be_written_it_says_so(tmp_path, monkeypatch):
    def full(**where):
        raise OSError(28, "No space left on device")

    program = app(battery(), flow="start")
    async with program.run_test(size=(80, 24), notifications=True) as pilot:
        await settle(pilot, shown(program, "What do you need help with?"))
        monkeypatch.setattr("tempfile.mkstemp", full)
        await pilot.press("ctrl+s")
        await settle(pilot, shown(program, "No space left on"))
        assert "could not be saved" in " ".join(text_of(program).split())
