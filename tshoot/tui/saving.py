"""Saves a new file, readable by its owner alone. In a browser it is the browser that saves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tshoot.evidence.files import write_new
from tshoot.tui.delivery import deliver

if TYPE_CHECKING:
    from pathlib import Path

    from textual.app import App


def save_new(app: App[Any], name: str, text: str) -> Path:
    """Write ``text`` under ``name``, as :func:`write_new` does; returns the file. Raises OSError."""
    return deliver(app, name, text) if app.is_web else write_new(name, text)
