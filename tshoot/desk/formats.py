"""The formats of a ticket, and how one is saved."""

from __future__ import annotations

import json
from pathlib import Path

from tshoot.desk.ticket import Ticket, ticket_json
from tshoot.desk.ticket_page import page_of_ticket
from tshoot.evidence.files import write_text
from tshoot.report.rendering import SUFFIXES, Format, as_json, written_page

FORMATS: tuple[Format, ...] = ("markdown", "html", "json", "text")
"""The order in which a key goes through them."""


class NotSaved(ValueError):
    """The file could not be written; the message says why."""


def written(ticket: Ticket, form: Format) -> str:
    """The ticket as text. Nothing in it is markup but its own, and nothing a terminal acts on."""
    return as_json(ticket_json(ticket)) if form == "json" else written_page(page_of_ticket(ticket), form)


def posted(ticket: Ticket) -> bytes:
    """The ticket as it is sent: JSON on one line. The same ticket always gives the same bytes."""
    return json.dumps(ticket_json(ticket), ensure_ascii=False, separators=(",", ":")).encode()


def file_name(ticket: Ticket, form: Format) -> str:
    """A name for the file, from the session's own."""
    return f"ticket-{ticket.session}{SUFFIXES[form]}"


def saved(path: Path, text: str) -> None:
    """Write a new file that only this user can read. Raises :class:`NotSaved`."""
    try:
        write_text(path, text, replace=False)
    except FileExistsError:
        raise NotSaved(f"{path} is there already. Choose another name.") from None
    except OSError as error:
        raise NotSaved(f"{path} can't be written: {error.strerror}.") from None
