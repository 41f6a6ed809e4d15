"""The reading grade: counted syllables against a list made by hand, and the formula against its paper."""

import pytest

from tshoot.flow.reading import reading_of, syllables

# Counted by hand (Merriam-Webster's hyphenation where in doubt), by number of syllables.
COUNTED = {
    1: "switched change closed choose time close through though lights phones times likes sites real "
    "here sure",
    2: "address network password account restart needed waited boxes changes minutes signal special "
    "create cable little service business science client quiet question social lion trial dial doing "
    "going seeing playing cannot enough language because people title symbol system keyboard "
    "airplane hotspot unplug opened happens places uses closes cookies didn't doesn't isn't table "
    "open every",
    3: "connection computer another internet provider restarted technical previous serious video radio "
    "official permission initial region religion annual continue example ethernet microwave "
    "extensions factory verify area idea theater ideal manual visual gradual services expected "
    "however properties",
    4: "available automatic information security certificate usually actually situation material "
    "reliable evaluate  incognito identity recovery",
    5: "administrator immediately temporarily",
}
WORDS = [(word, number) for number, words in COUNTED.items() for word in words.split()]


def test_nearly_every_word_is_counted_right():
    wrong = [(word, number, syllables(word)) for word, number in WORDS if syllables(word) != number]
    assert len(WORDS) > 120
    assert len(wrong) <= len(WORDS) * 0.03, wrong


@pytest.mark.parametrize("word", ["", "x", "7", "hmm", "Wi", "DNS"])
def test_a_word_has_a_syllable(word):
    assert syllables(word) >= 1


def test_the_formula():
    easy = reading_of(["The cat sat on the mat."])
    assert (easy.words, easy.sentences, easy.syllables) == (6, 1, 6)
    assert easy.grade == pytest.approx(0.39 * 6 + 11.8 - 15.59)


def test_lines_and_list_entries_end_a_sentence():
    assert reading_of(["Open Settings", "Choose Wi-Fi\nSwitch it on"]).sentences == 3


def test_nothing_to_read_has_grade_0():
    assert reading_of([]).grade == 0.0
    assert reading_of(["…", "  "]).grade == 0.0


def test_hard_words_in_long_sentences_are_harder():
    hard = (
        "Authentication irregularities necessitate comprehensive verification of administrative credentials."
    )
    assert reading_of([hard]).grade > 15
    assert reading_of(["Switch the box off. Wait ten seconds. Switch it on again."]).grade < 3
