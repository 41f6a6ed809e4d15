"""Records on disk: whole or not there, at most 20, and no trouble with what lies in the folder."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.diagnosis.changes import Network, Way
from tshoot.history.store import KEPT, NetworkStore
from tshoot.paths import data_folder

NOW = datetime(2026, 3, 4, 5, 6, 7, tzinfo=UTC)
HOME = Network(
    "home",
    Way("eth0", "192.168.12.1"),
    None,
    (("eth0", "192.168.12.0/24"),),
    ("192.168.12.1",),
    (),
    (),
    ("eth0",),
    False,
)
NAMES = st.text(max_size=20)
LISTS = st.none() | st.lists(st.sampled_from(["a", "b", "10.0.0.1"]), max_size=3).map(tuple)


def stored(folder):
    return NetworkStore(folder).records()


def test_what_is_kept_is_read_again(tmp_path):
    store = NetworkStore(tmp_path)
    store.remember(HOME, {"link": "ok"}, NOW)
    (record,) = stored(tmp_path)
    assert record.network == HOME
    assert record.saved == "2026-03-04T05:06:07Z"
    assert store.problems == []


def test_the_file_is_private_small_and_names_no_site(tmp_path):
    NetworkStore(tmp_path).remember(HOME, {"link": "ok", "http": "ok"}, NOW)
    (path,) = (tmp_path / "networks").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0
    assert "home" not in path.name
    assert json.loads(path.read_text())["outcomes"] == {"link": "ok", "http": "ok"}
    assert "t-mobile" not in path.read_text()


@given(NAMES, LISTS, LISTS, LISTS, LISTS, st.none() | st.booleans())
def test_any_network_survives_the_file(fingerprint, resolvers, tunnels, proxies, defaults, ipv6):
    import tempfile

    network = Network(fingerprint, None, Way("w", ""), (), resolvers, tunnels, proxies, defaults, ipv6)
    with tempfile.TemporaryDirectory() as folder:
        store = NetworkStore(Path(folder))
        store.remember(network, {}, NOW)
        assert [record.network for record in store.records()] == [network]


def test_one_network_has_one_file(tmp_path):
    store = NetworkStore(tmp_path)
    for minutes in range(3):
        store.remember(HOME, {}, NOW + timedelta(minutes=minutes))
    assert [record.saved for record in stored(tmp_path)] == ["2026-03-04T05:08:07Z"]


def test_the_newest_twenty_are_kept(tmp_path):
    store = NetworkStore(tmp_path)
    for number in range(KEPT + 5):
        store.remember(Network(f"n{number}"), {}, NOW)
        path = max((tmp_path / "networks").iterdir(), key=lambda each: each.stat().st_mtime_ns)
        os.utime(path, (1e9 + number, 1e9 + number))
    store.remember(Network("last"), {}, NOW)
    names = {record.network.fingerprint for record in stored(tmp_path)}
    assert len(names) == KEPT
    assert {"last", f"n{KEPT + 4}"} <= names
    assert "n0" not in names


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"null",
        b"[]",
        b'"text"',
        b"\xff\xfe\x00",
        b'{"schema": "tshoot.network/1"}',
        b"[" * 50_000,
        b'{"schema": "tshoot.network/2", "saved": "2026-03-04T05:06:07Z", "network": {}}',
        b'{"schema": "tshoot.network/1", "saved": "yesterday", "network": {}}',
        b'{"schema": "tshoot.network/1", "saved": 5, "network": {}}',
        b'{"schema": "tshoot.network/1", "saved": "2026-03-04T05:06:07Z", "network": []}',
        b" " * 70_000 + b"{}",
    ],
)
def test_a_corrupt_file_is_named_and_the_others_are_read(tmp_path, content):
    NetworkStore(tmp_path).remember(HOME, {}, NOW)
    (tmp_path / "networks" / "bad.json").write_bytes(content)
    store = NetworkStore(tmp_path)
    assert [record.network for record in store.records()] == [HOME]
    assert len(store.problems) == 1
    assert "bad.json" in store.problems[0]


def test_odd_values_inside_are_left_out(tmp_path):
    document = {
        "schema": "tshoot.network/1",
        "saved": "2026-03-04T05:06:07Z",
        "network": {
            "fingerprint": 5,
            "v4": [1],
            "v6": {"adapter": 3},
            "links": [["a"], 7, ["a", "b"]],
            "resolvers": [1, "x\x1b[2J"],
            "ipv6": "yes",
            "tunnels": {"a": 1},
        },
    }
    (tmp_path / "networks").mkdir()
    (tmp_path / "networks" / "odd.json").write_text(json.dumps(document))
    (record,) = stored(tmp_path)
    assert record.network == Network("", None, Way("", ""), (("a", "b"),), ("x\N{REPLACEMENT CHARACTER}[2J",))


def test_a_folder_that_is_a_file_is_named_not_raised(tmp_path):
    (tmp_path / "networks").write_text("in the way")
    store = NetworkStore(tmp_path)
    assert store.records() == ()
    store.remember(HOME, {}, NOW)
    assert len(store.problems) == 2


def test_an_abandoned_temporary_file_goes_a_fresh_one_stays(tmp_path):
    folder = tmp_path / "networks"
    folder.mkdir()
    for name in ("old.tmp", "new.tmp"):
        (folder / name).write_text("half")
    then = (NOW - timedelta(hours=2)).timestamp()
    os.utime(folder / "old.tmp", (then, then))
    os.utime(folder / "new.tmp", (NOW.timestamp(), NOW.timestamp()))
    NetworkStore(tmp_path).remember(HOME, {}, NOW)
    assert {path.name for path in folder.glob("*.tmp")} == {"new.tmp"}


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from tshoot.diagnosis.changes import Network
from tshoot.history.store import NetworkStore
store = NetworkStore(Path(sys.argv[1]))
for number in range(60):
    store.remember(Network(f"n{number % 30}", resolvers=(sys.argv[2],) * 400), {}, datetime.now(UTC))
    store.records()
print(store.problems)
"""


