"""The operating system's look-up; getaddrinfo itself is replaced where it would ask real servers."""

import socket
import threading

import pytest

from tests.support.worlds import world
from tshoot.host.model import HostState, Resolver
from tshoot.probes import dns_system
from tshoot.probes.runner import run_probes
from tshoot.target import Target


async def looked_up(name="login.example", seconds=5.0):
    host = HostState("linux", resolvers=(Resolver("192.0.2.1"), Resolver("bad", valid=False)))
    made = world(Target(name), host)
    results = await run_probes(["dns_system"], made, seconds=seconds, probes={"dns_system": dns_system})
    return results["dns_system"]


def saying(monkeypatch, result):
    def getaddrinfo(*_, **__):
        if isinstance(result, Exception):
            raise result
        return result

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


async def test_a_name_of_this_computer_resolves_for_real():
    result = await looked_up("localhost")
    assert result.outcome == "ok"
    assert "127.0.0.1" in result.data["addresses"]
    assert result.contacted == ("192.0.2.1",)


async def test_addresses_keep_the_systems_order_once_each(monkeypatch):
    found = [(0, 0, 0, "", (ip, 0)) for ip in ("2606::7", "23.1.1.1", "2606::7")]
    saying(monkeypatch, found)
    assert (await looked_up()).data["addresses"] == ("2606::7", "23.1.1.1")


@pytest.mark.parametrize(
    ("error", "outcome", "said"),
    [
        (socket.gaierror(socket.EAI_NONAME, ""), "name_missing", "EAI_NONAME"),
        (socket.gaierror(socket.EAI_NODATA, ""), "name_missing", "EAI_NODATA"),
        (socket.gaierror(11004, ""), "name_missing", "11004"),
        (socket.gaierror(socket.EAI_AGAIN, ""), "failed", "EAI_AGAIN"),
        (socket.gaierror(socket.EAI_FAIL, ""), "failed", "EAI_FAIL"),
        (UnicodeError("label too long"), "failed", "UnicodeError"),
    ],
)
async def test_the_systems_codes(monkeypatch, error, outcome, said):
    saying(monkeypatch, error)
    result = await looked_up()
    assert (result.outcome, result.data["error"]) == (outcome, said)


async def test_a_hanging_system_is_a_timeout_and_holds_nothing_up(monkeypatch):
    never = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: never.wait())
    result = await looked_up(seconds=0.3)
    never.set()
    assert (result.outcome, result.detail) == ("timeout", "no answer (192.0.2.1)")
    assert result.ms < 600


async def test_an_address_is_not_looked_up():
    assert (await looked_up("23.1.1.1")).outcome == "not_applicable"
