"""The formats of a ticket, and how one is saved."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tshoot.desk.ticket import Ticket, ticket_json

Format = Literal["markdown", "html", "json"]


class NotSaved(ValueError):
    """The file could not be written; the message says why."""


@dataclass(frozen=True, slots=True)
class Written:
    """How a format is called, how its files end, and how it is written."""

    title: str
    ending: str
    write: Callable[[Ticket], str]


def _markdown(ticket: Ticket) -> str:
    from tshoot.desk.ticket_markdown import to_markdown

    return to_markdown(ticket)


def _html(ticket: Ticket) -> str:
    from tshoot.desk.ticket_html import to_html

    return to_html(ticket)


def _json(ticket: Ticket) -> str:
    return json.dumps(ticket_json(ticket), indent=2, ensure_ascii=False) + "\n"


FORMATS: Mapping[Format, Written] = {
    "markdown": Written("Markdown", "md", _markdown),
    "html": Written("HTML", "html", _html),
    "json": Written("JSON", "json", _json),
}


def written(ticket: Ticket, form: Format) -> str:
    """The ticket as text."""
    return FORMATS[form].write(ticket)


def posted(ticket: Ticket) -> bytes:
    """The ticket as it is sent: JSON on one line. The same ticket always gives the same bytes."""
    return json.dumps(ticket_json(ticket), ensure_ascii=False, separators=(",", ":")).encode()


def saved(path: Path, text: str) -> None:
    """Write a new file that only this user can read. Raises :class:`NotSaved`."""
    try:
        number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise NotSaved(f"{path} is there already. Choose another name.") from None
    except OSError as error:
        raise NotSaved(f"{path} can't be written: {error.strerror}.") from None
