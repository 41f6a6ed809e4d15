"""The help that was left for another one during this run, and the way back to it."""

from __future__ import annotations

from dataclasses import dataclass

from tshoot.guide.model import Choice

BACK = "back-to-left"


@dataclass(frozen=True, slots=True)
class Left:
    """A walk that was left: the name of its session in the store, and the title of its flow."""

    session: str
    title: str

    @property
    def words(self) -> str:
        """What goes back to it."""
        return f"Go back to: {self.title}"


def with_way_back(choices: tuple[Choice, ...], left: Left | None) -> tuple[Choice, ...]:
    """The choices, and after the first one the way back to what was left, where there is any."""
    back = (Choice(BACK, left.words),) if left is not None else ()
    return (*choices[:1], *back, *choices[1:])
