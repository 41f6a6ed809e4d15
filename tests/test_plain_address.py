"""The line dialogue at an address: paste, numbers and commands; what was pasted is not said again."""

import pytest

from tests.test_plain import front
from tshoot.guide.answers import Answers
from tshoot.guide.driver import InputEnded
from tshoot.guide.model import Choice, Chosen, Judged, Prompt, WentBack
from tshoot.plain.reply import Typed, Unclear, read_reply

CHOICES = (Choice("cannot", "I can't copy it"), Choice("later", "Not now"))
PASTE = Prompt("address", "main", "paste", "Paste the address", "It is never opened.", CHOICES, why="Copies.")


@pytest.mark.parametrize(
    "typed", ["t-mobile.com", " https://x.y/1 ", "192.168.12.1", "I can", "not", "-1", "²"]
)
def test_whatever_is_no_choice_and_no_command_is_the_text(typed):
    assert read_reply(typed, CHOICES, wants_text=True) == Typed(typed)


@pytest.mark.parametrize(
    ("typed", "meant"), [("1", "cannot"), ("later", "later"), ("i can't  copy it", "cannot")]
)
def test_numbers_ids_and_whole_labels_are_choices(typed, meant):
    assert read_reply(typed, CHOICES, wants_text=True).choice.id == meant


def test_commands_work_and_nothing_typed_is_said_to_be_nothing():
    assert read_reply("q", CHOICES, wants_text=True) == "quit"
    reply = read_reply("  ", CHOICES[:1], wants_text=True)
    assert isinstance(reply, Unclear)
    assert "paste the address" in reply.hint


async def test_a_pasted_address_is_judged_and_not_repeated():
    plain, out = front("", "w", "https://t-mobi1e.com/?session=hidden")
    event = await plain.ask(PASTE, True)
    assert event == Judged("paste", "look_alike", "digits", "t-mobile.com")
    said = out.getvalue()
    assert "Paste or type it and press Enter. Or type a number:" in said
    assert "It looks like t-mobile.com, but has a digit where a letter belongs." in said
    assert "t-mobi1e" not in said
    assert "hidden" not in said


async def test_choices_and_the_way_back_work():
    assert await front("1")[0].ask(PASTE, True) == Chosen("paste", "cannot")
    assert await front("b")[0].ask(PASTE, True) == WentBack()


async def test_answers_given_beforehand_may_be_addresses_or_options():
    plain, out = front(
        answers=Answers({"paste": ("www.t-mobile.com/x?token=hidden", "later")}), unattended=True
    )
    first = await plain.ask(PASTE, True)
    assert first == Judged("paste", "official", "own_domain", "t-mobile.com", "www.t-mobile.com", "answers")
    assert await plain.ask(PASTE, True) == Chosen("paste", "later", "answers")
    assert "hidden" not in out.getvalue()
    with pytest.raises(InputEnded):
        await plain.ask(PASTE, True)


async def test_hostile_text_is_neither_shown_nor_a_danger():
    plain, out = front("\x1b]52;c;AAAA\x07https://t-mo\u202ebile.com", "https://t-mo\u202ebile.com")
    assert (await plain.ask(PASTE, True)).outcome == "not_an_address"
    assert (await plain.ask(PASTE, True)).reason == "disguised"
    assert not {"\x1b", "\x07", "\u202e"} & set(out.getvalue())
