"""Which sessions are being walked right now, so that a second window does not offer them.

A lock on a small file tells; the operating system lets go of it however the program ends.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from tshoot.paths import data_folder

FOLDER = "running"


def _lock(descriptor: int) -> None:
    """Take the lock. Raises OSError where another program has it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Hold:
    """A session held by this program, until it ends or lets go."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path, self._descriptor = path, descriptor

    def let_go(self) -> None:
        """Let go of the session."""
        # The file goes while the lock is held, so nobody can take it in between. Windows removes no open
        # file; there it is swept up later.
        with suppress(OSError):
            self._path.unlink(missing_ok=True)
        with suppress(OSError):
            os.close(self._descriptor)


def take(session: str, folder: Path | None = None) -> Hold | None:
    """Hold a session; None where another program does, or where no lock can be made."""
    path = (folder or data_folder()) / FOLDER / session
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError:
        return None
    with suppress(OSError):
        _lock(descriptor)
        if os.path.samestat(os.fstat(descriptor), path.stat()):
            return Hold(path, descriptor)
    os.close(descriptor)
    return None


def in_use(folder: Path | None = None) -> frozenset[str]:
    """The sessions that some program holds. What was left behind by one that has ended is swept up."""
    try:
        names = [path.name for path in ((folder or data_folder()) / FOLDER).iterdir()]
    except OSError:
        return frozenset()
    return frozenset(name for name in names if not _swept(name, folder))


def _swept(name: str, folder: Path | None) -> bool:
    hold = take(name, folder)
    if hold is None:
        return False
    hold.let_go()
    return True
