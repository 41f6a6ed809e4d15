"""The same inputs give the same ``tshoot.session/1`` in the wizard, in the line dialogue and from answers."""

import pytest

from tests.fronts.fronts import from_answers, in_lines, in_the_wizard
from tests.fronts.inputs import FLOWS, prompts_of, walks_of
from tshoot.guide.model import Judged, Measured


@pytest.mark.parametrize("flow_id", sorted(FLOWS))
async def test_wizard_dialogue_and_answers_give_the_same_session(flow_id):
    inputs = walks_of(flow_id)
    assert len(inputs) > 1
    assert any(list(prompts_of(each)) for each in inputs)
    answered = [await from_answers(each) for each in inputs]
    assert all(document["end"]["outcome"] for document in answered)
    assert [await in_lines(each) for each in inputs] == answered
    assert await in_the_wizard(inputs) == answered


def test_addresses_are_pasted_too():
    given = [event for inputs in walks_of("security") for event in inputs.events]
    assert any(isinstance(event, Judged) for event in given)
    assert any(isinstance(event, Measured) for event in given)
