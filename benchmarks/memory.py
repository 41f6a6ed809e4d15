"""What the wizard takes of the memory once all its probes have run, beside an empty Textual app.

    python benchmarks/memory.py [--world SCENARIO] [--runs N]

Both run in a real pseudo-terminal inside a simulated network (the lab's). RSS is what a process holds, shared
pages included; PSS shares those out, so that it can be summed over processes; own is what would be free if it
ended. The wizard measures in a process of its own, which stands in its own line.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Iterator
from pathlib import Path

from terminal import EMPTY_APP, WIZARD, Terminal, in_world

BUDGET = 1.5
Sizes = tuple[float, float, float]
"""Megabytes: RSS, PSS, own."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--world", default="healthy")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if not options.inside:
        in_world(options.world, __file__, ["--runs", str(options.runs)])
    found: dict[str, list[Sizes]] = {}
    for _ in range(options.runs):
        for name, sizes in (*_of("empty Textual app", EMPTY_APP, 1.0), *_of("wizard", WIZARD, 9.0)):
            found.setdefault(name, []).append(sizes)
    _print_table({name: _median(several) for name, several in found.items()})


def _of(name: str, command: list[str], after: float) -> Iterator[tuple[str, Sizes]]:
    with Terminal(command) as program:
        program.let_pass(after)
        children = _children(program.pid)
        yield name, _sizes(program.pid)
        for child in children:
            yield f"{name}, its child", _sizes(child)
        if children:
            yield f"{name}, all together", _sum([_sizes(pid) for pid in (program.pid, *children)])


def _sizes(pid: int) -> Sizes:
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    kilobytes = {line.split(":")[0]: int(line.split()[1]) for line in lines}
    own = kilobytes["Private_Clean"] + kilobytes["Private_Dirty"]
    return kilobytes["Rss"] / 1024, kilobytes["Pss"] / 1024, own / 1024


def _children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def _sum(several: list[Sizes]) -> Sizes:
    rss, pss, own = (sum(column) for column in zip(*several, strict=True))
    return rss, pss, own


def _median(several: list[Sizes]) -> Sizes:
    rss, pss, own = (statistics.median(column) for column in zip(*several, strict=True))
    return rss, pss, own


def _print_table(found: dict[str, Sizes]) -> None:
    base = next(iter(found.values()))
    print(f"{'MB':<28}{'RSS':>8}{'ratio':>8}{'PSS':>8}{'ratio':>8}{'own':>8}")
    for name, (rss, pss, own) in found.items():
        print(f"{name:<28}{rss:>8.1f}{rss / base[0]:>7.2f}x{pss:>8.1f}{pss / base[1]:>7.2f}x{own:>8.1f}")
    print(f"\nThe budget is {BUDGET} x for the wizard's own process.")


if __name__ == "__main__":
    main()
