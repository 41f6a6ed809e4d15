"""The lab's commands for people: list, shell, run, score."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import click

from tests.lab import sandbox
from tests.lab.scenario import ScenarioError, find, load_all


@click.group()
def main() -> None:
    """Simulated home networks with real faults, for trying and scoring tshoot."""


@main.command("list")
def list_scenarios() -> None:
    """List the scenarios with their truth."""
    for scenario in load_all().values():
        click.echo(f"{scenario.id:30} {scenario.kind:7} {scenario.truth.cause:24} {scenario.title}")


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("scenario")
@click.option("--user", is_flag=True, help="Run as an ordinary user (no raw ICMP).")
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def shell(scenario: str, user: bool, command: tuple[str, ...]) -> None:
    """A shell on the client's computer in a scenario's world, or one COMMAND there.

    Example: python -m tests.lab shell dns-unreachable -- tshoot check
    """
    _usable(scenario)
    flags = ["--user"] if user else []
    words = ["--", *command] if command else []
    line = sandbox.command(scenario, "shell", *flags, *words)
    sys.exit(subprocess.call(line, env=sandbox.environment()))


def _usable(name: str) -> None:
    try:
        scenario = find(name)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None
    reasons = [sandbox.unusable(), *(sandbox.lacks(need) for need in scenario.needs)]
    if any(reasons):
        raise click.ClickException("; ".join(filter(None, reasons)))
