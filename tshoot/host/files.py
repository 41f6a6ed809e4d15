"""Reading small text files of the system without surprises."""

from __future__ import annotations

from pathlib import Path

LARGEST_BYTES = 8 * 1024 * 1024
"""More than this is not read of any file: the largest block lists in hosts files stay below it."""


def read_text(path: str | Path) -> str:
    """The first :data:`LARGEST_BYTES` of a text file, undecodable bytes replaced.

    Raises :class:`OSError` where it can't be read.
    """
    with Path(path).open("rb") as file:
        return file.read(LARGEST_BYTES).decode("utf-8", errors="replace")


def read_or_note(path: str | Path, title: str, unreadable: list[str]) -> str:
    """The text of a file; empty where there is none, or where it can't be read (noted in ``unreadable``)."""
    try:
        return read_text(path)
    except FileNotFoundError:
        return ""
    except OSError as error:
        unreadable.append(f"{title}: {(error.strerror or 'not readable').lower()}")
        return ""
