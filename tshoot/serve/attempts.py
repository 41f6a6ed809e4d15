"""Wrong tokens: each is answered slowly; after a few from one address no more are looked at for a while."""

from __future__ import annotations

import ipaddress
import time
from collections import deque
from collections.abc import Callable

MOST = 5
"""Wrong tokens from one address in a window. Enough for a link copied badly, useless for guessing."""
WINDOW = 60.0
SLOW = 0.5
"""Seconds each answer to a wrong token is late."""
_MOST_ADDRESSES = 10_000


class Attempts:
    """Counts the wrong tokens of each address; seconds of ``clock`` pass between calls."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: dict[str, deque[float]] = {}

    def wrong(self, address: str) -> None:
        """One more wrong token."""
        times = self._wrong.pop(_network(address), deque(maxlen=MOST))
        times.append(self._clock())
        # Put in last, so that the first of the table is the one longest quiet.
        self._wrong[_network(address)] = times
        if len(self._wrong) > _MOST_ADDRESSES:
            del self._wrong[next(iter(self._wrong))]

    def wait(self, address: str) -> float:
        """Seconds until a token of this address is looked at again; 0 for now."""
        times = self._wrong.get(_network(address))
        if times is None or len(times) < MOST:
            return 0.0
        return max(times[0] + WINDOW - self._clock(), 0.0)


def _network(address: str) -> str:
    """What one household or server has: an IPv4 address, or 64 bits of IPv6."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    if ip.ipv4_mapped is not None:
        return str(ip.ipv4_mapped)
    return str(ipaddress.ip_network((ip, 64), strict=False))
