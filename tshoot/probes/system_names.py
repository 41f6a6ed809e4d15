"""Looking a name up as the operating system does: what a browser on this computer would get."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from functools import partial
from typing import Literal

from tshoot.probes.blocking import in_daemon_thread

LookupState = Literal["ok", "name_missing", "failed"]

_MISSING = {
    getattr(socket, name) for name in ("EAI_NONAME", "EAI_NODATA", "EAI_ADDRFAMILY") if hasattr(socket, name)
} | {11004}
"""Codes for "no such name" and "no address for it"; 11004 is Windows' WSANO_DATA."""


@dataclass(frozen=True, slots=True)
class SystemLookup:
    """``addresses`` in the system's order of preference (RFC 6724); ``error`` names the system's code."""

    state: LookupState
    addresses: tuple[str, ...] = ()
    error: str = ""


async def system_lookup(name: str) -> SystemLookup:
    """Look ``name`` up with getaddrinfo, A and AAAA. Never raises; may take as long as the system likes."""
    return await in_daemon_thread(partial(_look_up, name))


def _look_up(name: str) -> SystemLookup:
    try:
        found = socket.getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        return SystemLookup("name_missing" if error.errno in _MISSING else "failed", error=_code_of(error))
    except (OSError, UnicodeError) as error:
        return SystemLookup("failed", error=type(error).__name__)
    return SystemLookup("ok", tuple(dict.fromkeys(str(item[4][0]) for item in found)))


def _code_of(error: socket.gaierror) -> str:
    names = (name for name in dir(socket) if name.startswith("EAI_"))
    return next((name for name in names if getattr(socket, name) == error.errno), str(error.errno))
