"""Every key of the wizard, declared once: bindings, key line, help page and documentation derive from here.

Knows nothing of Textual, so that a configuration can be checked against the ids without loading it.
"""

from __future__ import annotations

from collections.abc import Mapping

from tshoot.tui.desk.keys import EVERY_DESK
from tshoot.tui.key import (
    ANSWER,
    LOOK,
    PAGE,
    PROGRAM,
    SESSION,
    Key,
    bindings,
    by_group,
    choose_key,
    move_key,
    written_key,
)

__all__ = ["ANSWER", "LOOK", "PAGE", "PROGRAM", "SESSION", "Key", "bindings", "by_group", "written_key"]

WIZARD = (
    choose_key("choose an answer; 0 is the tenth"),
    move_key("move to another answer; enter takes it, and so does a click"),
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
    Key(
        "report",
        "r",
        "report",
        "Report",
        "the report: check, steps and notes, to read, save or copy",
        LOOK,
        rank=58,
    ),
    Key("code", "c", "code", "Code", "the code for support, and how to read it out", LOOK, rank=33),
    Key("note", "n", "note", "Note", "write a note at this step; it goes into the report", SESSION, rank=35),
    Key("find", "slash", "find", "Find", "find help by your own words", SESSION, rank=55),
    Key("service", "s", "service", "Service", "check another service or website", SESSION, rank=42),
    Key("measure", "m", "measure", "Measure", "measure everything again", SESSION, rank=30),
    Key("palette", "ctrl+p", "app.palette", "", "every command, found by typing", PROGRAM),
    Key("theme", "t", "app.next_theme", "", "the next theme: dark, light, high contrast", PROGRAM),
    Key("picture", "ctrl+s", "app.picture", "", "save a picture of this screen (SVG)", PROGRAM),
    Key("help", "question_mark", "keys", "Help", "every key and what it does", PROGRAM, rank=90),
    Key("close", "q", "app.quit", "Close", "close the program", PROGRAM, rank=100),
    Key("leave", "ctrl+c", "", "", "leave at once", PROGRAM, fixed=True),
)
"""The keys of the wizard itself."""

ADDRESS = (
    Key(
        "address.leave",
        "escape,down",
        "app.focus_next",
        "To the answers",
        "from the line for an address to the answers below it",
        ANSWER,
        rank=95,
    ),
)
"""The keys of the line an address is typed into; every other key is part of the address there."""

TOLD = (*WIZARD, *ADDRESS)
"""What the help page and the documentation of the wizard tell."""

REPORT = (
    *PAGE,
    Key("page.help", "question_mark", "keys", "Help", "every key of this page", PROGRAM, rank=95),
    Key("report.save", "s", "save", "Save", "save the report to a file", SESSION, rank=90),
    Key("report.copy", "c", "copy", "Copy", "copy the report, after a question", SESSION, rank=80),
    Key("report.format", "f", "format", "Format", "text, Markdown, HTML or JSON", SESSION, rank=70),
    Key("report.private", "x", "private", "Private", "with or without private data", SESSION, rank=60),
)
"""The keys of the report's page."""

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
    choose_key("choose a line"),
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

EVERY: Mapping[str, Key] = {key.id: key for key in (*WIZARD, *ADDRESS, *REPORT, *FIND, *NOTE, *EVERY_DESK)}
"""Every key by its id."""


def remappable() -> tuple[str, ...]:
    """The ids that a keymap may give other keys."""
    return tuple(key.id for key in EVERY.values() if key.action and not key.fixed)


def markdown_table(keys: tuple[Key, ...] = TOLD) -> str:
    """The keys as a table in Markdown: the wizard's for docs/wizard.md, the desk's for docs/desk.md."""
    rows = ["| key | id | does |", "|---|---|---|"]
    for group, its in by_group(keys):
        rows.append(f"| **{group}** | | |")
        rows += [f"| {key.display()} | {'' if key.fixed else f'`{key.id}`'} | {key.help} |" for key in its]
    return "\n".join(rows)
