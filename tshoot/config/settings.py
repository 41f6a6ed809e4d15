"""The settings in effect, and where each value comes from.

Read in every check, so these are tuples: making a dataclass takes several times as long. What a setting is
for stands in :mod:`tshoot.config.declared`.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, NamedTuple

THEMES = ("dark", "light", "high-contrast")
Source = Literal["default", "file", "environment", "option"]
_NOTHING: Mapping[str, Any] = MappingProxyType({})


class Origin(NamedTuple):
    """Where a value comes from. ``place`` is the file and line, the variable or the option; else empty."""

    source: Source
    place: str = ""

    def __str__(self) -> str:
        return self.place or self.source


class StoreSettings(NamedTuple):
    """Where sessions are kept, and for how long. Without ``address``: a file in the user's data folder."""

    address: str | None = None
    record: bool = True
    keep_days: int = 90


class DeskSettings(NamedTuple):
    """Who works at the support desk, and where its tickets go."""

    agent: str | None = None
    webhook: str | None = None
    webhook_secret_file: Path | None = None


class Config(NamedTuple):
    """The settings in effect. ``origins`` tells for each dotted name where its value comes from."""

    service: str = "t-mobile"
    theme: str = THEMES[0]
    reduced_motion: bool = False
    plain: bool = False
    flows: tuple[Path, ...] = ()
    keys: Mapping[str, str] = _NOTHING
    store: StoreSettings = StoreSettings()
    desk: DeskSettings = DeskSettings()
    origins: Mapping[str, Origin] = _NOTHING

    def origin(self, name: str) -> Origin:
        """Where the value of a setting comes from, by its dotted name."""
        return self.origins.get(name, Origin("default"))


SECTIONS: Mapping[str, type[StoreSettings] | type[DeskSettings]] = {
    "store": StoreSettings,
    "desk": DeskSettings,
}
"""The tables of the file that hold further settings."""


def value_of(config: Config, name: str) -> Any:
    """The value of a setting by its dotted name."""
    value: Any = config
    for part in name.split("."):
        value = getattr(value, part)
    return value
