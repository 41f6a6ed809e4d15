"""What the wizard and the measuring process say to each other: one JSON object a line, plain data only."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tshoot.probes.model import ProbeResult
    from tshoot.target import Target

Message = Mapping[str, Any]
"""Requests: ``{"id", "battery": target}``, ``{"id", "single": target, "probe", "params"}`` and
``{"cancel": id}``.

Answers: ``{"id", "started": probe}``, ``{"id", "result": …}``, then ``{"id", "done": milliseconds}`` or
``{"id", "failed": text}``.
"""


def encode(message: Message) -> bytes:
    """The message as one line. Text that is no valid Unicode survives (JSON's own escapes)."""
    return json.dumps(message, separators=(",", ":")).encode("ascii") + b"\n"


def decode(line: bytes) -> dict[str, Any]:
    """One line as a message. Raises ValueError for anything else."""
    message = json.loads(line)
    if not isinstance(message, dict):
        raise ValueError("not a message")
    return message


def result_out(result: ProbeResult) -> dict[str, Any]:
    """A result as plain data."""
    return asdict(result)


def result_in(data: Mapping[str, Any]) -> ProbeResult:
    """The same result again. Probes hand back tuples only, so every JSON array was one."""
    from tshoot.probes.model import ProbeResult

    return ProbeResult(**{name: _tuples(value) for name, value in data.items()})


def target_out(target: Target) -> dict[str, Any]:
    """A target as plain data."""
    return asdict(target)


def target_in(data: Mapping[str, Any]) -> Target:
    """The same target again."""
    from tshoot.target import Target

    return Target(**{name: _tuples(value) for name, value in data.items()})


def _tuples(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_tuples, value))
    if isinstance(value, dict):
        return {key: _tuples(child) for key, child in value.items()}
    return value
