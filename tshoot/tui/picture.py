"""Saves a picture of the screen as SVG: into the current folder, or the downloads folder where that fails.

In a browser it is the browser that saves it.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tshoot.tui.delivery import deliver

if TYPE_CHECKING:
    from textual.app import App

_MOST_TRIES = 100


def save_picture(app: App[Any], now: datetime | None = None) -> Path:
    """Write the screen as it is; returns the new file. Nothing is overwritten. Raises OSError."""
    svg = app.export_screenshot(title="tshoot", simplify=True)
    moment = (now or datetime.now()).strftime("%Y-%m-%d-%H%M%S")
    if app.is_web:
        return deliver(app, f"tshoot-{moment}.svg", svg)
    try:
        return _write(Path.cwd(), moment, svg)
    except OSError:
        from platformdirs import user_downloads_path

        return _write(user_downloads_path(), moment, svg)


def _write(folder: Path, moment: str, svg: str) -> Path:
    """A new file in ``folder``, with a number where the name is taken."""
    for number in range(_MOST_TRIES):
        path = folder / f"tshoot-{moment}{f'-{number}' if number else ''}.svg"
        try:
            with path.open("x", encoding="utf-8") as file:
                file.write(svg)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(17, "too many pictures of this moment", str(folder))
