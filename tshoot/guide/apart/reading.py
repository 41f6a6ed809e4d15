"""What the wizard has to know from files, read by a process of its own.

Reading it takes a quarter of a second of a processor, half of it to import the validation library, and 25 MB.
This way no key waits for it, and its memory is gone with the process. What comes back is trusted as much as
this program's own code: it comes out of a pipe that only this program holds.
"""

from __future__ import annotations

import pickle
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar, cast

from tshoot.guide.apart.child import ended, python_command, started

if TYPE_CHECKING:
    from tshoot.flow.model import Flow

T = TypeVar("T")

READER = "tshoot.guide.apart.reader"


class Reading:
    """A reading, under way from the start. ``folders`` hold flows that replace and add to the others.

    Where no process can be started, or it ends too early, this process reads by itself. :meth:`basics` and
    :meth:`flows` wait: call them off the loop.
    """

    def __init__(self, folders: Sequence[Path] = (), command: Sequence[str] | None = None) -> None:
        self.folders = tuple(folders)
        self._basics: Future[None] = Future()
        self._flows: Future[Mapping[str, Flow]] = Future()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        with suppress(OSError):
            self._process = started([*(command or python_command(READER)), *map(str, folders)])
        threading.Thread(target=self._read, daemon=True).start()

    def basics(self) -> None:
        """Wait for services, causes and what probes declare; whoever asks for them then has them at once."""
        self._basics.result()

    def flows(self) -> Mapping[str, Flow]:
        """Every flow by id, fit to be run.

        Raises DocumentError with every problem, OSError where a folder can't be read.
        """
        return self._flows.result()

    def close(self) -> None:
        """Read no further. Whoever waits gets an EOFError."""
        self._closed = True
        if self._process is not None:
            ended(self._process)

    def _read(self) -> None:
        _settle(self._basics, self._take_basics)
        _settle(self._flows, self._take_flows)
        if self._process is not None:
            ended(self._process)
            cast("IO[bytes]", self._process.stdout).close()

    def _take_basics(self) -> None:
        kept = self._next()
        if kept is None:
            return
        from tshoot.catalog.services import shipped_services
        from tshoot.checkup import shipped_catalog
        from tshoot.probes.registry import specs

        services, catalog, declared = kept
        shipped_services.keep(services)
        shipped_catalog.keep(catalog)
        specs.keep(declared)

    def _take_flows(self) -> Mapping[str, Flow]:
        found = self._next()
        if isinstance(found, Exception):
            raise found
        if found is None:
            from tshoot.guide.overlaid import load_overlaid

            return load_overlaid(self.folders)
        return cast("Mapping[str, Flow]", found)

    def _next(self) -> Any:
        """What the process says next; None where it says nothing more."""
        if self._process is None:
            return None
        try:
            return pickle.load(cast("IO[bytes]", self._process.stdout))
        except (EOFError, pickle.UnpicklingError):
            if self._closed:
                raise EOFError("The reading was ended.") from None
            return None


def _settle(future: Future[T], take: Callable[[], T]) -> None:
    try:
        future.set_result(take())
    except BaseException as error:
        future.set_exception(error)
