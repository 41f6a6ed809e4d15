"""The question whether to go on with an earlier session, the same for the wizard and the dialogue."""

from __future__ import annotations

from collections.abc import Sequence

from tshoot.guide.model import Choice, Prompt
from tshoot.session.keeper import Offer

ANEW = "anew"
"""The choice that begins a new session. No session's name is as short."""
STEP = "going-on"
"""The step of the question; it is part of no flow and of no transcript."""


def offer_prompt(offers: Sequence[Offer]) -> Prompt:
    """The question. Its choices are the names of the sessions, and :data:`ANEW`."""
    return Prompt(
        kind="ask",
        flow="",
        step=STEP,
        title="Do you want to go on where you stopped?",
        body=_where(offers[0]) if len(offers) == 1 else "Some of your earlier steps did not come to an end.",
        choices=(*_ways(offers), Choice(ANEW, "Start anew")),
        why="Everything you answered is still there. The connection is measured anew.",
    )


def _where(offer: Offer) -> str:
    topic = f"\n{offer.topic}, {offer.age}." if offer.topic else f"\nThat was {offer.age}."
    return f"You were at: {offer.title}{topic}"


def _ways(offers: Sequence[Offer]) -> tuple[Choice, ...]:
    if len(offers) == 1:
        return (Choice(offers[0].session, "Go on there"),)
    return tuple(Choice(offer.session, f"{offer.title} ({offer.topic}, {offer.age})") for offer in offers)
