"""How quickly tables, search and figures come from a store with a million events in 50,000 sessions.

    python benchmarks/store_speed.py [--sessions N] [--events N] [--rounds N] [--only sqlite|postgresql]

Builds the same made-up sessions in SQLite and in a PostgreSQL of its own (temporary folders, a socket, no
network), then asks each question again and again: best and median in milliseconds. Run it from the checkout.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks import store_data
from tests.support import postgres
from tshoot.session.listing import Filters
from tshoot.session.loading import load
from tshoot.session.store import Store, open_store

BUDGET_MS = 100.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sessions", type=int, default=50_000)
    parser.add_argument("--events", type=int, default=20, help="events of each session")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--only", choices=("sqlite", "postgresql"))
    wanted = parser.parse_args()
    for name, place in (("sqlite", _sqlite), ("postgresql", _postgres)):
        if wanted.only in (None, name):
            with place() as address:
                _measure(name, address, wanted)


@contextmanager
def _sqlite() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="tshoot-store-") as folder:
        yield f"{folder}/sessions.db"


@contextmanager
def _postgres() -> Iterator[str]:
    with postgres.cluster("shared_buffers = 256MB", "max_wal_size = 4GB") as address:
        yield address


def _measure(name: str, address: str, wanted: argparse.Namespace) -> None:
    store = open_store(address)
    began = time.perf_counter()
    load(store, store_data.sessions(wanted.sessions, wanted.events))
    seconds = time.perf_counter() - began
    count = wanted.sessions * wanted.events
    print(f"\n{name}: {count:,} events in {wanted.sessions:,} sessions, {seconds:.0f} s to load")
    print(f"{'question':<44} {'rows':>6} {'best ms':>8} {'median ms':>9}")
    for question, ask in _questions(store).items():
        rows = ask()
        times = sorted(_timed(ask) for _ in range(wanted.rounds))
        median = statistics.median(times)
        mark = "" if median < BUDGET_MS else "  over the budget"
        print(f"{question:<44} {rows:>6} {times[0]:>8.1f} {median:>9.1f}{mark}")
    store.close()


def _questions(store: Store) -> dict[str, Callable[[], int]]:
    def home(**filters: str) -> Callable[[], int]:
        return lambda: len(store.sessions(Filters(**filters), limit=50))

    def ordered(order: str) -> Callable[[], int]:
        return lambda: len(store.sessions(Filters(state="open"), order=order, limit=50))

    def counted(**filters: str) -> Callable[[], int]:
        return lambda: store.count(Filters(**filters))

    month = store_data.SINCE + timedelta(days=store_data.DAYS - 30)
    most = store_data.SINCE + timedelta(days=30)
    return {
        "figures: all": lambda: store.figures().sessions,
        "figures: all but the first month": lambda: store.figures(most).sessions,
        "figures: the last month": lambda: store.figures(month).sessions,
        "home: newest open": home(state="open"),
        "home: open of one agent": home(state="open", agent="agent 7"),
        "home: open of one agent and service, desk": home(
            state="open", agent="agent 7", service="metro", kind="desk"
        ),
        "home: newest of an agent who has none": home(state="open", agent="nobody"),
        "home: ended, newest": home(state="ended"),
        "home: open by caller": ordered("label"),
        "home: open by time spent": ordered("seconds"),
        "count: open": counted(state="open"),
        "count: all": counted(),
        "search: a rare word": home(words="4242"),
        "search: a caller": home(words="cleo ito"),
        "search: a common word": home(words="gateway"),
        "search: two common words, open": home(words="gateway light", state="open"),
        "search: begins with one letter": home(words="s"),
        "search: no such word": home(words="xyzzy"),
        "count: a common word": counted(words="gateway"),
    }


def _timed(ask: Callable[[], int]) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


if __name__ == "__main__":
    main()
