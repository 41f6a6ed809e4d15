"""Kills the desk in the middle of its work and counts what is lost.

python benchmarks/desk_kill.py --times 200
"""

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.tui.desk.killed import lost_after


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--store", help="an address; default: a file in a temporary folder")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lost = lost_after(options.store or f"{folder}/desk.db", options.times)
    print(f"killed {options.times} times, {len(lost)} acknowledged events lost")
    for line in lost:
        print(f"  {line}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
