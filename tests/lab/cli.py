"""The lab's commands for people: list, shell, run, score, campaign."""

from __future__ import annotations

import json
import secrets
import subprocess
import sys
from pathlib import Path

import click

from tests.lab import sandbox
from tests.lab.campaign.run import figures, misses, run_campaign
from tests.lab.runner import run_many
from tests.lab.scenario import Scenario, ScenarioError, find, load_all
from tests.lab.score import Score, failed, table

AS_USER = click.option("--user", flag_value="--user", default="", help="As an ordinary user: no raw ICMP.")
NO_PING = click.option("--no-ping", "user", flag_value="--no-ping", help="As a user who may not ping at all.")


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
@AS_USER
@NO_PING
@click.argument("command", nargs=-1, type=click.UNPROCESSED)
def shell(scenario: str, user: str, command: tuple[str, ...]) -> None:
    """A shell on the client's computer in a scenario's world, or one COMMAND there.

    Example: python -m tests.lab shell dns-unreachable -- tshoot check
    """
    _usable(scenario)
    flags = [user] if user else []
    words = ["--", *command] if command else []
    line = sandbox.command(scenario, "shell", *flags, *words)
    sys.exit(subprocess.call(line, env=sandbox.environment()))


@main.command()
@click.argument("scenarios", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Every scenario.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Also write the scores and reports.")
@click.option("--jobs", default=2, show_default=True, help="Worlds at a time.")
@AS_USER
@NO_PING
def run(scenarios: tuple[str, ...], everything: bool, target: Path | None, jobs: int, user: str) -> None:
    """Run `tshoot check` in the worlds of SCENARIOS and score it. Exit 0: nothing wrong, no false alarm."""
    if everything == bool(scenarios):
        raise click.UsageError("name scenarios, or give --all")
    chosen = list(load_all().values()) if everything else [_found(name) for name in scenarios]
    _leave(_score(chosen, jobs, user), target)


@main.command()
@click.option("--jobs", default=2, show_default=True, help="Worlds at a time.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Also write the scores and reports.")
@AS_USER
@NO_PING
def score(jobs: int, target: Path | None, user: str) -> None:
    """Run every scenario and print the table."""
    _leave(_score(list(load_all().values()), jobs, user), target)


@main.command()
@click.option("--seed", type=int, help="The same seed gives the same worlds; without it one is drawn.")
@click.option("--worlds", default=200, show_default=True, type=click.IntRange(1, 5000))
@click.option("--jobs", default=2, show_default=True, help="Worlds at a time.")
@click.option("--json", "target", type=click.Path(path_type=Path), help="Also write the scores and reports.")
@click.option("--keep", type=click.Path(path_type=Path), help="Leave the worlds' scenario files there.")
@AS_USER
@NO_PING
def campaign(
    seed: int | None, worlds: int, jobs: int, target: Path | None, keep: Path | None, user: str
) -> None:
    """Random faults with random parameters in random homes. Exit 0: nothing wrong, no false alarm."""
    reason = sandbox.unusable()
    if reason:
        raise click.ClickException(reason)
    chosen = secrets.randbelow(100_000) if seed is None else seed
    click.echo(f"seed {chosen}, {worlds} worlds")
    scenarios, scores = run_campaign(chosen, worlds, jobs, user, _tell, keep)
    click.echo(misses(scenarios, scores))
    totals = figures(scores)
    click.echo(f"seed {chosen}: " + " · ".join(f"{name} {value}" for name, value in totals.items()))
    _write(scores, target)
    sys.exit(1 if failed(scores) else 0)


@main.command()
@click.argument("walks", nargs=-1)
@click.option("--size", "sizes", multiple=True, help="COLUMNSxROWS; all sizes if left out.")
@click.option("--keep", type=click.Path(path_type=Path), help="Write every screen there.")
def walk(walks: tuple[str, ...], sizes: tuple[str, ...], keep: Path | None) -> None:
    """Walk the wizard by keys in a terminal (tmux), each walk to its end. Exit 0: every end was reached."""
    from tests.lab.walks.run import SIZES, keep_screens, line_of, walked
    from tests.lab.walks.walk import load_all as load_walks

    known, reached = load_walks(), True
    for name in walks or known:
        for size in sizes or SIZES:
            told = walked(name, size)
            reached = reached and not told["missed"] and told["code"] == known[name].code
            click.echo(line_of(name, size, told))
            if keep is not None:
                keep_screens(keep, name, size, told)
    sys.exit(0 if reached else 1)


def _tell(item: Score) -> None:
    click.echo(f"{item.scenario}: {item.result}", err=True)


def _score(chosen: list[Scenario], jobs: int, user: str) -> list[Score]:
    reason = sandbox.unusable()
    if reason:
        raise click.ClickException(reason)
    return run_many(chosen, jobs, user, _tell)


def _leave(scores: list[Score], target: Path | None) -> None:
    click.echo(table(scores))
    _write(scores, target)
    sys.exit(1 if failed(scores) else 0)


def _write(scores: list[Score], target: Path | None) -> None:
    if target is not None:
        target.write_text(json.dumps([item.to_json() for item in scores], indent=1), encoding="utf-8")


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
