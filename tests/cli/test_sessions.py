"""`tshoot sessions`: what it prints, deletes and says where something is wrong."""

import json
import stat
from datetime import UTC, datetime, timedelta

import click
import pytest
from click.testing import CliRunner

from tests.session.samples import OPENED, SOLVED, answered, checked
from tshoot.cli.sessions import sessions
from tshoot.cli.sessions_table import table
from tshoot.guide.model import Chosen
from tshoot.session.ages import ago, lasting
from tshoot.session.durations import span_of
from tshoot.session.errors import NotWritable
from tshoot.session.model import Assigned, Labelled, Noted, Tried, Walked
from tshoot.session.row import SessionRow
from tshoot.session.store import open_store

NOW = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("TSHOOT_STORE_RECORD")
    opened = open_store()
    yield opened
    opened.close()


def run(*arguments, typed=None):
    done = CliRunner().invoke(sessions, arguments, input=typed)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


def test_the_table(store):
    row = store.create(OPENED, answered(), Labelled("Ms. Müller"), Assigned("anna"))
    solved = store.create(OPENED, SOLVED)
    lines = run().stdout.splitlines()
    assert lines[0].split() == ["SESSION", "LAST", "USED", "STATE", "WHO", "WHERE"]
    assert lines[1].startswith(f"{solved.session}  just now        solved           wizard")
    assert lines[2].startswith(f"{row.session}  just now        open             Ms. Müller")
    assert "I can't get online: Restart" in lines[2]
    assert run("list", "--state", "open").stdout.splitlines()[1:] == lines[2:]
    assert run("list", "--search", "mull").stdout.splitlines()[1:] == lines[2:]
    assert run("list", "--agent", "anna").stdout.splitlines()[1:] == lines[2:]
    assert run("list", "--agent", "ben").stdout == "There are no such sessions.\n"
    page = run("list", "--limit", "1")
    assert page.stdout.splitlines()[1:] == lines[1:2]
    assert "1 more" in page.stderr


def test_the_options_of_the_list_are_taken_without_its_name_too(store):
    store.create(OPENED, answered(), Labelled("Ms. Müller"), Assigned("anna"))
    store.create(OPENED, SOLVED)
    for options in (
        ["--json"],
        ["--state", "open", "--json"],
        ["--search", "mull"],
        ["--agent", "ben"],
        ["--kind", "wizard", "--service", "t-mobile", "--order", "label", "--limit", "1", "--offset", "1"],
    ):
        assert run(*options).stdout == run("list", *options).stdout != ""
    assert [json.loads(line)["state"] for line in run("--json").stdout.splitlines()] == ["resolved", "open"]


def test_an_option_of_the_list_before_another_command_is_told(store):
    row = store.create(OPENED, answered())
    done = run("--json", "show", row.session)
    assert done.exit_code == 2
    assert "'--json' must stand after 'show'." in done.stderr
    assert run("--json", "list").exit_code == 2


def test_every_line_fits_the_terminal_also_with_wide_characters():
    row = SessionRow("abcdefgh", label="漢字" * 20, topic="x" * 90, title="🙂" * 90, opened=NOW, updated=NOW)
    for width in (80, 120, 200):
        for line in table([row], NOW, width):
            wide = sum(2 if ord(char) > 0x2E80 else 1 for char in line)
            assert wide <= width
            assert "…" in line or "SESSION" in line


def test_json_lines(store):
    row = store.create(OPENED, Labelled("Bob"))
    (line,) = run("list", "--json").stdout.splitlines()
    found = json.loads(line)
    assert (found["session"], found["label"], found["state"]) == (row.session, "Bob", "open")
    assert found["opened"].endswith("Z")


def test_one_session(store):
    row = store.create(OPENED, answered(seconds=75.0), Noted("Line one.\nLine two."), SOLVED, who="anna")
    said = run("show", row.session[:5]).stdout
    for words in (
        f"Session {row.session}: I can't get online",
        "state     solved",
        "checked   metro",
        "cause     trouble finding names (dns.unreachable)",
        "start/which: The names one  (1 min)",
        "anna: Line one.",
        "End: It works again.",
    ):
        assert words in said
    document = json.loads(run("show", row.session, "--json").stdout)
    assert (document["schema"], document["state"], document["steps"][0]["seconds"]) == (
        "tshoot.record/1",
        "resolved",
        75.0,
    )
    assert document["end"]["summary"] == "It works again."


