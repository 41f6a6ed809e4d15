"""Standard streams that were closed before the program began, that take no more, or not every sign."""

from __future__ import annotations

import codecs
import errno
import io
import os
import sys
from contextlib import suppress
from typing import TextIO

_NEAREST = "tshoot.nearest"
_ALIKE = {
    **dict.fromkeys("‘’“”„‚«»", "'"),
    **dict.fromkeys("–—‒−·•", "-"),
    "…": "...",
    "→": "->",
    "✓": "+",
    "✗": "x",
    "×": "x",
    "▰": "#",
    "▱": "-",
}
_TAKES_NO_MORE = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBADF}


def open_missing() -> None:
    """Open what was closed: else a file or socket gets its number, and whatever is said ends up there.

    A closed stdout becomes a pipe that nobody reads: whoever closed it is told by the same exit code.
    """
    if sys.stdin is None:
        sys.stdin = open(_moved(os.open(os.devnull, os.O_RDONLY), 0), closefd=False)  # noqa: SIM115
    if sys.stdout is None:
        reader, writer = os.pipe()
        os.close(reader)
        sys.stdout = _written(_moved(writer, 1))
    if sys.stderr is None:
        sys.stderr = _written(_moved(os.open(os.devnull, os.O_WRONLY), 2))


def take_every_sign() -> None:
    """Where the encoding of stdout or stderr lacks a sign, the nearest one is written; no error is raised."""
    codecs.register_error(_NEAREST, _nearest)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_NEAREST)


def is_utf8(stream: TextIO) -> bool:
    """True where what is written becomes UTF-8."""
    try:
        return codecs.lookup(stream.encoding or "").name == "utf-8"
    except LookupError:
        return False


def output_failed(error: OSError) -> bool:
    """Whether it was the output that could not be written, rather than some file."""
    return isinstance(error, BrokenPipeError) or (error.filename is None and error.errno in _TAKES_NO_MORE)


def flush_or_drop(stream: TextIO) -> OSError | None:
    """Write what is left. What can't be written is dropped: Python would complain of it at its end."""
    try:
        stream.flush()
    except OSError as error:
        drop(stream)
        return error
    return None


def drop(stream: TextIO) -> None:
    """From now on nothing comes of what is written to ``stream``."""
    with suppress(OSError, ValueError):
        _moved(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _nearest(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_alike, error.object[error.start : error.end])), error.end


def _alike(sign: str) -> str:
    from unicodedata import normalize

    base = normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return _ALIKE.get(sign) or (base if base.strip('"\\') else "?")


def _moved(number: int, wanted: int) -> int:
    """The open file under the number that is wanted."""
    if number != wanted:
        os.dup2(number, wanted)
        os.close(number)
    return wanted


def _written(number: int) -> TextIO:
    return open(number, "w", encoding="utf-8", errors="backslashreplace", closefd=False)
