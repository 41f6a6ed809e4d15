"""How much quicker is one `tshoot check` than the same checks one after another?

    python benchmarks/check_ratio.py [--rounds N] [--scenario ID]

Builds one healthy simulated network and runs both in the same client namespace, turn by turn. Prints
medians and ratios; nothing here is a test, machines are shared and noisy.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
SERIAL = HERE / "serial_check.sh"
CHECK = [sys.executable, "-m", "tshoot", "check", "--json"]


def main() -> None:
    arguments = _arguments()
    if arguments.inside:
        print(json.dumps(_measure(arguments.rounds)))
        return
    inside = [sys.executable, str(Path(__file__).resolve()), "--inside", "--rounds", str(arguments.rounds)]
    lab = [sys.executable, "-m", "tests.lab", "shell", arguments.scenario, "--", *inside]
    done = subprocess.run(lab, capture_output=True, text=True, cwd=HERE.parent, timeout=900, check=False)
    if done.returncode:
        sys.exit(done.stderr or f"the simulated network ended with {done.returncode}")
    _print_table(json.loads(done.stdout.strip().splitlines()[-1]))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--scenario", default="healthy")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def _measure(rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {"check": [], "inside": [], "serial 0.2": [], "serial 0.025": []}
    _timed(CHECK)  # once, so that compiled modules are cached
    for _ in range(rounds):
        seconds, output = _timed(CHECK)
        times["check"].append(seconds)
        times["inside"].append(json.loads(output)["elapsed_ms"] / 1000)
        for interval in ("0.2", "0.025"):
            times[f"serial {interval}"].append(_timed([str(SERIAL)], PING_INTERVAL=interval)[0])
    return times


def _timed(command: list[str], **environment: str) -> tuple[float, str]:
    began = time.perf_counter()
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=120, check=False, env={**os.environ, **environment}
    )
    return time.perf_counter() - began, done.stdout


def _print_table(times: dict[str, list[float]]) -> None:
    median = {name: statistics.median(values) for name, values in times.items()}
    print(f"{'what':<38}{'median s':>10}{'best':>8}{'worst':>8}{'ratio':>8}")
    rows = {
        "tshoot check, whole process": "check",
        "tshoot check, by its own clock": "inside",
        "one after another, pings 0.2 s apart": "serial 0.2",
        "one after another, pings 0.025 s apart": "serial 0.025",
    }
    for label, name in rows.items():
        ratio = median[name] / median["check"]
        print(
            f"{label:<38}{median[name]:>10.2f}{min(times[name]):>8.2f}{max(times[name]):>8.2f}{ratio:>7.1f}x"
        )


if __name__ == "__main__":
    main()
