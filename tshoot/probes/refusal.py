"""What the operating system refuses at once, before anything is on the wire.

A refusal is typed evidence: "no route" is a broken set-up, "not permitted" a firewall or a VPN's kill switch
on this very computer. Nothing here says anything about the network beyond it.
"""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterable
from contextlib import closing
from typing import Literal

from tshoot.probes.bind import Source, bind_to
from tshoot.probes.sockaddr import socket_address

Refusal = Literal["no_route", "not_permitted"]

_NOT_PERMITTED = frozenset({errno.EPERM, errno.EACCES, 10013})
"""EPERM: a packet filter dropped it locally; EACCES: a "prohibit" route; 10013: WSAEACCES."""
_NO_ROUTE = frozenset(
    {errno.ENETUNREACH, errno.EHOSTUNREACH, errno.ENETDOWN, errno.EADDRNOTAVAIL, errno.EINVAL, 10051, 10065}
)
"""No route, an "unreachable" route, adapter down, no source address of the family, a "blackhole" route
(EINVAL on Linux), and Windows' WSAENETUNREACH and WSAEHOSTUNREACH."""


def refusal_of(error: OSError | None) -> Refusal | None:
    """The refusal an error of ``connect`` or ``sendto`` stands for; None where it is something else."""
    number = error.errno if error is not None else None
    if number in _NOT_PERMITTED:
        return "not_permitted"
    return "no_route" if number in _NO_ROUTE else None


def refused_route(address: str) -> Refusal | None:
    """Would the system send to ``address``? Connects a UDP socket, which sends nothing."""
    return _try(address, sends=False)


def refused_datagram(address: str, source: Source | None = None) -> Refusal | None:
    """Does the system let a datagram leave for ``address``? Sends one empty datagram to UDP port 443.

    Only this shows a packet filter on the way out: a TCP connect hides its EPERM behind silent retries.
    ``source`` asks for one adapter only.
    """
    return _try(address, sends=True, source=source)


def shared_refusal(refusals: Iterable[Refusal | None]) -> Refusal | None:
    """The one refusal where all are refused, "not permitted" before "no route"; None where any passes."""
    found = list(refusals)
    if not found or None in found:
        return None
    return "not_permitted" if "not_permitted" in found else "no_route"


def _try(address: str, *, sends: bool, source: Source | None = None) -> Refusal | None:
    family, target = socket_address(address, 443)
    try:
        with closing(socket.socket(family, socket.SOCK_DGRAM)) as sock:
            sock.setblocking(False)
            if source is not None:
                bind_to(sock, source)
            sock.connect(target)
            if sends:
                sock.send(b"")
    except BlockingIOError:
        return None
    except OSError as error:
        return refusal_of(error)
    return None
