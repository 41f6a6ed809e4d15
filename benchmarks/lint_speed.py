"""How long does linting 10,000 steps take against the bare C parse of the same file plus validation?

    python benchmarks/lint_speed.py [--steps N] [--rounds N]

Prints the median seconds and their ratio (budget: at most 2); nothing here is a test.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import time
from collections.abc import Callable

import yaml

from tshoot.diagnosis.vocabulary import HEADLINES
from tshoot.flow.lint import lint_flows
from tshoot.flow.loader import FlowSet, parse_flow
from tshoot.flow.rules.subject import Official
from tshoot.flow.validate import checked
from tshoot.probes.registry import specs

HEAD = "flow: long\nversion: 1.0.0\ntitle: A long flow\nabout: Made for measuring.\nstart: q0\nsteps:\n"
PART = """\
  - id: q{n}
    ask: Does the light on the gateway stay on, part {n}?
    why: A light that goes off means that the power fails.
    cite: [A12, A15]
    options:
      - {{id: "yes", label: "Yes, it stays on", then: {after}}}
      - {{id: "no", label: "No, it goes off", then: d{n}}}
      - {{id: unsure, label: Not sure, then: z}}
  - id: d{n}
    do: Plug the gateway in again
    say: The gateway may have lost its power for a moment.
    how: [Unplug the power of the gateway., Wait ten seconds., Plug it in again and wait for the lights.]
    minutes: 2
    risk: none
    cite: [A12]
    then: {{done: v{n}, cannot: z}}
  - id: v{n}
    verify: {{probe: gateway, fixed: [ok]}}
    say: Looking again.
    cite: [A64]
    then: {{fixed: {after}, not_fixed: z, cannot_tell: z}}
"""
END = "  - {id: z, end: handed_over, say: Support can go on from here., cite: [B43], help: [phone]}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    text = made(arguments.steps)
    known = specs()
    bare = median(lambda: bare_parse(text), arguments.rounds)
    lint = median(lambda: linted(text, known), arguments.rounds)
    print(f"{text.count('  - id: ')} steps, {len(text) / 1e6:.1f} MB")
    print(f"C parse and validation {bare:.2f} s, lint {lint:.2f} s, ratio {lint / bare:.2f} (budget 2)")


def made(steps: int) -> str:
    count = steps // 3
    ways = (f"q{number + 1}" if number + 1 < count else "z" for number in range(count))
    return HEAD + "".join(PART.format(n=number, after=way) for number, way in enumerate(ways)) + END


def bare_parse(text: str) -> None:
    checked(yaml.load(text, Loader=yaml.CSafeLoader))


def linted(text: str, known: dict) -> None:  # type: ignore[type-arg]
    file = parse_flow(text, "long.yaml")
    official = Official(frozenset({"t-mobile.com"}))
    lint_flows(FlowSet({"long": file}), known, HEADLINES, (), official)


def median(action: Callable[[], None], rounds: int) -> float:
    seconds = []
    for _ in range(rounds):
        gc.collect()
        began = time.perf_counter()
        action()
        seconds.append(time.perf_counter() - began)
    return statistics.median(seconds)


if __name__ == "__main__":
    main()
