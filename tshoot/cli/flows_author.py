"""``tshoot flows schema`` and ``new``: help for writing."""

from __future__ import annotations

import re
from pathlib import Path

import click

from tshoot.cli.machine import json_text


@click.command(epilog="Example: tshoot flows schema > flow.schema.json")
def schema() -> None:
    """Print the JSON Schema of flow files, for editors."""
    from tshoot.flow.schema import flow_schema

    click.echo(json_text(flow_schema()))


@click.command(epilog="Example: tshoot flows new printer-offline")
@click.argument("name")
@click.option("--title", default="It doesn't work", help="The trouble, in the person's words.")
@click.option(
    "--in", "folder", type=click.Path(path_type=Path), default=Path(), help="The folder to write it in."
)
def new(name: str, title: str, folder: Path) -> int:
    """Write a starter flow NAME.yaml that passes the linter. Nothing is overwritten."""
    from tshoot.flow.starter import starter

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) or len(name) > 60:
        raise click.UsageError(f"'{name}' can't be a flow's id: small letters, digits and single hyphens.")
    path = folder / f"{name}.yaml"
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(starter(name, title))
    except FileExistsError:
        raise click.UsageError(f"{path} exists already.") from None
    except OSError as error:
        raise click.UsageError(f"Can't write {path}: {error.strerror}.") from None
    click.echo(f"{path} is written. Check it with: tshoot flows lint {path}")
    return 0
