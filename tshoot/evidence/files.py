"""Evidence files on disk: read with care, written whole or not at all, readable by their owner alone."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from tshoot.evidence.alphabet import GROUP, read_typed
from tshoot.evidence.errors import CodeError, EvidenceError
from tshoot.evidence.recorded import Recorded, recorded_of

LARGEST_FILE = 4 * 1024 * 1024
"""Bytes; a report is some 30 kB."""
_LONGEST_CODE = 80
_OF_NAMES = frozenset("._,/\\")
"""What stands in names of files, and is used between groups of a code as well."""
_MOST_TRIES = 100
_SUFFIXES = frozenset({"JSON", "HTML", "TEXT", "YAML"})


def read_json(path: Path) -> Any:
    """What a file holds. Raises :class:`EvidenceError` where it can't be a report, OSError if unreadable."""
    with path.open("rb") as file:
        raw = file.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise EvidenceError(f"{path} is too large for a report.")
    try:
        return json.loads(raw)  # of bytes it takes UTF-8, 16 and 32: shells and editors write all of them
    except (ValueError, RecursionError):
        raise EvidenceError(f"{path} is not JSON.") from None


def read_file(path: Path) -> Recorded:
    """The evidence in a file. Raises as :func:`read_json`."""
    try:
        return recorded_of(read_json(path))
    except EvidenceError as error:
        named = str(error).startswith(str(path))
        raise (error if named else EvidenceError(f"{path}: {error}")) from None


def read_any(text: str) -> Recorded:
    """The evidence in a file of this name, else in the code that ``text`` is.

    Raises :class:`EvidenceError` (its kind :class:`CodeError` for a code with a slip), OSError.
    """
    from tshoot.evidence.telling import recorded_from_code

    path = Path(text)
    if path.exists():
        return read_file(path)
    if not looks_like_code(text):
        raise FileNotFoundError(2, "there is no such file, and a code has letters and digits only", text)
    try:
        return recorded_from_code(text)
    except CodeError as error:
        raise CodeError(f"There is no file '{text}', and as a code: {error}", error.groups) from None


def looks_like_code(text: str) -> bool:
    """May ``text`` be meant as a code? A name with much length is meant as a file, and one with a dot or a
    slash, unless these stand between groups as a code has them.
    """
    typed = read_typed(text)
    if len(text) > _LONGEST_CODE or not (typed.chars.isascii() and typed.chars.isalnum()):
        return False
    if not set(text.strip()) & _OF_NAMES:
        return True
    begins_so = text.strip()[0] in _OF_NAMES
    return not begins_so and set(typed.groups) == {GROUP} and typed.chars[-GROUP:] not in _SUFFIXES


def write_json(path: Path, document: Mapping[str, Any], *, replace: bool) -> None:
    """Write a document as a whole, for its owner alone (0600).

    Raises FileExistsError where the file is there and ``replace`` is False, OSError where writing fails.
    """
    write_text(path, json.dumps(document, indent=2, ensure_ascii=False) + "\n", replace=replace)


def write_text(path: Path, text: str, *, replace: bool) -> None:
    """Write a text as :func:`write_json` does."""
    write_parts(path, (text,), replace=replace)


def write_new(name: str, text: str) -> Path:
    """Write a new file of that name, numbered where it is taken: into the current folder, or the downloads
    folder where that fails. Returns the file. Raises OSError.
    """
    try:
        return _write_new(Path.cwd(), Path(name), text)
    except OSError:
        from platformdirs import user_downloads_path

        return _write_new(user_downloads_path(), Path(name), text)


def _write_new(folder: Path, name: Path, text: str) -> Path:
    for number in range(_MOST_TRIES):
        path = folder / f"{name.stem}{f'-{number}' if number else ''}{name.suffix}"
        try:
            write_text(path, text, replace=False)
        except FileExistsError:
            continue
        return path
    raise FileExistsError(17, "too many files of this name", str(folder))


def write_parts(path: Path, parts: Iterable[str], *, replace: bool) -> None:
    """Write a long text piece by piece, as :func:`write_json` does. Where a piece fails, nothing is there."""
    from tempfile import mkstemp

    handle, name = mkstemp(dir=path.parent, prefix=f".{path.name[:80]}.", suffix=".tmp")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        _put_in_place(temporary, path, replace)
    finally:
        temporary.unlink(missing_ok=True)


def _put_in_place(temporary: Path, path: Path, replace: bool) -> None:
    if replace:
        temporary.replace(path)
        return
    try:
        os.link(temporary, path)  # fails where the file exists, also where another program makes it just now
    except FileExistsError:
        raise
    except OSError:  # a file system without links
        if path.exists():
            raise FileExistsError(17, "the file exists already", str(path)) from None
        temporary.replace(path)
