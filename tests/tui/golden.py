"""Screens as text: the grid of characters, then which style stands where. Small enough to read in a review.

    REWRITE_GOLDEN=1 python -m pytest tests/tui/test_golden.py

writes them anew; then look at the differences.
"""

import os
from itertools import groupby
from operator import itemgetter
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"
_KINDS = ("bold", "dim", "italic", "underline", "reverse", "strike")
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


def check(program, name):
    """Compare the screen with the golden one of this name and size; fails with the difference."""
    width, height = program.size
    path = FOLDER / f"{name}-{width}x{height}.txt"
    seen = drawn(program)
    if os.environ.get("REWRITE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(seen, encoding="utf-8")
    assert path.exists(), f"no golden screen {path.name}; the screen shows:\n{seen}"
    assert seen == path.read_text(encoding="utf-8")


def drawn(program):
    """The screen's rows, then each row's runs of styles, then what the styles are."""
    strips = program.screen._compositor.render_strips()
    rows = ["".join(segment.text for segment in strip).rstrip() for strip in strips]
    legend, runs = {}, []
    for strip in strips:
        cells = [(legend.setdefault(_style(cell.style), len(legend)), cell.cell_length) for cell in strip]
        merged = [(key, sum(length for _, length in run)) for key, run in groupby(cells, itemgetter(0))]
        runs.append(" ".join(f"{_LETTERS[key]}{length}" for key, length in merged))
    numbered = [f"{first}: {text}" for first, text in _folded(runs)]
    styles = [f"{_LETTERS[place]} = {style}" for style, place in legend.items()]
    return "\n".join([*rows, "-- styles by row", *numbered, "-- legend", *styles, ""])


def _folded(runs):
    """Equal rows under each other as one: ``3-7``."""
    place = 0
    for text, group in groupby(runs):
        count = len(list(group))
        yield (f"{place + 1}" if count == 1 else f"{place + 1}-{place + count}"), text
        place += count


def _style(style):
    if style is None:
        return "plain"
    words = [name for name in _KINDS if getattr(style, name)]
    words.append(style.color.name if style.color else "default")
    if style.bgcolor:
        words.append(f"on {style.bgcolor.name}")
    return " ".join(words)
