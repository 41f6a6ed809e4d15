"""How quickly commands start and the wizard paints, as ratios against a named baseline in the same run.

    python benchmarks/startup.py [--rounds N]

`--help` and `--version` against importing click; the wizard's first paint, in a real pseudo-terminal and
without a network, against an empty Textual app. Runs inside `unshare -rn`: nothing can leave.
"""

from __future__ import annotations

import argparse
import os
import pty
import select
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

PYTHON = sys.executable
ISOLATED = ["unshare", "-rn"]
EMPTY_APP = (
    "from textual.app import App\n"
    "from textual.widgets import Static\n"
    "class Empty(App):\n"
    "    def compose(self):\n"
    "        yield Static('MARK here')\n"
    "Empty().run()\n"
)
LONGEST = 15.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=9)
    rounds = parser.parse_args().rounds
    commands: dict[str, Callable[[], float]] = {
        "import click (baseline)": lambda: _run([PYTHON, "-c", "import click"]),
        "tshoot --help": lambda: _run([PYTHON, "-m", "tshoot", "--help"]),
        "tshoot --version": lambda: _run([PYTHON, "-m", "tshoot", "--version"]),
    }
    paints: dict[str, Callable[[], float]] = {
        "empty Textual app (baseline)": lambda: _first_paint([PYTHON, "-c", EMPTY_APP], b"MARK"),
        "wizard": lambda: _first_paint([PYTHON, "-m", "tshoot"], b"checking"),
    }
    for group in (commands, paints):
        _print_table(_measure(group, rounds))


def _measure(group: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    for measure in group.values():
        measure()  # compiled modules are cached before anything counts
    times: dict[str, list[float]] = {name: [] for name in group}
    for _ in range(rounds):
        for name, measure in group.items():
            times[name].append(measure())
    return times


def _run(command: list[str]) -> float:
    began = time.perf_counter()
    subprocess.run([*ISOLATED, *command], stdout=subprocess.DEVNULL, check=True, timeout=LONGEST)
    return time.perf_counter() - began


def _first_paint(command: list[str], mark: bytes) -> float:
    """Seconds until ``mark`` is on the terminal."""
    began = time.perf_counter()
    pid, terminal = pty.fork()
    if pid == 0:
        os.environ.update(TERM="xterm-256color", COLUMNS="120", LINES="40")
        os.execvp(ISOLATED[0], [*ISOLATED, *command])
    try:
        return _wait_for(terminal, mark, began)
    finally:
        os.kill(pid, 15)
        os.close(terminal)
        os.waitpid(pid, 0)


def _wait_for(terminal: int, mark: bytes, began: float) -> float:
    seen = b""
    while mark not in seen:
        if time.perf_counter() - began > LONGEST or not select.select([terminal], [], [], LONGEST)[0]:
            raise SystemExit(f"{mark!r} was not painted within {LONGEST} s")
        seen += os.read(terminal, 65536)
    return time.perf_counter() - began


def _print_table(times: dict[str, list[float]]) -> None:
    baseline = statistics.median(next(iter(times.values())))
    print(f"{'what':<32}{'median ms':>10}{'best':>8}{'worst':>8}{'ratio':>8}")
    for name, values in times.items():
        median = statistics.median(values)
        figures = f"{median * 1000:>10.0f}{min(values) * 1000:>8.0f}{max(values) * 1000:>8.0f}"
        print(f"{name:<32}{figures}{median / baseline:>7.2f}x")
    print()


if __name__ == "__main__":
    main()
