"""What a step says in its own words: its question, its action, its notice."""

from __future__ import annotations

from tshoot.flow.model import AddressStep, AskStep, DoStep, Step, TellStep, WaitStep, kind_of

_TITLED = (AskStep, AddressStep, DoStep, TellStep, WaitStep)


def own_words(step: Step) -> str:
    """The words that the step is about; empty for a step that measures, decides, leads on or ends."""
    return str(getattr(step, kind_of(step))) if isinstance(step, _TITLED) else ""
