"""What is pasted is text, whatever it holds: an escape in it is not the start of a key.

Textual's parser would press what follows one as keys, up to 32 of them: a digit would answer a question.
"""

from __future__ import annotations

START, END = "\x1b[200~", "\x1b[201~"
"""How a terminal marks a paste (bracketed paste)."""
_ESCAPE, _SHOWN = "\x1b", "\N{REPLACEMENT CHARACTER}"


class Pastes:
    """Goes through all that a terminal sends, piece by piece, and shows the escapes inside of pastes."""

    def __init__(self) -> None:
        self._inside, self._held = False, ""

    def tamed(self, sent: str) -> str:
        """The same, with no escape inside of a paste; the start of a paste's end waits for its rest."""
        text, self._held, parts = self._held + sent, "", []
        while text:
            part, mark, rest = text.partition(END if self._inside else START)
            if self._inside:
                self._held = "" if mark else _begun(part)
                part = part.removesuffix(self._held).replace(_ESCAPE, _SHOWN)
            self._inside ^= bool(mark)
            parts += [part, mark]
            text = rest
        return "".join(parts)


def _begun(text: str) -> str:
    """What may be the start of a paste's end, at the end of a piece."""
    starts = (END[:length] for length in range(len(END) - 1, 0, -1))
    return next(filter(text.endswith, starts), "")
