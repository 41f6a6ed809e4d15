"""Screens as text: the grid of characters, then which style stands where. Small enough to read in a review.

    REWRITE_GOLDEN=1 python -m pytest tests/tui/test_golden.py

writes them anew; then look at the differences.
"""

import os
from contextlib import suppress
from difflib import unified_diff
from itertools import groupby
from operator import itemgetter
from pathlib import Path

from tests.tui.benches import settle

FOLDER = Path(__file__).parent / "golden"
PAUSE, LOOKS, MOST_LOOKS = 0.03, 12, 600
"""Seconds between two looks at a screen, how many must be the same before it is kept, and the most."""
_KINDS = ("bold", "dim", "italic", "underline", "reverse", "strike")
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


async def check(pilot, name):
    """Wait until the screen is the golden one of this name and size; fails with the difference.

    What a screen shows and its colours are painted one after another, and some of it comes from threads: on a
    busy computer one look would see what is half done.
    """
    width, height = pilot.app.size
    path = FOLDER / f"{name}-{width}x{height}.txt"
    if os.environ.get("REWRITE_GOLDEN"):
        FOLDER.mkdir(exist_ok=True)
        path.write_text(await _at_rest(pilot), encoding="utf-8")
        return
    assert path.exists(), f"no golden screen {path.name}; the screen shows:\n{drawn(pilot.app)}"
    golden = path.read_text(encoding="utf-8")
    with suppress(AssertionError):  # Told below, with the difference.
        await settle(pilot, lambda: drawn(pilot.app) == golden)
    seen = drawn(pilot.app)
    assert seen == golden, _difference(golden, seen, path.name)


def _difference(golden, seen, name):
    rows = unified_diff(golden.splitlines(), seen.splitlines(), name, "the screen", lineterm="")
    return "\n".join(["another screen:", *rows])


async def _at_rest(pilot):
    """The screen once it has stayed the same for several looks in a row."""
    seen, same = "", 0
    for _ in range(MOST_LOOKS):
        await pilot.pause(PAUSE)
        now = drawn(pilot.app)
        seen, same = now, same + 1 if now == seen else 0
        if same >= LOOKS:
            return seen
    raise AssertionError(f"it never comes to rest; the screen shows:\n{seen}")


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
