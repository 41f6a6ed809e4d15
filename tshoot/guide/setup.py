"""What every front needs before the first step: the flows, the variant, what is known, what comes next."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, cast

if TYPE_CHECKING:
    from tshoot.flow.model import Flow
    from tshoot.guide.live import Upcoming
    from tshoot.target import Target


Subject = Literal["this-device", "caller"]

SYSTEMS = ("windows", "macos", "linux", "phone", "other")
"""Whose instructions flows know; other: those that fit any."""


@dataclass(frozen=True)
class Whose:
    """Whose computer it is about, and its system (flow-language.md, "Whose machine").

    What is measured here says nothing about a caller's computer: there everything is asked.
    """

    subject: Subject
    system: str

    @property
    def here(self) -> bool:
        """True where measuring tells something."""
        return self.subject == "this-device"


def whose(subject: Subject = "this-device", system: str | None = None) -> Whose:
    """This computer, or a caller's. ``system`` is found out for this one, and ``other`` for theirs."""
    if system is None:
        system = variant_here() if subject == "this-device" else "other"
    return Whose(subject, system)


def load_shipped() -> Mapping[str, Flow]:
    """The shipped flows by id, with those of the person's own folder over them.

    Raises DocumentError with every problem, OSError where a folder can't be read.
    """
    from tshoot.guide.overlaid import load_overlaid

    return load_overlaid()


def variant_here(platform: str = sys.platform) -> str:
    """The operating system as flows name it: windows, macos or linux."""
    if platform.startswith(("win", "cygwin")):
        return "windows"
    return "macos" if platform == "darwin" else "linux"


def known_of(target: Target) -> dict[str, str]:
    """The facts that are known from the target: the service, where it is one of the catalogue."""
    return {"service": target.service} if target.service else {}


def upcoming_of(flows: Mapping[str, Flow]) -> Upcoming:
    """What may be measured next from a step, for speculation.

    Nor is what aims at the service that the person names: that may be the next answer.
    A check after a fix is never among it: what was measured before says nothing about the fix. While
    something is watched nothing else is measured.
    """
    from tshoot.catalog.services import NAMED
    from tshoot.flow.graph import CheckStep, upcoming_probes
    from tshoot.guide.effects import MeasureStep, measured_by

    def upcoming(flow: str, step: str) -> Iterable[tuple[str, Mapping[str, str]] | None]:
        steps = upcoming_probes(flows[flow], step)
        if steps and isinstance(steps[0], CheckStep) and steps[0].id == step:
            return
        for measuring in steps:
            if not isinstance(measuring, CheckStep):
                probe, params = measured_by(cast(MeasureStep, measuring))
                if params.get("target") != NAMED:
                    yield None if probe is None else (probe, params)

    return upcoming


def flows_used(flows: Mapping[str, Flow], flow_id: str) -> dict[str, Flow]:
    """A flow and every flow it uses, also by way of others; itself first."""
    from tshoot.flow.model import UseStep

    found: dict[str, Flow] = {}
    todo = [flow_id]
    while todo:
        name = todo.pop(0)
        if name in flows and name not in found:
            found[name] = flows[name]
            todo += [step.use for step in flows[name].steps if isinstance(step, UseStep)]
    return found
