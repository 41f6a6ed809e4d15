"""Takes in what a caller sends or reads out, so that it may be kept. Blocks while a file is read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tshoot.evidence.document import redact_again
from tshoot.evidence.errors import EvidenceError
from tshoot.evidence.files import looks_like_code, read_json
from tshoot.evidence.recorded import recorded_of
from tshoot.evidence.telling import recorded_from_code
from tshoot.redaction import TooDeep, load_rules
from tshoot.report.as_json import to_json
from tshoot.session.model import EvidenceGiven


def take_in(text: str) -> EvidenceGiven:
    """The evidence that ``text`` names: a file, or a spoken code typed in any way.

    What is private in a file is taken out of it, unless that was done before. Raises
    :class:`EvidenceError`, whose message says what is wrong; for a code with a slip, in which group.
    """
    wanted = text.strip().strip("'\"")
    if not wanted:
        raise EvidenceError("Type a code, or the name of a file.")
    path = Path(wanted).expanduser()
    if looks_like_code(wanted) and not path.exists():
        return from_code(wanted)
    return from_file(path)


def from_code(text: str) -> EvidenceGiven:
    """A spoken code. Raises :class:`tshoot.evidence.errors.CodeError`."""
    recorded = recorded_from_code(text)
    return EvidenceGiven(to_json(recorded.report()), "code", recorded.code)


def from_file(path: Path) -> EvidenceGiven:
    """A saved report. Raises :class:`EvidenceError`."""
    try:
        document = read_json(path)
    except OSError as error:
        raise EvidenceError(f"{path} can't be read: {error.strerror}.") from None
    recorded = recorded_of(document)
    if not recorded.redacted:
        document = _without_private_data(document)
    return EvidenceGiven(document, "file", path.name)


def _without_private_data(document: Any) -> Mapping[str, Any]:
    try:
        return redact_again(document, load_rules()).document
    except TooDeep:
        raise EvidenceError("The report is nested too deeply.") from None


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
