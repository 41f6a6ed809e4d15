"""What is wrong with the settings, all of it at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from tshoot.text import display_text

_LONGEST = 1000


class ConfigError(ValueError):
    """The settings can't be used. ``problems`` has a line for each thing that is wrong, with its place."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(display_text(problem, _LONGEST) for problem in problems)
        super().__init__("\n".join(self.problems))


class Unfit(ValueError):
    """A value can't be used. The message goes on after the setting's name: "is empty. …".

    ``parts`` are the messages on single lines of a table, by their names, where that tells more.
    """

    def __init__(self, message: str, parts: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(message)
        self.parts = parts
