"""Takes in what a caller sends or reads out, so that it may be kept. Blocks while a file is read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tshoot.evidence.document import redact_again
from tshoot.evidence.errors import EvidenceError
from tshoot.evidence.files import LARGEST_FILE, looks_like_code, read_json
from tshoot.evidence.telling import recorded_from_code
from tshoot.paths import from_home
from tshoot.redaction import Rules, TooDeep, load_rules
from tshoot.report.as_json import to_json
from tshoot.session.model import EvidenceGiven

NO_FILES = (
    "In a browser no file can be opened by its name. Open it where it is, copy all of its text and paste it "
    "here; or type the code."
)


def take_in(text: str, *, files: bool, rules: Rules | None = None) -> EvidenceGiven:
    """The evidence that ``text`` is or names: the text of a report, a spoken code typed in any way, a file.

    Without ``files`` the file system is not touched: it is not that of the person who types. What is private
    in a report is taken out of it by ``rules`` (without them by the shipped ones and one's own), whatever the
    report says of itself; a second time changes nothing. A file's name is not kept: people are named in it.
    Raises :class:`EvidenceError`, whose message says what is wrong; for a code with a slip, in which group.
    """
    wanted = text.strip().strip("'\"")
    if is_report_text(wanted):
        return from_text(wanted, rules)
    if not wanted:
        other = "the name of a file" if files else "paste the text of a report"
        raise EvidenceError(f"Type a code, or {other}.")
    if looks_like_code(wanted) and not (files and Path(wanted).exists()):
        return from_code(wanted)
    if not files:
        raise EvidenceError(NO_FILES)
    return from_file(from_home(wanted), rules)


def is_report_text(text: str) -> bool:
    """May it be meant as the text of a report? No name of a file begins like one."""
    return text.lstrip().startswith("{")


def from_text(text: str, rules: Rules | None = None) -> EvidenceGiven:
    """The text of a saved report. Raises :class:`EvidenceError`."""
    if len(text.encode("utf-8", "replace")) > LARGEST_FILE:
        raise EvidenceError("What was pasted is too large for a report.")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError):
        raise EvidenceError(
            "What was pasted is not a whole report. Copy all of the file's text and paste it again."
        ) from None
    return _taken(document, "pasted", rules)


def from_code(text: str) -> EvidenceGiven:
    """A spoken code. Raises :class:`tshoot.evidence.errors.CodeError`."""
    recorded = recorded_from_code(text)
    return EvidenceGiven(to_json(recorded.report()), "code", recorded.code)


def from_file(path: Path, rules: Rules | None = None) -> EvidenceGiven:
    """A saved report. Raises :class:`EvidenceError`."""
    try:
        document = read_json(path)
    except OSError as error:
        raise EvidenceError(f"{path} can't be read: {error.strerror}.") from None
    return _taken(document, "a file", rules)


def _taken(document: Any, name: str, rules: Rules | None) -> EvidenceGiven:
    try:
        return EvidenceGiven(redact_again(document, rules or load_rules()).document, "file", name)
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
