"""The closed set of things a scenario may change, by name. docs/lab.md lists them from the docstrings."""

from __future__ import annotations

from tests.lab.actions import carrier, client, gateway, names, services
from tests.lab.actions.registry import ACTIONS, ActionError, apply

__all__ = ["ACTIONS", "ActionError", "apply", "carrier", "client", "gateway", "names", "services"]
