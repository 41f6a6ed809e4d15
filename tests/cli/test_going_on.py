"""Going on with the line dialogue: real processes, killed at every step, left, interrupted; then resumed.

All runs take recorded evidence, so that nothing is measured and no packet leaves.
"""

import json
import os
import pty
import select
import signal
import subprocess
import sys

import pytest

from tests.cli.test_run import BROKEN, WAY
from tshoot.session.listing import Filters
from tshoot.session.store import open_store

TYPED = ["1\n", "1\n", "1\n", "1\n"]
"""By Wi-Fi; done; it is back; it works."""
CUE = b"Your answer: "


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("TSHOOT_STORE_RECORD")
    (tmp_path / "evidence.json").write_text(json.dumps(BROKEN))
    monkeypatch.chdir(tmp_path)
    return tmp_path / "data"


@pytest.mark.parametrize("typed", [["1\n", "q\n"], ["1\n"]])
def test_whoever_leaves_is_told_how_to_go_on(folder, typed):
    done = finished(RUN, typed)
    assert done.returncode == 3
    assert done.stderr.endswith("To go on: `tshoot sessions resume`, or start `tshoot` again.\n")
    resumed = finished(RESUME, ["q\n"])
    assert "You left at: Switch Wi-Fi on and join your network.\n" in resumed.stderr


def test_while_nothing_is_to_be_kept_going_on_keeps_nothing_either(whole, folder, monkeypatch):
    stop(answered(RUN, TYPED[:1]))
    before = rows(folder)
    monkeypatch.setenv("TSHOOT_STORE_RECORD", "no")
    done = finished(RESUME, [*TYPED[1:2], "q\n"])
    assert "You chose: I have done this." in done.stdout
    assert "To go on" not in done.stderr
    assert rows(folder) == before


def named(stderr):
    """The command that is said to go on, without the program's name."""
    return stderr.rpartition("To go on: `tshoot ")[2].rpartition("`.")[0].split()


def test_a_session_of_a_caller_is_named_as_it_is_never_offered(folder):
    done = finished(command("run", "recovery", "--plain", "--subject", "caller"), ["1\n", "q\n"])
    again = finished(command(*named(done.stderr)), ["q\n"])
    assert again.returncode == 3
    assert "What keeps you out of your T-Mobile account?" in again.stdout


def test_a_session_that_was_named_is_named_again_and_so_is_its_store(folder, tmp_path):
    finished(RUN, TYPED[:1])
    (record,) = rows(folder)
    other = tmp_path / "other.db"
    (folder / "sessions.db").rename(other)
    resume = ["sessions", "--store", str(other), "resume", record.row.session, "--evidence", "evidence.json"]
    done = finished(command(*resume), ["q\n"])
    assert named(done.stderr) == ["sessions", "--store", "…", "resume", record.row.session]


@pytest.mark.parametrize(("setting", "said"), [("", "tshoot --plain"), ("yes", "tshoot")])
def test_whoever_asked_for_lines_is_told_how_to_go_on_in_lines(folder, monkeypatch, setting, said):
    monkeypatch.setenv("TSHOOT_PLAIN", setting)
    _, told = on_terminal(PLAIN, [("Your answer: ", "1\n"), ("Your answer: ", "q\n")])
    assert told.endswith(f"To go on: `{said} sessions resume`, or start `{said}` again.")


