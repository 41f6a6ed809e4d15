"""The target a person typed, with an error a person understands."""

from __future__ import annotations

import click

from tshoot.target import Target, TargetError


def target_or_usage(text: str | None) -> Target:
    """The target; raises click.UsageError (exit 2) naming what is wrong and the nearest service."""
    from tshoot.catalog.services import resolve_target

    try:
        return resolve_target(text)
    except TargetError as error:
        raise click.UsageError(str(error)) from None
