"""Every key of the wizard, declared once: bindings, key line, help page and documentation derive from here.

Knows nothing of Textual, so that a configuration can be checked against the ids without loading it.
"""

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


DIGITS = "1,2,3,4,5,6,7,8,9"
ANSWER, LOOK, SESSION, PROGRAM = "Answer", "Look", "This session", "The program"

WIZARD = (
    Key(
        "choose",
        DIGITS,
        "choose({key})",
        "",
        "choose an answer",
        ANSWER,
        fixed=True,
        written="1 to 9",
    ),
    Key(
        "move",
        "up,down",
        "",
        "",
        "move to another answer; enter takes it, and so does a click",
        ANSWER,
        fixed=True,
    ),
    Key(
        "read-on",
        "space,pagedown",
        "read_on(1)",
        "Read on",
        "read on, where the text is longer than the screen",
        ANSWER,
        rank=70,
        priority=True,
    ),
    Key("read-back", "pageup", "read_on(-1)", "", "read the text before", ANSWER, priority=True),
    Key("back", "b", "back", "Back", "one step back, to change an answer", ANSWER, rank=80),
    Key("why", "w", "why", "Why", "why this is asked, or the reason away again", LOOK, rank=60),
    Key("path", "p", "path", "Path", "the way so far; go back to any answer of it", LOOK, rank=40),
    Key("evidence", "e", "evidence", "Evidence", "what was measured, with figures and why", LOOK, rank=65),
    Key("report", "r", "report", "Report", "the whole check as text", LOOK, rank=45),
    Key("note", "n", "note", "Note", "write a note at this step; it goes into the report", SESSION, rank=35),
    Key("find", "slash", "find", "Find", "find help by your own words", SESSION, rank=55),
    Key("service", "s", "service", "Service", "check another service or website", SESSION, rank=50),
    Key("measure", "m", "measure", "Measure", "measure everything again", SESSION, rank=30),
    Key("palette", "ctrl+p", "app.palette", "", "every command, found by typing", PROGRAM),
    Key("theme", "t", "app.next_theme", "", "the next theme: dark, light, high contrast", PROGRAM),
    Key("picture", "ctrl+s", "app.picture", "", "save a picture of this screen (SVG)", PROGRAM),
    Key("help", "question_mark", "keys", "Help", "this page", PROGRAM, rank=90),
    Key("close", "q", "app.quit", "Close", "close the program", PROGRAM, rank=100),
    Key("leave", "ctrl+c", "", "", "leave at once", PROGRAM, fixed=True),
)
"""The keys of the wizard itself."""

PAGE = (
    Key("page.close", "escape,q", "dismiss", "Close", "close the page", LOOK, rank=100),
    Key("page.up", "up,k", "scroll(-1)", "", "one line up", LOOK),
    Key("page.down", "down,j", "scroll(1)", "", "one line down", LOOK),
)
"""The keys of a page that lies over the wizard."""

DIALOG = (Key("dialog.close", "escape", "dismiss(None)", "Close", "leave it", LOOK, rank=100),)
"""The keys of a small window that takes typed text."""
FIND = (
    *DIALOG,
    Key("find.up", "up", "move(-1)", "", "one line up", ANSWER, priority=True),
    Key("find.down", "down", "move(1)", "", "one line down", ANSWER, priority=True),
)
"""The keys of the window that looks for help."""

CHOICE = (
    *DIALOG,
    Key(
        "choose",
        DIGITS,
        "choose({key})",
        "",
        "choose a line",
        ANSWER,
        fixed=True,
        written="1 to 9",
    ),
)
"""The keys of a small window with a list."""

NOTE = (
    Key("note.keep", "ctrl+s,f2", "keep", "Keep", "keep the note", SESSION, rank=100),
    Key(
        "note.close",
        "escape",
        "dismiss(None)",
        "Don't keep",
        "leave the note as it was",
        SESSION,
        rank=90,
    ),
)
"""The keys of the editor of a note."""

EVERY: Mapping[str, Key] = {key.id: key for key in (*WIZARD, *PAGE, *FIND, *NOTE)}
"""Every key by its id."""


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


def by_group(keys: tuple[Key, ...] = WIZARD) -> Iterator[tuple[str, list[Key]]]:
    """The keys under their groups, in the order of the declaration."""
    for group in dict.fromkeys(key.group for key in keys):
        yield group, [key for key in keys if key.group == group]


def remappable() -> tuple[str, ...]:
    """The ids that a keymap may give other keys."""
    return tuple(key.id for key in EVERY.values() if key.action and not key.fixed)


def markdown_table() -> str:
    """The keys of the wizard as the table of docs/wizard.md."""
    rows = ["| key | id | does |", "|---|---|---|"]
    for group, keys in by_group():
        rows.append(f"| **{group}** | | |")
        rows += [f"| {key.display()} | {'' if key.fixed else f'`{key.id}`'} | {key.help} |" for key in keys]
    return "\n".join(rows)
