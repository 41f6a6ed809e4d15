"""Puts the settings together: defaults, then the file, then the environment, then options."""

from __future__ import annotations

import os
from collections.abc import Mapping
from itertools import chain
from typing import Any

from tshoot.config.given import from_environment, from_file, from_options
from tshoot.config.problems import ConfigError, Unfit
from tshoot.config.settings import SECTIONS, Config, Origin


def load_config(options: Mapping[str, str] | None = None, environ: Mapping[str, str] = os.environ) -> Config:
    """The settings in effect. ``options`` maps dotted names to texts, as ``--set NAME=VALUE`` gives them.

    A later source wins: the file, the environment, options. Without a file there are defaults; one that
    ``TSHOOT_CONFIG`` names must exist. Raises :class:`ConfigError` with everything that is wrong anywhere.
    """
    problems: list[str] = []
    values, origins = dict[str, Any](), dict[str, Origin]()
    for given in chain(
        from_file(environ, problems), from_environment(environ), from_options(options or {}, problems)
    ):
        name = given.setting.name
        try:
            values[name], origins[name] = given.setting.kind.read(given.value, given.base), given.origin
        except Unfit as unfit:
            problems.append(f"{given.origin}: '{name}' {unfit}")
    if problems:
        raise ConfigError(problems)
    return _built(values, origins)


def _built(values: Mapping[str, Any], origins: Mapping[str, Origin]) -> Config:
    top = {name: value for name, value in values.items() if "." not in name}
    for section, kind in SECTIONS.items():
        start = f"{section}."
        inner = {name.removeprefix(start): value for name, value in values.items() if name.startswith(start)}
        top[section] = kind(**inner)
    return Config(**top, origins=origins)
