"""Calls for tests: events kept in a list, as the store would, with a clock that the test turns."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from tests.guide import flows as f
from tests.support.batteries import battery
from tshoot.catalog.services import resolve_target
from tshoot.checkup import Checkup, judge
from tshoot.desk import moves
from tshoot.desk.call import load
from tshoot.report.as_json import to_json
from tshoot.session.model import EvidenceGiven, Recorded

BEGAN = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


def report(service="t-mobile", **changes):
    """A ``tshoot.report/1`` of a caller whose probes end as the healthy ones do, but for ``changes``."""
    results, target = battery(**changes), resolve_target(service)
    return to_json(Checkup(target, results, judge(results, target), 10.0).report())


def file(name="report.json", service="t-mobile", saved=None, **changes):
    """A file of the caller's; ``saved`` in minutes after the call began, by the caller's clock."""
    document = report(service, **changes)
    if saved is not None:
        moment = (BEGAN + timedelta(minutes=saved)).isoformat().replace("+00:00", "Z")
        document["evidence"] = {"version": 1, "saved": moment, "redacted": True, "replaced": []}
    return EvidenceGiven(document, "file", name)


@dataclass
class Desk:
    """One call on one desk. Each thing done takes a minute."""

    flows: dict
    agent: str = "anna"
    events: list = field(default_factory=list)

    @property
    def call(self):
        return load(self.flows, self.events)

    def begin(self, flow="main", label="Ticket 4711", service="", evidence=None):
        self.keep(
            moves.begun(self.flows, flow, label=label, service=service, agent=self.agent, evidence=evidence)
        )
        return self

    def keep(self, events):
        at = self.now
        for event in events:
            self.events.append(Recorded("k3v9", len(self.events) + 1, at, self.agent, event))

    @property
    def now(self):
        return BEGAN + timedelta(minutes=len({recorded.at for recorded in self.events}))

    def choose(self, *choices):
        for choice in choices:
            self.keep(moves.chosen(self.call, choice, 60.0))
        return self

    def back(self, position=None):
        self.keep(moves.went_back(self.call, position, 5.0))
        return self

    def give(self, evidence, position=None):
        self.keep(moves.evidence_given(self.call, evidence, position, now=self.now))
        return self

    @property
    def at(self):
        return self.call.wanted.step

    def lines(self):
        return [(line.taken.step, line.taken.value, line.taken.by) for line in self.call.lines.here]


def small(*more):
    """Looks at the adapter, asks, lets restart, checks; by evidence or by questions."""
    return {"main": f.flow(small_steps(*more))}


def small_steps(*more):
    """The steps of :func:`small`, as in a file."""
    return [
        f.probe("look", "link", {"ok": "which", "*": "restart"}, **f.instead("ok", "down")),
        f.ask("which", {"this": "restart", "that": "well"}),
        f.do("restart", "again", "broken"),
        f.verify(
            "again",
            {"probe": "link", "fixed": ["ok"]},
            "well",
            "restart",
            "broken",
            **f.instead("ok", "down"),
        ),
        f.end("well"),
        f.end("broken", "unresolved", help=["phone"]),
        *more,
    ]
