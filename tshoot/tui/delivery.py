"""Hands a text to a person: into their clipboard; before a browser (`tshoot serve`) as a file that it saves,
since the folders of this computer are not theirs.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tshoot.tui.toast import toast

if TYPE_CHECKING:
    from textual.app import App


def deliver(app: App[Any], name: str, text: str) -> Path:
    """Let the browser save ``text`` under ``name``; returns the name as a path without a folder.

    To be used, and nothing written or read here, wherever ``app.is_web``.
    """
    app.deliver_text(io.StringIO(text), save_filename=name, encoding="utf-8")
    return Path(name)


def copy_after_question(app: App[Any], text: str, what: str, private: str) -> None:
    """Ask the person, then for ``text`` to be put into the clipboard (OSC 52).

    No answer tells whether it was. ``what`` is copied: "the report"; ``private`` says whether private data is
    in it.
    """
    from tshoot.tui.screens.choosing import ChoosingScreen

    def chosen(answer: str | None) -> None:
        if answer == "yes":
            app.copy_to_clipboard(text)
            toast(app, f"{asked} was asked to copy {what}. Some {some} do not allow it.")

    asked, some = ("Your browser", "browsers") if app.is_web else ("The terminal", "terminals")
    body = f"{len(text):,} characters go to the clipboard, where other programs can read them. {private}"
    answers = (("no", "No"), ("yes", "Yes, copy it"))
    app.push_screen(ChoosingScreen(f"Copy {what}?", answers, body), chosen)
