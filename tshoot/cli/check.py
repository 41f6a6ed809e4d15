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
@click.option("--explain", "explained", is_flag=True, help="Show the rule behind the conclusion.")
@click.option("--watch", is_flag=True, help="Check again and again until Ctrl-C, and tell what changes.")
@click.option(
    "--every",
    type=click.FloatRange(1, 3600),
    metavar="S",
    help="With --watch: start a check every S seconds.  [default: 5]",
)
@click.option(
    "--history/--no-history",
    default=True,
    help="Keep how the network looks while it works, and compare with it when it does not.  [default: on]",
)
def check(
    target: str | None,
    as_json: bool,
    seconds: float | None,
    explained: bool,
    watch: bool,
    every: float | None,
    history: bool,
) -> int:
    """Run all probes side by side, name the cause, say what to do next.

    TARGET is a service (see `tshoot services`), a host name or an https address; t-mobile if left out.
    Ends with 0 when all is well, 1 when a fault was found, 3 when nothing could be determined.
    """
    if every is not None and not watch:
        raise click.UsageError("--every belongs to --watch: tshoot check --watch --every 10")
    if watch:
        from tshoot.cli.watch import run_watch

        return run_watch(target, seconds, every, as_json=as_json, explained=explained, history=history)
    return run_check(target, seconds, as_json, explained, history)


def run_check(
    target: str | None, seconds: float | None, as_json: bool, explained: bool = False, history: bool = True
) -> int:
    """Check, print the report, return the exit code."""
    import asyncio
    import sys
    from dataclasses import replace

    from tshoot.checkup import check as run
    from tshoot.checkup import make_world
    from tshoot.cli.memory import Memory
    from tshoot.cli.progress import ProgressLine
    from tshoot.cli.targets import target_or_usage
    from tshoot.probes.registry import battery
    from tshoot.probes.runner import DEFAULT_SECONDS

    world = make_world(target_or_usage(target))
    progress, memory = ProgressLine(len(battery())), Memory(history)
    try:
        checkup = asyncio.run(run(world, seconds=seconds or DEFAULT_SECONDS, listener=progress))
    finally:
        progress.clear()
    report = checkup.report(explained)
    report = replace(report, changed=memory.changes(world.host, report))
    click.echo(_as_json(report) if as_json else _as_text(report, sys.stdout))
    sys.stdout.flush()  # whoever reads the report does not wait for what is kept of it
    memory.keep(world.host, report)
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
