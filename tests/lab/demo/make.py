"""Records evidence: whole checks and single probes in worlds of the lab, watches while a world changes."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from tests.lab import sandbox
from tests.lab.demo.worlds import scenario_of
from tests.lab.runner import PATIENCE, run
from tests.lab.scenario import Scenario, ScenarioError
from tshoot.demo.cases import Stage, demo_dir, load_cases

TRIES = 3


@click.command()
@click.argument("names", nargs=-1)
@click.option("--to", "folder", type=click.Path(path_type=Path), default=None, help="Write there instead.")
def main(names: tuple[str, ...], folder: Path | None) -> None:
    """Record the evidence of NAMES anew, or all that the cases want and is not there."""
    reason = sandbox.unusable()
    if reason:
        raise click.ClickException(reason)
    place = folder or demo_dir() / "evidence"
    place.mkdir(parents=True, exist_ok=True)
    wanted = dict(_wanted())
    for name in names or [name for name in wanted if not (place / f"{name}.json").exists()]:
        document = _record(name, wanted.get(name, ("report", "")))
        (place / f"{name}.json").write_text(as_text(document), encoding="utf-8")
        click.echo(f"{name}: {document.get('cause', document.get('probe', 'done'))}")


def _wanted() -> Iterator[tuple[str, tuple[str, str]]]:
    """Every file of evidence: its name, what it is (report, single, watch), and the probe."""
    for case in load_cases().values():
        for stage in case.stages:
            yield from _of_stage(stage)


def _of_stage(stage: Stage) -> Iterator[tuple[str, tuple[str, str]]]:
    yield stage.report, ("report", "")
    yield from ((name, ("single", probe)) for probe, name in stage.single.items())
    yield from ((name, ("watch", probe)) for probe, name in stage.watch.items())


def _record(name: str, wanted: tuple[str, str]) -> dict[str, Any]:
    kind, probe = wanted
    if kind == "watch":
        return _watched(name)
    with tempfile.TemporaryDirectory(prefix="lab-demo-") as folder:
        try:
            scenario = scenario_of(name.partition("+")[0], Path(folder))
        except (ScenarioError, OSError) as error:
            raise click.UsageError(str(error)) from None
        return _checked(scenario) if kind == "report" else _probed(scenario, probe)


def _checked(scenario: Scenario) -> dict[str, Any]:
    """The report of a check that named the truth."""
    for _ in range(TRIES):
        score = run(scenario)
        if score.result == "right" and score.report is not None:
            return dict(score.report)
    raise click.ClickException(f"{scenario.id}: {score.result}, {score.answer}; {'; '.join(score.why)}")


def _probed(scenario: Scenario, probe: str) -> dict[str, Any]:
    words = [sys.executable, "-m", "tshoot", "probe", probe, "--json"]
    told = _inside(sandbox.command(str(scenario.file), "check", "--", *words))
    document: dict[str, Any] = json.loads(told["ran"]["out"])
    return document


def _watched(name: str) -> dict[str, Any]:
    line = [*sandbox.command()[:-1], "tests.lab.demo.watching", name]
    document: dict[str, Any] = _inside(line)
    return document


def _inside(line: Sequence[str]) -> dict[str, Any]:
    done = subprocess.run(
        line,
        capture_output=True,
        text=True,
        env=sandbox.environment(),
        timeout=3 * PATIENCE,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    try:
        told: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        raise click.ClickException(done.stderr[-2000:]) from None
    return told


def as_text(document: dict[str, Any]) -> str:
    """JSON with a line for each field, and one for each entry of a list: small, and fit for a diff."""
    fields = [f"{json.dumps(name)}: {_value(value)}" for name, value in document.items()]
    return "{\n" + ",\n".join(fields) + "\n}\n"


def _value(value: Any) -> str:
    if isinstance(value, list) and value and all(isinstance(entry, dict) for entry in value):
        return "[\n  " + ",\n  ".join(json.dumps(entry, ensure_ascii=False) for entry in value) + "\n]"
    return json.dumps(value, ensure_ascii=False)
