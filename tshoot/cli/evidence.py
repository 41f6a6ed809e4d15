"""``tshoot evidence``: what a caller sends, judged again; its code; a copy that is safe to hand on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tshoot.cli.exits import Exit
from tshoot.cli.formats import chosen_format, format_option, shown
from tshoot.cli.machine import json_text

if TYPE_CHECKING:
    from tshoot.evidence.recorded import Recorded
    from tshoot.report.rendering import Format

_FILE = click.Path(path_type=Path)


@click.group(epilog="Example: tshoot evidence show 156B-CJH6")
def evidence() -> None:
    """What was found on another computer: a file (tshoot check --save) or a code read out on the phone."""


@evidence.command(epilog="Example: tshoot evidence show evidence.json --explain")
@click.argument("source", nargs=-1, required=True, metavar="FILE|CODE")
@click.option("--json", "as_json", is_flag=True, help="One JSON document (tshoot.report/1) on stdout.")
@format_option
@click.option("--explain", "explained", is_flag=True, help="Show the rule behind the conclusion.")
def show(source: tuple[str, ...], as_json: bool, wanted: Format | None, explained: bool) -> int:
    """Judge evidence again and show the report. A code may be typed with spaces, in small letters."""
    import sys

    format = chosen_format(as_json, wanted)
    recorded = evidence_or_usage(" ".join(source))
    report = recorded.report(explained)
    click.echo(shown(report, format, sys.stdout))
    for line in _remarks(recorded, report.cause):
        click.echo(line, err=format != "text")
    return Exit.OK


@evidence.command(epilog="Example: tshoot evidence code evidence.json")
@click.argument("file", type=_FILE)
def code(file: Path) -> int:
    """The code that tells what FILE tells: first as words to read out, then alone on the last line."""
    from tshoot.evidence.alphabet import spell

    said = evidence_or_usage(str(file), files_only=True).report().code
    if not said:
        raise click.UsageError(f"There is no code for what {file} holds.")
    for group in spell(said):
        click.echo(" ".join(group))
    click.echo(said)
    return Exit.OK


@evidence.command(epilog="Example: tshoot evidence redact evidence.json -o for-support.json")
@click.argument("file", type=_FILE)
@click.option("-o", "--output", type=_FILE, metavar="FILE", help="Write the copy there, not to stdout.")
@click.option("--yes", is_flag=True, help="Don't ask; replace a file that exists.")
def redact(file: Path, output: Path | None, yes: bool) -> int:
    """A copy of FILE without what leads to a person, a home or a device, and a list of what was taken out."""

    from tshoot.cli.saving import redaction_rules, save, tell, usable_place
    from tshoot.evidence.document import redact_again
    from tshoot.evidence.errors import EvidenceError
    from tshoot.evidence.files import read_json
    from tshoot.evidence.preview import preview
    from tshoot.redaction import TooDeep

    if output is not None:
        usable_place(output, yes)
    try:
        prepared = redact_again(read_json(file), redaction_rules())
    except OSError as error:
        raise click.UsageError(f"{file} can't be read: {error.strerror}.") from None
    except (EvidenceError, TooDeep) as error:
        raise click.UsageError(str(error)) from None
    if output is not None:
        return save(prepared, output, yes=yes)
    click.echo(json_text(prepared.document))
    tell(preview(prepared).lines())
    return Exit.OK


def evidence_or_usage(text: str, files_only: bool = False) -> Recorded:
    """The evidence in a file or a code. Raises UsageError that says what is wrong with it, and where."""
    from tshoot.evidence.errors import EvidenceError
    from tshoot.evidence.files import read_any, read_file
    from tshoot.text import display_text

    if not text.strip():
        raise click.UsageError("Name a file." if files_only else "Name a file, or type a code.")
    try:
        return read_file(Path(text)) if files_only else read_any(text)
    except EvidenceError as error:
        raise click.UsageError(display_text(str(error), 500)) from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "no name of a file"
        raise click.UsageError(f"{display_text(text, 200)} can't be read: {why}.") from None


def _remarks(recorded: Recorded, cause: str) -> Iterator[str]:
    """What the reader has to know of the evidence itself."""
    yield ""
    if recorded.code:
        yield "From a code: how each probe ended, without figures, times and addresses."
        if recorded.left_out:
            told = ", ".join(recorded.left_out)
            yield f"The code had no room for: {told}. The headline is the one the caller's computer found."
    else:
        when = f" saved {recorded.saved}" if recorded.saved else ""
        by = f" by tshoot {recorded.version}" if recorded.version else ""
        yield f"From a file{when}{by}, judged again."
    if recorded.cause != cause:
        yield f"The caller's computer had found: {recorded.cause}."
