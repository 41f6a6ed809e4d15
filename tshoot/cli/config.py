"""``tshoot config``."""

from __future__ import annotations

import click

from tshoot.cli.machine import json_text
from tshoot.cli.settings import wizard_settings
from tshoot.cli.targets import target_or_usage


@click.group(invoke_without_command=True, epilog="Example: tshoot config")
@click.option("--json", "as_json", is_flag=True, help="One JSON document (tshoot.config/1) on stdout.")
@click.pass_context
def config(ctx: click.Context, as_json: bool) -> None:
    """Show the settings in effect, and where each comes from.

    Options win over the environment, the environment over the file, the file over the defaults.
    """
    if ctx.invoked_subcommand is None:
        _show(as_json)


@config.command(epilog="Example: tshoot config path")
def path() -> None:
    """Where the file with your settings is, or would be."""
    from tshoot.config.toml_file import config_path

    click.echo(config_path())


@config.command(epilog="Example: tshoot config init")
def init() -> None:
    """Write a file with every setting, explained and switched off. Never overwrites one."""
    from tshoot.config.starter import write_starter
    from tshoot.config.toml_file import config_path

    file = config_path()
    try:
        write_starter(file)
    except FileExistsError:
        raise click.UsageError(f"{file} is there already. It was left as it is.") from None
    except OSError as error:
        raise click.UsageError(f"{file} can't be written: {error.strerror}.") from None
    click.echo(file)


def _show(as_json: bool) -> None:
    from tshoot.config.show import config_json, config_lines
    from tshoot.config.toml_file import config_path
    from tshoot.text import display_text

    found, file = wizard_settings(), config_path()
    target_or_usage(None)  # whether there is such a service is known to the catalogue only
    exists = file.is_file()
    if as_json:
        click.echo(json_text(config_json(found, file, exists)))
        return
    for line in config_lines(found):
        click.echo(display_text(line))
    there = "" if exists else " (not there; `tshoot config init` writes one)"
    click.echo(f"\nFile: {file}{there}")
