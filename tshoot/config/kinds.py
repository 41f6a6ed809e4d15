"""The kinds of value a setting can have: how each is read from TOML, and from the text of a variable."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from tshoot.config.problems import Unfit

_YES = frozenset({"true", "yes", "on", "1"})
_NO = frozenset({"false", "no", "off", "0"})
_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "a table",
}


class Kind(NamedTuple):
    """``read`` takes a TOML value and the folder its paths start from, and gives the value or raises
    :class:`Unfit`; ``parse`` makes of a text what would stand in the file.
    """

    read: Callable[[Any, Path], Any]
    parse: Callable[[str], Any] = str


def _text(value: Any, base: Path) -> str:
    if not isinstance(value, str):
        raise _unlike(value, "A text in quotes was expected.")
    if not value.strip():
        raise Unfit("is empty. Leave it out instead.")
    if not value.isprintable():
        raise Unfit("has a character in it that can't be shown. Write a path like this: 'C:\\flows'.")
    return value.strip()


def _flag(value: Any, base: Path) -> bool:
    if not isinstance(value, bool):
        raise _unlike(value, "true or false was expected.")
    return value


def _flag_of(text: str) -> Any:
    word = text.strip().lower()
    return word in _YES if word in _YES | _NO else text


def _whole_of(text: str) -> Any:
    try:
        return int(text)
    except ValueError:
        return text


def _path(value: Any, base: Path) -> Path:
    return base / _home(Path(_text(value, base)))


def _home(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:
        raise Unfit(f"can't start with '{path.parts[0]}': there is no such home folder.") from None


def _paths(value: Any, base: Path) -> tuple[Path, ...]:
    several = [value] if isinstance(value, str) else value
    if not isinstance(several, list):
        raise _unlike(value, "A list of folders was expected.")
    return tuple(_path(each, base) for each in several)


def _keys(value: Any, base: Path) -> Mapping[str, str]:
    if not isinstance(value, dict):
        raise _unlike(value, 'A table of lines like back = "backspace" was expected.')
    wrong = {
        name: f"can't give '{name}' {_kind(key)}. The name of a key in quotes was expected."
        for name, key in value.items()
        if not isinstance(key, str) or not key.strip()
    }
    if wrong:
        raise Unfit(" ".join(wrong.values()), wrong)
    return {name: key.strip() for name, key in value.items()}


def _keys_of(text: str) -> Any:
    pairs = [pair.partition("=") for pair in text.split(",") if pair.strip()]
    if not all(equals for _, equals, _ in pairs):
        return text
    return {name.strip(): key.strip() for name, _, key in pairs}


def _store(value: Any, base: Path) -> str:
    text = _text(value, base)
    return text if "://" in text else str(_path(text, base))


def _address(value: Any, base: Path) -> str:
    text = _text(value, base)
    if not text.startswith(("https://", "http://")) or any(char.isspace() for char in text):
        raise Unfit(f"can't be '{text}'. An address like https://desk.example.com/hook was expected.")
    return text


def one_of(*allowed: str) -> Kind:
    """One of some words."""

    def read(value: Any, base: Path) -> str:
        from tshoot.names import did_you_mean

        text = _text(value, base)
        if text not in allowed:
            raise Unfit(f"can't be '{text}'. {did_you_mean(text, allowed)}")
        return text

    return Kind(read)


def whole(least: int, most: int) -> Kind:
    """A whole number from ``least`` to ``most``."""

    def read(value: Any, base: Path) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _unlike(value, "A whole number was expected.")
        if not least <= value <= most:
            raise Unfit(f"can't be {value}. A number from {least} to {most} was expected.")
        return value

    return Kind(read, _whole_of)


TEXT = Kind(_text)
FLAG = Kind(_flag, _flag_of)
FILE = Kind(_path)
FOLDERS = Kind(_paths, lambda text: [part for part in text.split(os.pathsep) if part])
KEYS = Kind(_keys, _keys_of)
WEB_ADDRESS = Kind(_address)
STORE = Kind(_store)


def _unlike(value: Any, expected: str) -> Unfit:
    """Of a short text the text itself, of anything else what kind of value it is."""
    short = isinstance(value, str) and len(value) < 40
    said = f"can't be '{value}'" if short else f"is {_kind(value)}"
    return Unfit(f"{said}. {expected}")


def _kind(value: Any) -> str:
    return _KINDS.get(type(value), "a date or time")
