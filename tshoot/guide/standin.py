"""Stand-ins for used flows while exploring: a question, and an end for each thing they can hand back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tshoot.flow.model import AskStep, DecideStep, DiagnoseStep, EndStep, Flow, Option
from tshoot.flow.rules.uses import handed_back
from tshoot.guide.setup import flows_used

_MOST_OPTIONS = 10


def with_stand_ins(flows: Mapping[str, Flow], flow_id: str) -> dict[str, Flow]:
    """The flow itself, and a stand-in for every flow it uses (each is explored by itself)."""
    used = flows_used(flows, flow_id)
    causes = sorted(_causes_wanted(flows[flow_id]))
    return {name: flow if name == flow_id else stand_in(flow, causes) for name, flow in used.items()}


def _causes_wanted(flow: Flow) -> set[str]:
    decides = (step for step in flow.steps if isinstance(step, DecideStep))
    return {cause for step in decides for case in step.decide for cause in case.when.get("cause", ())}


def stand_in(flow: Flow, causes: Sequence[str] = ()) -> Flow:
    """A flow of the same id that can hand back the same, ten returns at most.

    It can also have found any of ``causes``, where the flow itself diagnoses.
    """
    results = sorted(handed_back(flow))[:_MOST_OPTIONS]
    ends = [
        EndStep(id=f"end-{number}", end="unresolved", returns=name) for number, name in enumerate(results)
    ]
    options = [Option(id=end.id, label=end.returns or "", then=end.id) for end in ends]
    if len(options) == 1:
        options.append(Option(id="again", label="again", then=ends[0].id))
    ask = AskStep(id="back", ask="What is handed back?", options=tuple(options))
    first: list[AskStep | DiagnoseStep] = [ask]
    if causes and any(isinstance(step, DiagnoseStep) for step in flow.steps):
        first.insert(
            0, DiagnoseStep(id="look", diagnose="all", on=dict.fromkeys(causes, "back"), else_="back")
        )
    return Flow(
        flow=flow.flow,
        version=flow.version,
        title=flow.title,
        about=flow.about,
        start=first[0].id,
        steps=(*first, *ends),
    )
