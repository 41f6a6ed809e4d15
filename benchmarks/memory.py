"""What the wizard takes of the memory after its check and while a person reads, beside an empty Textual app.

    python benchmarks/memory.py [--world SCENARIO] [--runs N]

Both run in a real pseudo-terminal inside a simulated network (the lab's). RSS is what a process holds, shared
pages included; PSS shares those out, so that it can be summed over processes; own is what would be free if it
ended. The wizard measures in a process of its own, which stands in its own line; it ends when there has been
nothing to measure for a while, and the budget is for the time from then on.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from pathlib import Path

from terminal import EMPTY_APP, WIZARD, Terminal, inside_a_world

from tshoot.guide.apart.bench import IDLE_SECONDS

BUDGET = 1.5
MEASURED, AT_REST = 9.0, IDLE_SECONDS + 5
"""Seconds until the check is done, and from then until nothing is left of the process that measured."""
AT_LAST = "wizard, all of it, at rest"
Sizes = tuple[float, float, float]
"""Megabytes: RSS, PSS, own."""


def main() -> None:
    options = inside_a_world(__file__, __doc__, "healthy", 3)
    found: dict[str, list[Sizes]] = {}
    for _ in range(options.runs):
        for name, sizes in (*_empty(), *_wizard()):
            found.setdefault(name, []).append(sizes)
    _print_table({name: _median(several) for name, several in found.items()})


def _empty() -> Iterator[tuple[str, Sizes]]:
    with Terminal(EMPTY_APP) as program:
        program.let_pass(1.0)
        yield "empty Textual app", _sizes(program.pid)


def _wizard() -> Iterator[tuple[str, Sizes]]:
    with Terminal(WIZARD) as program:
        program.let_pass(MEASURED)
        children = _children(program.pid)
        yield "wizard after its check", _sizes(program.pid)
        for child in children:
            yield "the process that measured", _sizes(child)
        yield "both", _sum([_sizes(pid) for pid in (program.pid, *children)])
        program.let_pass(AT_REST)
        yield AT_LAST, _sum([_sizes(pid) for pid in (program.pid, *_children(program.pid))])


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
    ratio = found[AT_LAST][0] / base[0]
    print(f"\nAt rest {ratio:.2f} x, {'within' if ratio <= BUDGET else 'over'} the budget of {BUDGET} x.")


if __name__ == "__main__":
    main()
