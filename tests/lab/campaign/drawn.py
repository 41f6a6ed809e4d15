"""What a fault of a campaign declares: its actions, its truth, its proofs, what may not come with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.lab.campaign.home import Action, Home

ALL_EXTRAS = "everything"
"""Among ``clashes``: no extra may come with this fault."""


@dataclass
class Fault:
    """One drawn fault. ``clashes`` names extras that would change its truth or its proofs.

    ``truth`` holds the further fields of a scenario's truth (accept, may, notes_allowed); ``why`` says why
    another headline is accepted.
    """

    name: str
    cause: str
    actions: list[Action]
    proof: list[dict[str, Any]]
    clashes: frozenset[str] = frozenset()
    truth: dict[str, list[str]] = field(default_factory=dict)
    target: str | None = None
    needs: tuple[str, ...] = ()
    why: str = ""


Draw = Callable[[Random, Home], "Fault | None"]
"""Draws one fault; None where this home can't have it."""