def test_many_writers_at_once_leave_whole_files_only(tmp_path):
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, tmp_path, str(number)], stdout=subprocess.PIPE, text=True
        )
        for number in range(4)
    ]
    said = [writer.communicate(timeout=60)[0].strip() for writer in writers]
    assert said == ["[]"] * 4
    store = NetworkStore(tmp_path)
    assert 1 <= len(store.records()) <= KEPT
    assert store.problems == []
    assert not list((tmp_path / "networks").glob("*.tmp"))


def test_the_folder_can_be_named(monkeypatch, tmp_path):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path))
    assert data_folder() == tmp_path
    monkeypatch.delenv("TSHOOT_DATA_DIR")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "xdg"))
    assert data_folder().name == "tshoot"


def test_what_can_not_be_kept_is_told_with_the_place_and_what_to_do(tmp_path):
    (tmp_path / "data").write_text("no folder", encoding="utf-8")
    store = NetworkStore(tmp_path / "data")
    store.remember(HOME, {"link": "ok"}, NOW)
    assert store.problems == [
        f"How this network looks while it works could not be kept in {tmp_path / 'data' / 'networks'}: Not a "
        "directory. Set TSHOOT_DATA_DIR to a folder of yours, or give --no-history."
    ]


def test_what_can_not_be_read_is_told_with_the_file(tmp_path):
    store = NetworkStore(tmp_path)
    store.remember(HOME, {"link": "ok"}, NOW)
    (kept,) = (tmp_path / "networks").iterdir()
    kept.write_text("junk", encoding="utf-8")
    assert store.records() == ()
    assert store.problems == [f"What worked last time could not be read in {kept}: not a record of tshoot."]
