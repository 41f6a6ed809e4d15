"""Saves a picture of the screen as SVG."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tshoot.tui.saving import save_new

if TYPE_CHECKING:
    from textual.app import App


def save_picture(app: App[Any], now: datetime | None = None) -> Path:
    """Write the screen as it is; returns the new file. Nothing is overwritten. Raises OSError."""
    svg = app.export_screenshot(title="tshoot", simplify=True)
    moment = (now or datetime.now()).strftime("%Y-%m-%d-%H%M%S")
    return save_new(app, f"tshoot-{moment}.svg", svg)
