"""The pages: the one with the terminal, and calm ones with a sentence for everything else."""

from __future__ import annotations

from functools import cache
from html import escape
from pathlib import Path
from string import Template

from aiohttp import web

FOLDER = Path(__file__).parent / "page"
STATIC = ("icon.svg", "page.css", "page.js")
"""What of the folder is served under /own/."""

_FONT_SIZES = (8, 40)
_FONT_SIZE = 16


def wizard_page(font_size: str, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    """The page with the terminal. ``font_size`` in pixels comes from the address."""
    number = int(font_size) if font_size.isascii() and font_size.isdigit() and len(font_size) < 4 else 0
    size = min(max(number, _FONT_SIZES[0]), _FONT_SIZES[1]) if number else _FONT_SIZE
    page = _template("wizard.html").substitute(font_size=size)
    return web.Response(status=status, text=page, content_type="text/html", headers=headers)


def message_page(
    status: int, title: str, text: str, *, again: int | None = None, headers: dict[str, str] | None = None
) -> web.Response:
    """A sentence and what to do next; ``again``: the page opens itself anew after so many seconds.

    It stands alone: who may not come in gets no other file.
    """
    refresh = "" if again is None else f'<meta http-equiv="refresh" content="{again}; url=/">'
    page = _template("message.html").substitute(title=escape(title), text=escape(text), refresh=refresh)
    return web.Response(status=status, text=page, content_type="text/html", headers=headers)


@cache
def _template(name: str) -> Template:
    return Template((FOLDER / name).read_text(encoding="utf-8"))
