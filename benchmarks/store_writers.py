"""Fifty agents who write at once to one PostgreSQL: nothing lost, nothing twice, and how long it takes.

    python benchmarks/store_writers.py [--agents N] [--seconds N] [--pace N]

Every agent has a session and adds one event after the other, ``--pace`` a second (0: as quickly as it can);
one in ten goes to a session that it shares with another agent, where the later of the two must get the newer
state and try again. Every call counts, told as a conflict or not. Afterwards every acknowledged event is
looked for. Agents are threads of a few processes. The server is one of its own, in a temporary folder, behind
a socket, with every commit on the disk.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import store_data
from tests.support import postgres
from tshoot.session.errors import Conflict
from tshoot.session.model import Noted, Opened
from tshoot.session.store import Store, open_store

Told = dict[str, Any]

PROCESSES = 5
BUDGET_MS = 50.0
SHARED_EVERY = 10


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--pace", type=float, default=4.0, help="events a second of each agent; 0: no pause")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.part:
        _work(**json.loads(wanted.part))
        return
    with postgres.cluster("max_connections = 120", "shared_buffers = 128MB") as address:
        _measure(address, wanted)


def _measure(address: str, wanted: argparse.Namespace) -> None:
    store = open_store(address)
    shared = [store.create(Opened("desk", "start")).session for _ in range(0, wanted.agents, 2)]
    each = -(-wanted.agents // PROCESSES)
    parts = [range(first, min(first + each, wanted.agents)) for first in range(0, wanted.agents, each)]
    running = [_started(address, shared, list(part), wanted) for part in parts]
    done = [json.loads(process.communicate()[0]) for process in running]
    _print(store, shared, done, wanted)
    store.close()


def _started(
    address: str, shared: list[str], agents: list[int], wanted: argparse.Namespace
) -> subprocess.Popen[str]:
    part = {
        "address": address,
        "shared": [shared[agent // 2] for agent in agents],
        "agents": agents,
        "seconds": wanted.seconds,
        "pace": wanted.pace,
    }
    command = [sys.executable, __file__, "--part", json.dumps(part)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _work(address: str, shared: list[str], agents: list[int], seconds: float, pace: float) -> None:
    """The agents of one process; prints what was acknowledged and how long it took."""
    store = open_store(address, pool_size=len(agents))
    gate, found = (
        Barrier(len(agents)),
        [_Agent(store, number, session, pace) for number, session in zip(agents, shared, strict=True)],
    )
    threads = [Thread(target=agent.run, args=(gate, seconds)) for agent in found]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps([agent.told() for agent in found]))


class _Agent:
    def __init__(self, store: Store, number: int, shared: str, pace: float) -> None:
        self.store, self.name, self.shared, self.pace = store, f"agent {number}", shared, pace
        self.dice = random.Random(number)
        self.own = store.create(next(store_data.sessions(1, 5)).event, who=self.name)  # type: ignore[arg-type]
        self.last = {self.own.session: self.own.last, shared: 1}
        self.kept: list[tuple[str, int, str]] = []
        self.times: list[float] = []
        self.conflicts, self.failed = 0, ""

    def run(self, gate: Barrier, seconds: float) -> None:
        self.store.count()  # the connection is there before the clock runs
        gate.wait()
        begin = time.monotonic()
        due = begin + self.dice.random() / (self.pace or 1)
        try:
            while time.monotonic() - begin < seconds:
                if self.pace:
                    time.sleep(max(0.0, due - time.monotonic()))
                    due += 1 / self.pace
                count = len(self.kept)
                session = self.shared if count % SHARED_EVERY == 0 else self.own.session
                self._add(session, Noted(f"{self.name} says {count}", "start", "step-1"))
        except Exception as error:
            self.failed = repr(error)

    def _add(self, session: str, event: Noted) -> None:
        """Until it is kept; the time of every try counts."""
        while True:
            began = time.perf_counter()
            try:
                self.last[session] = self.store.append(session, self.last[session], [event], self.name)
                self.kept.append((session, self.last[session], event.text))
                return
            except Conflict as conflict:
                self.conflicts += 1
                self.last[session] = conflict.newer[-1].number
            finally:
                self.times.append((time.perf_counter() - began) * 1000)

    def told(self) -> Told:
        return {
            "kept": self.kept,
            "times": self.times,
            "conflicts": self.conflicts,
            "failed": self.failed,
            "own": self.own.session,
        }


def _print(store: Store, shared: list[str], done: list[list[Told]], wanted: argparse.Namespace) -> None:
    agents = [agent for part in done for agent in part]
    times = sorted(spent for agent in agents for spent in agent["times"])
    kept = [tuple(each) for agent in agents for each in agent["kept"]]
    stored = _stored(store, {*shared, *(agent["own"] for agent in agents)})
    lost, extra = set(kept) - set(stored), set(stored) - set(kept)
    doubled = len(stored) - len(set(stored))
    failed = [agent["failed"] for agent in agents if agent["failed"]]
    conflicts = sum(agent["conflicts"] for agent in agents)
    pace = f"{wanted.pace:g} a second each" if wanted.pace else "as quickly as they can"
    print(f"{len(agents)} agents for {wanted.seconds:g} s, {pace}: {len(kept):,} events acknowledged")
    print(f"  {len(kept) / wanted.seconds:,.0f} a second; {conflicts} conflicts told and tried again")
    ranks = ", ".join(f"{place:.1%} {_rank(times, place):.1f}" for place in (0.5, 0.9, 0.99, 0.999))
    print(f"  ms: mean {statistics.fmean(times):.1f}, {ranks}, worst {times[-1]:.1f}")
    print(
        f"  lost {len(lost)}, doubled {doubled}, stored without an answer {len(extra)}, failed {len(failed)}"
    )
    for words in failed[:3]:
        print(f"    {words}")
    good = not (lost or doubled or extra or failed) and _rank(times, 0.99) < BUDGET_MS
    print(
        "  within the budget" if good else f"  NOT within the budget (99 % under {BUDGET_MS:g} ms, none lost)"
    )
    sys.exit(0 if good else 1)


def _stored(store: Store, sessions: set[str]) -> list[tuple[str, int, str]]:
    return [
        (session, recorded.number, recorded.event.text)
        for session in sessions
        for recorded in store.events(session)
        if isinstance(recorded.event, Noted)
    ]


def _rank(times: list[float], place: float) -> float:
    return times[min(len(times) - 1, int(place * len(times)))]


if __name__ == "__main__":
    main()
