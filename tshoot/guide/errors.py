"""What can go wrong in the engine. None of these changes a state.

``EngineError``
  ├─ ``UnknownFlow``      a flow or a step that does not exist
  ├─ ``WrongStep``        an event for another step than the one that waits
  ├─ ``UnknownChoice``    a choice that the prompt does not offer
  ├─ ``Unrouted``         an outcome that the step does not route
  ├─ ``NothingEarlier``   no prompt to go back to there
  └─ ``EndlessFlow``      steps that lead in a circle without ever asking or measuring
"""

from __future__ import annotations


class EngineError(ValueError):
    """The event (or the flow) is impossible; the state given stays as it was."""


class UnknownFlow(EngineError):
    """A flow or step that does not exist was named."""


class WrongStep(EngineError):
    """The event is for another step, or of another kind, than the engine waits for."""


class UnknownChoice(EngineError):
    """The prompt does not offer this choice."""


class Unrouted(EngineError):
    """The step has no way out for this outcome."""


class NothingEarlier(EngineError):
    """There is no prompt at that place of the transcript."""


class EndlessFlow(EngineError):
    """Steps lead in a circle (or flows use each other) without asking or measuring anything."""
