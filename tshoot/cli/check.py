"""``tshoot check``."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

import click

from tshoot.cli.exits import VERDICT_EXIT

if TYPE_CHECKING:
    from tshoot.report.model import Report


@click.command(epilog="Example: tshoot check t-mobile --json")
@click.argument("target", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document (tshoot.report/1) on stdout.")
@click.option(
    "--deadline",
    "seconds",
    type=click.FloatRange(0.5, 60),
    metavar="S",
    help="Stop measuring after S seconds.  [default: 5]",
)
def check(target: str | None, as_json: bool, seconds: float | None) -> int:
    """Run all probes side by side, name the cause, say what to do next.

    TARGET is a service (see `tshoot services`), a host name or an https address; t-mobile if left out.
    Ends with 0 when all is well, 1 when a fault was found, 3 when nothing could be determined.
    """
    return run_check(target, seconds, as_json)


def run_check(target: str | None, seconds: float | None, as_json: bool) -> int:
    """Check, print the report, return the exit code."""
    import asyncio
    import sys

    from tshoot.checkup import check as run
    from tshoot.checkup import make_world
    from tshoot.cli.progress import ProgressLine
    from tshoot.cli.targets import target_or_usage
    from tshoot.probes.registry import battery
    from tshoot.probes.runner import DEFAULT_SECONDS

    world = make_world(target_or_usage(target))
    progress = ProgressLine(len(battery()))
    try:
        checkup = asyncio.run(run(world, seconds=seconds or DEFAULT_SECONDS, listener=progress))
    finally:
        progress.clear()
    report = checkup.report()
    click.echo(_as_json(report) if as_json else _as_text(report, sys.stdout))
    return VERDICT_EXIT[report.verdict]


def _as_json(report: Report) -> str:
    import json

    from tshoot.report.as_json import to_json

    return json.dumps(to_json(report), indent=2, ensure_ascii=False)


def _as_text(report: Report, stream: TextIO) -> str:
    import shutil

    from tshoot.cli.terminal import color_wanted
    from tshoot.report.as_text import to_text

    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    return to_text(report, width, color_wanted(stream))
