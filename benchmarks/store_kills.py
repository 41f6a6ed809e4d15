"""Kills a program in the middle of its appends, again and again: is every acknowledged event there?

    python benchmarks/store_kills.py [--kills N]

Each time a child process appends to a session of its own in SQLite, as quickly as it can, and tells each
number on a pipe once the append has returned. It is killed with SIGKILL at a random moment; then the store is
opened anew and must hold every number told, at most one more, and a line and words that are what the events
add up to.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tshoot.session.listing import Filters
from tshoot.session.model import Noted, Opened
from tshoot.session.store import Store, open_store

LONGEST = 0.08
"""Seconds a child writes at most before it is killed: some dozens of appends."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.child:
        _append_for_ever(*wanted.child)
        return
    with tempfile.TemporaryDirectory(prefix="tshoot-kills-") as folder:
        told, more, wrong = kill(Path(folder) / "sessions.db", wanted.kills)
    print(f"{wanted.kills} kills: {told:,} events acknowledged, {more} more were written before the answer")
    for words in wrong:
        print(f"  {words}")
    print("every acknowledged event is there" if not wrong else f"{len(wrong)} times something is wrong")
    sys.exit(1 if wrong else 0)


def kill(path: Path, kills: int) -> tuple[int, int, list[str]]:
    """Kill so often; returns how many events were acknowledged, how many more are there, what is wrong."""
    dice, acknowledged, more, wrong = random.Random(kills), 0, 0, []
    for number in range(1, kills + 1):
        with _opened(path) as store:
            session = store.create(Opened("desk", "start")).session
        told = _killed(path, session, dice.random() * LONGEST)
        with _opened(path) as store:
            there = [recorded.number for recorded in store.events(session, 1)]
            problem = _problem(told, there) or _mismatch(store, session)
        if problem:
            wrong.append(f"kill {number}: {problem}")
        acknowledged, more = acknowledged + len(told), more + len(there) - len(told)
    return acknowledged, more, wrong


@contextmanager
def _opened(path: Path) -> Iterator[Store]:
    store = open_store(path)
    yield store
    store.close()


def _killed(path: Path, session: str, after: float) -> list[int]:
    """What a child told before it was killed, ``after`` its first append."""
    child = subprocess.Popen(
        [sys.executable, __file__, "--child", str(path), session], stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    said = os.read(child.stdout.fileno(), 4096)
    time.sleep(after)
    child.send_signal(signal.SIGKILL)
    said += child.stdout.read()
    child.wait()
    child.stdout.close()
    return [int(line) for line in said.split(b"\n")[:-1]]


def _problem(told: list[int], there: list[int]) -> str:
    if there != list(range(2, 2 + len(there))):
        return f"numbers with gaps: {there}"
    if told != there[: len(told)]:
        return f"told {told[-1:]}, there {there[-1:]}"
    return f"{len(there) - len(told)} events more than told" if len(there) > len(told) + 1 else ""


def _mismatch(store: Store, session: str) -> str:
    if store.row(session) != store.record(session).row:
        return "the line is not what the events add up to"
    newest = f"{session} number{store.row(session).last}"
    return "" if store.count(Filters(words=newest)) == 1 else f"{newest} is not found by its words"


def _append_for_ever(path: str, session: str) -> None:
    store = open_store(path)
    last = store.row(session).last
    while True:
        last = store.append(session, last, [Noted(f"{session}: number{last + 1}")])
        os.write(1, b"%d\n" % last)


if __name__ == "__main__":
    main()
