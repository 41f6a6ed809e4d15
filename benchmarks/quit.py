"""How soon the wizard is gone while its probes hang.

    python benchmarks/quit.py [--world SCENARIO] [--runs N]

The wizard runs in a real pseudo-terminal inside a simulated network (the lab's; by default one where
everything is dropped). At a random moment while the probes run, q is pressed; measured is from the key to the
end of the process. Half of the runs are left with Ctrl-C. An empty Textual app stands beside it.
"""

from __future__ import annotations

import random
import statistics

from terminal import EMPTY_APP, WIZARD, Terminal, inside_a_world

READY = b"Close"
KEYS = {"q": "q", "Ctrl-C": "\x03"}


def main() -> None:
    options = inside_a_world(__file__, __doc__, "wan-silent", 12)
    chance = random.Random(options.seed)
    times: dict[str, list[float]] = {"empty app, Ctrl-Q": [], **{f"wizard, {name}": [] for name in KEYS}}
    for _ in range(options.runs):
        times["empty app, Ctrl-Q"].append(_left(EMPTY_APP, b"MARK", "\x11", 0.5))
        for name, key in KEYS.items():
            times[f"wizard, {name}"].append(_left(WIZARD, READY, key, chance.uniform(0.1, 2.5)))
    print(f"{'left with':<24}{'median ms':>10}{'best':>8}{'worst':>8}")
    for name, values in times.items():
        median = statistics.median(values)
        print(f"{name:<24}{median * 1000:>10.0f}{min(values) * 1000:>8.0f}{max(values) * 1000:>8.0f}")


def _left(command: list[str], ready: bytes, key: str, after: float) -> float:
    """Seconds from the key to the end of the process."""
    with Terminal(command) as program:
        program.wait_for(ready)
        program.let_pass(after)
        pressed = program.press(key)
        return program.wait_for_exit() - pressed


if __name__ == "__main__":
    main()
