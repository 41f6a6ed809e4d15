"""What a typed line means: an answer, a command, or neither."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tshoot.guide.model import Choice

Command = Literal["back", "why", "evidence", "report", "save", "note", "path", "quit", "help"]
COMMANDS: dict[str, Command] = {
    "b": "back",
    "w": "why",
    "e": "evidence",
    "r": "report",
    "s": "save",
    "n": "note",
    "p": "path",
    "q": "quit",
    "?": "help",
}
HELP = (
    "Type the number of an answer, or how it starts, and press Enter. There are also 9 letters:",
    "b: back to the question before.",
    "w: why this is asked.",
    "e: what was measured, in words.",
    "r: the report.",
    "s: save the report as a file.",
    "n: write a note.",
    "p: the way so far, to change an earlier answer.",
    "q: leave.",
    "?: this help.",
)


@dataclass(frozen=True, slots=True)
class Picked:
    """One of the choices."""

    choice: Choice


@dataclass(frozen=True, slots=True)
class Unclear:
    """Nothing that can be used; ``hint`` says what can."""

    hint: str


@dataclass(frozen=True, slots=True)
class Typed:
    """Text where text is wanted, as it was typed."""

    text: str


Reply = Picked | Typed | Command | Unclear


def read_reply(
    typed: str, choices: Sequence[Choice], earlier: str | None = None, wants_text: bool = False
) -> Reply:
    """The meaning of ``typed``: a number, a choice's id, the start of its label, or a command.

    An empty line keeps the ``earlier`` answer, and goes on where there is one choice only. Where a text is
    wanted, whatever is no number, id, whole label or command is that text.
    """
    text = " ".join(typed.split()).casefold()
    if not text:
        return _empty(choices, earlier, wants_text)
    if text in COMMANDS:
        return COMMANDS[text]
    if text.rstrip(".").isdecimal():
        return _numbered(text.rstrip("."), choices)
    exact = [choice for choice in choices if text in {choice.id, choice.label.casefold()}]
    if wants_text and not exact:
        return Typed(typed)
    found = exact or [choice for choice in choices if choice.label.casefold().startswith(text)]
    if len(found) == 1:
        return Picked(found[0])
    if found:
        numbers = " or ".join(str(choices.index(choice) + 1) for choice in found)
        return Unclear(f"Several answers start like that. Please type {numbers}.")
    return Unclear(f"That is none of the answers. Please type {_range(choices)}, or ? for help.")


def read_command(typed: str) -> Command | Unclear:
    """The command that was typed where there is nothing to answer; Enter alone leaves."""
    text = typed.strip().casefold()
    return COMMANDS.get(text or "q") or Unclear("Please type one of these letters, or Enter.")


def _empty(choices: Sequence[Choice], earlier: str | None, wants_text: bool) -> Reply:
    kept = [choice for choice in choices if choice.id == earlier or (len(choices) == 1 and not wants_text)]
    if kept:
        return Picked(kept[0])
    first = "Please paste the address, or type" if wants_text else "Please type"
    return Unclear(f"{first} {_range(choices)}, or ? for help.")


def _numbered(text: str, choices: Sequence[Choice]) -> Reply:
    number = int(text) if len(text) <= 3 else 0
    if 1 <= number <= len(choices):
        return Picked(choices[number - 1])
    return Unclear(f"There is no such number. Please type {_range(choices)}.")


def _range(choices: Sequence[Choice]) -> str:
    return "1" if len(choices) == 1 else f"a number from 1 to {len(choices)}"
