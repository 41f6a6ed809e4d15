"""Real servers on loopback, and a context for one probe."""

import asyncio
import socket
import struct
from collections.abc import Mapping
from contextlib import asynccontextmanager, contextmanager, suppress

from tests.support.worlds import world
from tshoot.probes.context import ProbeContext, Shared
from tshoot.probes.deadline import Deadline
from tshoot.probes.model import Reading

HERE = "127.0.0.1"


def probe_context(
    *,
    target=None,
    anchors=None,
    host=None,
    readings: Mapping[str, Reading] | None = None,
    names: Mapping[str, tuple[str, ...]] | None = None,
    tls=None,
    seconds=4.0,
) -> ProbeContext:
    """A context whose other readings and names are given; a reading not given never comes."""
    loop = asyncio.get_running_loop()
    futures = {}

    def reading(name):
        if name not in futures:
            futures[name] = loop.create_future()
            if name in (readings or {}):
                futures[name].set_result(readings[name])
        return futures[name]

    shared = Shared()
    if tls is not None:
        shared.tls["verify"] = tls
    for name, addresses in (names or {}).items():
        shared.names[name] = asyncio.create_task(_fixed(addresses))
    return ProbeContext(world(target, host, anchors), Deadline.after(seconds), shared, reading)


async def _fixed(addresses):
    return addresses


def dns_readings(system=(HERE,), public=(), encrypted=()):
    """What the DNS probes would have said."""
    return {
        "dns_system": Reading("ok", "", {"addresses": system, "ms": 1.5}),
        "dns_public": Reading("ok", "", {"addresses": public}),
        "dns_encrypted": Reading("ok", "", {"addresses": encrypted}),
    }


@asynccontextmanager
async def serving(handler, tls=None, host=HERE):
    """A TCP server; yields its port. A connection is closed when its handler returns."""

    async def handle(reader, writer):
        with suppress(OSError, asyncio.IncompleteReadError):
            await handler(reader, writer)
        writer.close()
        with suppress(OSError):
            await writer.wait_closed()

    server = await asyncio.start_server(handle, host, 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for _ in range(20):
            tasks = [task for task in asyncio.all_tasks() if "handle" in repr(task.get_coro())]
            if not tasks:
                break
            await asyncio.wait(tasks, timeout=0.2)


async def stalls(reader, writer):
    """Reads and says nothing, until the other side goes."""
    while await reader.read(65536):
        pass


async def closes(reader, writer):
    """Reads once and closes."""
    await reader.read(65536)


async def resets(reader, writer):
    """Reads once and resets the connection."""
    await reader.read(65536)
    reset(writer)


def reset(writer):
    linger = struct.pack("ii", 1, 0)
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    writer.transport.abort()


def says(answer: bytes):
    """Reads once, answers and closes."""

    async def handler(reader, writer):
        await reader.read(65536)
        writer.write(answer)
        await writer.drain()

    return handler


def page(status="200 OK", body=b"", *headers: bytes):
    """Bytes of an HTTP answer."""
    lines = [
        b"HTTP/1.1 " + status.encode(),
        b"Content-Length: " + str(len(body)).encode(),
        b"Connection: close",
        *headers,
    ]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def closed_port() -> int:
    """A port of loopback on which nobody listens."""
    with socket.socket() as free:
        free.bind((HERE, 0))
        return free.getsockname()[1]


@contextmanager
def silent_port():
    """A port of loopback that drops SYNs: its queue of connections is full."""
    with socket.socket() as full, socket.socket() as one, socket.socket() as two:
        full.bind((HERE, 0))
        full.listen(0)
        for filler in (one, two):
            filler.setblocking(False)
            with suppress(BlockingIOError):
                filler.connect(full.getsockname())
        yield full.getsockname()[1]
