"""The Linux backend against a real kernel: adapters, routes and files built in a namespace of its own."""

import functools
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.needed import LAB, need

SCRIPT = Path(__file__).with_name("namespace_case.sh")
READ = """
import dataclasses, json
from tshoot.host.backend import backend
from tshoot.host.queries import default_routes, on_link, route_for
found = backend()
state = found.read_state()
print(json.dumps({
    "state": dataclasses.asdict(state),
    "neighbours": [dataclasses.asdict(entry) for entry in found.neighbours()],
    "defaults": [[r.adapter, r.gateway, r.metric] for r in default_routes(state, 4)],
    "to_lan": route_for(state, "192.168.12.9").adapter,
    "on_link": [on_link(state, ip) for ip in ("192.168.12.1", "203.0.113.1")],
}))
"""


@functools.cache
def why_not():
    if sys.platform != "linux" or not (shutil.which("unshare") and shutil.which("ip")):
        return "needs Linux with unshare and ip"
    probe = "mount --bind /etc/hosts /etc/hosts && ip link add dev near0 type veth peer name away0"
    tried = subprocess.run(
        ["unshare", "-rnm", "sh", "-c", probe], capture_output=True, text=True, timeout=20, check=False
    )
    return f"no namespaces here: {tried.stderr.strip()}" if tried.returncode else ""


def inside(folder, script):
    command = ["unshare", "-rnm", "sh", str(SCRIPT), str(folder), sys.executable, "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    need(why_not(), LAB)
    made = tmp_path_factory.mktemp("etc")
    (made / "resolv.conf").write_text("nameserver 192.168.12.1\nnameserver 0.0.0.0\nsearch home.example\n")
    (made / "hosts").write_text("127.0.0.1 localhost\n203.0.113.9 account.example\n")
    return made


@pytest.fixture(scope="module")
def read(folder):
    return json.loads(inside(folder, READ))


@pytest.fixture
def adapters(read):
    return {adapter["name"]: adapter for adapter in read["state"]["adapters"]}


def test_everything_could_be_read(read):
    assert read["state"]["unreadable"] == []
    assert read["state"]["system"] == "linux"


def test_adapters_with_carrier_mtu_and_kind(adapters):
    assert adapters["lo"]["kind"] == "loopback"
    assert [adapters["eth0"][key] for key in ("kind", "up", "carrier", "mtu")] == [
        "ethernet",
        True,
        True,
        1400,
    ]
    assert [adapters["wifi0"][key] for key in ("up", "carrier")] == [True, False]
    assert [adapters["br-home"][key] for key in ("kind", "up", "carrier")] == ["virtual", False, None]


def test_addresses_carry_prefix_and_zone(adapters):
    found = [(address["ip"], address["prefix"]) for address in adapters["eth0"]["addresses"]]
    assert found[:2] == [("192.168.12.50", 24), ("2001:db8:12::50", 64)]
    assert all(ip.endswith("%eth0") for ip, _ in found[2:])


def test_routes_of_both_families_without_the_refusing_one(read):
    routes = {(r["destination"], r["gateway"], r["adapter"], r["metric"]) for r in read["state"]["routes"]}
    assert ("::/0", "fe80::1%eth0", "eth0", 1024) in routes
    assert ("192.168.12.0/24", None, "eth0", 0) in routes
    assert ("192.0.2.128/25", "192.168.12.9", "eth0", 0) in routes
    assert not [route for route in routes if route[0] == "203.0.113.0/24"]
    assert not [route for route in routes if route[2] == "lo" and route[0] == "::/0"]


def test_defaults_by_preference_with_a_vpn_in_its_own_table(read, adapters):
    physical = [["eth0", "192.168.12.1", 100], ["wifi0", "198.51.100.1", 600]]
    if "wg0" not in adapters:
        assert read["defaults"] == physical
        pytest.skip("no TUN device here: the table of a VPN was left out")
    assert read["defaults"] == [["wg0", None, 0], *physical]
    assert adapters["wg0"]["kind"] == "tunnel"
    assert read["to_lan"] == "eth0"


def test_on_link(read):
    assert read["on_link"] == [True, False]


def test_neighbours_of_both_families(read):
    found = {(n["ip"], n["adapter"], n["state"]) for n in read["neighbours"]}
    assert {("192.168.12.1", "eth0", "reachable"), ("fe80::1%eth0", "eth0", "stale")} <= found


def test_files_of_the_namespace(read):
    resolvers = [(r["address"], r["valid"]) for r in read["state"]["resolvers"]]
    assert resolvers == [("192.168.12.1", True), ("0.0.0.0", False)]
    assert read["state"]["search"] == ["home.example"]
    assert [entry["names"] for entry in read["state"]["hosts"]] == [["localhost"], ["account.example"]]


def test_reading_loads_no_heavy_library(folder):
    script = (
        "import sys; from tshoot.host.backend import backend; backend().read_state(); print(*sys.modules)"
    )
    loaded = set(inside(folder, script).split())
    assert not {"psutil", "asyncio", "subprocess", "ssl"} & loaded


def test_a_neighbour_that_does_not_answer_fails(folder):
    # The refused connection is the kernel's word that it has given up asking for the address.
    script = """
import contextlib, errno, pathlib, socket
from tshoot.host.backend import backend
with contextlib.suppress(OSError):
    pathlib.Path("/proc/sys/net/ipv4/neigh/eth0/retrans_time_ms").write_text("50")
with socket.socket() as caller:
    caller.settimeout(20)
    print(errno.errorcode[caller.connect_ex(("192.168.12.200", 9))])
print(*(n.state for n in backend().neighbours() if n.ip == "192.168.12.200"))
"""
    assert inside(folder, script).split() == ["EHOSTUNREACH", "failed"]
