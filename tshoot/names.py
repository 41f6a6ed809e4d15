"""Finding the name somebody probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def nearest_name(wrong: str, known: Iterable[str]) -> str | None:
    """The known name closest to ``wrong``, or None where nothing is close."""
    from difflib import get_close_matches

    matches = get_close_matches(wrong.lower(), list(known), n=1, cutoff=0.5)
    return matches[0] if matches else None


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A hint for an error message: the nearest name and all that is allowed."""
    names = sorted(known)
    nearest = nearest_name(wrong, names)
    hint = f"Did you mean '{nearest}'? " if nearest else ""
    return f"{hint}Known: {', '.join(names)}."
