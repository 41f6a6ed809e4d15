"""What can be wrong with evidence that somebody sent or read out."""

from __future__ import annotations


class EvidenceError(ValueError):
    """The evidence given can't be used; the message says why."""


class CodeError(EvidenceError):
    """What was read out is no code. ``groups`` numbers the wrong groups from 1; empty where not known."""

    def __init__(self, message: str, groups: tuple[int, ...] = ()) -> None:
        super().__init__(message)
        self.groups = groups
