"""What the tests of a path add up to, packets and kernel figures as bytes, large greetings on loopback."""

from __future__ import annotations

import socket
import ssl
import struct

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from tests.support.loopback import HERE, closed_port, closes, says, serving, stalls
from tshoot.probes import mtu_bulk
from tshoot.probes.deadline import Deadline
from tshoot.probes.mtu_bulk import BulkTest, try_bulk
from tshoot.probes.mtu_packet import QuicAsker
from tshoot.probes.mtu_sizes import SizeTest, try_sizes
from tshoot.probes.path_mtu import FamilyPath, family_path, judge
from tshoot.probes.tcp_info import TcpInfo, read_info, tcp_info

ALERT = bytes([21, 3, 3, 0, 2, 2, 40])
SWALLOWED = SizeTest("192.0.2.1", "ping", 1500, small_sent=2, small_answered=2, full_sent=3)
NOTHING = SizeTest("192.0.2.1", "ping", 1500, small_sent=2, full_sent=3)
WHOLE = SizeTest("192.0.2.1", "ping", 1500, full_sent=1, full_answered=1, whole=True)
OUT_ONLY = SizeTest("192.0.2.1", "quic", 1500, full_sent=1, full_answered=1)
TOLD = SizeTest("192.0.2.1", "ping", 1400, told=True, full_sent=2, full_answered=1, whole=True)
UP = BulkTest("192.0.2.1", "up_stalled", 1500, 4)
DOWN = BulkTest("192.0.2.1", "down_stalled", 1500)
PAST = BulkTest("192.0.2.1", "up_stalled", 1500, 4, past_gap=1)
PASSED = BulkTest("192.0.2.1", "passed", 1500)
CUT = BulkTest("192.0.2.1", "cut", 1500)


@pytest.mark.parametrize(
    ("sizes", "bulk", "path", "mtu"),
    [
        ([WHOLE], [], "ok", 1500),
        ([TOLD], [], "narrow", 1400),
        ([SWALLOWED], [PASSED], "ok", 1500),
        ([SWALLOWED], [BulkTest("192.0.2.1", "passed", 1400)], "narrow", 1400),
        ([SWALLOWED, SWALLOWED], [UP, UP], "blackhole", None),
        ([SWALLOWED], [DOWN], "blackhole", None),
        ([SWALLOWED, OUT_ONLY], [DOWN, DOWN], "blackhole", None),
        ([NOTHING], [PAST, PAST], "blackhole", None),
        ([], [PAST, PAST], "blackhole", None),
        # Full size goes out and small answers come back; what is missing is large and on the way back.
        ([OUT_ONLY], [BulkTest("192.0.2.1", "down_stalled", 1500, past_gap=1), DOWN], "blackhole", None),
        ([OUT_ONLY], [DOWN, DOWN], "unclear", None),
        # Nothing shows that size decides: the exchange may hang for any reason.
        ([NOTHING], [UP, UP], "unclear", None),
        ([NOTHING], [PAST, UP], "unclear", None),
        ([NOTHING], [PAST], "unclear", None),
        # A filter against large pings alone hangs nothing.
        ([SWALLOWED], [CUT, CUT], "unclear", None),
        ([SWALLOWED], [], "unclear", None),
        # One operator carries large exchanges: the path does, the other one hangs for its own reason.
        ([SWALLOWED], [UP, PASSED], "ok", 1500),
        ([OUT_ONLY], [], "unclear", None),
        ([], [], "unclear", None),
    ],
)
def test_one_family(sizes: list[SizeTest], bulk: list[BulkTest], path: str, mtu: int | None) -> None:
    found = family_path(4, 1500, tuple(sizes), tuple(bulk))
    assert (found.path, found.mtu) == (path, mtu)


def test_a_narrow_adapter_is_no_narrow_path() -> None:
    whole = SizeTest("192.0.2.1", "ping", 1280, full_sent=1, full_answered=1, whole=True)
    assert family_path(4, 1280, (whole,), ()).path == "ok"


