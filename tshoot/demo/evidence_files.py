"""Reads the files of evidence: whole checks, single probes, and what was followed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tshoot.demo.cases import Stage, demo_dir
from tshoot.evidence.errors import EvidenceError
from tshoot.evidence.recorded import result_of
from tshoot.guide.recorded import read_record
from tshoot.probes.model import ProbeResult

WATCH_SCHEMA = "tshoot.watch/1"


@dataclass(frozen=True, slots=True)
class Look:
    """One measurement of a watch: how many seconds after its begin it was through, the delay of the way in
    milliseconds (None without an answer), and the result of each probe that it took, the followed one last.
    """

    seconds: float
    ms: float | None
    results: tuple[ProbeResult, ...]


@dataclass(frozen=True, slots=True)
class Recording:
    """A stage with its evidence read. ``single`` and ``watch`` are by probe."""

    battery: Mapping[str, ProbeResult]
    single: Mapping[str, ProbeResult]
    watch: Mapping[str, tuple[Look, ...]]


def read_stage(stage: Stage, folder: Path | None = None) -> Recording:
    """The evidence of a stage. Raises :class:`EvidenceError` for a file that is none, OSError."""
    folder = folder or demo_dir() / "evidence"
    return Recording(
        read_record(folder / f"{stage.report}.json").probes,
        {probe: result_of(_json(folder / f"{name}.json")) for probe, name in stage.single.items()},
        {probe: _looks(folder / f"{name}.json") for probe, name in stage.watch.items()},
    )


def _looks(path: Path) -> tuple[Look, ...]:
    document = _json(path)
    if document.get("schema") != WATCH_SCHEMA or not document.get("looks"):
        raise EvidenceError(f"{path} is no {WATCH_SCHEMA}.")
    return tuple(
        Look(look["seconds"], look["ms"], tuple(result_of(entry) for entry in look["results"]))
        for look in document["looks"]
    )


def _json(path: Path) -> dict[str, Any]:
    document = json.loads(path.read_text(encoding="utf-8"))
    return document if isinstance(document, dict) else {}
