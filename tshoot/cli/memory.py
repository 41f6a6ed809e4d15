"""What worked last time, for a check: read when something is wrong, written when all is well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tshoot.text import display_text

if TYPE_CHECKING:
    from tshoot.diagnosis.changes import Change
    from tshoot.host.model import HostState
    from tshoot.report.model import Report

_LONGEST = 1000


class Memory:
    """The records of healthy networks; switched off, it knows nothing and keeps nothing.

    Never stands in a check's way: what goes wrong with the files is told on stderr, once each.
    """

    def __init__(self, on: bool) -> None:
        self._on = on
        self._kept: set[str] = set()
        self._told: set[str] = set()

    def changes(self, host: HostState, report: Report) -> tuple[Change, ...]:
        """What differs from when this network last worked; empty for a healthy report."""
        if not self._on or report.verdict == "healthy":
            return ()
        from tshoot.diagnosis.changes import what_changed
        from tshoot.history.facts import network_of
        from tshoot.history.store import NetworkStore
        from tshoot.paths import data_folder

        store = NetworkStore(data_folder())
        found = what_changed(network_of(host), store.records())
        self._tell(store.problems)
        return found

    def keep(self, host: HostState, report: Report) -> None:
        """Keep how a healthy network looks, each network once per run of the program."""
        if not self._on or report.verdict != "healthy":
            return
        from datetime import UTC, datetime

        from tshoot.history.facts import network_of
        from tshoot.history.store import NetworkStore
        from tshoot.paths import data_folder

        network = network_of(host)
        if network.fingerprint in self._kept:
            return
        self._kept.add(network.fingerprint)
        store = NetworkStore(data_folder())
        store.remember(network, {each.probe: each.outcome for each in report.probes}, datetime.now(UTC))
        self._tell(store.problems)

    def _tell(self, problems: list[str]) -> None:
        for problem in problems:
            if problem not in self._told:
                self._told.add(problem)
                click.echo(display_text(problem, _LONGEST), err=True)
