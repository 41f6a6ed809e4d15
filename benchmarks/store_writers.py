"""Fifty agents who write at once to one PostgreSQL: nothing lost, nothing twice, and how long it takes.

    python benchmarks/store_writers.py [--agents N] [--seconds N] [--pace N]

Every agent takes one call after the other: a session of twenty events, added one by one, ``--pace`` a second
(0: as quickly as it can). One event in ten goes to a session that it shares with another agent, where the
later of the two must get the newer state and try again. Every call of the store counts, told as a conflict or
not. Afterwards every acknowledged event is looked for. Every agent is a process, as on many computers. The
server is one of its own, in a temporary folder, behind a socket, with every commit on the disk.

Beside them five more commit one row each, four times a second, by the driver alone: what the machine
itself takes for a commit in that minute, with whatever else it has to do.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import store_data
from tests.support import postgres
from tshoot.session.errors import Conflict
from tshoot.session.model import Noted, Opened, SessionEvent
from tshoot.session.store import Store, open_store

Told = dict[str, Any]

BUDGET_MS = 50.0
SHARED_EVERY = 10
EVENTS = 20
BARE = 5
READY = "ready\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--agents", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--pace", type=float, default=4.0, help="events a second of each agent; 0: no pause")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    wanted = parser.parse_args()
    if wanted.part:
        name, how = json.loads(wanted.part)
        {"_work": _work, "_commit_bare": _commit_bare}[name](**how)
        return
    with postgres.cluster("max_connections = 120", "shared_buffers = 128MB") as address:
        _measure(address, wanted)


def _measure(address: str, wanted: argparse.Namespace) -> None:
    store = open_store(address)
    shared = [store.create(Opened("desk", "start")).session for _ in range(0, wanted.agents, 2)]
    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE bare (number integer)")
    every = {"address": address, "seconds": wanted.seconds}
    agents = [
        _started(_work, {**every, "agent": agent, "shared": shared[agent // 2], "pace": wanted.pace})
        for agent in range(wanted.agents)
    ]
    bare = [_started(_commit_bare, every) for _ in range(BARE)]
    for process in (*agents, *bare):
        assert process.stdout is not None
        assert process.stdout.readline() == READY
    for process in (*agents, *bare):
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [json.loads(process.communicate()[0]) for process in agents]
    commits = [spent for process in bare for spent in json.loads(process.communicate()[0])]
    _print(store, told, sorted(commits), wanted)
    store.close()


def _started(work: Callable[..., None], how: dict[str, Any]) -> subprocess.Popen[str]:
    command = [sys.executable, __file__, "--part", json.dumps([work.__name__, how])]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _ready() -> None:
    """Tell that this process has started, and wait until all have."""
    sys.stdout.write(READY)
    sys.stdout.flush()
    sys.stdin.readline()


def _commit_bare(address: str, seconds: float) -> None:
    """Single rows by the driver alone; prints how long each commit took."""
    times: list[float] = []
    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        _ready()
        time.sleep(random.random() / 4)
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            began = time.perf_counter()
            connection.execute("INSERT INTO bare (number) VALUES (1)")
            connection.commit()
            times.append((time.perf_counter() - began) * 1000)
            time.sleep(0.25)
    print(json.dumps(times))


def _work(address: str, agent: int, shared: str, seconds: float, pace: float) -> None:
    """One agent; prints what was acknowledged and how long it took."""
    store = open_store(address, pool_size=1)
    store.count()  # the connection is there before the clock runs
    _ready()
    found = _Agent(store, agent, shared, pace)
    found.run(seconds)
    print(json.dumps(found.told()))


class _Agent:
    def __init__(self, store: Store, number: int, shared: str, pace: float) -> None:
        self.store, self.name, self.shared, self.pace = store, f"agent {number}", shared, pace
        self.dice = random.Random(number)
        self.last = {shared: 1}
        self.kept: list[tuple[str, int, str]] = []
        self.times: list[float] = []
        self.conflicts, self.failed = 0, ""

    def run(self, seconds: float) -> None:
        begin = time.monotonic()
        due = begin + self.dice.random() / (self.pace or 1)
        try:
            for session, event in self._work():
                if time.monotonic() - begin >= seconds:
                    break
                if self.pace:
                    time.sleep(max(0.0, due - time.monotonic()))
                    due += 1 / self.pace
                self._add(session, event)
        except Exception as error:
            self.failed = repr(error)

    def _work(self) -> Iterator[tuple[str, SessionEvent]]:
        """What comes next: a session (empty: a new one) and the event for it."""
        made_up = store_data.sessions(100_000, EVENTS, self.dice.randrange(10**6))
        for count, recorded in enumerate(made_up, 1):
            yield "" if recorded.number == 1 else self.own, recorded.event
            if count % SHARED_EVERY == 0:
                yield self.shared, Noted(f"{self.name} says hello", "start", "step-1")

    def _add(self, session: str, event: SessionEvent) -> None:
        """Until it is kept; the time of every try counts."""
        while True:
            began = time.perf_counter()
            try:
                self._keep(session, event)
                return
            except Conflict as conflict:
                self.conflicts += 1
                self.last[session] = conflict.newer[-1].number
            finally:
                self.times.append((time.perf_counter() - began) * 1000)

    def _keep(self, session: str, event: SessionEvent) -> None:
        if not session:
            assert isinstance(event, Opened)
            session = self.own = self.store.create(event, who=self.name).session
            self.last[session] = 1
        else:
            self.last[session] = self.store.append(session, self.last[session], [event], self.name)
        self.kept.append((session, self.last[session], self.name))

    def told(self) -> Told:
        return {
            "kept": self.kept,
            "times": self.times,
            "conflicts": self.conflicts,
            "failed": self.failed,
        }


def _print(store: Store, agents: list[Told], bare: list[float], wanted: argparse.Namespace) -> None:
    times = sorted(spent for agent in agents for spent in agent["times"])
    kept = [tuple(each) for agent in agents for each in agent["kept"]]
    stored = _stored(store)
    lost, extra = set(kept) - set(stored), set(stored) - set(kept)
    doubled = len(stored) - len(set(stored))
    failed = [agent["failed"] for agent in agents if agent["failed"]]
    conflicts = sum(agent["conflicts"] for agent in agents)
    pace = f"{wanted.pace:g} a second each" if wanted.pace else "as quickly as they can"
    print(f"{len(agents)} agents for {wanted.seconds:g} s, {pace}: {len(kept):,} events acknowledged")
    print(f"  {len(kept) / wanted.seconds:,.0f} a second; {conflicts} conflicts told and tried again")
    print(f"  an append, ms:       {_ranks(times)}")
    print(f"  a bare commit, ms:   {_ranks(bare)}; load of the machine {os.getloadavg()[0]:.1f}")
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


def _stored(store: Store) -> list[tuple[str, int, str]]:
    lines = (json.loads(line) for line in store.export())
    return [(line["session"], line["number"], line["who"]) for line in lines if line["who"]]


def _ranks(times: list[float]) -> str:
    ranks = ", ".join(f"{place:.1%} {_rank(times, place):.1f}" for place in (0.5, 0.9, 0.99, 0.999))
    return f"mean {statistics.fmean(times):.1f}, {ranks}, worst {times[-1]:.1f}"


def _rank(times: list[float], place: float) -> float:
    return times[min(len(times) - 1, int(place * len(times)))]


if __name__ == "__main__":
    main()
