"""The looks of the wizard: dark, light, high contrast. Every text keeps the contrast that WCAG 2.2 asks for
(1.4.3: 4.5 to 1; for high contrast 1.4.6: 7 to 1), which the tests prove. Colour never carries meaning alone.

Knows nothing of Textual until a theme is made, so that a configuration can be checked without it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.app import App
    from textual.theme import Theme

DEFAULT = "dark"
COLORS: Mapping[str, Mapping[str, str]] = {
    "dark": {
        "primary": "#b0126b",
        "secondary": "#8d99a3",
        "accent": "#ff6fb5",
        "foreground": "#e8e6e8",
        "background": "#16141a",
        "surface": "#1f1c24",
        "panel": "#2a2630",
        "success": "#5fcf80",
        "warning": "#f0b94b",
        "error": "#ff7a7a",
    },
    "light": {
        "primary": "#a30f63",
        "secondary": "#5a646c",
        "accent": "#8f0d57",
        "foreground": "#1b1820",
        "background": "#fbf9fb",
        "surface": "#f2eef2",
        "panel": "#e6e0e6",
        "success": "#116329",
        "warning": "#7a4d00",
        "error": "#a3121c",
    },
    "high-contrast": {
        "primary": "#ffffff",
        "secondary": "#ffffff",
        "accent": "#ffff00",
        "foreground": "#ffffff",
        "background": "#000000",
        "surface": "#000000",
        "panel": "#000000",
        "success": "#00ff66",
        "warning": "#ffff00",
        "error": "#ff9c9c",
    },
}
"""Every theme by the name a person chooses it by."""
TITLES = {"dark": "Dark", "light": "Light", "high-contrast": "High contrast"}


def names() -> tuple[str, ...]:
    """The names of the themes, in the order in which a key goes through them."""
    return tuple(COLORS)


def add_themes(app: App[Any]) -> None:
    """Make the themes known to the program."""
    for name in COLORS:
        app.register_theme(theme(name))


def theme(name: str) -> Theme:
    """A theme as Textual wants it; ``name`` is one of :func:`names`."""
    from textual.theme import Theme

    colors = COLORS[name]
    return Theme(
        name=_id(name),
        dark=name != "light",
        variables=_variables(colors),
        primary=colors["primary"],
        secondary=colors["secondary"],
        accent=colors["accent"],
        foreground=colors["foreground"],
        background=colors["background"],
        surface=colors["surface"],
        panel=colors["panel"],
        success=colors["success"],
        warning=colors["warning"],
        error=colors["error"],
    )


def choose(app: App[Any], name: str) -> None:
    """Paint in this theme from now on."""
    app.theme = _id(name)


def chosen(app: App[Any]) -> str:
    """The name of the theme in use."""
    return app.theme.removeprefix("tshoot-")


def after(name: str) -> str:
    """The theme that follows, round and round."""
    known = names()
    return known[(known.index(name) + 1) % len(known)] if name in known else DEFAULT


def _id(name: str) -> str:
    return f"tshoot-{name}"


def _variables(colors: Mapping[str, str]) -> dict[str, str]:
    """The colours that Textual would mix by itself, and mixes too pale for small text."""
    return {
        "text-muted": colors["secondary"],
        "text-accent": colors["accent"],
        "border": colors["accent"],
        "block-cursor-background": colors["primary"],
        "block-cursor-foreground": colors["background"] if colors["primary"] == "#ffffff" else "#ffffff",
        "block-cursor-blurred-background": colors["panel"],
        "block-cursor-blurred-foreground": colors["foreground"],
        "footer-background": colors["panel"],
        "footer-foreground": colors["foreground"],
        "footer-key-foreground": colors["accent"],
        "input-selection-background": colors["primary"],
    }
