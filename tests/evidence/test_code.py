"""The spoken code: what it carries, what it catches, what it can tell of a slip."""

import re
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.diagnosis.cases import EVERY
from tests.support.batteries import HOST, battery
from tshoot.checkup import Checkup, judge, shipped_catalog
from tshoot.diagnosis.grades import GRADES, known_outcomes
from tshoot.diagnosis.signals import SIGNALS
from tshoot.diagnosis.vocabulary import HEADLINES
from tshoot.evidence.alphabet import ALPHABET, WORDS, read_typed, spell
from tshoot.evidence.checks import one_wrong, syndromes, with_checks
from tshoot.evidence.code import Spoken, headline_of, read_code, write_code
from tshoot.evidence.errors import CodeError
from tshoot.evidence.files import looks_like_code
from tshoot.evidence.model import CAUSE, NEWEST, OTHER, SERVICE, load_model
from tshoot.evidence.recorded import recorded_code
from tshoot.evidence.slips import LENGTHS
from tshoot.evidence.telling import code_for, recorded_from_code, values_of
from tshoot.target import Target

TARGET = Target(HOST, service="t-mobile", title="Example")
MODEL = load_model()
VALUES = st.fixed_dictionaries(
    {variable.name: st.sampled_from(variable.values) for variable in MODEL.variables}
)


def checkup(**changes):
    results = battery(**changes)
    return Checkup(TARGET, results, judge(results, TARGET), 900.0)


def codes():
    """Codes of every length, the same in each run."""
    rng = Random(5)
    found = {}
    for number in range(4000):
        values = {each.name: rng.choice(each.values) for each in MODEL.variables}
        odd = rng.sample(MODEL.variables[2:], k=number % 12)
        usual = {**values_of(checkup()), **{each.name: values[each.name] for each in odd}}
        code = write_code(usual)
        found.setdefault(len(code.replace("-", "")), code)
        if len(found) == len(LENGTHS):
            break
    return [found[length] for length in sorted(found)]


CODES = codes()


def test_there_is_a_code_of_every_length():
    assert [len(code.replace("-", "")) for code in CODES] == list(LENGTHS)
    assert all(re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){1,5}", code) for code in CODES)


@pytest.mark.parametrize("case", EVERY, ids=lambda case: case.name)
def test_a_code_leads_to_the_headline_and_the_outcomes_of_the_check(case):
    check = checkup(**case.changes)
    code = code_for(check)
    recorded = recorded_from_code(code)
    said = recorded.checkup()
    assert (said.diagnosis.cause, said.diagnosis.verdict) == (check.diagnosis.cause, check.diagnosis.verdict)
    if case.name == "every probe crashed":  # far from anything met in a network: no room for all of it
        return
    assert recorded.left_out == ()
    outcomes = {name: result.outcome for name, result in check.results.items()}
    assert {name: result.outcome for name, result in said.results.items()} == outcomes
    assert said.diagnosis.signals == check.diagnosis.signals
    assert recorded.target.service == "t-mobile"


def test_a_code_is_the_same_from_a_check_and_from_its_report():
    check = checkup()
    assert code_for(check) == code_for(check.report())


@settings(max_examples=150, deadline=None)
@given(VALUES)
def test_any_evidence_has_a_code_of_at_most_24_characters(values):
    """What has no room is left out from the end, and named."""
    code = write_code(values)
    spoken = read_code(code)
    assert len(code.replace("-", "")) <= 24
    kept = MODEL.variables[: len(MODEL.variables) - len(spoken.left_out)]
    assert spoken.left_out == tuple(variable.name for variable in MODEL.variables[len(kept) :])
    assert spoken.values == {
        variable.name: values[variable.name] for variable in kept if values[variable.name] is not None
    }
    assert {SERVICE, CAUSE, "target"} <= {variable.name for variable in kept}


OUTCOMES = st.fixed_dictionaries({name: st.sampled_from(sorted(known_outcomes(name))) for name in GRADES})
TOLD = st.fixed_dictionaries({name: st.sampled_from(sorted(SIGNALS[name].outcomes)) for name in SIGNALS})


