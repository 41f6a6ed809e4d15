"""The lab's commands for people: list, shell, run, score."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import click

from tests.lab import sandbox
from tests.lab.runner import run_many
from tests.lab.scenario import Scenario, ScenarioError, find, load_all
from tests.lab.score import Score, failed, table


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


@main.command()
@click.argument("scenarios", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every scenario.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Also write the scores and reports.")
@click.option("--jobs", default=2, show_default=True, help="Worlds at a time.")
@click.option("--user", is_flag=True, help="Run the program as an ordinary user (no raw ICMP).")
def run(scenarios: tuple[str, ...], everything: bool, target: Path | None, jobs: int, user: bool) -> None:
    """Run `tshoot check` in the worlds of SCENARIOS and score it. Exit 0: nothing wrong, no false alarm."""
    if everything == bool(scenarios):
        raise click.UsageError("name scenarios, or give --all")
    chosen = list(load_all().values()) if everything else [_found(name) for name in scenarios]
    _leave(_score(chosen, jobs, user), target)


@main.command()
@click.option("--jobs", default=2, show_default=True, help="Worlds at a time.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Also write the scores and reports.")
@click.option("--user", is_flag=True, help="Run the program as an ordinary user (no raw ICMP).")
def score(jobs: int, target: Path | None, user: bool) -> None:
    """Run every scenario and print the table."""
    _leave(_score(list(load_all().values()), jobs, user), target)


def _score(chosen: list[Scenario], jobs: int, user: bool) -> list[Score]:
    reason = sandbox.unusable()
    if reason:
        raise click.ClickException(reason)
    return run_many(chosen, jobs, user, lambda item: click.echo(f"{item.scenario}: {item.result}", err=True))


def _leave(scores: list[Score], target: Path | None) -> None:
    click.echo(table(scores))
    if target is not None:
        target.write_text(json.dumps([item.to_json() for item in scores], indent=1), encoding="utf-8")
    sys.exit(1 if failed(scores) else 0)


def _found(name: str) -> Scenario:
    try:
        return find(name)
    except ScenarioError as error:
        raise click.UsageError(str(error)) from None


def _usable(name: str) -> None:
    scenario = _found(name)
    reasons = [sandbox.unusable(), *(sandbox.lacks(need) for need in scenario.needs)]
    if any(reasons):
        raise click.ClickException("; ".join(filter(None, reasons)))
