"""The check of golden screens waits for a screen that is still being painted, and fails for another one."""

import pytest
from textual.app import App
from textual.widgets import Static

from tests.tui import benches, golden


class Late(App):
    """Paints a second word a moment after the first one."""

    def compose(self):
        yield Static("one")

    def on_mount(self):
        self.set_timer(0.15, lambda: self.query_one(Static).update("two"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(golden, "FOLDER", tmp_path)
    monkeypatch.delenv("REWRITE_GOLDEN", raising=False)
    return tmp_path


async def rewritten(monkeypatch):
    with monkeypatch.context() as patch:
        patch.setenv("REWRITE_GOLDEN", "1")
        async with Late().run_test(size=(20, 3)) as pilot:
            await golden.check(pilot, "late")


async def test_rewriting_and_comparing_wait_for_the_last_paint(folder, monkeypatch):
    await rewritten(monkeypatch)
    (file,) = folder.iterdir()
    assert file.read_text(encoding="utf-8").startswith("two\n")
    async with Late().run_test(size=(20, 3)) as pilot:
        assert "one" in benches.text_of(pilot.app)
        await golden.check(pilot, "late")


async def test_another_screen_fails_with_the_difference(folder, monkeypatch):
    await rewritten(monkeypatch)
    monkeypatch.setattr(benches, "LONGEST", 0.0)
    (file,) = folder.iterdir()
    file.write_text(file.read_text(encoding="utf-8").replace("two", "too"), encoding="utf-8")
    async with Late().run_test(size=(20, 3)) as pilot:
        with pytest.raises(AssertionError, match="too"):
            await golden.check(pilot, "late")


async def test_a_missing_one_is_no_pass(folder):
    async with Late().run_test(size=(20, 3)) as pilot:
        with pytest.raises(AssertionError, match="no golden screen"):
            await golden.check(pilot, "late")
