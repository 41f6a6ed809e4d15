"""Makes a bench of a recorded case."""

from __future__ import annotations

from tshoot.catalog.services import resolve_target
from tshoot.demo.bench import ReplayBench
from tshoot.demo.cases import DemoCase
from tshoot.demo.evidence_files import read_stage


def bench_of(case: DemoCase, speed: float = 1.0) -> ReplayBench:
    """The bench that plays the case. Raises EvidenceError or OSError where its evidence can't be read."""
    recordings = tuple(read_stage(stage) for stage in case.stages)
    return ReplayBench(recordings, resolve_target(case.service), speed)
