"""Wrong usage ends with exit 2, says what was wrong and names the nearest thing; nothing is sent."""

import os
import subprocess
import sys

import click
import pytest
from click.testing import CliRunner

from tshoot import __version__
from tshoot.cli.main import group


def tshoot(*arguments, **environment):
    env = {**os.environ, **environment}
    return subprocess.run(
        [sys.executable, "-m", "tshoot", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env=env,
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("chek",), "Did you mean 'check'?"),
        (("check", "tmobile"), "Did you mean 't-mobile'?"),
        (("check", "http://t-mobile.com"), "can't be checked"),
        (("check", "--deadlin", "3"), "--deadline"),
        (("check", "--deadline", "0"), "0.5"),
        (("check", "--deadline", "soon"), "soon"),
        (("check", "a", "b"), "unexpected extra argument"),
        (("probe", "tsl"), "Did you mean 'tls'?"),
        (("probe", "tls", "--with", "target"), "KEY=VALUE"),
        (("probe", "tls", "--with", "tarket=x"), "Did you mean 'target'?"),
        (("services", "show", "metr"), "Did you mean 'metro'?"),
        (("run", "conectivity", "--plain"), "Did you mean 'connectivity'?"),
    ],
)
def test_wrong_usage_is_told(arguments, part):
    done = tshoot(*arguments)
    assert done.returncode == 2, done.stderr
    assert part in done.stderr
    assert done.stdout == ""


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("check",),
        ("probe",),
        ("run",),
        ("flows",),
        ("services",),
        ("services", "show"),
        ("address",),
        ("serve",),
        ("sessions",),
    ],
)
def test_every_command_has_help_with_an_example(command):
    done = tshoot(*command, "--help")
    assert done.returncode == 0
    assert "Example: tshoot" in done.stdout


def every_command(command, name=()):
    """Each command with the words it is called by, those of groups too."""
    yield name, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for each in command.list_commands(context):
            yield from every_command(command.get_command(context, each), (*name, each))


COMMANDS = {" ".join(("tshoot", *name)): command for name, command in every_command(group)}


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_and_tells_the_version(name):
    command = COMMANDS[name]
    assert command.epilog.startswith(f"Example: {name.split()[0]}")
    for option in ("-V", "--version"):
        told = CliRunner().invoke(command, [option])
        assert (told.exit_code, told.output) == (0, f"tshoot, version {__version__}\n")


def test_version_is_printed():
    assert tshoot("-V").stdout == f"tshoot, version {__version__}\n"


def test_services_are_listed_with_their_hosts():
    done = tshoot("services")
    assert done.returncode == 0
    assert "account.t-mobile.com" in done.stdout
    assert "(default)" in done.stdout


def test_probes_are_listed_with_their_outcomes():
    done = tshoot("probe")
    assert done.returncode == 0
    assert "not_yet_valid" in done.stdout


def test_a_closed_stdout_ends_quietly():
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [sys.executable, "-m", "tshoot", "services"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        timeout=60,
        check=False,
    )
    os.close(writer)
    assert done.returncode == 141
    assert done.stderr == ""
