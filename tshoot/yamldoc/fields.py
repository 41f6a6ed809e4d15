"""Reading a catalogue file into dataclasses, every problem at once, without a validation library.

The catalogues are read in every check, where importing one would cost a tenth of a second. Missing or
wrong fields are noted and replaced by an empty value, so that reading goes on to the next problem.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tshoot.names import did_you_mean
from tshoot.yamldoc.document import Document
from tshoot.yamldoc.problems import DocumentError, Problem

Path = tuple[str | int, ...]


class Fields:
    """One mapping of a document. Every getter marks its key as known; :meth:`close` reports the others."""

    def __init__(self, document: Document, path: Path = (), problems: list[Problem] | None = None) -> None:
        self.document, self.path = document, path
        self.problems: list[Problem] = [] if problems is None else problems
        self._known: set[str] = set()
        self._data = self._mapping(_at(document.data, path))

    def has(self, key: str) -> bool:
        """True when the key stands there with a value."""
        self._known.add(key)
        return self._data.get(key) is not None

    def text(self, key: str, default: str | None = None) -> str:
        """A required text, or ``default`` where the key is left out."""
        return str(self._value(key, str, "text", default, ""))

    def integer(self, key: str, default: int | None = None) -> int:
        """A required whole number, or ``default`` where the key is left out."""
        return int(self._value(key, int, "a whole number", default, 0))

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A required list of texts, or ``default`` where the key is left out."""
        values = self._value(key, list, "a list of texts", None if default is None else list(default), [])
        for index, value in enumerate(values):
            if not isinstance(value, str):
                self.add("field-type", f"'{key}' holds {_kind(value)}; text was expected.", path=(key, index))
        return tuple(value for value in values if isinstance(value, str))

    def choice(self, key: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        """A text out of ``allowed``."""
        value = self.text(key, default)
        if value and value not in allowed:
            self.add(
                "field-choice", f"'{value}' is not known for '{key}'.", did_you_mean(value, allowed), (key,)
            )
        return value

    def children(self, key: str, required: bool = True) -> Iterator[Fields]:
        """The mappings of a list, one after another; each is closed by its reader."""
        values = self._value(key, list, "a list", None if required else [], [])
        for index in range(len(values)):
            yield Fields(self.document, (*self.path, key, index), self.problems)

    def child(self, key: str) -> Fields:
        """The mapping under ``key``; empty where it is left out."""
        self._value(key, dict, "a mapping", {}, {})
        return Fields(self.document, (*self.path, key), self.problems)

    def is_list(self, key: str) -> bool:
        """True when the value is a list; its getter still has to be called."""
        return isinstance(self._data.get(key), list)

    def is_text(self, key: str) -> bool:
        """True when the value is a text; its getter still has to be called."""
        return isinstance(self._data.get(key), str)

    def keys(self) -> tuple[str, ...]:
        """Every key that stands there."""
        return tuple(self._data)

    def add(self, rule: str, message: str, hint: str = "", path: Path = (), of_key: bool = False) -> None:
        """Note a problem at ``path`` below this mapping."""
        self.problems.append(self.document.problem((*self.path, *path), rule, message, hint, of_key))

    def close(self) -> None:
        """Note every key that no getter asked for."""
        for key in self._data:
            if key not in self._known:
                hint = did_you_mean(key, self._known)
                self.add("field-unknown", f"The key '{key}' is not known here.", hint, (key,), of_key=True)

    def finish(self) -> None:
        """Close the outermost mapping; raises :class:`DocumentError` where there was any problem."""
        self.close()
        if self.problems:
            raise DocumentError(self.problems)

    def _mapping(self, value: Any) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        if value is not None or not self.path:
            self.add("field-type", f"A mapping was expected here, not {_kind(value)}.")
        return {}

    def _value(self, key: str, kind: type, expected: str, default: Any, empty: Any) -> Any:
        self._known.add(key)
        value = self._data.get(key)
        if value is None and default is not None:
            return default
        if value is None:
            self.add("field-missing", f"'{key}' is missing.", f"{expected} was expected")
            return empty
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.add("field-type", f"'{key}' is {_kind(value)}.", f"{expected} was expected", (key,))
            return empty
        return value


def _at(data: Any, path: Path) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _kind(value: Any) -> str:
    names = {
        str: "text",
        bool: "true/false",
        int: "a number",
        float: "a number",
        list: "a list",
        dict: "a mapping",
    }
    return names.get(type(value), "nothing")
