"""The settings as a command sees them: read when first asked for, once in a run of the program."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tshoot.names import did_you_mean

if TYPE_CHECKING:
    from tshoot.config.load import Checks
    from tshoot.config.settings import Config

_GIVEN, _READ = "tshoot.set", "tshoot.settings"


def keep_options(ctx: click.Context, given: tuple[str, ...]) -> None:
    """Take note of ``--set NAME=VALUE``; nothing is read yet. Raises UsageError for one without a value."""
    pairs = [each.partition("=") for each in given]
    bare = next((name for name, equals, _ in pairs if not equals), None)
    if bare is not None:
        raise click.UsageError(f"'--set {bare}' must be NAME=VALUE, as in --set theme=light.")
    ctx.meta[_GIVEN] = {name.strip(): value for name, _, value in pairs}


def settings() -> Config:
    """The settings in effect. Raises ConfigError with everything that is wrong (exit code 2)."""
    from tshoot.config.load import load_config
    from tshoot.config.problems import ConfigError

    context = click.get_current_context(silent=True)
    if context is None:
        return load_config()
    if _READ not in context.meta:
        try:
            context.meta[_READ] = load_config(given_options(context))
        except ConfigError:
            load_config(given_options(context), checks=_CHECKS)  # raises again, now with all that is wrong
            raise
    config: Config = context.meta[_READ]
    return config


def wizard_settings() -> Config:
    """The settings, where the wizard can use them. Raises ConfigError for keys that it can't."""
    found = settings()
    if found.keys:
        from tshoot.config.load import load_config

        context = click.get_current_context(silent=True)
        load_config(given_options(context) if context else None, checks=_CHECKS)
    return found


def _wrong_keys(given: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    # Imported here: whoever has no keys of their own needs none of it.
    from tshoot.tui.keymap import wrong_keys

    return wrong_keys(given)


def _wrong_service(given: str) -> Iterable[tuple[str, str]]:
    from tshoot.catalog.services import resolve_target
    from tshoot.target import TargetError

    try:
        resolve_target(given)
    except TargetError as error:
        yield "", str(error)


_CHECKS: Checks = {"keys": _wrong_keys, "service": _wrong_service}


def given_options(context: click.Context) -> Mapping[str, str]:
    """The options given with ``--set``."""
    given: Mapping[str, str] = context.meta.get(_GIVEN, {})
    return given


def with_own_folders(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    """The folders of flows that are set, then those given; flows of later ones come first."""
    return (*settings().flows, *folders)


def service_or_usage(service: str) -> str:
    """The id of a service as it was given. Raises UsageError with the nearest one."""
    from tshoot.catalog.services import shipped_services

    if service not in shipped_services():
        raise click.UsageError(
            f"There is no service '{service}'. {did_you_mean(service, shipped_services())}"
        )
    return service
