import errno
import os
import sys
import time

import pytest

from tshoot.host.backend import backend, backend_for
from tshoot.host.commands import run_all
from tshoot.host.linux import backend as linux
from tshoot.host.linux import resolvers
from tshoot.host.queries import knows

PYTHON = sys.executable


def test_this_systems_backend_reads_loopback():
    state = backend().read_state()
    assert any(address.ip == "127.0.0.1" for adapter in state.adapters for address in adapter.addresses)


def test_an_unknown_system_says_what_it_cannot_read():
    found = backend_for("plan9")
    state = found.read_state()
    assert state.system == "plan9"
    assert [knows(state, part) for part in ("adapters", "routes", "resolvers")] == [True, False, True]
    loopback = [a for a in state.adapters if a.kind.value == "loopback"]
    assert loopback[0].addresses[0].ip == "127.0.0.1"
    assert loopback[0].addresses[0].prefix == 8
    assert found.neighbours() == ()


@pytest.mark.skipif(sys.platform != "linux", reason="netlink is Linux")
def test_a_kernel_that_refuses_netlink_leaves_the_rest_readable(monkeypatch):
    def refuse():
        raise PermissionError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(linux, "Netlink", refuse)
    state = backend_for("linux").read_state()
    assert state.unreadable == ("adapters: operation not permitted", "routes: operation not permitted")
    assert knows(state, "resolvers")
    assert backend_for("linux").neighbours() == ()


@pytest.mark.skipif(sys.platform != "linux", reason="netlink is Linux")
def test_reading_is_quick():
    found = backend_for("linux")
    found.read_state()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        found.read_state()
        times.append(time.perf_counter() - start)
    # The aim is 15 ms; the bound leaves room for a busy computer.
    assert min(times) < 0.05


def test_a_stub_stays_the_resolver_and_names_whom_it_asks(tmp_path, monkeypatch):
    stub, behind = tmp_path / "resolv.conf", tmp_path / "behind.conf"
    stub.write_text("nameserver 127.0.0.53\noptions edns0 trust-ad\nsearch home.example\n")
    behind.write_text("nameserver 192.0.2.1\nnameserver 2001:db8::1\n")
    monkeypatch.setattr(resolvers, "RESOLV_CONF", str(stub))
    monkeypatch.setattr(resolvers, "RESOLVED_CONF", str(behind))
    conf = resolvers.read_resolvers([])
    assert [resolver.address for resolver in conf.resolvers] == ["127.0.0.53"]
    assert conf.resolvers[0].source.endswith("systemd-resolved, which asks 192.0.2.1, 2001:db8::1")
    assert conf.search == ("home.example",)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a named pipe")
def test_commands_run_side_by_side_and_give_their_output(tmp_path):
    # Opening a named pipe waits for the other end: one after the other would never finish.
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = (PYTHON, "-c", f"print(open({str(pipe)!r}).read())")
    write = (PYTHON, "-c", f"open({str(pipe)!r}, 'w').write('word')")
    notes = []
    assert run_all({"read": read, "write": write}, 20, notes) == {"read": "word\n", "write": ""}
    assert notes == []


def test_commands_that_fail_or_are_missing_are_noted():
    notes = []
    told = run_all(
        {"routes": ("/no/such/tool",), "adapters": (PYTHON, "-c", "raise SystemExit(3)")}, 20, notes
    )
    assert told == {"routes": "", "adapters": ""}
    assert notes == [
        "routes: the system's tool for it is missing",
        "adapters: the system's tool for it failed",
    ]


def test_a_command_that_hangs_is_ended_in_time():
    notes = []
    start = time.monotonic()
    told = run_all({"routes": (PYTHON, "-c", "import signal; signal.pause()")}, 0.3, notes)
    assert time.monotonic() - start < 5
    assert told == {"routes": ""}
    assert notes == ["routes: the system did not tell in time"]


def test_more_output_than_a_pipe_holds_is_read_from_all():
    script = "print('x' * 300_000)"
    told = run_all({"one": (PYTHON, "-c", script), "two": (PYTHON, "-c", script)}, 20)
    assert [len(text) for text in told.values()] == [300_001, 300_001]
