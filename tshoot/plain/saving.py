"""Saves the report from the line dialogue: what it holds is told first, then a format is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tshoot.probes.blocking import in_daemon_thread
from tshoot.report.rendering import FORMATS, NAMES, Format

if TYPE_CHECKING:
    from pathlib import Path

    from tshoot.evidence.preview import ReportPreview
    from tshoot.guide.so_far import SoFar
    from tshoot.plain.asides import Read
    from tshoot.plain.page import Page

_NOTHING = "There is nothing to save yet."
_CUE = "Type the number of a format to save it, or Enter not to: "


async def save(page: Page, so_far: SoFar, folders: Sequence[Path], read: Read) -> None:
    """Tell what the report holds and what is replaced in it, ask for a format, and save it as a new file."""
    from tshoot.guide.so_far import unusable
    from tshoot.yamldoc import DocumentError

    try:
        report = await in_daemon_thread(lambda: so_far.preview(folders))
    except (DocumentError, OSError) as error:
        page.say(f"{unusable(error)} Correct that file, then try again.")
        return
    if report is None:
        page.say(_NOTHING)
        return
    format = await _format(page, report, read)
    page.say(_saved(report, format) if format is not None else "Nothing was saved.")


async def _format(page: Page, report: ReportPreview, read: Read) -> Format | None:
    page.say_as_it_is("\n".join(report.preview().lines()))
    for number, format in enumerate(FORMATS, 1):
        page.say(NAMES[format][0].upper() + NAMES[format][1:], f"{number:>3}. ")
    typed = (await read(_CUE) or "").strip().rstrip(".").casefold()
    numbered = {str(number): format for number, format in enumerate(FORMATS, 1)}
    return (numbered | {NAMES[format].casefold(): format for format in FORMATS}).get(typed)


def _saved(report: ReportPreview, format: Format) -> str:
    from tshoot.evidence.files import write_new

    try:
        path = write_new(report.file_name(format), report.render(format))
    except OSError as error:
        return f"The report could not be saved: {error.strerror}."
    return f"Saved as {path}. What is private was replaced in it."
