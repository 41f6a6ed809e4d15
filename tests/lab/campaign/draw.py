"""Draws the worlds of a campaign: the same seed gives the same scenario files."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import yaml

from tests.lab.campaign.drawn import Fault
from tests.lab.campaign.extras import Extra, draw_extras
from tests.lab.campaign.faults_far import MENU
from tests.lab.campaign.faults_near import healthy
from tests.lab.campaign.home import Home, draw_home
from tests.lab.scenario import Scenario, load

HEALTHY_SHARE = 1 / 6
TRIES = 200
"""Homes tried until one can have the fault that was drawn; every fault fits far more than one in ten."""


def draw(seed: int, number: int) -> dict[str, Any]:
    """World ``number`` of a campaign, as the fields of a scenario file; depends on nothing else."""
    rng = Random(f"{seed}/{number}")
    make = healthy if rng.random() < HEALTHY_SHARE else rng.choice(MENU)
    for _ in range(TRIES):
        home = draw_home(rng)
        fault = make(rng, home)
        if fault is not None:
            return _fields(seed, number, home, fault, draw_extras(rng, home, fault))
    raise RuntimeError(f"no home fits {make.__name__}")


def _fields(seed: int, number: int, home: Home, fault: Fault, extras: list[Extra]) -> dict[str, Any]:
    truth: dict[str, Any] = {"cause": fault.cause, **{key: list(value) for key, value in fault.truth.items()}}
    allowed = {*truth.get("notes_allowed", []), *(note for each in extras for note in each.notes)}
    if not home.v6:
        allowed.add("note.no_ipv6")
    truth["notes_allowed"] = sorted(allowed)
    rng = Random(f"{seed}/{number}/extras")
    actions = [*home.actions()]
    for each in extras:
        actions += each.actions(rng, home)
    named = [f"w{number:03}", fault.name, *(each.name for each in extras)]
    fields: dict[str, Any] = {
        "id": f"c{seed}-w{number:03}-{fault.name}",
        "title": " + ".join(named[1:]),
        "kind": "trap" if fault.cause == "none" else "fault",
        "truth": truth,
        "faults": [{name: given} for name, given in [*actions, *fault.actions]],
        "proof": fault.proof,
    }
    if fault.target:
        fields["target"] = fault.target
    if fault.why:
        fields["why"] = fault.why
    if fault.needs:
        fields["needs"] = list(fault.needs)
    return fields


def write(folder: Path, seed: int, worlds: int) -> list[Scenario]:
    """Write the worlds' scenario files into a folder and load them, checked like every other scenario."""
    found = []
    for number in range(worlds):
        fields = draw(seed, number)
        path = folder / f"{fields['id']}.yaml"
        path.write_text(yaml.safe_dump(fields, sort_keys=False, width=100), encoding="utf-8")
        found.append(load(path))
    return found
