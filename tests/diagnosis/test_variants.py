"""Other words for the same cause, where further evidence says more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.diagnosis.situations import WAN_DOWN
from tests.diagnosis.test_catalog import GOOD, load
from tests.support.batteries import HOST, Ending, battery
from tshoot.diagnosis.catalog import load_catalog
from tshoot.diagnosis.explain import explain
from tshoot.diagnosis.judge import diagnose
from tshoot.diagnosis.model import Diagnosis, Fix

CATALOG = load_catalog()
GOOD_RADIO: Ending = (
    "registered",
    {"carriers": [{"generation": "5g", "rsrp_dbm": -82.0, "sinr_db": 18.0, "bars": 4.0}]},
)
VARIANT = """\
    variants:
      - when: {gateway_radio: [registered]}
        say: The radio is fine.
        agent: Fine.
        next: Wait.
"""


def judged(radio: Ending) -> Diagnosis:
    results = battery(**{**WAN_DOWN, "gateway_radio": radio})
    return diagnose(results, CATALOG, service="Example", host=HOST)


def test_a_radio_that_is_fine_is_named_where_nothing_passes_beyond() -> None:
    said = judged(GOOD_RADIO)
    head = said.findings[0]
    assert (said.cause, head.fix) == ("wan.down", Fix("connectivity", "service-status"))
    assert "on the mobile network" in said.summary
    assert "(4 of 5 bars)" in said.summary
    assert "service status" in said.next
    assert not said.next.startswith("Restart")
    assert "radio is fine" in head.agent
    assert "gateway_radio: registered (gateway_radio figures)" in head.because


@pytest.mark.parametrize("radio", ["not_recognised", "timeout", "skipped"])
def test_without_the_gateway_s_word_nothing_is_said_of_its_radio(radio: str) -> None:
    said = judged(radio)
    cause = CATALOG.by_id["wan.down"]
    assert (said.summary, said.next, said.findings[0].fix) == (cause.say, cause.next, cause.fix)
    assert not any(line.startswith("gateway_radio") for line in said.findings[0].because)


def test_the_explanation_shows_what_the_words_were_chosen_by() -> None:
    results = battery(**{**WAN_DOWN, "gateway_radio": GOOD_RADIO})
    fired = explain(results, CATALOG, host=HOST, cause="wan.down").fired
    assert fired is not None
    assert [(clue.name, clue.outcome, clue.fits) for clue in fired.clues if clue.part == "variant"] == [
        ("gateway_radio", "registered", True)
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("", "", ""),
        ("[registered]", "[registred]", "Did you mean 'registered'"),
        ("        say: The radio is fine.\n", "", "'say' is missing"),
        ("Wait.", "Wait for {hots}.", "There is no value '{hots}'"),
    ],
)
def test_a_slip_in_a_variant_is_named(tmp_path: Path, old: str, new: str, words: str) -> None:
    said = load(tmp_path, GOOD + VARIANT.replace(old, new))
    assert words in said
    assert bool(said) == bool(words)
