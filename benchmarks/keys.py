"""How soon a key press is painted while all probes run.

    python benchmarks/keys.py [--world SCENARIO] [--runs N]

The wizard runs in a real pseudo-terminal inside a simulated network (the lab's; by default one where
everything is dropped, so that all probes hang until their deadline). From the moment its keys are on the
screen, keys are pressed at random moments until the probes are through; measured is from the key to the first
byte of what it changes: pages opened and closed, the search opened, letters typed into it.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Iterator

from terminal import WIZARD, Terminal, inside_a_world

BUDGET_MS = 50
READY = b"Close"
"""The last word of the line of keys."""
PROBES_RUN = 3.0
"""Seconds for which the probes of a whole check run where everything is dropped."""
ROUND = (
    ("open the help", "?", b"choose an answer"),
    ("close the help", "q", b"Find"),
    ("open the search", "/", b"What goes wrong?"),
    ("type a letter", "z", b"z"),
    ("type a letter", "q", b"zq"),
    ("close it by escape", "\x1b", b"Find"),
    ("move the highlight", "\x1b[B", b"Check another"),
    ("move the highlight", "\x1b[A", b"Check another"),
)
"""What is done, its key, and what is painted then and only then."""
Pressed = tuple[float, float]
"""Milliseconds to the paint, and those of them without the waiting for a processor that others use."""


def main() -> None:
    options = inside_a_world(__file__, __doc__, "wan-silent", 8)
    chance = random.Random(options.seed)
    times: dict[str, list[Pressed]] = {}
    for _ in range(options.runs):
        for name, pressed in _one_run(chance):
            times.setdefault(name, []).append(pressed)
    _print_table(times)


def _one_run(chance: random.Random) -> Iterator[tuple[str, Pressed]]:
    with Terminal(WIZARD) as wizard:
        until = wizard.wait_for(READY) + PROBES_RUN
        wizard.let_pass(chance.uniform(0.0, 0.3))
        now = 0.0
        while now < until:
            for name, key, mark in ROUND:
                wizard.let_pass(chance.uniform(0.02, 0.2))
                waited, pressed = wizard.waited(), wizard.press(key)
                now = wizard.wait_for(mark)
                took, idle = now - pressed, wizard.waited() - waited
                yield name, (took * 1000, max(took - idle, 0.0) * 1000)


def _print_table(times: dict[str, list[Pressed]]) -> None:
    print("milliseconds from the key to the first byte of its paint; then the same without the waiting for a")
    print(f"processor that other programs use{'median':>16}{'95 %':>7}{'99 %':>7}{'worst':>7}", end="")
    print(f"{'over 50':>9}   |{'median':>8}{'95 %':>7}{'99 %':>7}{'worst':>7}{'over 50':>9}")
    for name, pairs in {**times, "all": [each for some in times.values() for each in some]}.items():
        columns = "   |".join(_figures([pair[column] for pair in pairs]) for column in (0, 1))
        print(f"{name:<24}{len(pairs):>5} presses{columns}")


def _figures(values: list[float]) -> str:
    ordered = sorted(values)
    shares = "".join(f"{_share(ordered, share):>7.0f}" for share in (0.95, 0.99, 1.0))
    over = sum(each > BUDGET_MS for each in values)
    return f"{statistics.median(values):>12.0f}{shares}{over:>9}"


def _share(ordered: list[float], share: float) -> float:
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


if __name__ == "__main__":
    sys.exit(main())
