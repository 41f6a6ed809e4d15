"""The report saved from the line dialogue: told first, then asked, then a new file for its owner alone."""

import json

import pytest

from tests.plain.test_asides import session


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "suffix", "begins"),
    [("1", ".txt", ""), ("2.", ".md", "# "), ("HTML", ".html", "<!DOCTYPE html>"), ("json", ".json", "{")],
)
async def test_it_is_saved_in_the_format_that_was_typed(folder, typed, suffix, begins):
    _, said = await session("1", "s", typed, "1")
    (file,) = folder.iterdir()
    assert f"Saved as {file}." in said.replace("\n", " ")
    assert file.suffix == suffix
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.read_text(encoding="utf-8").startswith(begins)


async def test_what_it_holds_and_what_is_replaced_is_told_before_it_is_asked(folder):
    _, said = await session("1", "s", "4", "1")
    assert (
        said.index("It holds") < said.index("Replaced in it") < said.index("4. JSON") < said.index("Saved as")
    )
    (file,) = folder.iterdir()
    document = json.loads(file.read_text(encoding="utf-8"))
    assert document["evidence"]["redacted"] is True
    assert document["report"]["cause"] == "dns.unreachable"
    assert [step["step"] for step in document["steps"]] == ["colour", "size"]


async def test_notes_are_in_it(folder):
    await session("n", "A light blinks", "1", "s", "1", "1")
    (file,) = folder.iterdir()
    assert "A light blinks" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize("typed", ["", "no", "5", "q"])
async def test_anything_else_saves_nothing(folder, typed):
    walk, said = await session("1", "s", typed, "1")
    assert "Nothing was saved." in said
    assert list(folder.iterdir()) == []
    assert [line.step for line in walk.state.transcript][:3] == ["colour", "size", "shape"]


async def test_before_anything_was_done_there_is_nothing_to_save(folder):
    _, said = await session("s", "1", "1")
    assert "There is nothing to save yet." in said


async def test_a_folder_that_takes_nothing_is_told_and_the_session_goes_on(folder, monkeypatch):
    def full(name, text):
        raise OSError(28, "No space left on device", name)

    monkeypatch.setattr("tshoot.evidence.files.write_new", full)
    walk, said = await session("1", "s", "1", "1")
    assert "The report could not be saved: No space left on device." in said.replace("\n", " ")
    assert walk.finish is not None


async def test_rules_that_can_not_be_used_are_named(folder, monkeypatch):
    def wrong(folders):
        raise OSError(13, "Permission denied", "rules.yaml")

    monkeypatch.setattr("tshoot.redaction.load_rules", wrong)
    _, said = await session("1", "s", "1")
    assert "rules.yaml can't be read: Permission denied. Correct that file, then try again." in said.replace(
        "\n", " "
    )


async def test_after_the_end_too(folder):
    _, said = await session("1", "1", "s", "2", "", on_screen=True)
    assert "s to save it" in said
    (file,) = folder.iterdir()
    assert file.suffix == ".md"
