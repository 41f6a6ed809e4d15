"""Keeps the actions and applies them, checking their parameters."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from tests.lab.plan import Plan

ACTIONS: dict[str, Callable[..., None]] = {}
Action = TypeVar("Action", bound=Callable[..., None])


class ActionError(ValueError):
    """A scenario names an action that does not exist or gives it the wrong parameters."""


def action(name: str) -> Callable[[Action], Action]:
    """Register a function ``(plan, **parameters)`` as an action."""

    def register(function: Action) -> Action:
        ACTIONS[name] = function
        return function

    return register


def apply(plan: Plan, name: str, parameters: Mapping[str, Any]) -> None:
    """Do one action. Raises :class:`ActionError` for an unknown name or a parameter that does not fit."""
    if name not in ACTIONS:
        raise ActionError(f"unknown action {name!r}; known: {', '.join(sorted(ACTIONS))}")
    function = ACTIONS[name]
    try:
        inspect.signature(function).bind(plan, **parameters)
        function(plan, **parameters)
    except (TypeError, KeyError, ValueError) as error:
        raise ActionError(f"{name}: {error}") from None


def one_of(value: str, allowed: tuple[str, ...]) -> str:
    """The value, if it is an allowed word. Raises ValueError."""
    if value not in allowed:
        raise ValueError(f"{value!r} is not one of {', '.join(allowed)}")
    return value
