"""The list of recorded cases, for people and as JSON."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from tshoot.cli.machine import json_text

if TYPE_CHECKING:
    from tshoot.demo.cases import DemoCase

SCHEMA = "tshoot.demos/1"
_WIDEST = 100


def print_cases(cases: Iterable[DemoCase], as_json: bool) -> None:
    """Print every case: its id, its title, what it shows."""
    cases = tuple(cases)
    click.echo(_as_json(cases) if as_json else _as_text(cases))


def _as_text(cases: tuple[DemoCase, ...]) -> str:
    from textwrap import fill

    width = min(shutil.get_terminal_size((80, 24)).columns, _WIDEST)
    lines = [f"{len(cases)} recorded cases. Open one with: tshoot demo CASE"]
    for case in cases:
        text = fill(f"{case.title}. {case.shows}", width, initial_indent="  ", subsequent_indent="  ")
        lines += ["", case.id, text]
    return "\n".join(lines)


def _as_json(cases: tuple[DemoCase, ...]) -> str:
    rows = [
        {
            "id": case.id,
            "title": case.title,
            "shows": case.shows,
            "flow": case.flow,
            "service": case.service,
            "cause": case.cause,
            "outcome": case.outcome,
        }
        for case in cases
    ]
    return json_text({"schema": SCHEMA, "cases": rows})
