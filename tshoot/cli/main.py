"""The command group: what `tshoot` alone does, and where each command lives."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from tshoot.cli.exits import run_command
from tshoot.cli.lazy import LazyGroup, with_version
from tshoot.cli.settings import keep_options

COMMANDS = {
    "check": ("tshoot.cli.check:check", "Run all probes, name the cause, say what to do next."),
    "probe": ("tshoot.cli.probe:probe", "Run one probe, or list them all."),
    "run": ("tshoot.cli.run:run", "Walk one flow: in the wizard, as a dialogue, or unattended."),
    "desk": ("tshoot.cli.desk:desk", "The support desk: calls, the caller's evidence, tickets."),
    "evidence": ("tshoot.cli.evidence:evidence", "What a caller sends or reads out, judged again."),
    "flows": ("tshoot.cli.flows:flows", "List, show, check and draw the flow files."),
    "demo": ("tshoot.cli.demo:demo", "See or practise recorded cases; nothing is measured or sent."),
    "config": ("tshoot.cli.config:config", "The settings in effect, and where each comes from."),
    "serve": ("tshoot.cli.serve:serve", "The wizard, or the support desk, in a browser."),
    "sessions": ("tshoot.cli.sessions:sessions", "Sessions that were kept: list, show, go on, delete."),
    "services": ("tshoot.cli.services:services", "The services that can be checked, and their hosts."),
    "address": ("tshoot.cli.address:address", "Judge an address by how it is written; never opens it."),
}

EPILOG = "Example: tshoot check metro --json"


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    invoke_without_command=True,
    epilog=EPILOG,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--set",
    "given",
    metavar="NAME=VALUE",
    multiple=True,
    help="A setting for this run; see `tshoot config`.",
)
@click.option("--plain", is_flag=True, help="A line dialogue instead of the wizard.")
@click.pass_context
def group(ctx: click.Context, given: tuple[str, ...], plain: bool) -> int | None:
    """Find out why you can't get online or sign in, and what to do next.

    Without a command: opens the wizard, or runs a check where there is no terminal.
    """
    keep_options(ctx, (*given, "plain=true") if plain else given)
    if ctx.invoked_subcommand is not None:
        return None
    from tshoot.cli.front_door import open_door

    return open_door(plain)


with_version(group)


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
