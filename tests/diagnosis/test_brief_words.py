"""Beside a rung stand words that anybody knows, and none is cut off on a terminal of 80 columns."""

import re

import pytest

from tshoot.diagnosis.brief import PROBES
from tshoot.diagnosis.brief_words import LONGEST, ended_words
from tshoot.probes.model import COMMON_OUTCOMES
from tshoot.probes.registry import specs

JARGON = re.compile(
    r"tcp|tls|http|dns|ping|route|handshake|reset|status|adapter|subnet|certificate|port|packet|pac\b", re.I
)
ENDS = [(probe, outcome) for probe in PROBES for outcome in (*COMMON_OUTCOMES, *specs()[probe].outcomes)]


@pytest.mark.parametrize(("probe", "outcome"), ENDS)
def test_every_end_of_a_probe_behind_a_rung_has_plain_words(probe, outcome):
    words = ended_words(probe, outcome)
    assert not JARGON.search(words)
    assert "_" not in words
    assert words != outcome or outcome in {"none", "clean"}
    assert 0 < len(words) <= LONGEST


def test_an_outcome_that_is_not_known_is_readable():
    assert ended_words("tls", "some_new_end") == "some new end"
