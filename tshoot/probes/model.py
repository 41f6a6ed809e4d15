"""What a probe declares and what it hands back. Light: no I/O, no heavy import.

A failed measurement is a result, never an exception. Every probe has a closed set of outcomes of its
own and may also end in one of :data:`COMMON_OUTCOMES` (contract.md, "tshoot check --json").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, is_dataclass
from typing import Any, Literal

COMMON_OUTCOMES: Mapping[str, str] = {
    "timeout": "No answer within the time allowed.",
    "error": "The probe itself failed; this says nothing about the network.",
    "skipped": "Not run, because what it needs did not work.",
    "not_applicable": "Does not apply on this computer or network.",
}

ParamKind = Literal["host", "address", "integer", "seconds", "text", "url"]


@dataclass(frozen=True, slots=True)
class Param:
    """One parameter of a probe, given as ``--with NAME=VALUE`` or ``with:`` in a flow."""

    name: str
    kind: ParamKind
    meaning: str


@dataclass(frozen=True, slots=True)
class ProbeSpec:
    """What a probe declares beside its code.

    ``outcomes`` maps each of its own outcomes to its meaning. ``good`` names those that say "works",
    ``inconclusive`` those a flow may route together with ``*``. ``needs`` names the probes that
    must have finished before it starts, ``uses`` those it reads while it runs (side by side).
    ``deadline`` is the longest it may take in seconds, counted from the moment its needs are met; the
    runner may grant less. ``battery`` is False for what a check leaves out, because it says nothing of the
    network.
    """

    name: str
    title: str
    summary: str
    outcomes: Mapping[str, str]
    good: frozenset[str]
    sends: str
    privilege: str
    deadline: float
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    inconclusive: frozenset[str] = frozenset({"error", "skipped", "not_applicable"})
    params: tuple[Param, ...] = ()
    battery: bool = True

    def all_outcomes(self) -> tuple[str, ...]:
        """Its own outcomes, then the common ones every probe may end in."""
        return (*self.outcomes, *(name for name in COMMON_OUTCOMES if name not in self.outcomes))


@dataclass(frozen=True, slots=True)
class Reading:
    """What ``run`` returns: one outcome, one line of detail, typed data (a frozen dataclass).

    ``detail`` is one short line of figures for the report, no sentence for the person. ``contacted``
    lists every address or host a packet was sent to. Text that came from outside must have passed
    :func:`tshoot.text.display_text`.
    """

    outcome: str
    detail: str
    data: Any = None
    contacted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProbeResult:
    """A finished probe as the rest of the program and the report see it."""

    probe: str
    outcome: str
    detail: str = ""
    ms: float = 0.0
    data: Mapping[str, Any] = field(default_factory=dict)
    contacted: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The ``probes`` entry of ``tshoot.report/1``."""
        return {
            "probe": self.probe,
            "outcome": self.outcome,
            "detail": self.detail,
            "ms": round(self.ms),
            "data": dict(self.data),
            "contacted": list(self.contacted),
        }


def plain_data(data: Any) -> dict[str, Any]:
    """A probe's typed data as plain JSON-able mappings; None gives an empty one."""
    if data is None:
        return {}
    if is_dataclass(data) and not isinstance(data, type):
        return asdict(data)
    return dict(data)
