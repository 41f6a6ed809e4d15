"""A walk: the network, and what the person does for each thing they see, until the end.

Fields: docs/lab.md, "A walk".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.lab.actions import ActionError, apply
from tests.lab.plan import Plan
from tests.lab.scenario import ScenarioError

FOLDER = Path(__file__).parent
KEYS = {"id", "title", "faults", "does", "ends", "code"}
DOES_KEYS = {"see", "choose", "press", "change", "power", "run"}


@dataclass(frozen=True)
class Deed:
    """Once ``see`` is on the screen: what happens to the network, then what the person does.

    ``choose`` is the words of a choice, taken by its digit; ``press`` are keys as tmux names them; ``change``
    the faults of the standing world from now on; ``power`` is the gateway's (``off`` or ``on``); ``run`` a
    command on the client's computer.
    """

    see: str
    choose: str = ""
    press: tuple[str, ...] = ()
    change: tuple[Mapping[str, Any], ...] | None = None
    power: str = ""
    run: tuple[str, ...] = ()


@dataclass(frozen=True)
class Walk:
    """One walk; ``ends`` is on the last screen, ``code`` the program's exit code after closing there."""

    id: str
    title: str
    faults: tuple[Mapping[str, Any], ...]
    does: tuple[Deed, ...]
    ends: str
    code: int

    def plan(self) -> Plan:
        """The network at the start. Raises ScenarioError."""
        return plan_of(self.id, self.faults)


def plan_of(name: str, faults: tuple[Mapping[str, Any], ...]) -> Plan:
    """The healthy network with these faults. Raises ScenarioError."""
    plan = Plan()
    for fault in faults:
        ((action, parameters),) = fault.items()
        try:
            apply(plan, action, parameters or {})
        except ActionError as error:
            raise ScenarioError(f"{name}: {error}") from None
    return plan


def load(path: Path) -> Walk:
    """Read and check one file. Raises ScenarioError."""
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    try:
        does = tuple(_deed(item) for item in raw["does"])
        walk = Walk(raw["id"], raw["title"], tuple(raw["faults"] or ()), does, raw["ends"], raw["code"])
    except (KeyError, TypeError, ValueError) as error:
        raise ScenarioError(f"{path.name}: {error}") from None
    if walk.id != path.stem or raw.keys() - KEYS:
        raise ScenarioError(f"{path.name}: its id or a field is not known")
    return walk


def load_all() -> dict[str, Walk]:
    """Every walk by id. Raises ScenarioError."""
    return {path.stem: load(path) for path in sorted(FOLDER.glob("*.yaml"))}


def _deed(item: Mapping[str, Any]) -> Deed:
    if item.keys() - DOES_KEYS:
        raise ValueError(f"unknown: {', '.join(sorted(item.keys() - DOES_KEYS))}")
    change = item.get("change", ...)
    return Deed(
        see=item["see"],
        choose=item.get("choose", ""),
        press=tuple(str(key) for key in item.get("press", ())),
        change=None if change is ... else tuple(change or ()),
        power=item.get("power", ""),
        run=tuple(item.get("run", ())),
    )