@pytest.mark.parametrize("typed", [["q\n"], []])
def test_where_nothing_was_answered_there_is_nothing_to_go_on_with(folder, typed):
    assert "To go on" not in finished(RUN, typed).stderr


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The record of a session that was not interrupted."""
    folder = tmp_path_factory.mktemp("whole")
    (folder / "evidence.json").write_text(json.dumps(BROKEN))
    environment = {**os.environ, "TSHOOT_DATA_DIR": str(folder), "TERM": "xterm"}
    environment.pop("TSHOOT_STORE_RECORD")
    assert finished(RUN, TYPED, env=environment, cwd=folder).returncode == 0
    (record,) = rows(folder)
    assert [line.step for line in record.transcript] == WAY
    assert (record.row.state, record.row.cause, record.row.kind) == ("resolved", "link.down", "dialogue")
    return record


def command(*arguments):
    return [sys.executable, "-m", "tshoot", *arguments]


RUN = command("run", "connectivity", "--evidence", "evidence.json")
RESUME = command("sessions", "resume", "--evidence", "evidence.json")


def finished(arguments, typed, **more):
    return subprocess.run(
        arguments, input="".join(typed), capture_output=True, text=True, timeout=60, check=False, **more
    )


def until(process, said, count):
    """Read until the cue has come so often."""
    while said.count(CUE) < count:
        more = process.stdout.read1(4096)
        assert more, process.stderr.read()
        said += more
    return said


def answered(arguments, lines):
    """A process that has been given these lines and waits for the next one."""
    process = subprocess.Popen(
        arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    said = until(process, b"", 1)
    for number, line in enumerate(lines, 2):
        process.stdin.write(line.encode())
        process.stdin.flush()
        said = until(process, said, number)
    return process


def stop(process, how=signal.SIGKILL):
    process.send_signal(how)
    code = process.wait(timeout=10)
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()
    return code


def rows(folder):
    store = open_store(folder / "sessions.db")
    found = store.sessions()
    records = [store.record(row.session) for row in found]
    store.close()
    return records


def way(record):
    return [(line.step, line.value) for line in record.transcript]


@pytest.mark.parametrize("given", range(1, len(TYPED)))
def test_killed_at_any_step_and_gone_on(whole, folder, given):
    assert stop(answered(RUN, TYPED[:given])) == -signal.SIGKILL
    (record,) = rows(folder)
    assert record.row.state == "open"
    assert record.row.answered == given
    done = finished(RESUME, TYPED[given:])
    assert done.returncode == 0, done.stderr
    (record,) = rows(folder)
    assert way(record) == way(whole)
    assert (record.row.state, record.row.answered) == ("resolved", len(TYPED))


def test_killed_before_every_single_answer(whole, folder):
    stop(answered(RUN, TYPED[:1]))
    for line in TYPED[1:-1]:
        stop(answered(RESUME, [line]))
    assert finished(RESUME, TYPED[-1:]).returncode == 0
    (record,) = rows(folder)
    assert way(record) == way(whole)


def test_what_another_window_walks_is_gone_on_with_only_by_its_name(whole, folder):
    stop(answered(RUN, TYPED[:2]))
    (left,) = rows(folder)
    other = answered(RUN, TYPED[:1])
    try:
        (walked,) = (record for record in rows(folder) if record.row.session != left.row.session)
        assert finished(RESUME, TYPED[2:]).returncode == 0
        again = finished(RESUME, [])
    finally:
        stop(other)
    assert {record.row.session: record.row.state for record in rows(folder)} == {
        left.row.session: "resolved",
        walked.row.session: "open",
    }
    assert again.returncode == 2
    assert f"another window goes on with {walked.row.session}" in " ".join(again.stderr.split())


def test_killed_before_the_first_answer_there_is_nothing_to_go_on_with(whole, folder):
    stop(answered(RUN, []))
    done = finished(RESUME, [])
    assert done.returncode == 2
    assert "no session to go on with" in done.stderr


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted_ended_or_its_terminal_closed(whole, folder, how):
    code = stop(answered(RUN, TYPED[:2]), how)
    assert code == (130 if how == signal.SIGINT else -how)
    assert finished(RESUME, TYPED[2:]).returncode == 0
    assert way(rows(folder)[0]) == way(whole)


def test_what_was_answered_before_going_back_is_suggested_again(whole, folder):
    stop(answered(RUN, ["1\n", "b\n"]))
    assert rows(folder)[0].row.step == "how-connected"
    done = finished(RESUME, ["\n", *TYPED[1:]])
    assert "Your answer before: By Wi-Fi. Enter keeps it." in done.stdout
    assert done.returncode == 0
    assert way(rows(folder)[0]) == way(whole)


def on_terminal(arguments, replies):
    """The program in a terminal of its own; each reply is typed when its words have come."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(arguments, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True)
    os.close(theirs)
    said, seen = b"", 0
    for words, reply in replies:
        while words.encode() not in said[seen:]:
            more = read(ours)
            assert more, said.decode()
            said += more
        seen = len(said)
        os.write(ours, reply.encode())
    while more := read(ours):
        said += more
    os.close(ours)
    return process.wait(timeout=10), " ".join(said.decode().split())


def read(terminal):
    """What comes next; nothing when the program has ended."""
    assert select.select([terminal], [], [], 30)[0], "nothing comes any more"
    try:
        return os.read(terminal, 4096)
    except OSError:
        return b""


PLAIN = [*RUN, "--plain"]


def test_the_next_start_offers_to_go_on(whole, folder):
    stop(answered(RUN, TYPED[:1]))
    code, said = on_terminal(
        PLAIN, [("Your answer: ", "1\n"), ("Your answer: ", "2\n"), ("Your answer: ", "q\n")]
    )
    assert "You were at: " in said
    assert "just now" in said
    assert "Start anew" in said
    (record,) = rows(folder)
    assert way(record)[:2] == way(whole)[:2]
    assert way(record)[2] == ("turn-on-wifi", "cannot")
    assert code == 3


