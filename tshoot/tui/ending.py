"""The end of a walk as a card: what it came to, and which ways to support work right now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tshoot.guide.channels import channels_now
from tshoot.guide.outcome import Outcome, outcome_of
from tshoot.tui.cards import Card, finish_card
from tshoot.tui.safe import plain

if TYPE_CHECKING:
    from tshoot.guide.model import Finish
    from tshoot.tui.session import Session


def ending_card(session: Session, finish: Finish, notice: str = "") -> Card:
    """The card for ``finish``, from the session's transcript and its latest evidence."""
    ladder = [rung for rung, _ in session.ladder]
    channels = channels_now(finish.help, ladder, official=session.target.service is not None)
    engine, state = session.engine, session.state
    outcome = Outcome() if engine is None or state is None else outcome_of(engine, state)
    return finish_card(finish, outcome, channels, notice, session.left)


def with_code(card: Card, code: str) -> Card:
    """The card with the code that support may ask for, and how it is read out."""
    from tshoot.evidence.telling import code_words

    return replace(card, facts=plain("\n".join(code_words(code))))
