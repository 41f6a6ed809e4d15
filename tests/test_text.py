import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tshoot.text import LONGEST_LINE, display_text


def test_terminal_escapes_become_visible_placeholders():
    assert display_text("a\x1b]52;c;ZXZpbA==\x07b") == "a\ufffd]52;c;ZXZpbA==\ufffdb"


def test_bidi_overrides_and_c1_are_taken_out():
    assert display_text("safe\u202egnp.exe\x9b31m") == "safe\ufffdgnp.exe\ufffd31m"


def test_line_breaks_become_spaces_unless_kept():
    assert display_text("one\ntwo\tthree") == "one two three"
    assert display_text("one\ntwo", keep_lines=True) == "one\ntwo"


def test_long_lines_are_cut():
    assert display_text("x" * 10_000) == "x" * (LONGEST_LINE - 1) + "…"
    assert display_text("x" * LONGEST_LINE) == "x" * LONGEST_LINE


@given(st.text())
def test_nothing_unprintable_is_left_and_a_second_pass_changes_nothing(text):
    shown = display_text(text)
    assert not any(unicodedata.category(char) in {"Cc", "Cf", "Zl", "Zp"} for char in shown)
    assert display_text(shown) == shown
    assert len(shown) <= LONGEST_LINE
