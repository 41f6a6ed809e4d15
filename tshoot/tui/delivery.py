"""Hands a text to a person: into their clipboard; before a browser (`tshoot serve`) as a file that it saves,
since the folders of this computer are not theirs.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App


def deliver(app: App[Any], name: str, text: str) -> Path:
    """Let the browser save ``text`` under ``name``; returns the name as a path without a folder.

    To be used, and nothing written or read here, wherever ``app.is_web``.
    """
    app.deliver_text(io.StringIO(text), save_filename=name, encoding="utf-8")
    return Path(name)


def copy(app: App[Any], text: str, what: str) -> str:
    """Ask for ``text`` to be put into the clipboard (OSC 52). Returns what to say: no answer tells of it."""
    app.copy_to_clipboard(text)
    asked, some = ("Your browser", "browsers") if app.is_web else ("The terminal", "terminals")
    return f"{asked} was asked to copy {what}. Some {some} do not allow it."
