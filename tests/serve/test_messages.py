"""What a browser may send, and what a served program is given."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.serve.address import public_origin
from tshoot.serve.environment import child_environment
from tshoot.serve.messages import Focus, Keys, Ping, Resized, read_message, size_of
from tshoot.serve.served import served_command, system_of
from tshoot.serve.settings import Settings

TOKEN = "correct-horse-battery-staple-0123456789"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36"


@pytest.mark.parametrize(
    ("sent", "read"),
    [
        (["stdin", "é1"], Keys("é1".encode())),
        (["stdin", "\ud83d"], Keys(b"?")),
        (["resize", {"width": 100, "height": 40}], Resized(100, 40)),
        (["resize", {"width": 10**12, "height": -1}], Resized(400, 6)),
        (["ping", "1" * 999], Ping("1" * 64)),
        (["focus"], Focus(True)),
        (["blur"], Focus(False)),
        (["quit"], None),
        (["resize", {"width": 1.5, "height": 2}], None),
        ({"type": "quit"}, None),
    ],
)
def test_messages_are_read(sent, read):
    assert read_message(json.dumps(sent)) == read


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(), st.lists, max_leaves=8))
def test_anything_else_is_passed_over(sent):
    read_message(json.dumps(sent))


@given(st.text())
def test_no_text_breaks_reading(text):
    read_message(text)
    read = size_of(text, text)
    assert 20 <= read.width <= 400
    assert 6 <= read.height <= 200


def test_only_what_a_program_needs_is_handed_on():
    needed = {
        "PATH": "1",
        "HOME": "2",
        "https_proxy": "3",
        "LC_ALL": "4",
        "TSHOOT_DATA_DIR": "5",
        "XDG_DATA_HOME": "6",
    }
    others = {
        "TSHOOT_SERVE_TOKEN": "a",
        "tshoot_serve_token": "a",
        "API_KEY": "b",
        "TEXTUAL_LOG": "c",
        "NO_COLOR": "1",
    }
    assert child_environment({**needed, **others}) == needed


@pytest.mark.parametrize(
    ("agent", "system"),
    [
        (WINDOWS, "windows"),
        (
            "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605.1.15",
            "macos",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0", "linux"),
        (
            "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36",
            "phone",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1", "phone"),
        ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/126.0", "other"),
        ("", "other"),
    ],
)
def test_a_browser_names_its_system(agent, system):
    assert system_of(agent) == system


def test_here_it_is_measured_and_elsewhere_asked_and_nothing_kept():
    public = public_origin("https://help.example.org")
    plain = ["-m", "tshoot", "--set", "plain=false"]
    assert served_command(Settings(), WINDOWS)[1:] == plain
    asked = ["run", "start", "--subject", "caller", "--system", "windows"]
    for others in (Settings(host="0.0.0.0", token=TOKEN), Settings(public=public, token=TOKEN)):
        assert served_command(others, WINDOWS)[1:] == [*plain, "--set", "store.record=false", *asked]
    assert served_command(Settings(served="desk"), WINDOWS)[1:] == [*plain, "desk"]


def test_what_a_browser_says_is_never_part_of_the_command():
    assert served_command(Settings(host="0.0.0.0", token=TOKEN), "Windows; rm -rf $HOME")[-1] == "windows"
