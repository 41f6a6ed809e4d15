"""`tshoot serve` as a process: wrong usage in a sentence, only this computer without a token."""

import os
import socket
import subprocess
import sys

import pytest

TOKEN = "correct-horse-battery-staple-0123456789"


def serve(*arguments, code=None, **environment):
    command = ["-c", code] if code else ["-m", "tshoot"]
    return subprocess.run(
        [sys.executable, *command, "serve", *arguments],
        capture_output=True,
        text=True,
        timeout=60,
        env={**os.environ, **environment},
        check=False,
    )


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (("--host", "0.0.0.0"), "needs a token"),
        (("--host", "::"), "tshoot serve --new-token"),
        (("--public-url", "https://help.example.org"), "needs a token"),
        (("--host", "desk.example"), "IP address"),
        (("--public-url", "help.example.org"), "https://help.example.org"),
        (("--token-file", "no-such-file"), "can't be read"),
        (("--port", "70000"), "65535"),
        (("--most", "0"), "--most"),
        (("--idle", "0"), "--idle"),
    ],
)
def test_wrong_usage_is_told(arguments, part):
    done = serve(*arguments)
    assert done.returncode == 2
    assert part in done.stderr
    assert done.stdout == ""


def test_a_short_token_is_refused_and_not_repeated():
    done = serve("--host", "0.0.0.0", TSHOOT_SERVE_TOKEN="hunter2hunter2")
    assert done.returncode == 2
    assert "too short" in done.stderr
    assert "hunter2" not in done.stderr + done.stdout


def test_a_new_token_stands_alone_on_stdout():
    done = serve("--new-token")
    assert done.returncode == 0
    assert len(done.stdout.strip()) == 43
    assert done.stderr == ""


def test_a_port_in_use_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = serve("--port", str(port))
    assert done.returncode == 2
    assert f"Port {port} is in use already. Choose another one: --port NUMBER." in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_of_another_computer_is_told():
    done = serve("--host", "192.0.2.1", "--port", "0", TSHOOT_SERVE_TOKEN=TOKEN)
    assert done.returncode == 2
    assert "no address 192.0.2.1" in done.stderr
    assert TOKEN not in done.stderr


@pytest.mark.parametrize("missing", ["textual_serve", "aiohttp"])
def test_without_the_extra_it_says_how_to_get_it(missing):
    code = f"import sys; sys.modules[{missing!r}] = None; from tshoot.cli import main; main()"
    done = serve(code=code)
    assert done.returncode == 2
    assert "pip install 'tshoot[serve]'" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("argument", ["--help", "--new-token"])
def test_help_loads_no_server(argument):
    code = (
        "import sys\ntry:\n    from tshoot.cli import main; main()\nfinally:\n"
        "    heavy = {'aiohttp', 'textual', 'textual_serve', 'jinja2'}\n"
        "    print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    done = serve(argument, code=code)
    assert done.returncode == 0
    assert done.stderr == "[]\n"