@pytest.mark.parametrize(
    ("paths", "said"),
    [
        (["ok", "ok"], "ok"),
        (["ok", "narrow"], "narrow"),
        (["ok", "blackhole"], "blackhole"),
        (["ok", "unclear"], "ok"),
        (["unclear"], "unclear"),
        ([], "unclear"),
    ],
)
def test_the_whole(paths: list[str], said: str) -> None:
    assert judge([FamilyPath(4, 1500, path) for path in paths]) == said  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "info", "state"),
    [
        ("", TcpInfo(), "passed"),
        ("reset", TcpInfo(unacked=3, retransmits=4), "cut"),
        ("handshake", TcpInfo(), "cut"),
        ("timeout", TcpInfo(unacked=3, retransmits=2), "up_stalled"),
        ("timeout", TcpInfo(unacked=3, retransmits=1), "unclear"),
        ("timeout", TcpInfo(), "down_stalled"),
    ],
)
def test_what_the_kernel_says_of_a_hung_greeting(said: str, info: TcpInfo, state: str) -> None:
    assert mtu_bulk.judge(said, info) == state


@given(st.binary(max_size=300))
def test_any_kernel_answer_can_be_read(raw: bytes) -> None:
    info = read_info(raw)
    assert len(raw) >= 104 or info.retransmits == 0


def test_figures_stand_where_the_kernel_puts_them() -> None:
    raw = bytearray(232)
    struct.pack_into("=I", raw, 24, 7)
    struct.pack_into("=I", raw, 224, 9)
    assert read_info(bytes(raw)) == TcpInfo(unacked=7, out_of_order=9)
    assert read_info(bytes(raw[:200])) == TcpInfo(unacked=7)


async def test_a_connection_tells_its_figures() -> None:
    async with serving(stalls) as port:
        with socket.create_connection((HERE, port)) as connection:
            info = tcp_info(connection)
    assert info is not None
    assert info.path_mtu > 1500
    assert 0 < info.mss < info.path_mtu
    assert info.retransmits == 0


async def bulk(port: int) -> BulkTest:
    return await try_bulk(HERE, port, "service.test", 0.0, Deadline.after(4.0))


async def test_a_large_greeting_passes() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("service.test").configure_cert(context)
    context.set_alpn_protocols(["http/1.1"])
    async with serving(stalls, context) as port:
        assert (await bulk(port)).state == "passed"


async def test_a_greeting_is_larger_than_two_packets() -> None:
    sizes: list[int] = []

    async def counts(reader, writer) -> None:
        sizes.append(len(await reader.read(65536)))

    async with serving(counts) as port:
        assert (await bulk(port)).state == "cut"
    assert 2 * 1448 < sizes[0] < 5 * 1448


async def test_a_silent_server_stalls_the_way_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mtu_bulk, "STALL_SECONDS", 0.1)
    async with serving(stalls) as port:
        assert (await bulk(port)).state == "down_stalled"


@pytest.mark.parametrize("handler", [closes, says(ALERT), says(b"HTTP/1.1 400 Bad Request\r\n\r\n")])
async def test_an_answer_is_no_stall(handler) -> None:
    async with serving(handler) as port:
        assert (await bulk(port)).state == "cut"


async def test_no_connection_is_told_apart() -> None:
    assert (await bulk(closed_port())).state == "no_connection"


async def test_quic_of_a_reserved_version_is_recognised_by_its_own_answer() -> None:
    asker, other = QuicAsker(HERE), QuicAsker(HERE)
    with asker.sock, other.sock:
        packet = asker.packet(1500, 4)
        assert len(packet) == 1500 - 28
        assert packet[0] & 0xC0 == 0xC0
        assert packet[1:5] not in (bytes(4), bytes([0, 0, 0, 1]))
        theirs, ours = packet[6:14], packet[15:23]
        reply = b"\xc0" + bytes(4) + b"\x08" + ours + b"\x08" + theirs + bytes([0, 0, 0, 1])
        assert asker.answered(reply) == (4, False)
        assert other.answered(reply) is None


@given(st.binary(max_size=100))
def test_no_datagram_upsets_quic(data: bytes) -> None:
    asker = QuicAsker(HERE)
    with asker.sock:
        assert asker.answered(data) is None


async def test_what_may_not_be_sent_is_no_evidence() -> None:
    def forbidden(address: str) -> QuicAsker:
        raise PermissionError

    assert await try_sizes(forbidden, HERE, 1500, Deadline.after(1.0)) is None
