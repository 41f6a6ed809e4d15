"""What was written where: the values of the file, of the environment and of options, unread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from tshoot.config.declared import SETTINGS, Setting
from tshoot.config.problems import ConfigError
from tshoot.config.settings import SECTIONS, Origin
from tshoot.config.toml_file import VARIABLE, TomlFile, config_path, read_toml
from tshoot.names import did_you_mean


class Given(NamedTuple):
    """A value that somebody wrote. Relative paths start from ``base``; ``places`` are those of the lines of a
    table, by their names.
    """

    setting: Setting
    value: Any
    base: Path
    origin: Origin
    places: Mapping[str, str] = MappingProxyType({})

    def place(self, part: str) -> str:
        """Where a line of the table stands; where the table does, if that is not known."""
        return self.places.get(part, str(self.origin))


def from_file(environ: Mapping[str, str], problems: list[str]) -> Iterator[Given]:
    """What the file sets, in its order. What is no setting is noted in ``problems``."""
    path = config_path(environ)
    try:
        file = read_toml(path)
    except (FileNotFoundError, NotADirectoryError):
        if environ.get(VARIABLE):
            problems.append(f"{VARIABLE}: There is no file {path}.")
    except OSError as error:
        problems.append(f"{path} can't be read: {error.strerror}.")
    except ConfigError as error:
        problems += error.problems
    else:
        for setting, value in _known(file, problems):
            keys = setting.name.split(".")
            parts = {part: file.place(*keys, part) for part in value} if isinstance(value, dict) else {}
            origin = Origin("file", file.place(*keys))
            yield Given(setting, value, path.absolute().parent, origin, parts)


def from_environment(environ: Mapping[str, str]) -> Iterator[Given]:
    """What variables set; an empty one is as good as none."""
    for setting in SETTINGS.values():
        text = environ.get(setting.variable)
        if text:
            yield Given(setting, setting.kind.parse(text), Path(), Origin("environment", setting.variable))


def from_options(options: Mapping[str, str], problems: list[str]) -> Iterator[Given]:
    """What options set, by dotted name."""
    for name, text in options.items():
        place = f"--set {name}"
        if name in SETTINGS:
            setting = SETTINGS[name]
            yield Given(setting, setting.kind.parse(text), Path(), Origin("option", place))
        else:
            problems.append(_unknown(place, name, name, SETTINGS))


def _known(file: TomlFile, problems: list[str]) -> Iterator[tuple[Setting, Any]]:
    top = {setting.key: setting for setting in SETTINGS.values() if not setting.section}
    for key, value in file.data.items():
        if key in SECTIONS:
            yield from _section(file, key, value, problems)
        elif key not in top:
            problems.append(_unknown(file.place(key), key, key, [*top, *SECTIONS]))
        elif value != {}:  # the starter's table of keys has none
            yield top[key], value


def _section(file: TomlFile, section: str, table: Any, problems: list[str]) -> Iterator[tuple[Setting, Any]]:
    if not isinstance(table, dict):
        problems.append(f"{file.place(section)}: '{section}' is a table. Write [{section}], then its lines.")
        return
    known = {setting.key: setting for setting in SETTINGS.values() if setting.section == section}
    for key, value in table.items():
        if key in known:
            yield known[key], value
        else:
            problems.append(_unknown(file.place(section, key), f"{section}.{key}", key, known))


def _unknown(place: str, name: str, key: str, known: Iterable[str]) -> str:
    return f"{place}: There is no setting '{name}'. {did_you_mean(key, known)}"
