"""Saving evidence: what is in it is shown first, and nothing is overwritten unasked."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tshoot.cli.exits import Exit
from tshoot.cli.terminal import is_terminal

if TYPE_CHECKING:
    from tshoot.evidence.document import Prepared
    from tshoot.redaction import Rules
    from tshoot.report.model import Report


def asks() -> bool:
    """Is there a person to ask: both on stdin and on stderr?"""
    return is_terminal(sys.stdin) and is_terminal(sys.stderr)


def usable_place(path: Path, yes: bool) -> None:
    """Raises UsageError, before anything is measured, where the file could not be written in the end."""
    if path.is_dir() or (path.exists() and not path.is_file()):
        raise click.UsageError(f"{path} is no file.")
    if not path.parent.is_dir():
        raise click.UsageError(f"There is no folder {path.parent}.")
    if path.exists() and not yes and not asks():
        raise click.UsageError(f"{path} exists. Give --yes to replace it, or another name.")


def save_report(report: Report, path: Path, *, redact: bool, yes: bool) -> int:
    """Save a report as evidence. Returns 0, also after a no, and 2 where it can't be written."""
    from datetime import UTC, datetime

    from tshoot.evidence.document import prepare

    prepared = prepare(report, redaction_rules() if redact else None, datetime.now(UTC))
    return save(prepared, path, yes=yes)


def save(prepared: Prepared, path: Path, *, yes: bool) -> int:
    """Show what a document holds, ask, and write it. Returns as :func:`save_report`."""
    from tshoot.evidence.files import write_json

    if asks() and not yes and not _agreed(prepared, path):
        click.echo("Not saved.", err=True)
        return Exit.OK
    try:
        write_json(path, prepared.document, replace=yes or asks())
    except OSError as error:
        click.echo(f"{path} can't be written: {error.strerror}.", err=True)
        return Exit.USAGE
    click.echo(f"Saved {path}. {_summary(prepared)}", err=True)
    return Exit.OK


def redaction_rules(folders: tuple[Path, ...] = ()) -> Rules:
    """The shipped rules, the person's own, those in the folders of flows that are set and in ``folders``.

    Raises DocumentError with every problem of every file, OSError where one can't be read.
    """
    from tshoot.cli.settings import with_own_folders
    from tshoot.redaction import load_rules

    return load_rules(with_own_folders(folders))


def tell(lines: Iterable[str]) -> None:
    """Print lines on stderr; what others sent is cleaned."""
    from tshoot.text import display_text

    for line in lines:
        click.echo(display_text(line, 400), err=True)


def _agreed(prepared: Prepared, path: Path) -> bool:
    from tshoot.evidence.preview import preview

    tell(("", f"This would be saved as {path}", *(f"  {line}" for line in preview(prepared).lines())))
    question = f"{path} exists. Replace it?" if path.exists() else "Save it?"
    return click.confirm(question, default=False, err=True)


def _summary(prepared: Prepared) -> str:
    if not prepared.redacted:
        return "Nothing in it was replaced: it holds addresses and names as they are."
    count = sum(item.count for item in prepared.replaced)
    kinds = ", ".join(dict.fromkeys(item.token for item in prepared.replaced))
    return f"{count} places in it were replaced ({kinds})." if count else "Nothing in it had to be replaced."
