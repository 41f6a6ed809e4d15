"""What the terminal can do. Textual draws on stderr and reads stdin; without a terminal there it hangs."""

from __future__ import annotations

import os
import sys
from typing import TextIO


def is_terminal(stream: TextIO | None) -> bool:
    """True for an open stream that is a terminal."""
    try:
        return stream is not None and stream.isatty()
    except ValueError:  # closed
        return False


def is_dumb() -> bool:
    """True where the terminal can't move its cursor."""
    # Windows has no TERM; its console can draw all the same.
    return (os.environ.get("TERM") or ("" if sys.platform == "win32" else "dumb")) == "dumb"


def is_served() -> bool:
    """True where a server passes the screen on to a browser (`tshoot serve`): no terminal is needed."""
    return bool(os.environ.get("TEXTUAL_DRIVER"))


def wizard_possible() -> bool:
    """True when stdin, stdout and stderr are one terminal that can be drawn on, or a browser shows it."""
    return is_served() or (
        not is_dumb() and all(is_terminal(stream) for stream in (sys.stdin, sys.stdout, sys.stderr))
    )


def color_wanted(stream: TextIO) -> bool:
    """True where colour helps: a capable terminal, and NO_COLOR (no-color.org) not set."""
    return is_terminal(stream) and not is_dumb() and not os.environ.get("NO_COLOR")
