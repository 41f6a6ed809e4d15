"""Scenario files: what is done to the healthy network, and the truth about it, written down beforehand.

Fields: docs/lab.md, "A scenario".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

import yaml

from tests.lab.actions import ActionError, apply
from tests.lab.causes import CAUSES, NOTES
from tests.lab.plan import Plan

FOLDER = Path(__file__).parent / "scenarios"
Kind = Literal["fault", "trap", "double"]
KEYS = {"id", "title", "kind", "row", "target", "needs", "truth", "faults", "proof", "why"}
TRUTH_KEYS = {"cause", "accept", "also", "may", "notes", "notes_allowed"}
PROOFS = frozenset(
    {
        "ping",
        "rtt",
        "tcp",
        "quic",
        "dns",
        "tls",
        "tls_version",
        "http",
        "proxy",
        "clock",
        "adapter",
        "address",
        "route",
        "neighbour",
        "file",
        "environment",
    }
)
ALWAYS_TRUE = frozenset({"note.cgnat"})


class ScenarioError(ValueError):
    """A scenario file can't be used; the message says which and why."""


@dataclass(frozen=True)
class Truth:
    """What is really wrong.

    ``accept``: headlines that name the same thing as rightly as ``cause``. ``also``: further causes that
    hold and must be found too. ``may``: true as well, but not required. ``notes`` should be there,
    ``notes_allowed`` may be; any other note is untrue.
    """

    cause: str
    accept: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    notes_allowed: tuple[str, ...] = ()

    @property
    def headlines(self) -> frozenset[str]:
        """Every right headline."""
        return frozenset({self.cause, *self.accept})

    @property
    def true_notes(self) -> frozenset[str]:
        """Every note that is no lie here."""
        return frozenset({*self.notes, *self.notes_allowed}) | ALWAYS_TRUE


@dataclass(frozen=True)
class Scenario:
    """One scenario. ``row`` are the rows of the fault table it stands for; ``needs`` may name ``tun``.

    ``file`` is where it was read from.
    """

    id: str
    title: str
    kind: Kind
    truth: Truth
    faults: tuple[tuple[str, Mapping[str, Any]], ...]
    proof: tuple[Mapping[str, Any], ...]
    row: tuple[int | str, ...] = ()
    target: str | None = None
    needs: tuple[str, ...] = ()
    file: Path | None = None

    def plan(self) -> Plan:
        """The world of this scenario. Raises ScenarioError for an action that does not fit."""
        plan = Plan()
        for name, parameters in self.faults:
            try:
                apply(plan, name, parameters)
            except ActionError as error:
                raise ScenarioError(f"{self.id}: {error}") from None
        return plan


def load(path: Path) -> Scenario:
    """Read and check one file. Raises ScenarioError."""
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except yaml.YAMLError as error:
        raise ScenarioError(f"{path.name}: {error}") from None
    problems = _problems(raw, path)
    if problems:
        raise ScenarioError(f"{path.name}: {'; '.join(problems)}")
    return Scenario(
        id=raw["id"],
        title=raw["title"],
        kind=raw["kind"],
        truth=_truth(raw["truth"]),
        faults=tuple((name, given or {}) for fault in raw["faults"] for name, given in fault.items()),
        proof=tuple(raw["proof"]),
        row=tuple(raw.get("row", ())),
        target=raw.get("target"),
        needs=tuple(raw.get("needs", ())),
        file=path,
    )


def _truth(raw: Mapping[str, Any]) -> Truth:
    lists = {key: tuple(value) for key, value in raw.items() if key != "cause"}
    return Truth(cause=raw["cause"], **lists)


def load_all() -> dict[str, Scenario]:
    """Every scenario by id, in the order of the files' names. Raises ScenarioError."""
    return {path.stem: load(path) for path in sorted(FOLDER.glob("*.yaml"))}


def find(name: str) -> Scenario:
    """One scenario by id or by its file. Raises ScenarioError with the nearest names for an unknown one."""
    import difflib

    path = Path(name) if name.endswith(".yaml") else FOLDER / f"{name}.yaml"
    if not path.is_file():
        near = difflib.get_close_matches(name, [item.stem for item in FOLDER.glob("*.yaml")])
        raise ScenarioError(f"no scenario {name!r}" + (f"; did you mean {', '.join(near)}?" if near else ""))
    return load(path)


def _problems(raw: Any, path: Path) -> list[str]:
    if not isinstance(raw, dict):
        return ["not a mapping"]
    missing = {"id", "title", "kind", "truth", "faults", "proof"} - raw.keys()
    if missing:
        return [f"missing {', '.join(sorted(missing))}"]
    found = [f"unknown key {key}" for key in raw.keys() - KEYS]
    if raw["id"] != path.stem:
        found.append("id is not the file's name")
    if raw["kind"] not in get_args(Kind):
        found.append(f"kind {raw['kind']}")
    if isinstance(raw["truth"], dict) and raw["truth"].get("accept") and not raw.get("why"):
        found.append("says not why another headline is accepted")
    return [*found, *_truth_problems(raw["truth"], raw["kind"]), *_proof_problems(raw["proof"])]


def _truth_problems(truth: Any, kind: str) -> list[str]:
    if not isinstance(truth, dict) or "cause" not in truth:
        return ["truth names no cause"]
    found = [f"unknown truth key {key}" for key in truth.keys() - TRUTH_KEYS]
    named = [truth["cause"], *truth.get("accept", []), *truth.get("also", []), *truth.get("may", [])]
    found += [f"unknown cause {name}" for name in named if name not in CAUSES | {"none"}]
    notes = [*truth.get("notes", []), *truth.get("notes_allowed", [])]
    found += [f"unknown note {name}" for name in notes if name not in NOTES]
    if (kind == "trap") != (truth["cause"] == "none"):
        found.append("a trap, and only a trap, has the cause none")
    if kind == "double" and not truth.get("also"):
        found.append("a double fault names its second cause under also")
    return found


def _proof_problems(proof: Any) -> list[str]:
    if not isinstance(proof, list) or not proof:
        return ["no proof"]
    return [f"proof {item}" for item in proof if not (PROOFS & item.keys()) or "is" not in item]
