"""The worlds the recordings come from: a scenario of the lab, on a line as slow as mobile links are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.lab.scenario import FOLDER, Scenario, load

OWN = Path(__file__).parent
MOBILE_LINE = {"carrier.slow": {"delay_ms": 14, "jitter_ms": 8}}
"""28 to 44 ms there and back: chosen, so that recordings show delays that a reader takes for real."""


def scenario_of(name: str, folder: Path) -> Scenario:
    """The scenario of a recording, written into ``folder``. Raises ScenarioError, OSError."""
    own = OWN / f"{name}.yaml"
    path = own if own.is_file() else FOLDER / f"{name}.yaml"
    if load(path).plan().line is not None:
        return load(path)
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    raw["faults"] = [MOBILE_LINE, *raw["faults"]]
    slower = folder / path.name
    slower.write_text(yaml.safe_dump(raw, sort_keys=False), encoding="utf-8")
    return load(slower)
