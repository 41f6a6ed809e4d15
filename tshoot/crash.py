"""What a person is told when this program itself goes wrong. Nothing that it held is in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tshoot import __version__

CRASHED = 70
"""The exit code, sysexits.h's EX_SOFTWARE: 1 would say that a fault of the network was found."""
_SAID = (
    "Something in tshoot itself went wrong, and it had to close. Nothing that was kept is lost: "
    "start it again to go on."
)
_REPORT = (
    "If it happens again, send the lines below to whoever looks after tshoot for you. "
    "No private data is in them."
)
_ROOT = Path(__file__).parent
_MOST_ERRORS, _MOST_PLACES = 4, 8


def crash_words(error: BaseException) -> str:
    """What to say of an error that nobody expected: what to do now, then its kind and where in the code.

    Only kinds and places, never an error's own words or a variable: both may hold private data.
    """
    lines = [_SAID, _REPORT, "", f"  tshoot {__version__}"]
    for one in _errors(error):
        lines.append(f"  {_kind(one)}")
        lines += [f"    {place}" for place in _places(one)[-_MOST_PLACES:]]
    return "\n".join(lines)


def _errors(error: BaseException) -> list[BaseException]:
    """The error, then what it came from, each once."""
    found: list[BaseException] = []
    waiting = [error]
    while waiting and len(found) < _MOST_ERRORS:
        one = waiting.pop(0)
        if one not in found:
            found.append(one)
            waiting += _behind(one)
    return found


def _behind(error: BaseException) -> Iterator[BaseException]:
    if isinstance(error, BaseExceptionGroup):
        yield from error.exceptions
    cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if cause is not None:
        yield cause


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _places(error: BaseException) -> list[str]:
    """File, line and function of each step within this program; other paths could name a person."""
    from traceback import walk_tb

    places = []
    for frame, line in walk_tb(error.__traceback__):
        path = Path(frame.f_code.co_filename)
        if path.is_relative_to(_ROOT):
            places.append(f"{path.relative_to(_ROOT.parent).as_posix()}:{line} {frame.f_code.co_qualname}")
    return places
