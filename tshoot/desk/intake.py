"""Takes in what a caller sends or reads out, so that it may be kept. Blocks while a file is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tshoot.guide.evidence import EvidenceError
from tshoot.guide.recorded import LARGEST_FILE, record_of
from tshoot.session.model import EvidenceGiven


def take_in(text: str) -> EvidenceGiven:
    """The evidence that ``text`` names: a file, or a spoken code.

    Raises :class:`EvidenceError`, whose message says what is wrong.
    """
    wanted = text.strip().strip("'\"")
    if not wanted:
        raise EvidenceError("Type a code, or the name of a file.")
    return from_file(Path(wanted).expanduser())


def from_file(path: Path) -> EvidenceGiven:
    """A saved report. Raises :class:`EvidenceError`."""
    report = _report(path)
    record_of(report)
    return EvidenceGiven(report, "file", path.name)


def _report(path: Path) -> Any:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise EvidenceError(f"{path.name} is too large for a report.")
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise EvidenceError(f"{path} can't be read: {error.strerror}.") from None
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise EvidenceError(f"{path.name} is not JSON.") from None


def likely_files(folders: tuple[Path, ...], most: int = 9) -> tuple[Path, ...]:
    """The newest files that may be reports, to choose from."""
    found = [path for folder in folders for path in _json_files(folder)]
    return tuple(sorted(found, key=_changed, reverse=True)[:most])


def _json_files(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.glob("*.json") if path.is_file()]
    except OSError:
        return []


def _changed(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