@settings(max_examples=60, deadline=None)
@given(OUTCOMES, TOLD)
def test_the_headline_is_kept_even_where_details_are_left_out(outcomes, told):
    from tshoot.probes.model import ProbeResult

    results = {name: ProbeResult(name, outcome) for name, outcome in outcomes.items()}
    check = Checkup(TARGET, results, judge(results, TARGET, signals=told), 1.0)
    recorded = recorded_from_code(code_for(check))
    assert recorded.checkup().diagnosis.cause == check.diagnosis.cause
    assert recorded.checkup().diagnosis.verdict == check.diagnosis.verdict or recorded.left_out


def test_an_outcome_that_the_model_lacks_is_not_told():
    values = {**values_of(checkup()), "tls": "quantum", SERVICE: "somebody-s-own"}
    recorded = recorded_from_code(write_code(values))
    assert "tls" not in recorded.results
    assert recorded.target.service is None
    assert recorded.target.host == "the site"


def test_the_model_knows_every_value_of_today():
    """When this fails a probe or a signal has grown: make the next model (benchmarks/code_model.py)."""
    known = {variable.name: set(variable.values) for variable in MODEL.variables}
    for name in GRADES:
        assert known_outcomes(name) <= known[name], name
    for name, signal in SIGNALS.items():
        assert set(signal.outcomes) <= known[name], name
    assert HEADLINES | {"none", "unknown"} <= known[CAUSE]
    assert OTHER in known[SERVICE]


def test_models_need_no_later_value():
    seen = set()
    for variable in MODEL.variables:
        assert set(variable.given) <= seen
        seen.add(variable.name)


