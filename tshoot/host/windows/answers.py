"""The JSON a script answered, as lists of mappings with the types expected, whatever came."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """One object of an answer; every field has a safe value where it is missing or of another type."""

    fields: dict[str, Any]

    def number(self, name: str, default: int = 0) -> int:
        """An integer field."""
        value = self.fields.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else default

    def text(self, name: str) -> str:
        """A text field."""
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def flag(self, name: str) -> bool:
        """A boolean field."""
        return self.fields.get(name) is True

    def texts(self, name: str) -> list[str]:
        """A field with a list of texts; PowerShell writes a list of one as the text alone."""
        return _texts(self.fields.get(name))


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole document."""

    fields: dict[str, Any]

    def rows(self, name: str) -> list[Row]:
        """A list of objects; PowerShell writes a list of one as the object alone."""
        value = self.fields.get(name)
        items = [value] if isinstance(value, dict) else value
        return [Row(item) for item in items if isinstance(item, dict)] if isinstance(items, list) else []

    def texts(self, name: str) -> list[str]:
        """A list of texts."""
        return _texts(self.fields.get(name))


def parse_answer(text: str) -> Answer | None:
    """The document, or None where it is no JSON object."""
    try:
        value = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError):
        return None
    return Answer(value) if isinstance(value, dict) else None


def _texts(value: Any) -> list[str]:
    items = [value] if isinstance(value, str) else value
    return [item for item in items if isinstance(item, str)] if isinstance(items, list) else []
