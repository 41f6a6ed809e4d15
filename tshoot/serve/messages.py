"""What a browser sends over its websocket, read with suspicion: anyone can send anything."""

from __future__ import annotations

import json
from dataclasses import dataclass

LARGEST = 64 * 1024
"""Bytes of one message: a long paste."""
WIDTHS = (20, 400)
HEIGHTS = (6, 200)
"""What a terminal may measure. A screen of a billion cells would take all memory."""


@dataclass(frozen=True)
class Keys:
    """Keys pressed or text pasted, as a terminal sends them."""

    data: bytes


@dataclass(frozen=True)
class Resized:
    """The terminal's size in cells."""

    width: int
    height: int


@dataclass(frozen=True)
class Ping:
    """Wants its text back."""

    text: str


@dataclass(frozen=True)
class Focus:
    """The page has come into focus, or lost it."""

    gained: bool


@dataclass(frozen=True)
class Tab:
    """Comes first: the key of the program the tab had before; empty for a new tab."""

    key: str


Message = Keys | Resized | Ping | Focus | Tab


def read_message(text: str) -> Message | None:
    """One message; None for what is none, which is passed over."""
    try:
        match json.loads(text):
            case ["stdin", str(data)]:
                return Keys(data.encode("utf-8", "replace"))
            case ["resize", {"width": int(width), "height": int(height)}]:
                return size(width, height)
            case ["ping", str(data)]:
                return Ping(data[:64])
            case ["tab", str(key)]:
                return Tab(key[:64])
            case ["focus" | "blur" as name]:
                return Focus(name == "focus")
    except (ValueError, RecursionError):
        pass
    return None


def size(width: int, height: int) -> Resized:
    """A size within what a terminal may measure."""
    return Resized(_within(width, WIDTHS), _within(height, HEIGHTS))


def size_of(width: str, height: str) -> Resized:
    """A size from the address of the websocket; 80x24 for what is no number."""
    return size(_number(width, 80), _number(height, 24))


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default


def _within(number: int, limits: tuple[int, int]) -> int:
    return min(max(number, limits[0]), limits[1])