def test_deleting_asks_first(store, monkeypatch):
    monkeypatch.setattr("tshoot.cli.sessions.asks", lambda: True)
    row = store.create(OPENED)
    kept = run("delete", row.session, typed="n\n")
    assert (kept.exit_code, kept.stdout) == (0, "")
    assert kept.stderr.endswith("Nothing was deleted.\n")
    assert store.count() == 1
    assert "is deleted" in run("delete", row.session, typed="y\n").stdout
    assert store.count() == 0
    other = store.create(OPENED)
    assert run("delete", other.session, "--yes").exit_code == 0
    assert store.count() == 0


def test_deleting_where_nobody_can_be_asked_says_how(store):
    row = store.create(OPENED)
    error = failed("delete", row.session)
    assert error.exit_code == 2
    assert "--yes" in error.message
    assert store.count() == 1


def test_pruning(store):
    store.create(OPENED)
    assert run("prune", "--older", "1h").stdout == "0 sessions deleted.\n"
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE sessions SET updated = updated - 86400000")
    assert run("prune", "--older", "23h").stdout == "1 session deleted.\n"


def test_export_to_stdout_and_to_a_file(store, tmp_path):
    row = store.create(OPENED, answered())
    lines = run("export").stdout.splitlines()
    assert [json.loads(line)["number"] for line in lines] == [1, 2]
    path = tmp_path / "out.jsonl"
    assert run("export", "--session", row.session, "--output", str(path)).exit_code == 0
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().splitlines() == lines
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_an_export_replaces_no_file_unasked_and_is_whole_or_not_there(store, tmp_path, monkeypatch):
    store.create(OPENED, answered())
    path = tmp_path / "out" / "all.jsonl"
    path.parent.mkdir()
    path.write_text("mine")
    error = failed("export", "--output", str(path))
    assert (error.exit_code, path.read_text()) == (2, "mine")
    assert "--yes" in error.message
    assert run("export", "--output", str(path), "--yes").exit_code == 0
    whole = path.read_text()
    assert len(whole.splitlines()) == 2

    def torn(self, session=None):
        yield "a line"
        raise NotWritable("The disk is gone.")

    monkeypatch.setattr("tshoot.session.store.Store.export", torn)
    assert failed("export", "--output", str(path), "--yes").exit_code == 3
    assert path.read_text() == whole
    assert [each.name for each in path.parent.iterdir()] == ["all.jsonl"]


def failed(*arguments):
    with pytest.raises(click.ClickException) as caught:
        sessions.main(list(arguments), standalone_mode=False)
    return caught.value


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("show", "zzzz"), 2, "no session 'zzzz'"),
        (("export", "--session", "nope"), 2, "no session 'nope'"),
        (("prune", "--older", "soon"), 2, "90d"),
        (("prune", "--older", "0d"), 2, "90d"),
        (("resume",), 2, "no session to go on with"),
        (("--store", "mysql://host/name", "list"), 3, "no database that can be used"),
        (("export", "--output", "/nowhere/at/all"), 2, "no folder /nowhere/at"),
    ],
)
def test_what_is_wrong_is_said_in_words(store, arguments, code, words):
    error = failed(*arguments)
    assert error.exit_code == code
    assert words in error.message


@pytest.mark.parametrize(
    "arguments",
    [
        ("list",),
        (),
        ("show", "k3f9"),
        ("stats",),
        ("export",),
        ("resume", "k3f9"),
        ("delete", "k3f9", "--yes"),
        ("prune", "--older", "90d"),
    ],
)
def test_a_store_that_is_not_there_is_said_and_not_made(tmp_path, arguments):
    path = tmp_path / "none" / "x.db"
    for address in (str(path), f"sqlite:///{path}"):
        error = failed("--store", address, *arguments)
        assert error.exit_code == 3
        assert f"There is no store at {path}" in error.message
    assert not path.parent.exists()


