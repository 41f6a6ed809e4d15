"""Short notices that vanish by themselves. Never the only carrier of something: the screen says it too.

The one place that calls Textual's ``notify``: it reads its text as markup unless told otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from tshoot.text import display_text

if TYPE_CHECKING:
    from textual.app import App

LONGEST = 400


def toast(
    app: App[Any],
    text: str,
    title: str = "",
    severity: Literal["information", "warning", "error"] = "information",
) -> None:
    """Show ``text`` for a few seconds, as it stands."""
    app.notify(
        display_text(text, LONGEST, keep_lines=True),
        title=display_text(title, LONGEST),
        severity=severity,
        markup=False,
    )
