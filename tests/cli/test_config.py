"""``tshoot config``, and settings that take effect in other commands."""

import json
import os
import subprocess
import sys

import pytest


@pytest.fixture
def tshoot(tmp_path):
    path = tmp_path / "config.toml"

    def run(*arguments, text=None, **variables):
        if text is not None:
            path.write_text(text, encoding="utf-8")
        return subprocess.run(
            [sys.executable, "-m", "tshoot", *arguments],
            capture_output=True,
            text=True,
            timeout=60,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "TSHOOT_CONFIG": str(path), **variables},
            check=False,
        )

    run.path = path
    return run


def test_effective_values_and_where_each_comes_from(tshoot):
    done = tshoot("--set", "store.keep_days=5", "config", text='service = "metro"\n', TSHOOT_THEME="light")
    assert done.returncode == 0, done.stderr
    shown = {line.split()[0]: line.split()[1:] for line in done.stdout.splitlines() if line}
    assert shown["service"] == ["metro", f"{tshoot.path}:1"]
    assert shown["theme"] == ["light", "TSHOOT_THEME"]
    assert shown["store.keep_days"] == ["5", "--set", "store.keep_days"]
    assert shown["store.address"][-1] == "default"
    assert shown["desk.agent"] == ["not", "set", "default"]
    assert shown["File:"] == [str(tshoot.path)]


def test_as_json_without_the_password(tshoot):
    text = '[store]\naddress = "postgresql+psycopg://kim:hunter2@db/x"\n[keys]\nback = "f2"\n'
    done = tshoot("config", "--json", text=text)
    document = json.loads(done.stdout)
    assert (document["schema"], document["exists"]) == ("tshoot.config/1", True)
    assert document["settings"]["store.address"] == {
        "value": "postgresql+psycopg://kim:***@db/x",
        "from": "file",
        "where": f"{tshoot.path}:2",
    }
    assert document["settings"]["keys"]["value"] == {"back": "f2"}
    assert document["settings"]["flows"] == {"value": [], "from": "default", "where": ""}
    assert "hunter2" not in tshoot("config").stdout


def test_a_starter_is_written_once(tshoot):
    assert tshoot("config", "path").stdout.strip() == str(tshoot.path)
    assert "There is no file" in tshoot("config").stderr
    assert tshoot("config", "init").stdout.strip() == str(tshoot.path)
    written = tshoot.path.read_text(encoding="utf-8")
    again = tshoot("config", "init")
    assert (again.returncode, again.stdout) == (2, "")
    assert "is there already" in again.stderr
    assert tshoot.path.read_text(encoding="utf-8") == written
    assert tshoot("config").returncode == 0


@pytest.mark.parametrize(
    "command", [("config",), ("services",), ("flows", "list"), ("check",), ("run", "start")]
)
def test_wrong_settings_stop_a_command_that_needs_them(tshoot, command):
    done = tshoot(*command, text='servise = "metro"\nplain = 3\n')
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[0].startswith(
        f"{tshoot.path}:1: There is no setting 'servise'. Did you mean 'service'?"
    )
    assert "plain" in done.stderr.splitlines()[1]


@pytest.mark.parametrize("command", [("--help",), ("--version",), ("config", "--help"), ("config", "path")])
def test_they_do_not_stop_what_needs_none(tshoot, command):
    assert tshoot(*command, text="no toml").returncode == 0


@pytest.mark.parametrize("command", [("config",), ("check",), ("run", "start", "--no-input")])
def test_a_service_that_is_none_is_told_with_its_place(tshoot, command):
    done = tshoot(*command, text='service = "metr"\n')
    assert done.returncode == 2
    assert f"{tshoot.path}:1: 'service': There is no service 'metr'. Did you mean 'metro'?" in done.stderr


def test_an_option_needs_a_value(tshoot):
    done = tshoot("--set", "theme", "config", text="")
    assert done.returncode == 2
    assert "must be NAME=VALUE" in done.stderr


def test_the_service_that_is_set_is_the_default(tshoot):
    out = tshoot("services", text='service = "metro"\n').stdout
    (default,) = [line for line in out.splitlines() if "(default)" in line]
    assert default.startswith("metro")


OWN = """\
flow: printer
version: 1.0.0
title: A flow of one's own
about: Ends at once.
start: over
steps:
  - {id: over, end: resolved, say: Over.}
"""


def test_flows_of_the_folders_that_are_set(tshoot, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "printer.yaml").write_text(OWN, encoding="utf-8")
    assert "printer" in tshoot("flows", text='flows = ["mine"]\n').stdout
    assert tshoot("run", "printer", "--no-input").returncode == 0
    assert "A flow of one's own" in tshoot("flows", "show", "printer").stdout
    away = tshoot("--set", "flows=/nowhere", "flows", "list")
    assert away.returncode == 2
    assert "/nowhere" in away.stderr


def test_keys_that_do_not_exist_are_told_with_their_place(tshoot):
    done = tshoot("config", text='[keys]\nbakc = "x"\nwhy = "nokey"\n')
    assert (done.returncode, done.stdout) == (2, "")
    first, second = done.stderr.splitlines()
    assert first == f"{tshoot.path}:2: 'keys': There is nothing called 'bakc'. Did you mean 'back'?"
    assert second.startswith(f"{tshoot.path}:3: 'keys': 'nokey' is no key")


def test_keys_are_told_of_with_all_else_that_is_wrong(tshoot):
    text = 'thme = "dark"\n[keys]\nbak="x"\nhelp = "f99"\nevidence="q"\n'
    done = tshoot("--set", "plain=perhaps", "config", text=text)
    assert done.returncode == 2
    found = [line.removeprefix(f"{tshoot.path}:") for line in done.stderr.splitlines()]
    assert [line[:2] for line in found] == ["1:", "--", "3:", "4:", "5:"]


def test_a_service_that_is_none_is_told_with_all_else_that_is_wrong(tshoot):
    done = tshoot("config", text='service = "metr"\nthme = "dark"\n')
    assert done.returncode == 2
    other, service = done.stderr.splitlines()
    assert other.startswith(f"{tshoot.path}:2: There is no setting 'thme'.")
    assert service.startswith(f"{tshoot.path}:1: 'service': There is no service 'metr'.")


def test_keys_given_by_a_variable_are_told_with_it(tshoot):
    done = tshoot("config", text="", TSHOOT_KEYS="bak=x")
    assert done.stderr.startswith("TSHOOT_KEYS: 'keys': There is nothing called 'bak'.")
