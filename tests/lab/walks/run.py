"""Starts a walk in a sandbox of its own and reads what came of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from tests.lab import sandbox

SIZES = ("120x40", "80x24")
LONGEST = 400.0
"""Seconds after which a walk counts as hung."""


def walked(name: str, size: str) -> dict[str, Any]:
    """The outcome of one walk: ``screens``, ``missed``, ``code``, ``seconds``."""
    line = [*sandbox.command()[:-1], "tests.lab.walks.inside", name, size]
    done = subprocess.run(
        line, capture_output=True, text=True, env=sandbox.environment(), timeout=LONGEST, check=False
    )
    if not done.stdout:
        return {"screens": [], "missed": done.stderr[-2000:], "code": None, "seconds": 0.0}
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def line_of(name: str, size: str, told: dict[str, Any]) -> str:
    """One line for a table."""
    end = f"waited in vain for {told['missed']!r}" if told["missed"] else "reached its end"
    figures = f"{len(told['screens']):3} screens {told['seconds']:6.1f} s  exit {told['code']}"
    return f"{name:20} {size:7} {figures}  {end}"


def keep_screens(folder: Path, name: str, size: str, told: dict[str, Any]) -> None:
    """Every screen of a walk as a text file."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, screen in enumerate(told["screens"], 1):
        (folder / f"{name}-{size}-{number:02}.txt").write_text(screen, encoding="utf-8")
