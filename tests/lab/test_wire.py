"""The parts of the servers that read bytes."""

from __future__ import annotations

import asyncio
import ssl

import dns.message
import dns.rcode
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.lab.plan import DnsServer, Plan
from tests.lab.servers.clienthello import server_name
from tests.lab.servers.quic import negotiate
from tests.lab.servers.zone import answer, make_zone

ZONE = make_zone(Plan())


def asked(name: str, kind: str = "A", **server: object) -> dns.message.Message | None:
    wire = answer(dns.message.make_query(name, kind).to_wire(), ZONE, DnsServer(**server))  # type: ignore[arg-type]
    return None if wire is None else dns.message.from_wire(wire)


def addresses(reply: dns.message.Message | None) -> list[str]:
    assert reply is not None
    return [item.to_text() for rrset in reply.answer for item in rrset]


def test_names_of_the_internet_are_answered_by_family() -> None:
    assert addresses(asked("account.t-mobile.com")) == ["206.29.160.10"]
    assert addresses(asked("account.t-mobile.com", "AAAA")) == ["2607:7700:a::10"]


def test_a_name_between_others_has_no_data_and_an_unknown_one_does_not_exist() -> None:
    between, unknown = asked("gstatic.com"), asked("gone.example.com")
    assert between is not None
    assert unknown is not None
    assert (between.rcode(), unknown.rcode()) == (dns.rcode.NOERROR, dns.rcode.NXDOMAIN)


@pytest.mark.parametrize(("mode", "code"), [("servfail", 2), ("refused", 5), ("nxdomain", 3)])
def test_modes(mode: str, code: int) -> None:
    reply = asked("example.com", mode=mode)
    assert reply is not None
    assert reply.rcode() == code


def test_silence_and_lies() -> None:
    assert asked("example.com", mode="silent") is None
    assert asked("example.com", "AAAA", silent_types=["AAAA"]) is None
    assert addresses(asked("example.com", names={"example.com": ["0.0.0.0"]})) == ["0.0.0.0"]
    assert addresses(asked("no.example.net", wildcard=["198.51.100.80"])) == ["198.51.100.80"]


@given(st.binary(max_size=600))
def test_no_bytes_upset_the_readers(data: bytes) -> None:
    answer(data, ZONE, DnsServer())
    server_name(data)
    negotiate(data)


async def test_the_server_name_of_a_real_client_is_read() -> None:
    seen: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.set_result(await reader.read(4096))
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    with pytest.raises((ssl.SSLError, ConnectionError)):
        await asyncio.open_connection(
            "127.0.0.1", port, ssl=ssl.create_default_context(), server_hostname="account.t-mobile.com"
        )
    assert server_name(await seen) == "account.t-mobile.com"
    server.close()
    await server.wait_closed()


def test_quic_is_negotiated_only_when_due() -> None:
    packet = b"\xc0\x1a\x2a\x3a\x4a\x04abcd\x02xy" + bytes(1190)
    reply = negotiate(packet)
    assert reply is not None
    assert reply[1:5] == bytes(4)
    assert reply[5:13] == b"\x02xy\x04abcd"
    assert negotiate(packet[:800]) is None
