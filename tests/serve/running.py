"""Starts the real server in a child process on a free port of loopback, and talks to it as a browser does."""

import asyncio
import json
import os
import re
import subprocess
import sys
import threading
from contextlib import asynccontextmanager

import aiohttp

TOKEN = "correct-horse-battery-staple-0123456789"


class Served:
    """A server under test. What it logs is read all the time."""

    def __init__(self, process, port):
        self.process, self.port = process, port
        self.url = f"http://127.0.0.1:{port}"
        self._lines = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self):
        self._lines.extend(iter(self.process.stderr.readline, ""))

    async def logs(self, words, seconds=30):
        """Wait until it has logged a line with these words."""
        async with asyncio.timeout(seconds):
            while not any(words in line for line in self._lines):  # noqa: ASYNC110 (another program)
                await asyncio.sleep(0.05)

    def stop(self, seconds=30):
        """End it as a person would; returns exit code and what it has logged."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(timeout=seconds)
        self._reader.join(seconds)
        return self.process.returncode, "".join(self._lines)


@asynccontextmanager
async def served(environment=None, **settings):
    """The small program behind the real server."""
    given = {"port": 0, "kept_closed": 0.2, **settings}
    process = subprocess.Popen(  # noqa: ASYNC220 (ended by tests that are not waiting for it)
        [
            sys.executable,
            "-m",
            "tests.serve.small_server",
            json.dumps(given),
        ],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    server = None
    try:
        port = await asyncio.wait_for(asyncio.to_thread(process.stdout.readline), 30)
        assert port, process.communicate()[1]
        server = Served(process, int(port))
        yield server
    finally:
        if process.poll() is None:
            process.kill()
        if server is not None:
            server.stop()
        process.stdout.close()
        process.stderr.close()


class Tab:
    """One websocket, with the text of everything drawn so far."""

    def __init__(self, socket):
        self.socket, self.drawn, self.told, self.code = socket, "", [], None

    async def press(self, keys):
        await self.socket.send_json(["stdin", keys])

    async def until(self, pattern, seconds=30):
        """Wait until something drawn matches; returns the match."""
        async with asyncio.timeout(seconds):
            while not (found := re.search(pattern, self.drawn)):
                assert await self._next(), f"closed with {self.code}; drawn: {self.drawn[-2000:]!r}"
        self.drawn = self.drawn[found.end() :]
        return found

    async def told_of(self, kind, seconds=30):
        """Wait for a message of this kind that is not drawn."""
        async with asyncio.timeout(seconds):
            while not (found := [message for message in self.told if message[0] == kind]):
                assert await self._next(), f"closed with {self.code}"
        return found[0]

    async def closed(self, seconds=30):
        """Wait for the end; returns the code."""
        async with asyncio.timeout(seconds):
            while await self._next():
                pass
        return self.code

    async def _next(self):
        message = await self.socket.receive()
        if message.type is aiohttp.WSMsgType.BINARY:
            self.drawn += plain(message.data.decode())
        elif message.type is aiohttp.WSMsgType.TEXT:
            self.told.append(message.json())
        else:
            self.code = self.socket.close_code
            return False
        return True


def plain(text):
    return re.sub(r"\x1b\[[0-9;?<>=$]*[a-zA-Z]", "", text)


@asynccontextmanager
async def browser(**headers):
    """An HTTP client with cookies of its own, which does not follow redirects by itself."""
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(cookie_jar=jar, headers=headers) as session:
        yield session


@asynccontextmanager
async def tab(session, server, *, origin="own", query="?width=80&height=24", key="", **headers):
    """Open the websocket as the page does."""
    sent = {"Origin": server.url if origin == "own" else origin} if origin else {}
    async with session.ws_connect(f"{server.url}/ws{query}", headers={**sent, **headers}) as socket:
        await socket.send_json(["tab", key])
        yield Tab(socket)


def get(session, server, path="/", **headers):
    return session.get(server.url + path, headers=headers, allow_redirects=False)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


async def gone(pid, seconds=20):
    """Wait until a process is gone."""
    async with asyncio.timeout(seconds):
        while is_alive(pid):  # noqa: ASYNC110 (another program: nothing tells of its end)
            await asyncio.sleep(0.05)
