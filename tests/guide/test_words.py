import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.guide.words import cause_words, fill, outcome_words


@pytest.mark.parametrize(
    ("text", "values", "filled"),
    [
        ("{a} and {b}", {"a": "{b}", "b": "2"}, "{b} and 2"),
        ("Open {gateway}.", {}, "Open the gateway."),
        ("The DNS server {dns_server} is silent.", {}, "The DNS server is silent."),
        ("The gateway ({gateway}) answers.", {}, "The gateway answers."),
        ("{summary} Go on.", {}, "Go on."),
        ("{summary}", {}, ""),
        ("{summary} Go on.", {"summary": "It is slow."}, "It is slow. Go on."),
        ("{a.b} {a!r} {0} {} {{a}} {a:>9}", {"a": "1"}, "{a.b} {a!r} {0} {} {1} {a:>9}"),
        ("{__class__}", {}, "{__class__}"),
        ("an open { brace", {}, "an open { brace"),
    ],
)
def test_named_values(text, values, filled):
    assert fill(text, values) == filled


@given(
    st.text(alphabet=string.printable, max_size=80),
    st.dictionaries(st.sampled_from("abc"), st.text(max_size=9)),
)
def test_any_text_is_filled_without_a_crash(text, values):
    filled = fill(text, values)
    assert filled == text or "{" in text


@pytest.mark.parametrize(
    ("words", "value", "said"),
    [
        (cause_words, "none", "all is well"),
        (cause_words, "unknown", "not clear"),
        (cause_words, "dns.one_dead", "trouble finding names"),
        (outcome_words, "none", "none"),
        (outcome_words, "not_applicable", "not applicable"),
        (outcome_words, "error", "could not be measured"),
    ],
)
def test_outcomes_and_causes_in_words(words, value, said):
    assert words(value) == said
