"""A command group that imports a command only when it is run, not when help is shown."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from tshoot import __version__
from tshoot.names import did_you_mean


def with_version(command: click.Command) -> None:
    """Give a command, and all commands of a group, ``-V``; once each."""
    if not any("--version" in param.opts for param in command.params):
        click.version_option(__version__, "-V", "--version", prog_name="tshoot")(command)
    if isinstance(command, click.Group):
        for each in command.commands.values():
            with_version(each)


class LazyGroup(click.Group):
    """Commands given as ``name: ("module:attribute", "short help")``."""

    def __init__(self, *args: Any, lazy: Mapping[str, tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._lazy = lazy

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, in the order of the contract."""
        return list(self._lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command; None where there is none of the name."""
        if cmd_name not in self._lazy:
            return None
        module, _, attribute = self._lazy[cmd_name][0].partition(":")
        command: click.Command = getattr(import_module(module), attribute)
        with_version(command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click's, with the nearest name in the error."""
        if args and args[0] not in self._lazy and not args[0].startswith("-"):
            raise click.UsageError(
                f"There is no command '{args[0]}'. {did_you_mean(args[0], self._lazy)}", ctx
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from their short help, importing none."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in self._lazy.items()])
