"""``--format``: a report as text, Markdown, HTML or JSON."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TextIO

import click

from tshoot.cli.machine import json_for_stdout, markup_for_stdout

if TYPE_CHECKING:
    from tshoot.report.model import Report
    from tshoot.report.rendering import Format

_FORMATS = ("text", "markdown", "html", "json")
_FOR_STDOUT: Mapping[str, Callable[[str], str]] = {"json": json_for_stdout, "html": markup_for_stdout}


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """``--format FORMAT``, given as ``wanted`` (None where it was left out)."""
    return click.option(
        "--format", "wanted", type=click.Choice(_FORMATS), help="How the report is written.  [default: text]"
    )(command)


def chosen_format(as_json: bool, wanted: Format | None) -> Format:
    """The format that ``--json`` and ``--format`` ask for. Raises UsageError where they differ."""
    if as_json and wanted not in (None, "json"):
        raise click.UsageError(f"Give --json or --format {wanted}, not both.")
    return "json" if as_json else wanted or "text"


def shown(report: Report, format: Format, stream: TextIO) -> str:
    """A report for ``stream``, without a final line break; text is as wide as the terminal, at most 100."""
    if format == "text":
        return _as_text(report, stream)
    from tshoot.report.as_json import to_json
    from tshoot.report.rendering import render

    text = render(to_json(report), format).removesuffix("\n")
    return _FOR_STDOUT.get(format, str)(text)


def _as_text(report: Report, stream: TextIO) -> str:
    import shutil

    from tshoot.cli.terminal import color_wanted
    from tshoot.report.as_text import to_text

    width = min(shutil.get_terminal_size((80, 24)).columns, 100)
    return to_text(report, width, color_wanted(stream))
