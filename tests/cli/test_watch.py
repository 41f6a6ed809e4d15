"""`tshoot check` with --watch, --explain and what is kept of healthy networks.

Everything that measures runs in a network namespace with nothing but loopback, so nothing leaves.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import time

import pytest

from tests.diagnosis.situations import DNS_DEAD
from tests.support.batteries import HOST, battery
from tshoot.checkup import Checkup, judge
from tshoot.cli import watch
from tshoot.cli.memory import Memory
from tshoot.host.model import Adapter, AdapterKind, Address, HostState, Resolver, Route
from tshoot.target import Target

ALONE = ["unshare", "-rn"]
HOME = HostState(
    system="linux",
    adapters=(Adapter("eth0", AdapterKind.ETHERNET, True, True, 1500, (Address("192.168.12.50", 24, 4),)),),
    routes=(Route(4, "0.0.0.0/0", "192.168.12.1", "eth0"),),
    resolvers=(Resolver("192.168.12.1"),),
)
MOVED = HostState(HOME.system, HOME.adapters, HOME.routes, (Resolver("10.0.0.53"),))


def possible():
    return (
        shutil.which("unshare") is not None and subprocess.run([*ALONE, "true"], check=False).returncode == 0
    )


alone = pytest.mark.skipif(not possible(), reason="needs user and network namespaces")


def command(*options):
    return [*ALONE, sys.executable, "-m", "tshoot", "check", *options]


def run(*options, **environment):
    env = {**os.environ, **environment}
    return subprocess.run(command(*options), capture_output=True, text=True, timeout=60, check=False, env=env)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path))
    return tmp_path


def watching(*options):
    pipe = subprocess.PIPE
    return subprocess.Popen(
        command("--watch", *options), stdin=subprocess.DEVNULL, stdout=pipe, stderr=pipe, text=True
    )


def test_every_without_watch_is_wrong_usage():
    done = subprocess.run(
        [sys.executable, "-m", "tshoot", "check", "--every", "5"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "--watch" in done.stderr


@alone
def test_watching_ends_with_a_summary_and_130_within_a_second(folder):
    with watching("--every", "1") as process:
        first = process.stdout.readline()
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert "First check" in first
    assert "Watched T-Mobile account for" in out
    assert "Worst moment" in out
    assert err == "Watching T-Mobile account: a check every 1 s. Ctrl-C ends it.\n"
    assert process.returncode == 130
    assert time.monotonic() - began < 1.5


@alone
def test_a_lasting_fault_is_told_as_lines_of_json(folder):
    lines = []
    with watching("--json", "--every", "1", "--explain") as process:
        for line in process.stdout:
            lines.append(json.loads(line))
            if lines[-1]["event"]:
                break
        process.send_signal(signal.SIGINT)
        rest, err = process.communicate(timeout=10)
    assert len(lines) >= 2
    assert [line["event"] for line in lines[:-1]] == [None] * (len(lines) - 1)
    last = lines[-1]
    assert (last["schema"], last["cause"], last["verdict"]) == (
        "tshoot.report/1",
        "link.no_adapter",
        "broken",
    )
    assert (last["event"]["kind"], last["state"]["cause"]) == ("raised", "link.no_adapter")
    assert last["ts"].endswith("Z")
    assert last["explanation"]["fired"]["cause"] == "link.no_adapter"
    assert all(json.loads(line)["ts"] for line in rest.splitlines())
    assert "Watched T-Mobile account for" in err


@alone
def test_a_reader_that_goes_away_ends_it_with_the_summary_on_stderr(folder):
    with watching("--every", "1") as process:
        process.stdout.readline()
        process.stdout.close()
        assert process.wait(timeout=20) == 141
        assert "Watched T-Mobile account for" in process.stderr.read()


@alone
def test_the_explanation_stands_in_text_and_json(folder):
    text = run("--explain").stdout
    assert "Why link.no_adapter" in text
    assert "What ruled out the nearest other causes" in text
    assert json.loads(run("--explain", "--json").stdout)["explanation"]["nearest"]
    assert "explanation" not in json.loads(run("--json").stdout)


@alone
def test_a_corrupt_record_is_a_note_on_stderr_and_no_more(folder):
    (folder / "networks").mkdir()
    (folder / "networks" / "bad.json").write_text("{")
    done = run("--json")
    assert json.loads(done.stdout)["changed"] == []
    assert done.stderr.count("\n") == 1
    assert "bad.json" in done.stderr
    assert done.returncode == 1
    assert run("--json", "--no-history").stderr == ""


@pytest.mark.parametrize(
    ("later", "set_by", "kept"), [(60.0, 0.0, True), (65.0, 0.0, False), (5.0, 30.0, False)]
)
def test_a_right_clock_is_asked_for_again_after_a_while_or_when_it_was_set(later, set_by, kept, monkeypatch):
    ahead = 1000.0
    monkeypatch.setattr(watch, "clock_ahead", lambda: ahead)
    results = watch.Kept()
    results.add(battery(), 10.0)
    assert set(results.still_good(10.0)) == {"clock"}
    assert results.still_good(10.0)["clock"].contacted == ()
    ahead += set_by
    assert ("clock" in results.still_good(10.0 + later)) == kept


def test_a_clock_that_is_not_right_is_asked_for_every_time():
    results = watch.Kept()
    results.add(battery(clock="wrong"), 10.0)
    assert results.still_good(10.0) == {}


def report(**changes):
    results, target = battery(**changes), Target(HOST)
    return Checkup(target, results, judge(results, target), 12.0).report()


def test_a_fault_is_compared_with_the_last_time_it_worked(folder):
    Memory(True).keep(HOME, report())
    (change,) = Memory(True).changes(MOVED, report(**DNS_DEAD))
    assert (change.what, change.then, change.now) == ("resolver", "192.168.12.1", "10.0.0.53")


def test_only_a_healthy_network_is_kept_and_only_a_fault_compared(folder):
    memory = Memory(True)
    memory.keep(HOME, report(**DNS_DEAD))
    assert not list(folder.iterdir())
    memory.keep(HOME, report())
    assert memory.changes(MOVED, report()) == ()


def test_switched_off_nothing_is_read_or_kept(folder):
    Memory(False).keep(HOME, report())
    assert not list(folder.iterdir())
    Memory(True).keep(HOME, report())
    assert Memory(False).changes(MOVED, report(**DNS_DEAD)) == ()


def test_a_watch_keeps_each_network_once(folder):
    memory = Memory(True)
    memory.keep(HOME, report())
    (path,) = (folder / "networks").iterdir()
    path.unlink()
    memory.keep(HOME, report())
    assert not list((folder / "networks").iterdir())
    memory.keep(MOVED, report())
    assert len(list((folder / "networks").iterdir())) == 1


def test_a_folder_that_can_not_be_written_is_told_once(folder, capsys):
    (folder / "networks").write_text("in the way")
    memory = Memory(True)
    memory.keep(HOME, report())
    memory.keep(MOVED, report())
    assert capsys.readouterr().err.count("\n") == 1
