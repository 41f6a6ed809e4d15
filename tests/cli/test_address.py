"""``tshoot address``: what it says, its exit codes, and that it loads no network."""

import json
import subprocess
import sys

import pytest


def tshoot(*words, typed=None):
    command = [sys.executable, "-m", "tshoot", *words]
    return subprocess.run(command, input=typed, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("https://account.t-mobile.com/x", 0, "official: The address belongs to t-mobile.com"),
        ("t-mobi1e.com", 1, "look_alike: It looks like t-mobile.com"),
        ("hello", 1, "not_an_address: "),
    ],
)
def test_it_says_what_it_is_and_ends_accordingly(text, code, said):
    done = tshoot("address", text)
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout.startswith(said)


def test_it_reads_standard_input_and_never_repeats_what_was_typed():
    done = tshoot("address", "-", "--json", typed="https://t-mobile.com@evil.com/?token=hidden\n")
    assert done.returncode == 1
    told = json.loads(done.stdout)
    assert (told["outcome"], told["reason"], told["host"]) == ("look_alike", "at_sign", "")
    assert "evil" not in done.stdout


def test_it_loads_neither_network_nor_probes():
    script = (
        "import sys; sys.argv = ['tshoot', 'address', 't-mobile.com']\n"
        "from tshoot.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = ('httpx', 'dns', 'textual', 'asyncio', 'urllib.request')\n"
        "print([name for name in sys.modules if name in heavy or name.startswith('tshoot.probes')])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
