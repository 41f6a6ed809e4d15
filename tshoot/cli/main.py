"""The command group: what `tshoot` alone does, and where each command lives."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from tshoot import __version__
from tshoot.cli.exits import run_command
from tshoot.cli.lazy import LazyGroup

COMMANDS = {
    "check": ("tshoot.cli.check:check", "Run all probes, name the cause, say what to do next."),
    "probe": ("tshoot.cli.probe:probe", "Run one probe, or list them all."),
    "run": ("tshoot.cli.run:run", "Walk one flow: in the wizard, as a dialogue, or unattended."),
    "flows": ("tshoot.cli.flows:flows", "List, show, check and draw the flow files."),
    "services": ("tshoot.cli.services:services", "The services that can be checked, and their hosts."),
}

EPILOG = "Example: tshoot check metro --json"


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    invoke_without_command=True,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "-V", "--version", prog_name="tshoot")
@click.pass_context
def group(ctx: click.Context) -> int | None:
    """Find out why you can't get online or sign in, and what to do next.

    Without a command: opens the wizard, or runs a check where there is no terminal.
    """
    if ctx.invoked_subcommand is not None:
        return None
    from tshoot.cli.terminal import wizard_possible

    if wizard_possible():
        from tshoot.catalog.services import resolve_target
        from tshoot.cli.overlays import flows_to_run
        from tshoot.paths import own_flows_dir
        from tshoot.tui.app import run_wizard

        if own_flows_dir().is_dir():
            flows_to_run()  # What is wrong in a file of their own is told before the screen is taken.
        return run_wizard("start", resolve_target(None), home=True)
    from tshoot.cli.check import run_check

    return run_check(None, seconds=None, as_json=False)


def main() -> NoReturn:
    """The program's entry point."""
    run_command(_invoke)


def _invoke() -> object:
    # Not group.main(): it turns a closed stdout into exit 1, which here means that a fault was found.
    instruction = os.environ.get("_TSHOOT_COMPLETE")
    if instruction:
        from click.shell_completion import shell_complete

        return shell_complete(group, {}, "tshoot", "_TSHOOT_COMPLETE", instruction)
    with group.make_context("tshoot", sys.argv[1:]) as context:
        return group.invoke(context)
