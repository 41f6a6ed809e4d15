"""The table of look-alike signs, and how a name reads at a glance."""

import pytest

from tests.lookalike.make_twins import made
from tshoot.lookalike.twins import TABLE, folded, skeleton


def test_the_table_is_what_unicodes_data_give():
    assert TABLE.read_text(encoding="utf-8") == made()


@pytest.mark.parametrize(
    "name",
    [
        "т-mobile",
        "t‐mobile",
        "t-mobi1e",
        "t-rnobile",
        "ｔ-mobile",
        "tmоbile",
        "t-möbile",
        "𝓉-mobile",
        "T-M0BILE",
    ],
)
def test_names_that_read_alike_have_one_skeleton(name):
    assert skeleton(name) == skeleton("t-mobile")


def test_letters_of_other_languages_stay_what_they_are():
    assert folded("日本語") == "日本語"
    assert skeleton("mobile") != skeleton("t-mobile")
