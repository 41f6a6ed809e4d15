"""Browsers that have shown the token once, known again by a cookie."""

from __future__ import annotations

import hashlib
import secrets
import time
from collections.abc import Callable

KEPT = 12 * 3600.0
"""Seconds a browser stays known after it was last seen: a working day."""
_MOST = 10_000


class Visitors:
    """Gives out cookies and knows them again. Only their digests are kept, and only in memory."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._seen: dict[bytes, float] = {}

    def admit(self) -> str:
        """A cookie for a browser that may come in."""
        cookie = secrets.token_urlsafe(32)
        self._see(_digest(cookie))
        if len(self._seen) > _MOST:
            del self._seen[next(iter(self._seen))]
        return cookie

    def knows(self, cookie: str | None) -> bool:
        """True for a cookie given out and seen within :data:`KEPT`; it then counts as seen now."""
        digest = _digest(cookie or "")
        seen = self._seen.get(digest)
        if seen is None:
            return False
        if self._clock() - seen > KEPT:
            del self._seen[digest]
            return False
        self._see(digest)
        return True

    def _see(self, digest: bytes) -> None:
        # Put in last, so that the first is the one longest away.
        self._seen.pop(digest, None)
        self._seen[digest] = self._clock()


def _digest(cookie: str) -> bytes:
    return hashlib.sha256(cookie.encode("utf-8", "surrogateescape")).digest()
