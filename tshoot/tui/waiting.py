"""The words and the sizes that the first picture shares with the wizard's screen."""

from __future__ import annotations

CHECKING = "Checking"
NOTHING_TO_DO = "One moment. You don't have to do anything."

NARROW, WIDE = 72, 110
"""Below ``NARROW`` columns the panes stand above each other; from ``WIDE`` on nothing is left out."""
BREAKPOINTS = [(0, "-narrow"), (NARROW, "-normal"), (WIDE, "-wide")]
"""The classes that Textual gives a screen by its columns."""


def width_class(width: int) -> str:
    """The class of a screen of so many columns."""
    return next(name for least, name in reversed(BREAKPOINTS) if width >= least)
