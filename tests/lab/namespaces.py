"""Network namespaces of one world, and opening things inside them from one process.

A socket keeps the namespace it was opened in, so one event loop can serve all of them.
"""

from __future__ import annotations

import ctypes
import os
import socket
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

CLONE_NEWNS = 0x00020000
CLONE_NEWNET = 0x40000000
MS_BIND = 4096
MS_REC = 16384
RUN = Path("/run")

_libc = ctypes.CDLL(None, use_errno=True)
Opened = TypeVar("Opened")


def check(result: int, what: str) -> None:
    """Raise OSError for a failed libc call."""
    if result != 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")


def unshare(flags: int) -> None:
    """unshare(2) for the calling process."""
    check(_libc.unshare(flags), "unshare")


def setns(descriptor: int, kind: int) -> None:
    """setns(2) for the calling thread."""
    check(_libc.setns(descriptor, kind), "setns")


def mount(source: str, target: str, kind: str, flags: int = 0, data: str = "") -> None:
    """mount(2)."""
    arguments = (source.encode(), target.encode(), kind.encode(), flags, data.encode() or None)
    check(_libc.mount(*arguments), f"mount {target}")


class Namespaces:
    """The named network namespaces; the process itself stays in its first one."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Create them; also under /run/netns, so that ``ip netns`` knows them."""
        self._home = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        self._fds: dict[str, int] = {}
        (RUN / "netns").mkdir(exist_ok=True)
        for name in names:
            self._create(name)

    def _create(self, name: str) -> None:
        unshare(CLONE_NEWNET)
        self._fds[name] = os.open("/proc/thread-self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        place = RUN / "netns" / name
        place.touch()
        mount("/proc/thread-self/ns/net", str(place), "none", MS_BIND)
        setns(self._home, CLONE_NEWNET)

    def descriptor(self, name: str) -> int:
        """The namespace's open descriptor."""
        return self._fds[name]

    @contextmanager
    def inside(self, name: str) -> Iterator[None]:
        """Be in a namespace for the length of the block (no awaiting inside)."""
        setns(self._fds[name], CLONE_NEWNET)
        try:
            yield
        finally:
            setns(self._home, CLONE_NEWNET)

    def open(self, name: str, opener: Callable[[], Opened]) -> Opened:
        """Call ``opener`` in a namespace and hand back what it opened."""
        with self.inside(name):
            return opener()

    def sysctl(self, name: str, key: str, value: str) -> None:
        """Set net.KEY of a namespace; absent keys are left alone."""
        path = Path("/proc/sys/net") / key.replace(".", "/")
        with self.inside(name):
            if path.exists():
                path.write_text(value)

    def ip(self, name: str, commands: list[str]) -> None:
        """Run ``ip`` commands in a namespace in one go. Raises RuntimeError with what ip said."""
        self._feed(name, ["ip", "-batch", "-"], "\n".join(commands) + "\n")

    def nft(self, name: str, ruleset: str) -> None:
        """Load an nftables ruleset in a namespace. Raises RuntimeError with what nft said."""
        path = RUN / f"{name}.nft"
        path.write_text(ruleset)
        self._feed(name, ["nft", "-f", str(path)], "")

    def _feed(self, name: str, command: list[str], text: str) -> None:
        with self.inside(name):
            done = subprocess.run(command, input=text, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise RuntimeError(f"{' '.join(command)} in {name}: {done.stderr.strip()}\n{text}")


def tcp_listener(address: str, port: int) -> socket.socket:
    """A listening, non-blocking TCP socket in the current namespace."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    sock.bind((address, port))
    sock.listen(128)
    sock.setblocking(False)
    return sock


def udp_socket(address: str, port: int) -> socket.socket:
    """A bound, non-blocking UDP socket in the current namespace."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_DGRAM)
    sock.bind((address, port))
    sock.setblocking(False)
    return sock
