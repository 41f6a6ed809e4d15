"""Puts the settings together: defaults, then the file, then the environment, then options."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain
from types import MappingProxyType
from typing import Any

from tshoot.config.given import Given, from_environment, from_file, from_options
from tshoot.config.problems import ConfigError, Unfit
from tshoot.config.settings import SECTIONS, Config, Origin

Checks = Mapping[str, Callable[[Any], Iterable[tuple[str, str]]]]
"""For settings of which only other parts can tell what is wrong, by name: given the value, the line of the
table that is meant (empty for the setting itself) and a sentence, for each mistake.
"""


def load_config(
    options: Mapping[str, str] | None = None,
    environ: Mapping[str, str] = os.environ,
    checks: Checks = MappingProxyType({}),
) -> Config:
    """The settings in effect. ``options`` maps dotted names to texts, as ``--set NAME=VALUE`` gives them.

    A later source wins: the file, the environment, options. Without a file there are defaults; one that
    ``TSHOOT_CONFIG`` names must exist. Raises :class:`ConfigError` with everything that is wrong anywhere.
    """
    problems: list[str] = []
    values, used = dict[str, Any](), dict[str, Given]()
    for given in chain(
        from_file(environ, problems), from_environment(environ), from_options(options or {}, problems)
    ):
        name = given.setting.name
        try:
            values[name], used[name] = given.setting.kind.read(given.value, given.base), given
        except Unfit as unfit:
            problems += _told(given, unfit)
    for name in (name for name in checks if name in values):
        wrong = checks[name](values[name])
        problems += [f"{used[name].place(part)}: '{name}': {said}" for part, said in wrong]
    if problems:
        raise ConfigError(problems)
    return _built(values, {name: given.origin for name, given in used.items()})


def _told(given: Given, unfit: Unfit) -> Iterator[str]:
    name = given.setting.name
    if not unfit.parts:
        yield f"{given.origin}: '{name}' {unfit}"
    for part, said in unfit.parts.items():
        yield f"{given.place(part)}: '{name}' {said}"


def _built(values: Mapping[str, Any], origins: Mapping[str, Origin]) -> Config:
    top = {name: value for name, value in values.items() if "." not in name}
    for section, kind in SECTIONS.items():
        start = f"{section}."
        inner = {name.removeprefix(start): value for name, value in values.items() if name.startswith(start)}
        top[section] = kind(**inner)
    return Config(**top, origins=origins)
