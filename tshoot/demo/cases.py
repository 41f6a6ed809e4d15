"""Reads ``flows/demo/cases.yaml``: what each recorded case shows, its evidence, its answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tshoot.names import did_you_mean
from tshoot.paths import flows_dir
from tshoot.yamldoc import read_document
from tshoot.yamldoc.fields import Fields

BANNER = "Recorded case, not your network. Nothing is sent."
OUTCOMES = ("resolved", "unresolved", "handed_over", "not_applicable", "stopped_for_safety")


class UnknownCase(LookupError):
    """There is no recorded case of this name; the message names the nearest one."""


@dataclass(frozen=True, slots=True)
class Stage:
    """How things stood: at the start, and after each thing done.

    ``report`` names the whole check; ``single`` further probes that were run by themselves, by probe;
    ``watch`` what was followed, by probe. Each value is the name of a file of evidence.
    """

    report: str
    single: Mapping[str, str]
    watch: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DemoCase:
    """One case. ``cause`` is what its first check finds; ``answers`` lead to ``end`` and ``outcome``."""

    id: str
    title: str
    shows: str
    flow: str
    service: str
    stages: tuple[Stage, ...]
    cause: str
    answers: Mapping[str, str | tuple[str, ...]]
    end: str
    outcome: str


def demo_dir() -> Path:
    """The folder of the cases and their evidence."""
    return flows_dir() / "demo"


def load_cases(path: Path | None = None) -> dict[str, DemoCase]:
    """The shipped cases by id, in their order. Raises DocumentError with every problem."""
    top = Fields(read_document(path or demo_dir() / "cases.yaml"))
    found: dict[str, DemoCase] = {}
    for fields in top.children("cases"):
        case = _case(fields)
        if case.id in found:
            fields.add("demo-duplicate", f"The case '{case.id}' stands twice.", path=("id",))
        found[case.id] = case
    top.finish()
    return found


def case_named(name: str) -> DemoCase:
    """One case. Raises :class:`UnknownCase` with the nearest name."""
    cases = load_cases()
    if name not in cases:
        raise UnknownCase(f"There is no recorded case '{name}'. {did_you_mean(name, cases)}")
    return cases[name]


def _case(fields: Fields) -> DemoCase:
    case = DemoCase(
        id=fields.text("id"),
        title=fields.text("title"),
        shows=fields.text("shows"),
        flow=fields.text("flow"),
        service=fields.text("service", "t-mobile"),
        stages=tuple(_stage(child) for child in fields.children("stages")),
        cause=fields.text("cause"),
        answers=_answers(fields),
        end=fields.text("end"),
        outcome=fields.choice("outcome", OUTCOMES),
    )
    if not case.stages:
        fields.add("demo-stages", "A case needs one stage at least.", path=("stages",))
    fields.close()
    return case


def _stage(fields: Fields) -> Stage:
    stage = Stage(fields.text("report"), _texts(fields, "single"), _texts(fields, "watch"))
    fields.close()
    return stage


def _texts(fields: Fields, key: str) -> Mapping[str, str]:
    if not fields.has(key):
        return {}
    child = fields.child(key)
    return {name: child.text(name) for name in tuple(child.keys())}


def _answers(fields: Fields) -> Mapping[str, str | tuple[str, ...]]:
    if not fields.has("answers"):
        return {}
    child = fields.child("answers")
    return {
        step: child.texts(step) if child.is_list(step) else child.text(step) for step in tuple(child.keys())
    }