@pytest.mark.parametrize("code", CODES, ids=lambda code: str(len(code)))
def test_every_wrong_character_is_caught_and_its_group_named(code):
    """Every place, every other character."""
    symbols = read_typed(code).symbols
    for place, right in enumerate(symbols):
        for wrong in set(range(32)) - {right}:
            typed = [*symbols[:place], wrong, *symbols[place + 1 :]]
            with pytest.raises(CodeError) as caught:
                read_code("".join(ALPHABET[symbol] for symbol in typed))
            assert caught.value.groups == (place // 4 + 1,)
            assert f"Group {place // 4 + 1} (" in str(caught.value)


@pytest.mark.parametrize("code", CODES, ids=lambda code: str(len(code)))
def test_every_swap_of_neighbours_is_caught_and_its_place_named(code):
    chars = code.replace("-", "")
    for place in range(len(chars) - 1):
        if chars[place] == chars[place + 1]:
            continue
        swapped = chars[:place] + chars[place + 1] + chars[place] + chars[place + 2 :]
        with pytest.raises(CodeError, match="swapped") as caught:
            read_code(swapped)
        assert caught.value.groups == tuple(sorted({place // 4 + 1, (place + 1) // 4 + 1}))


@pytest.mark.parametrize("length", LENGTHS)
def test_any_slips_of_up_to_three_characters_break_the_checks(length):
    """By linearity: no word with one, two or three characters that are not zero has all syndromes zero."""
    seen = {}
    for place in range(length):
        for value in range(1, 32):
            word = [0] * length
            word[place] = value
            found = syndromes(word)
            assert any(found)
            seen[found] = place
    assert len(seen) == length * 31  # no two slips of one character look alike: weight 2 never vanishes
    values = list(seen)
    for one in range(0, len(values), 31):  # a first slip of 1; others are multiples of it
        for other in values:
            both = tuple(left ^ right for left, right in zip(values[one], other, strict=True))
            assert both not in seen or seen[both] in (seen[values[one]], seen[other]) or not any(both)


def test_two_wrong_characters_are_never_told_as_one():
    rng = Random(7)
    for code in CODES:
        symbols = read_typed(code).symbols
        for _ in range(400):
            places = rng.sample(range(len(symbols)), 2)
            typed = list(symbols)
            for place in places:
                typed[place] ^= rng.randrange(1, 32)
            assert any(syndromes(typed))
            assert one_wrong(typed) is None


@pytest.mark.parametrize(
    ("text", "said", "groups"),
    [
        ("", "No code", ()),
        ("  - ", "No code", ()),
        ("1RA4-UHCQ", "Group 2 .* has 'U' in it, which no code has. Perhaps it is a V", (2,)),
        ("1RA!-XHCQ", "Group 1 .* has '!'", (1,)),
        ("1RA4-XHC", "has 7 characters.*Group 2 has 3 instead of 4", (2,)),
        ("1RA4X-HCQB-1234", "has 13 characters.*Group 1 has 5 instead of 4", (1,)),
        ("1RA4XHC", "has 7 characters.*the whole code", ()),
        ("1" * 80, "has 80 characters", ()),
        ("\x1b[2J-XHCQ", "Group 1", (1,)),
    ],
)
def test_what_is_no_code_is_told_so(text, said, groups):
    with pytest.raises(CodeError, match=said) as caught:
        read_code(text)
    assert caught.value.groups == groups
    assert str(caught.value).isprintable()


def test_a_code_of_a_later_version_says_so():
    later = with_checks((NEWEST + 1, 3, 4, 5, 6))
    with pytest.raises(CodeError, match="newer version"):
        read_code("".join(ALPHABET[symbol] for symbol in later))


def test_right_checks_alone_do_not_make_a_code():
    """Only what would be written so is read: most other numbers are refused."""
    rng, taken = Random(3), 0
    for _ in range(300):
        symbols = with_checks((NEWEST, *(rng.randrange(32) for _ in range(20))))
        try:
            read_code("".join(ALPHABET[symbol] for symbol in symbols))
            taken += 1
        except CodeError:
            pass
    assert taken < 30


def test_a_code_may_be_typed_in_many_ways():
    code = CODES[2]
    plain = code.replace("-", "")
    for typed in (code.lower(), plain, " ".join(plain), code.replace("-", " – "), f"  {code}\n"):
        assert read_code(typed) == read_code(code)
    for look, real in (("o", "0"), ("O", "0"), ("i", "1"), ("L", "1"), ("l", "1")):
        assert read_code(plain.replace(real, look)) == read_code(code)


def test_a_code_is_spelt_group_by_group():
    assert spell("1RA4-XHCQ") == (("One", "Romeo", "Alfa", "Four"), ("X-ray", "Hotel", "Charlie", "Quebec"))
    assert WORDS.keys() == set(ALPHABET)
    assert len({word[:3] for word in WORDS.values()}) == len(WORDS)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_reading_never_fails_otherwise(text):
    try:
        read_code(text)
    except CodeError as error:
        assert str(error)


def test_a_headline_that_details_would_change_is_told():
    told = {SERVICE: "metro", CAUSE: "dns.slow", "target": "not_reached"}
    whole, cut = Spoken("", NEWEST, told), Spoken("", NEWEST, told, ("nat",))
    assert headline_of(whole, shipped_catalog()) == "unknown"  # the evidence decides
    assert headline_of(cut, shipped_catalog()) == "dns.slow"
    assert recorded_code(whole).checkup().diagnosis.cause == "unknown"
    said = recorded_code(cut).checkup().diagnosis
    assert (said.cause, said.verdict, said.confidence) == ("dns.slow", "broken", "weak")
    assert said.findings[0].cause == "dns.slow"


GROUPS = ("156B", "CJH6")
SEPARATORS = (
    *"-–—―−‐‑‒⁃﹣－",
    *"\u00a0\u2009\u202f\u3000\t\n",
    *"._·•․‧．。,，/⁄∕／\\＿",
    *("\u00ad", "\u200b", "\ufeff", " - ", " – ", "\u2011\u200b"),
)


@pytest.mark.parametrize("separator", SEPARATORS, ids=ascii)
def test_whatever_sets_the_groups_apart_is_passed_over(separator):
    typed = separator.join(GROUPS).lower()
    assert read_code(typed).code == "156B-CJH6"
    assert looks_like_code(typed)


def test_wide_letters_and_digits_are_read_as_plain_ones():
    wide = "156B-CJH6".translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert wide[0] == "１"
    assert looks_like_code(wide)
    assert read_code(wide).code == "156B-CJH6"


@pytest.mark.parametrize(
    "name",
    [
        *(
            "evidence.json",
            "test.json",
            "TEST.JSON",
            "page.html",
            "/tmp/abcd",
            "a.b",
            "report_1.json",
            "my_file",
        ),
        *("caller/new.json", "", " ", "../../abcd", "~/abcd", "C:/abcd", "156B.CJH6.json"),
    ],
)
def test_what_names_a_file_is_no_code(name):
    assert not looks_like_code(name)
