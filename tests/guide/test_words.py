import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tshoot.guide.words import HELP_WORDS, cause_words, fill, help_words, outcome_words


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


def test_help_is_that_of_the_service():
    from tshoot.catalog.services import shipped_services

    services = shipped_services()
    for name, service in services.items():
        for contact in service.contacts:
            assert contact.value in help_words(contact.channel, name)
    assert help_words("store", "metro") != help_words("store", "t-mobile")
    number = "1-800-937-8997"  # provider-facts.md, 3.4: for who has no line with T-Mobile
    assert number in help_words("phone", "home-internet")
    assert number not in help_words("phone", "metro")


def test_help_without_a_contact_of_the_service_is_said_in_general():
    for channel, words in HELP_WORDS.items():
        assert help_words(channel) == help_words(channel, "no-such-service") == words
    assert help_words("chat", "metro") == HELP_WORDS["chat"]
    assert help_words("administrator", "t-mobile") == HELP_WORDS["administrator"]


def test_a_contact_that_is_only_a_hint_is_never_told(monkeypatch):
    from dataclasses import replace

    from tshoot.catalog import services

    metro = services.shipped_services()["metro"]
    hints = tuple(replace(contact, trust="C") for contact in metro.contacts)
    monkeypatch.setattr(services, "shipped_services", lambda: {"metro": replace(metro, contacts=hints)})
    assert help_words("phone", "metro") == HELP_WORDS["phone"]
