"""The table of calls, as words."""

from datetime import UTC, datetime, timedelta

import pytest

from tshoot.desk.table import (
    PADDING,
    TITLES,
    Shown,
    age_words,
    cell,
    choices,
    columns,
    is_chosen,
    widths,
    with_choice,
)
from tshoot.session.listing import Filters
from tshoot.session.row import SessionRow

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
SERVICES = {"metro": "Metro by T-Mobile account"}
ROW = SessionRow(
    "k3v9",
    service="metro",
    topic="I can't sign in",
    step="which",
    title="Which sign-in?",
    label="Ticket 4711",
    opened=NOW - timedelta(minutes=7),
)


def test_a_row_in_words():
    cells = [cell(ROW, column, SERVICES, NOW) for column in TITLES]
    assert cells == [
        "Ticket 4711",
        "Metro by T-Mobile account",
        "I can't sign in",
        "Which sign-in?",
        "open",
        "nobody",
        "7 min",
    ]


def test_what_is_missing_has_a_stand_in():
    bare = SessionRow("k3v9", host="shop.example", step="which", state="odd", opened=NOW)
    cells = [cell(bare, column, SERVICES, NOW) for column in TITLES]
    assert cells == ["k3v9", "shop.example", "", "which", "odd", "nobody", "now"]


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "now"), (59, "now"), (60, "1 min"), (7199, "1 h"), (200_000, "2 d"), (-5, "now")],
)
def test_ages_have_one_unit(seconds, words):
    assert age_words(seconds) == words


@pytest.mark.parametrize("width", [20, 40, 60, 80, 120, 300])
def test_caller_state_and_age_are_on_every_screen(width):
    assert {"caller", "state", "age"} <= set(columns(width))


def test_the_widest_screens_show_every_column():
    assert columns(120) == tuple(TITLES)


@pytest.mark.parametrize("width", range(34, 300))
def test_every_column_is_in_sight(width):
    names = columns(width)
    assert sum(widths(names, width)) + PADDING * len(names) <= width


def test_at_first_everybodys_open_calls_are_shown():
    assert Shown().filters("anna") == Filters(state="open", kind="desk")
    assert Shown().described(SERVICES) == "Everybody's open calls"


def test_each_choice_can_be_made_and_is_seen():
    for choice in choices(SERVICES):
        assert is_chosen(with_choice(Shown(), choice), choice)


def test_what_is_shown_is_said():
    shown = Shown("mine", "handed_over", "metro", "garden", "")
    parts = [
        "My handed over calls",
        SERVICES["metro"],
        "and sessions of callers on their own",
        "with “garden”",
    ]
    assert shown.described(SERVICES) == " · ".join(parts)
    assert shown.filters("anna") == Filters(
        state="handed_over", service="metro", agent="anna", words="garden"
    )
    assert Shown("nobody").filters("anna").agent == ""