def test_begun_anew_the_old_one_is_set_aside_and_not_offered_again(whole, folder):
    stop(answered(RUN, TYPED[:1]))
    code, _ = on_terminal(
        PLAIN, [("Your answer: ", "2\n"), ("Your answer: ", "1\n"), ("Your answer: ", "q\n")]
    )
    assert code == 3
    new, old = rows(folder)
    assert (old.row.state, new.row.state) == ("set_aside", "open")
    assert way(new)[:2] == way(whole)[:2]
    assert (
        finished(
            command("sessions", "resume", old.row.session, "--evidence", "evidence.json"), TYPED[1:]
        ).returncode
        == 0
    )


def test_leaving_at_the_offer_changes_nothing(whole, folder):
    stop(answered(RUN, TYPED[:1]))
    code, _ = on_terminal(PLAIN, [("Start anew", "q\n")])
    assert code == 3
    assert [record.row.state for record in rows(folder)] == ["open"]


def test_a_session_that_is_open_in_another_window_is_not_offered(whole, folder):
    first = answered(RUN, TYPED[:1])
    _, said = on_terminal(PLAIN, [("Your answer: ", "q\n")])
    assert "You were at" not in said
    stop(first)
    _, said = on_terminal(PLAIN, [("Your answer: ", "q\n")])
    assert "You were at" in said


def test_through_a_pipe_nothing_is_asked_only_told(whole, folder):
    stop(answered(RUN, TYPED[:1]))
    done = finished(RUN, TYPED)
    assert done.returncode == 0
    assert "You were at" not in done.stdout
    (session,) = [record.row.session for record in rows(folder) if record.row.state == "open"]
    assert f"tshoot sessions resume {session}" in done.stderr


@pytest.mark.parametrize(
    "options", [["--no-input"], ["--json"], ["--answers", "answers.yaml"], ["--no-record"]]
)
def test_unattended_runs_are_neither_kept_nor_disturbed(whole, folder, options, tmp_path):
    stop(answered(RUN, TYPED[:1]))
    (tmp_path / "answers.yaml").write_text("how-connected: wifi\n")
    before = rows(folder)
    done = finished([*RUN, *options], TYPED)
    assert "You were at" not in done.stdout + done.stderr
    assert rows(folder) == before


def test_a_note_is_kept_before_that_is_said_and_stands_there_again(whole, folder):
    process = answered(RUN, TYPED[:1])
    process.stdin.write(b"n\nThe lamp is red.\n")
    process.stdin.flush()
    until(process, b"", 1)
    stop(process)
    (record,) = rows(folder)
    (note,) = record.notes
    assert (note.step, note.text) == ("turn-on-wifi", "The lamp is red.")
    again = finished(RESUME, ["n\n", "\n", "r\n"]).stdout
    assert "Your note so far: The lamp is red." in again
    assert "Your notes" in again


def test_at_the_question_whether_to_go_on_there_is_no_place_for_a_note(whole, folder):
    stop(answered(RUN, TYPED[:1]))
    _, said = on_terminal(PLAIN, [("Your answer: ", "n\n"), ("Your answer: ", "q\n")])
    assert "There is no step yet that a note could stand at." in said
    assert "The note is kept." not in said


def test_where_nothing_is_kept_nobody_is_told_to_go_on(folder):
    folder.write_text("This is no folder.")
    done = finished(RUN, TYPED[:1])
    assert "this session is not kept" in done.stdout
    assert "To go on" not in done.stderr


def test_a_record_that_can_not_be_kept_is_told_once_and_stops_nobody(folder, tmp_path):
    folder.write_text("This is no folder.")
    done = finished(RUN, TYPED)
    assert done.returncode == 0
    assert "Solved." in done.stdout
    assert done.stdout.count("this session is not kept") == 1
    assert "Traceback" not in done.stderr


def test_a_record_that_is_damaged_is_told_once_and_stops_nobody(folder):
    folder.mkdir()
    (folder / "sessions.db").write_bytes(b"no database" * 1000)
    done = finished(RUN, TYPED)
    assert done.returncode == 0
    assert (done.stdout + done.stderr).count("no record of sessions") == 1


def test_another_service_asked_for_is_not_offered_that_session(whole, folder):
    stop(answered(RUN, TYPED[:1]))
    _, said = on_terminal([*PLAIN, "--service", "metro"], [("Your answer: ", "q\n")])
    assert "You were at" not in said
    assert not [record for record in rows(folder) if record.row.state != "open"]


def test_the_session_is_of_the_person_here(whole, folder, monkeypatch):
    stop(answered(RUN, TYPED[:1]))
    store = open_store(folder / "sessions.db")
    (row,) = store.sessions(Filters(answered=True))
    assert len(row.origin) == 16
    with store.writing() as connection:
        connection.exec_driver_sql("UPDATE sessions SET origin = 'elsewhere'")
    store.close()
    _, said = on_terminal(PLAIN, [("Your answer: ", "q\n")])
    assert "You were at" not in said
