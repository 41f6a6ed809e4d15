"""Saves a new file, readable by its owner alone: into the current folder, or the downloads folder where that
fails. In a browser it is the browser that saves it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from tshoot.evidence.files import write_text
from tshoot.tui.delivery import deliver

if TYPE_CHECKING:
    from textual.app import App

_MOST_TRIES = 100


def save_new(app: App[Any], name: str, text: str) -> Path:
    """Write ``text`` under ``name``, numbered where that is taken; returns the file. Raises OSError."""
    if app.is_web:
        return deliver(app, name, text)
    try:
        return _write(Path.cwd(), Path(name), text)
    except OSError:
        from platformdirs import user_downloads_path

        return _write(user_downloads_path(), Path(name), text)


def _write(folder: Path, name: Path, text: str) -> Path:
    for number in range(_MOST_TRIES):
        path = folder / f"{name.stem}{f'-{number}' if number else ''}{name.suffix}"
        try:
            write_text(path, text, replace=False)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(17, "too many files of this name", str(folder))
