"""Runs a flow's cases and explores its edges; what ``tshoot flows test`` and ``coverage --tests`` print."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tshoot.flow.graph import Edge
    from tshoot.flow.model import Flow
    from tshoot.guide.cases import Case, CaseResult


@dataclass(frozen=True)
class FlowTest:
    """How the tests of one flow went. ``ends`` are the steps where walks and cases ended."""

    flow: str
    steps: int
    edges: int
    walks: int
    cases: tuple[CaseResult, ...]
    untaken: tuple[Edge, ...]
    ends: tuple[str, ...]

    @property
    def good(self) -> bool:
        """True where every case ended as it should and every edge was taken."""
        return not self.untaken and not any(result.fault for result in self.cases)

    def line(self) -> str:
        """One line for people."""
        passed = sum(not result.fault for result in self.cases)
        taken = self.edges - len(self.untaken)
        return (
            f"{self.flow}: {passed} of {len(self.cases)} cases, {taken} of {self.edges} edges taken "
            f"in {self.walks} walks, {self.steps} steps, {len(self.ends)} ends"
        )

    def faults(self) -> Iterator[str]:
        """What went wrong, a line each."""
        for result in self.cases:
            if result.fault:
                yield f"case '{result.case.name}': {result.fault}"
        yield from self.untaken_lines()

    def untaken_lines(self) -> Iterator[str]:
        """The edges that no walk could take, a line each."""
        yield from (f"never taken: {edge.source}, {edge.label} -> {edge.target}" for edge in self.untaken)


def test_flow(flow_id: str, flows: Mapping[str, Flow], folders: Sequence[Path] = ()) -> FlowTest:
    """Run the cases of one flow and walk every edge. Raises DocumentError for a broken case file."""
    from tshoot.diagnosis.vocabulary import HEADLINES
    from tshoot.flow.graph import edges
    from tshoot.guide.cases import run_case
    from tshoot.guide.explore import Explorer
    from tshoot.guide.taken import edges_taken
    from tshoot.probes.registry import specs

    results = tuple(run_case(case, flows) for case in _cases(flow_id, flows, folders))
    explored = Explorer(flows, specs(), HEADLINES).explore(flow_id)
    by_cases = {
        edge
        for result in results
        for name, edge in edges_taken(flows, result.state.transcript)
        if name == flow_id
    }
    finishes = [walk.finish for walk in explored.walks] + [
        result.finish for result in results if result.finish
    ]
    return FlowTest(
        flow_id,
        len(flows[flow_id].steps),
        len(set(edges(flows[flow_id]))),
        len(explored.walks),
        results,
        tuple(edge for edge in explored.untaken if edge not in by_cases),
        tuple(sorted({finish.step for finish in finishes if finish.flow == flow_id})),
    )


def _cases(flow_id: str, flows: Mapping[str, Flow], folders: Sequence[Path]) -> Iterator[Case]:
    from tshoot.guide.cases import FOLDER, read_cases
    from tshoot.guide.setup import flows_used
    from tshoot.paths import flow_folders

    for folder in flow_folders(folders):
        path = folder / FOLDER / f"{flow_id}.yaml"
        if path.is_file():
            yield from read_cases(path, flows_used(flows, flow_id))
