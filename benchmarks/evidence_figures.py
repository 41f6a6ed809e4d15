"""Figures of evidence that is handed on, from reports of the lab.

    python -m tests.lab run --all --json scenarios.json
    python benchmarks/evidence_figures.py scenarios.json

Prints how long the codes are, how often the file and the code lead to the headline of the live run, how many
slips of the tongue are refused, and how often the wrong group is named rightly.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.lab.handed_on import rules
from tshoot.evidence.alphabet import ALPHABET, GROUP
from tshoot.evidence.code import read_code
from tshoot.evidence.document import redact_again
from tshoot.evidence.errors import CodeError
from tshoot.evidence.recorded import recorded_code, recorded_of

Slip = tuple[str, tuple[int, ...]]
"""A code as it was heard, and the groups that are wrong in it."""


def agreement(reports: Sequence[dict[str, object]]) -> list[str]:
    """Print lengths and headlines; returns the codes."""
    codes, by_code, by_file, whole = [], 0, 0, 0
    for report in reports:
        live = recorded_of(report).report()
        spoken = read_code(live.code)
        codes.append(live.code)
        by_code += recorded_code(spoken).checkup().diagnosis.cause == live.cause == report["cause"]
        whole += not spoken.left_out
        document = json.loads(json.dumps(redact_again(report, rules()).document))
        by_file += recorded_of(document).checkup().diagnosis.cause == live.cause == report["cause"]
    lengths = [len(code.replace("-", "")) for code in codes]
    shown = ", ".join(f"{length} characters: {count}" for length, count in sorted(Counter(lengths).items()))
    print(f"{len(codes)} reports; characters median {median(lengths):g}, max {max(lengths)} ({shown})")
    print(f"headline of the live run: by code {by_code}, by file {by_file} of {len(codes)}")
    print(f"codes that tell every outcome: {whole} of {len(codes)}")
    return codes


def one_wrong(code: str, rng: Random) -> Iterator[Slip]:
    """Every character replaced by every other one."""
    for place, char in enumerate(code):
        for other in ALPHABET.replace(char, ""):
            yield code[:place] + other + code[place + 1 :], (place // GROUP + 1,)


def swapped(code: str, rng: Random) -> Iterator[Slip]:
    """Every two different neighbours swapped."""
    for place in range(len(code) - 1):
        if code[place] != code[place + 1]:
            groups = tuple(sorted({place // GROUP + 1, (place + 1) // GROUP + 1}))
            yield code[:place] + code[place + 1] + code[place] + code[place + 2 :], groups


def several_wrong(count: int) -> Callable[[str, Random], Iterator[Slip]]:
    """So many characters replaced at random; their groups can't be told."""

    def slips(code: str, rng: Random) -> Iterator[Slip]:
        for _ in range(50):
            heard = list(code)
            for place in rng.sample(range(len(code)), count):
                heard[place] = rng.choice(ALPHABET.replace(heard[place], ""))
            yield "".join(heard), ()

    return slips


def lost(code: str, rng: Random) -> Iterator[Slip]:
    """One character lost, the groups as they were read."""
    groups = [code[place : place + GROUP] for place in range(0, len(code), GROUP)]
    for number, group in enumerate(groups):
        for place in range(GROUP):
            cut = [*groups[:number], group[:place] + group[place + 1 :], *groups[number + 1 :]]
            yield "-".join(cut), (number + 1,)


def random_codes(code: str, rng: Random) -> Iterator[Slip]:
    """As many characters, all of them made up."""
    for _ in range(50):
        yield "".join(rng.choice(ALPHABET) for _ in code), ()


KINDS: Sequence[tuple[str, Callable[[str, Random], Iterator[Slip]]]] = (
    ("one wrong character", one_wrong),
    ("two neighbours swapped", swapped),
    ("two wrong characters", several_wrong(2)),
    ("three wrong characters", several_wrong(3)),
    ("four wrong characters", several_wrong(4)),
    ("one character lost", lost),
    ("made up", random_codes),
)


def slips(codes: Sequence[str]) -> None:
    """Print for each kind of slip how many were refused, and how the group was named."""
    rng = Random(1)
    for kind, make in KINDS:
        tried = refused = right = silent = 0
        for code in sorted(set(codes)):
            for heard, groups in make(code.replace("-", ""), rng):
                tried += 1
                try:
                    read_code(heard)
                except CodeError as error:
                    refused += 1
                    right += bool(groups) and error.groups == groups
                    silent += not error.groups
        share = f"refused {refused} of {tried} ({100 * refused / tried:.3f} %)"
        print(f"{kind}: {share}, group named rightly {right}, not named {silent}")


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    wanted = parser.parse_args()
    scores = [score for path in wanted.files for score in json.loads(path.read_text(encoding="utf-8"))]
    slips(agreement([score["report"] for score in scores if score["report"] is not None]))


if __name__ == "__main__":
    main()
