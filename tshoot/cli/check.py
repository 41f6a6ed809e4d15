"""``tshoot check``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tshoot.cli.exits import VERDICT_EXIT
from tshoot.cli.formats import chosen_format, format_option, shown

if TYPE_CHECKING:
    from tshoot.checkup import Checkup
    from tshoot.probes.context import World
    from tshoot.probes.runner import Listener
    from tshoot.report.rendering import Format


@click.command(epilog="Example: tshoot check t-mobile --json")
@click.argument("target", required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document (tshoot.report/1) on stdout.")
@format_option
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
    "--save",
    "place",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Also keep the report as evidence to hand on; what is private in it is replaced.",
)
@click.option("--no-redact", "unredacted", is_flag=True, help="With --save: replace nothing in the file.")
@click.option("--yes", is_flag=True, help="With --save: don't ask; replace a file that exists.")
@click.option(
    "--history/--no-history",
    default=True,
    help="Keep how the network looks while it works, and compare with it when it does not.  [default: on]",
)
def check(
    target: str | None,
    as_json: bool,
    wanted: Format | None,
    seconds: float | None,
    explained: bool,
    watch: bool,
    every: float | None,
    place: Path | None,
    unredacted: bool,
    yes: bool,
    history: bool,
) -> int:
    """Run all probes side by side, name the cause, say what to do next.

    TARGET is a service (see `tshoot services`), a host name or an https address; left out, the one that is
    set (see `tshoot config`), else t-mobile.
    Ends with 0 when all is well, 1 when a fault was found, 3 when nothing could be determined.
    """
    if every is not None and not watch:
        raise click.UsageError("--every belongs to --watch: tshoot check --watch --every 10")
    if place is None and (unredacted or yes):
        raise click.UsageError(
            "--no-redact and --yes belong to --save: tshoot check --save evidence.json --yes"
        )
    if watch and (place is not None or wanted is not None):
        raise click.UsageError("--save and --format belong to one check; leave --watch out.")
    format = chosen_format(as_json, wanted)
    if watch:
        from tshoot.cli.watch import run_watch

        return run_watch(target, seconds, every, as_json=as_json, explained=explained, history=history)
    if place is not None:
        from tshoot.cli.saving import usable_place

        usable_place(place, yes)
    saving = None if place is None else Saving(place, not unredacted, yes)
    return run_check(target, seconds, format == "json", explained, history, saving, format)


@dataclass(frozen=True)
class Saving:
    """Where a report is kept as evidence: whether private things are replaced, whether nobody is asked."""

    place: Path
    redact: bool
    yes: bool


def run_check(
    target: str | None,
    seconds: float | None,
    as_json: bool,
    explained: bool = False,
    history: bool = True,
    saving: Saving | None = None,
    format: Format = "text",
) -> int:
    """Check, print the report, save it where that is wanted, return the exit code."""
    import asyncio
    import sys
    from dataclasses import replace

    from tshoot.checkup import make_world
    from tshoot.cli.memory import Memory
    from tshoot.cli.progress import ProgressLine
    from tshoot.cli.targets import target_or_usage
    from tshoot.probes.registry import battery
    from tshoot.probes.runner import DEFAULT_SECONDS

    world = make_world(target_or_usage(target))
    progress, memory = ProgressLine(len(battery())), Memory(history)
    try:
        checkup, code = asyncio.run(_checked(world, seconds or DEFAULT_SECONDS, progress))
    finally:
        progress.clear()
    report = checkup.report(explained)
    report = replace(report, changed=memory.changes(world.host, report), code=code)
    click.echo(shown(report, "json" if as_json else format, sys.stdout))
    sys.stdout.flush()  # whoever reads the report does not wait for what is kept of it
    memory.keep(world.host, report)
    if saving is not None:
        from tshoot.cli.saving import save_report

        failed = save_report(report, saving.place, redact=saving.redact, yes=saving.yes)
        if failed:
            return failed
    return VERDICT_EXIT[report.verdict]


async def _checked(world: World, seconds: float, listener: Listener) -> tuple[Checkup, str]:
    """A check and its code. What the code needs is read while the probes wait for answers."""
    import asyncio

    from tshoot.checkup import check as run
    from tshoot.probes.blocking import in_daemon_thread

    telling = asyncio.ensure_future(in_daemon_thread(_code_maker))
    checkup = await run(world, seconds=seconds, listener=listener)
    return checkup, (await telling)(checkup)


def _code_maker() -> Callable[[Checkup], str]:
    from tshoot.evidence.model import load_model
    from tshoot.evidence.telling import code_for

    load_model()
    return code_for
