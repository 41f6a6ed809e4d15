"""A timed scenario: the healthy network, what happens to it at which second, and what may be told of it.

Fields: docs/lab.md, "A timed scenario".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from tests.lab.actions import ActionError, apply
from tests.lab.plan import Client, Plan
from tests.lab.scenario import ScenarioError

FOLDER = Path(__file__).parent
KEYS = {"id", "title", "seconds", "timeline", "truth"}
TRUTH_KEYS = {"raised", "ends", "within", "changed"}
LEVELS = {"well", "shortfall", "outage"}
LONGEST = 30.0
"""Seconds a scenario may take."""

Action = tuple[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Moment:
    """At second ``at`` an action begins (``undo`` False) or ends; then the proofs must hold."""

    at: float
    action: Action
    undo: bool
    proof: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True)
class Truth:
    """What must be told: for every fault raised the causes that name it rightly, in order.

    ``ends``: the state at the end. ``within``: seconds from the first moment to the first telling.
    ``changed``: what must be named as different from before.
    """

    raised: tuple[tuple[str, ...], ...]
    ends: str
    within: float
    changed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Timed:
    """One timed scenario."""

    id: str
    title: str
    seconds: float
    timeline: tuple[Moment, ...]
    truth: Truth

    def plans(self) -> list[Plan]:
        """The world at the start and after each moment. Raises ScenarioError for what can't be changed."""
        active: list[Action] = []
        plans = [_plan(self.id, active)]
        for moment in self.timeline:
            if moment.undo and moment.action not in active:
                raise ScenarioError(f"{self.id}: at {moment.at:g} s nothing to undo")
            active = [each for each in active if each != moment.action]
            active += [] if moment.undo else [moment.action]
            plans.append(_plan(self.id, active))
        if any(_fixed(plan) != _fixed(plans[0]) for plan in plans):
            raise ScenarioError(f"{self.id}: only firewalls, DNS servers and the client's files can change")
        return plans


def _plan(name: str, actions: list[Action]) -> Plan:
    plan = Plan()
    for action, parameters in actions:
        try:
            apply(plan, action, parameters)
        except ActionError as error:
            raise ScenarioError(f"{name}: {error}") from None
    return plan


def _fixed(plan: Plan) -> Plan:
    """The plan without what a standing world can change."""
    client = replace(plan.client, resolvers=Client().resolvers, hosts=[])
    return replace(plan, rules={}, dns={}, upstream_failure="", client=client)


def load(path: Path) -> Timed:
    """Read and check one file. Raises ScenarioError."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
        timed = _timed(raw)
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise ScenarioError(f"{path.name}: {error}") from None
    unknown = (raw.keys() - KEYS) | (raw["truth"].keys() - TRUTH_KEYS)
    times = [moment.at for moment in timed.timeline]
    if unknown or timed.id != path.stem or times != sorted(times):
        raise ScenarioError(f"{path.name}: {', '.join(unknown) or 'its id, or the order of its moments'}")
    if timed.truth.ends not in LEVELS or timed.seconds > LONGEST or times[-1] >= timed.seconds:
        raise ScenarioError(f"{path.name}: its end")
    return timed


def _timed(raw: Any) -> Timed:
    truth = raw["truth"]
    return Timed(
        id=raw["id"],
        title=raw["title"],
        seconds=float(raw["seconds"]),
        timeline=tuple(_moment(item) for item in raw["timeline"]),
        truth=Truth(
            raised=tuple(tuple(names) for names in truth["raised"]),
            ends=truth["ends"],
            within=float(truth.get("within", 0)),
            changed=tuple(truth.get("changed", ())),
        ),
    )


def _moment(item: Mapping[str, Any]) -> Moment:
    ((name, given),) = item["undo" if "undo" in item else "do"].items()
    return Moment(float(item["at"]), (name, given or {}), "undo" in item, tuple(item.get("proof", ())))


def load_all() -> dict[str, Timed]:
    """Every timed scenario by id. Raises ScenarioError."""
    return {path.stem: load(path) for path in sorted(FOLDER.glob("*.yaml"))}
