"""Hands a file to a person before a browser (`tshoot serve`): the folders of this computer are not theirs."""

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
