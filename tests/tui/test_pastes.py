"""Escapes inside of a paste are shown, never read as keys, however the terminal's output is cut."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tshoot.tui.pastes import END, START, Pastes


@pytest.mark.parametrize(
    ("sent", "tamed"),
    [
        ("q", "q"),
        ("\x1b", "\x1b"),
        ("\x1b[A1", "\x1b[A1"),
        (f"{START}a\x1bq1\r{END}\x1b[A", f"{START}a\ufffdq1\r{END}\x1b[A"),
        (f"{START}{END}{START}\x1b\x1b{END}", f"{START}{END}{START}\ufffd\ufffd{END}"),
    ],
)
def test_only_those_of_a_paste_are_shown(sent, tamed):
    assert Pastes().tamed(sent) == tamed


@given(st.lists(st.sampled_from(["a", "\x1b", "\x1b[20", "\x1b[201", "~", "1"])), st.data())
def test_it_does_not_matter_where_a_paste_is_cut(pieces, data):
    pasted = "".join(pieces)
    assume(END not in pasted)
    sent = f"{pasted}{END}q\x1b"
    cut = data.draw(st.integers(0, len(sent)))
    pastes = Pastes()
    came = pastes.tamed(START) + pastes.tamed(sent[:cut]) + pastes.tamed(sent[cut:])
    assert came == START + pasted.replace("\x1b", "\ufffd") + f"{END}q\x1b"
