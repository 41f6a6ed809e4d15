"""What ``tshoot flows lint`` looks at, and how it prints what it finds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from errno import ENOENT
from pathlib import Path

import click

from tshoot.text import display_text
from tshoot.yamldoc import Problem

SCHEMA = "tshoot.lint/1"
SPOKEN_VALUES = frozenset({"summary", "next"})
"""Named values that a diagnosis gives besides those of its probes."""


def lint_paths(paths: Sequence[Path]) -> tuple[Problem, ...]:
    """The problems of the flow files and folders given, seen together with the shipped flows.

    Raises OSError where a path can't be read.
    """
    from tshoot.diagnosis.values import VALUES
    from tshoot.diagnosis.vocabulary import HEADLINES
    from tshoot.flow.lint import lint_flows
    from tshoot.flow.loader import FlowSet, flow_paths, read_files
    from tshoot.paths import flows_dir
    from tshoot.probes.registry import specs

    problems: list[Problem] = []
    shipped = read_files(flow_paths(flows_dir()), [])
    groups = [read_files(group, problems) for group in _groups(paths)]
    given = {name: file for group in groups for name, file in group.items()}
    known, values = specs(), VALUES | SPOKEN_VALUES
    found: set[Problem] = set()
    for group in groups:
        asked = {file.document.file for file in group.values()}
        together = FlowSet({**shipped, **given, **group})
        found |= {item for item in lint_flows(together, known, HEADLINES, values) if item.file in asked}
    return (*sorted(problems), *sorted(found))


def _groups(paths: Sequence[Path]) -> list[tuple[Path, ...]]:
    """Each folder's files, and the single files: a flow id may stand once in a group."""
    from tshoot.flow.loader import flow_paths

    folders = {path: flow_paths(path) for path in paths if path.is_dir()}
    empty = next((path for path, files in folders.items() if not files), None)
    if empty is not None:
        raise FileNotFoundError(ENOENT, "no flow files there", str(empty))
    singles = tuple(path for path in paths if not path.is_dir())
    return [*folders.values(), *([singles] if singles else [])]


def print_problems(problems: Iterable[Problem], as_json: bool) -> int:
    """Print the problems on stdout; returns how many are errors."""
    rows = [_row(problem) for problem in problems]
    errors = sum(row["severity"] == "error" for row in rows)
    if as_json:
        document = {
            "schema": SCHEMA,
            "errors": errors,
            "warnings": len(rows) - errors,
            "problems": rows,
        }
        click.echo(json.dumps(document, indent=2, ensure_ascii=False))
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
