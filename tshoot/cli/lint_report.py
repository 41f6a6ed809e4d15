"""What ``tshoot flows lint`` looks at, and how it prints what it finds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from errno import ENOENT
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from tshoot.cli.machine import json_text
from tshoot.text import display_text
from tshoot.yamldoc.problems import DocumentError, Problem

if TYPE_CHECKING:
    from tshoot.catalog.advice import AdviceList
    from tshoot.flow.rules.subject import Official

Form = Literal["lines", "json", "sarif"]

SCHEMA = "tshoot.lint/1"
SPOKEN_VALUES = frozenset({"summary", "next"})
"""Named values that a diagnosis gives besides those of its probes."""


def lint_paths(paths: Sequence[Path], folders: Sequence[Path] = ()) -> tuple[Problem, ...]:
    """The problems of the flow files and folders given, seen together with the flows of ``folders``.

    ``folders`` are the shipped and overlaid ones; without any, the shipped alone. Whether the flows carry
    all guide items is asked where the shipped folder is among the paths. Raises OSError where a path can't
    be read.
    """
    from tshoot.diagnosis.values import VALUES
    from tshoot.diagnosis.vocabulary import HEADLINES
    from tshoot.flow.lint import lint_flows
    from tshoot.flow.loader import FlowSet, flow_paths, read_files
    from tshoot.paths import flows_dir
    from tshoot.probes.registry import specs

    problems: list[Problem] = []
    base = [read_files(flow_paths(folder), []) for folder in folders or (flows_dir(),)]
    groups = [read_files(group, problems) for group in _groups(paths)]
    known, values, official = specs(), VALUES | SPOKEN_VALUES, _official()
    guides = _guides(problems) if flows_dir() in paths else None
    found: set[Problem] = set()
    for group in groups:
        asked = {file.document.file for file in group.values()} | ({guides.file} if guides else set())
        together = FlowSet({name: file for files in (*base, *groups, group) for name, file in files.items()})
        all_found = lint_flows(together, known, HEADLINES, values, official, guides)
        found |= {item for item in all_found if item.file in asked}
    return (*sorted(problems), *sorted(found))


def _official() -> Official:
    from tshoot.catalog.anchors import load_anchors
    from tshoot.catalog.services import shipped_services
    from tshoot.flow.official import official_of

    return official_of(shipped_services().values(), load_anchors())


def _guides(problems: list[Problem]) -> AdviceList | None:
    from tshoot.catalog.advice import load_advice

    try:
        return load_advice()
    except DocumentError as error:
        problems += error.problems
    return None


def _groups(paths: Sequence[Path]) -> list[tuple[Path, ...]]:
    """Each folder's files, and the single files: a flow id may stand once in a group."""
    from tshoot.flow.loader import flow_paths

    folders = {path: flow_paths(path) for path in paths if path.is_dir()}
    empty = next((path for path, files in folders.items() if not files), None)
    if empty is not None:
        raise FileNotFoundError(ENOENT, "no flow files there", str(empty))
    singles = tuple(path for path in paths if not path.is_dir())
    return [*folders.values(), *([singles] if singles else [])]


def print_problems(problems: Iterable[Problem], form: Form = "lines") -> int:
    """Print the problems on stdout; returns how many are errors."""
    found = tuple(problems)
    rows = [_row(problem) for problem in found]
    errors = sum(row["severity"] == "error" for row in rows)
    if form == "sarif":
        from tshoot.cli.sarif import sarif

        click.echo(json_text(sarif(found)))
        return errors
    if form == "json":
        document = {
            "schema": SCHEMA,
            "errors": errors,
            "warnings": len(rows) - errors,
            "problems": rows,
        }
        click.echo(json_text(document))
        return errors
    for row in rows:
        click.echo(_line(row))
    click.echo(f"{errors} errors, {len(rows) - errors} warnings." if rows else "No problems.", err=True)
    return errors


def _row(problem: Problem) -> Mapping[str, str | int]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "rule": problem.rule,
        "severity": getattr(problem, "severity", "error"),
        "message": problem.message,
        "hint": problem.hint,
    }


def _line(row: Mapping[str, str | int]) -> str:
    warning = "warning: " if row["severity"] == "warning" else ""
    hint = f" ({row['hint']})" if row["hint"] else ""
    place = f"{row['file']}:{row['line']}:{row['column']}"
    return display_text(f"{place} {row['rule']} {warning}{row['message']}{hint}", 1000)
