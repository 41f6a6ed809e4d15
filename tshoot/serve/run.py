"""Binds the address, serves until it is told to stop, and leaves nothing running."""

from __future__ import annotations

import asyncio
import errno
import logging
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from aiohttp import web

from tshoot.serve.address import is_every_address
from tshoot.serve.problems import ServeError
from tshoot.serve.served import served_command
from tshoot.serve.settings import Settings
from tshoot.serve.site import Command, Site

_ERRORS = {
    errno.EADDRINUSE: "Port {port} is in use already. Choose another one: --port NUMBER.",
    errno.EADDRNOTAVAIL: "This computer has no address {host}. Choose one of its own: --host ADDRESS.",
    errno.EACCES: "Port {port} may not be used without more rights. Choose one above 1023: --port NUMBER.",
}


def serve(settings: Settings, told: Callable[[Settings], None], command: Command = served_command) -> None:
    """Serve until SIGINT or SIGTERM; ``told`` of the settings, with the true port, once it can be opened.

    Raises :class:`ServeError` where it can't listen there.
    """
    with listen(settings) as listening:
        settings = replace(settings, port=listening.getsockname()[1])
        _log_to_stderr()
        site = Site(settings, command)
        asyncio.run(_serve(site, listening, lambda: told(settings)))


def listen(settings: Settings) -> socket.socket:
    """A socket that listens. Raises :class:`ServeError` with a sentence."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    both = family == socket.AF_INET6 and is_every_address(settings.host) and socket.has_dualstack_ipv6()
    try:
        return socket.create_server((settings.host, settings.port), family=family, dualstack_ipv6=both)
    except OSError as error:
        sentence = _ERRORS.get(error.errno or 0, "{host}, port {port}, can't be used: {why}.")
        raise ServeError(
            sentence.format(host=settings.host, port=settings.port, why=error.strerror)
        ) from None


async def _serve(site: Site, listening: socket.socket, ready: Callable[[], None]) -> None:
    stopped = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: Ctrl-C ends asyncio.run instead.
            asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    runner = web.AppRunner(site.application(), access_log=None, shutdown_timeout=1)
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        ready()
        await stopped.wait()
    finally:
        await site.close()
        await runner.cleanup()


class _Careful(logging.Formatter):
    """Own lines as they are; of others only what kind of error, since messages may quote what was sent."""

    def format(self, record: logging.LogRecord) -> str:
        """One line."""
        time = self.formatTime(record, "%Y-%m-%d %H:%M:%S")
        if record.name == "tshoot.serve":
            return f"{time} {record.getMessage()}"
        kind = record.exc_info[0] if record.exc_info else None
        return f"{time} {record.name}: {kind.__name__ if kind else record.levelname.lower()}"


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Careful())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("tshoot.serve").setLevel(logging.INFO)
