"""One whole check: read this computer, run all probes side by side, judge what they say.

The one place where host, probes and diagnosis meet; every front end and the guide call it.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tshoot.once import Once
from tshoot.probes.runner import DEFAULT_SECONDS, Listener, run_probes

if TYPE_CHECKING:
    from tshoot.diagnosis.catalog import Catalog
    from tshoot.diagnosis.explain import Explanation
    from tshoot.diagnosis.model import Diagnosis
    from tshoot.probes.context import World
    from tshoot.probes.model import ProbeResult
    from tshoot.report.model import Report
    from tshoot.target import Target


@dataclass(frozen=True)
class Checkup:
    """What a check measured and what was concluded from it."""

    target: Target
    results: Mapping[str, ProbeResult]
    diagnosis: Diagnosis
    elapsed_ms: float

    def report(self, explained: bool = False) -> Report:
        """The checkup as a ``tshoot.report/1``; ``explained``: with the rule behind the conclusion."""
        from dataclasses import replace

        from tshoot.report.build import build_report

        report = build_report(self.diagnosis, self.results, self.target, self.elapsed_ms)
        return replace(report, explanation=self.explanation()) if explained else report

    def explanation(self) -> Explanation:
        """Which rule fired on which evidence, and what ruled out its nearest rivals."""
        from tshoot.diagnosis.explain import explain

        said = self.diagnosis
        return explain(
            self.results, shipped_catalog(), host=self.target.host, cause=said.cause, signals=said.signals
        )


def make_world(target: Target) -> World:
    """Read this computer as it is now; sends nothing."""
    from tshoot.catalog.anchors import load_anchors
    from tshoot.host.backend import backend
    from tshoot.probes.context import World

    system = backend()
    return World(target, system.read_state(), system, load_anchors())


async def check(
    world: World,
    *,
    seconds: float = DEFAULT_SECONDS,
    listener: Listener | None = None,
    kept: Mapping[str, ProbeResult] | None = None,
) -> Checkup:
    """Run every probe within ``seconds`` and judge. Network trouble is a result, never an exception.

    ``kept`` are results that still hold and are not measured again, of probes that no other one reads.
    """
    import asyncio

    from tshoot.diagnosis.judge import settled
    from tshoot.probes.blocking import in_daemon_thread
    from tshoot.probes.registry import battery

    began = time.perf_counter()
    catalog = asyncio.ensure_future(in_daemon_thread(shipped_catalog))
    kept = kept or {}
    names = tuple(name for name in battery() if name not in kept)
    measured = await run_probes(names, world, seconds=seconds, settled=settled, listener=listener)
    both = {**measured, **kept}
    results = {name: both[name] for name in battery() if name in both}
    diagnosis = judge(results, world.target, await catalog)
    return Checkup(world.target, results, diagnosis, (time.perf_counter() - began) * 1000)


def judge(
    results: Mapping[str, ProbeResult],
    target: Target,
    catalog: Catalog | None = None,
    signals: Mapping[str, str] | None = None,
    headline: str | None = None,
) -> Diagnosis:
    """The diagnosis of a set of results; the same results always give the same one.

    ``signals`` are those recorded with the results, where their data are not whole any more; ``headline`` the
    cause as it was told, where not even all results are there.
    """
    from tshoot.diagnosis.judge import diagnose

    return diagnose(
        results,
        catalog or shipped_catalog(),
        service=target.label,
        host=target.host,
        signals=signals,
        headline=headline,
    )


@Once
def shipped_catalog() -> Catalog:
    """The shipped causes, read once."""
    from tshoot.diagnosis.catalog import load_catalog

    return load_catalog()
