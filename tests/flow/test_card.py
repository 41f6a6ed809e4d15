"""The card of a flow: complete on paper, and never wider than the page."""

import re

import pytest

from tests.flow.vocabulary import ROOT
from tshoot.flow.card import WIDTH, card
from tshoot.flow.loader import load_flows

FLOWS = load_flows([ROOT / "flows"]).flows


@pytest.mark.parametrize("name", FLOWS)
def test_every_step_and_every_word_is_on_it_and_it_fits_the_page(name):
    printed = card(FLOWS[name])
    assert all(len(line) <= WIDTH for line in printed.splitlines())
    flat = " ".join(printed.split())
    for number, step in enumerate(FLOWS[name].steps, 1):
        assert f"\n{number}. {step.id}: " in printed
        for text in (step.say, step.why, step.agent):
            assert text is None or " ".join(text.split()) in flat


@pytest.mark.parametrize("name", FLOWS)
def test_every_way_names_the_number_of_its_step(name):
    numbers = {step.id: str(number) for number, step in enumerate(FLOWS[name].steps, 1)}
    ways = re.findall(r"->\s+(\d+)\. (\S+)", card(FLOWS[name]))
    assert len(ways) > 5
    assert all(numbers[step] == number for number, step in ways)


def test_what_is_measured_is_a_question_on_paper():
    printed = card(FLOWS["reset"])
    assert "Or ask: Was the gateway switched on within the last two minutes?" in printed
    assert "     Yes, just now = settling" in printed


def test_limits_are_said_in_words():
    assert "met 2 times already -> " in card(FLOWS["reset"])
    assert "met once already -> " in card(FLOWS["reset"])
