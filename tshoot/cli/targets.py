"""The target a person typed, with an error a person understands."""

from __future__ import annotations

import click

from tshoot.cli.settings import settings
from tshoot.target import Target, TargetError


def target_unless_default(text: str | None) -> Target | None:
    """As :func:`target_or_usage`; None for the default service: the wizard reads it after its first paint."""
    if text is None and settings().origin("service").source == "default":
        return None
    return target_or_usage(text)


def target_or_usage(text: str | None) -> Target:
    """The target, that of the settings where ``text`` is None.

    Raises click.UsageError (exit 2) naming what is wrong and the nearest service.
    """
    from tshoot.catalog.services import resolve_target

    try:
        return resolve_target(settings().service if text is None else text)
    except TargetError as error:
        place = f"{settings().origin('service')}: 'service': " if text is None else ""
        raise click.UsageError(f"{place}{error}") from None