def test_the_store_that_is_used_by_itself_may_not_be_there_yet(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path / "new"))
    assert run("list").stdout == "There are no such sessions.\n"


def test_advice_from_a_store_that_is_not_there_is_refused(tmp_path):
    from tshoot.cli.flows_order import advise

    done = CliRunner().invoke(advise, ["connectivity", "--store", str(tmp_path / "none" / "x.db")])
    assert done.exit_code == 3
    assert "There is no store" in done.output
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize(
    ("age", "words"),
    [
        (timedelta(seconds=5), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=59), "59 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=47), "47 hours ago"),
        (timedelta(days=12), "12 days ago"),
        (-timedelta(hours=1), "just now"),
    ],
)
def test_ages(age, words):
    assert ago(NOW - age, NOW) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(4.4, "4 s"), (59.4, "59 s"), (61, "1 min"), (3599, "1 h 00 min"), (7500, "2 h 05 min")],
)
def test_lasting(seconds, words):
    assert lasting(seconds) == words


def test_spans():
    assert [span_of(text) for text in ("90d", "12h", "4W", " 1 d ")] == [
        timedelta(days=90),
        timedelta(hours=12),
        timedelta(weeks=4),
        timedelta(days=1),
    ]


def test_figures_as_text_and_as_json(store):
    store.create(OPENED, answered(seconds=120.0), checked(1), SOLVED)
    store.create(OPENED, answered())
    said = run("stats").stdout
    for words in (
        "Sessions: 2 (open 1, solved 1)",
        "Minutes until solved: median 2.0",
        "     1  dns.unreachable (trouble finding names), solved 1",
        "     1  start/restart: Restart the gateway",
        "     1  start/restart: helped 1 of 1 (100%)",
    ):
        assert words in said
    document = json.loads(run("stats", "--since", "30d", "--json").stdout)
    assert (document["schema"], document["sessions"], document["minutes"]["median"]) == (
        "tshoot.figures/1",
        2,
        2.02,
    )
    assert document["fixes"][0]["share"] == 1.0
    assert "90d" in failed("stats", "--since", "lately").message


def test_figures_of_an_empty_store(store):
    assert run("stats").stdout == "Sessions: 0\n"
    assert json.loads(run("stats", "--json").stdout)["minutes"] is None


def test_moving_to_another_store(store, tmp_path):
    row = store.create(OPENED, answered())
    exported = run("export").stdout
    other = ("--store", str(tmp_path / "other.db"))
    assert run(*other, "import", "-", typed=exported).stdout == "1 added, 0 were there already.\n"
    assert run(*other, "import", "-", typed=exported).stdout == "0 added, 1 was there already.\n"
    assert row.session in run(*other, "list").stdout
    assert failed(*other, "import", "nowhere.jsonl").exit_code == 2


def test_an_export_with_a_mark_of_its_encoding_is_read(store, tmp_path):
    store.create(OPENED, answered())
    file = tmp_path / "all.jsonl"
    file.write_text(run("export").stdout, encoding="utf-8-sig")
    assert run("--store", str(tmp_path / "other.db"), "import", str(file)).stdout.startswith("1 added")


def test_what_is_no_text_is_told_of_an_import(store, tmp_path):
    file = tmp_path / "all.jsonl"
    file.write_bytes("{}\n".encode("utf-16"))
    error = failed("import", str(file))
    assert (error.exit_code, error.message) == (2, f"{file} is not UTF-8 text.")


def test_advice_from_sessions(store):
    from tshoot.cli.flows_order import advise

    plain = CliRunner().invoke(advise, ["connectivity"]).stdout
    for _ in range(200):
        store.create(
            OPENED,
            Walked(Chosen("x", "y"), 0, (), 1.0, None, Tried(0, "connectivity", "restart-gateway", "fixed")),
        )
    counted = CliRunner().invoke(advise, ["connectivity", "--from-sessions"])
    assert counted.exit_code == 0, counted.output
    assert "helped 200 of 200" in counted.stdout
    assert "weighs as much as 20 sessions" in counted.stdout
    assert "helped 0" not in plain
