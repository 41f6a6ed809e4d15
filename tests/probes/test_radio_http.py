import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

import pytest

from tshoot.probes.deadline import Deadline
from tshoot.probes.radio_http import LARGEST_REPLY, RadioClient, parse

Handler = Callable[[asyncio.StreamWriter], None]


@asynccontextmanager
async def served(*parts: bytes, close: bool = True) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server on loopback that sends ``parts`` to whoever asks, and the requests it got."""
    requests: list[bytes] = []
    serving: list[asyncio.Task[None]] = []

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append(asyncio.current_task())
        requests.append(await reader.readuntil(b"\r\n\r\n"))
        writer.writelines(parts)
        if not close:
            await reader.read()
        writer.close()
        with suppress(ConnectionError):
            await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1], requests
        await asyncio.gather(*serving)


async def ask(port: int, seconds: float = 3.0):
    async with await RadioClient.open("127.0.0.1", Deadline.after(seconds)) as client:
        return await client.get(port, "/TMI/v1/gateway?get=all")


def reply(body: bytes, status: str = "200 OK", head: bytes = b"") -> bytes:
    return f"HTTP/1.1 {status}\r\n".encode() + head + b"\r\n" + body


async def test_json_is_read_by_a_plain_get_on_a_connection_of_its_own():
    async with served(reply(b'{"signal": {}}')) as (port, requests):
        answer = await ask(port)
    assert (answer.ended, answer.status, answer.content) == ("replied", 200, {"signal": {}})
    assert requests[0].startswith(b"GET /TMI/v1/gateway?get=all HTTP/1.1\r\n")
    assert b"connection: close" in requests[0].lower()
    assert not [word for word in (b"authorization", b"cookie") if word in requests[0].lower()]


@pytest.mark.parametrize(
    "body",
    [b"<html>hello</html>", b"", b"\xff\xfe\x00", b"[" * 100_000, b"9" * 10_000, b'{"a":' * 50_000],
)
async def test_what_is_no_json_gives_no_content(body):
    async with served(reply(body)) as (port, _):
        answer = await ask(port)
    assert (answer.ended, answer.content) == ("replied", None)


async def test_an_endless_reply_is_cut_off():
    async with served(reply(b'"' + b"a" * (2 * LARGEST_REPLY) + b'"')) as (port, _):
        answer = await ask(port)
    assert (answer.ended, answer.content) == ("replied", None)


async def test_compressed_nonsense_is_not_unpacked():
    async with served(reply(b"\x1f\x8b\x08nonsense", head=b"Content-Encoding: gzip\r\n")) as (port, _):
        assert (await ask(port)).content is None


async def test_a_redirect_is_not_followed():
    async with served(reply(b"", "302 Found", b"Location: http://192.0.2.1/\r\n")) as (port, requests):
        answer = await ask(port)
    assert (answer.status, answer.content, len(requests)) == (302, None, 1)


@pytest.mark.parametrize("garbage", [b"SSH-2.0-x\r\n", b"HTTP/1.1 200 OK\r\nbad header\x00\r\n\r\n", b""])
async def test_what_is_no_http_is_broken(garbage):
    async with served(garbage) as (port, _):
        assert (await ask(port)).ended == "broken"


async def test_a_gateway_that_takes_its_time_is_slow_and_the_deadline_is_kept():
    async with served(close=False) as (port, _):
        began = time.monotonic()
        answer = await ask(port, seconds=0.2)
    assert answer.ended == "slow"
    assert time.monotonic() - began < 1.5


async def test_nothing_listening_is_absent():
    async with served() as (port, _):
        pass
    assert (await ask(port)).ended == "absent"


async def test_no_proxy_is_used(monkeypatch):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    async with served(reply(b"{}")) as (port, _):
        assert (await ask(port)).ended == "replied"


def test_parsing_never_raises():
    assert parse(b'{"a": 1}') == {"a": 1}
    assert parse(b"\x80") is None
