"""What one key does, and how keys become bindings and words. Knows nothing of Textual until asked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from textual.binding import Binding

_NAMES = {
    "question_mark": "?",
    "slash": "/",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "pagedown": "page down",
    "pageup": "page up",
    "escape": "esc",
    "up": "↑",
    "down": "↓",
}
"""How keys are written for people, where it isn't their name."""


@dataclass(frozen=True, slots=True)
class Key:
    """One thing a key does.

    ``id`` is what a keymap calls it; ``keys`` are Textual's names, with commas between; ``label`` is the word
    in the key line (empty: it never stands there); ``help`` says in full what it does. ``fixed`` ones can't
    be given another key; those without an ``action`` belong to a widget and are only told of. ``rank`` orders
    the key line where there is little room: the highest stay.
    """

    id: str
    keys: str
    action: str
    label: str
    help: str
    group: str
    rank: int = 0
    priority: bool = False
    fixed: bool = False
    written: str = ""

    def display(self, keymap: Mapping[str, str] | None = None) -> str:
        """The keys as people read them, those of ``keymap`` where it names this one."""
        given = None if self.fixed else (keymap or {}).get(self.id)
        if given is None and self.written:
            return self.written
        return " or ".join(map(written_key, (given or self.keys).split(",")))

    def display_first(self, keymap: Mapping[str, str]) -> str:
        """The first of the keys, as people read it."""
        given = self.keys if self.fixed else keymap.get(self.id, self.keys)
        return written_key(given.split(",")[0])


DIGITS = "1,2,3,4,5,6,7,8,9,0"
"""The keys of numbered lines, in their order."""
ANSWER, LOOK, SESSION, PROGRAM = "Answer", "Look", "This session", "The program"


def choose_key(help: str) -> Key:
    """The digits, which choose a line of a list."""
    return Key("choose", DIGITS, "choose({key})", "", help, ANSWER, fixed=True, written="1 to 9, 0")


def move_key(help: str) -> Key:
    """The arrows, which a list knows by itself."""
    return Key("move", "up,down", "", "", help, ANSWER, fixed=True)


PAGE = (
    Key("page.close", "escape,q", "dismiss", "Close", "close the page", LOOK, rank=100),
    Key("page.on", "space,pagedown", "page(1)", "Read on", "a screen further down", LOOK, rank=50),
    Key("page.before", "pageup", "page(-1)", "", "a screen further up", LOOK),
    Key("page.up", "up,k", "scroll(-1)", "Up", "one line up", LOOK, rank=30),
    Key("page.down", "down,j", "scroll(1)", "Down", "one line down", LOOK, rank=40),
)
"""The keys of a page that lies over another screen."""


def bindings(keys: tuple[Key, ...]) -> list[Binding]:
    """The keys as Textual's bindings; ``{key}`` in an action becomes the key itself."""
    from textual.binding import Binding

    return [
        Binding(
            part,
            key.action.replace("{key}", part),
            key.label or key.help,
            show=bool(key.label),
            priority=key.priority,
            id=None if key.fixed else key.id,
        )
        for key in keys
        if key.action
        for part in ((key.keys,) if "{key}" not in key.action else key.keys.split(","))
    ]


def written_key(key: str) -> str:
    """A key's Textual name as people read it."""
    return _NAMES.get(key, key)


def by_group(keys: tuple[Key, ...]) -> Iterator[tuple[str, list[Key]]]:
    """The keys under their groups, in the order of the declaration."""
    for group in dict.fromkeys(key.group for key in keys):
        yield group, [key for key in keys if key.group == group]
