"""What the step pane shows, as plain data: one card for each kind of moment. No widget, no decision.

The step widget draws a card; who makes it decides what a choice on it means.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from textual.content import Content

from tshoot.guide.channels import Channel, channel_words
from tshoot.guide.model import Choice, Finish, Measure, Prompt, Watch
from tshoot.guide.outcome import Outcome, looking_back
from tshoot.guide.words import END_WORDS
from tshoot.tui.left import Left, with_way_back
from tshoot.tui.safe import EMPTY, lines, plain
from tshoot.tui.waiting import CHECKING, NOTHING_TO_DO

GOES_ON = "You don't have to do anything. It goes on by itself."

SHOW_HOW, WRITE_FIRST, LEAVE_OUT = "show-how", "write-first", "leave-out"
WRITTEN = "written"
ANEW, OTHER, CLOSE = "anew", "other", "close"
GUARD = (
    Choice(WRITE_FIRST, "First write on paper what you need"),
    Choice(SHOW_HOW, "Show me how (asks you to type a word)"),
    Choice(LEAVE_OUT, "Leave this out"),
)
_PAPER = (
    "Write down what the label on the device says, with its Wi-Fi key and password, and what you would have "
    "to set again. Paper keeps it to yourself: a note in this program goes into the report."
)
AT_END = (
    Choice(ANEW, "Check again from the start"),
    Choice(OTHER, "Look for something else"),
    Choice(CLOSE, "Close"),
)
_SYMBOLS = {"works": ("✓", "$success"), "not_known": ("?", "$text-muted"), "not_now": ("✗", "$error")}


@dataclass(frozen=True, slots=True)
class Card:
    """One moment in the step pane. Empty parts take no room; ``chosen`` is the choice that is highlighted,
    ``earlier`` the one that was taken before, ``watching`` the name of what is followed live;
    ``types``: a line to type in stands above the choices.
    """

    title: Content = EMPTY
    body: Content = EMPTY
    notice: Content = EMPTY
    details: Content = EMPTY
    facts: Content = EMPTY
    why: Content = EMPTY
    note: Content = EMPTY
    instructions: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    chosen: str | None = None
    earlier: str | None = None
    watching: str | None = None
    types: bool = False

    def noted(self, note: str) -> Card:
        """The card with the person's own note on it."""
        return replace(self, note=plain(f"Your note: {note}" if note else "", "$text-accent"))


def prompt_card(prompt: Prompt, notice: str = "") -> Card:
    """A question, an action, a pause or a notice. What can lose something is never preselected."""
    ids = [choice.id for choice in prompt.choices]
    earlier = prompt.earlier if prompt.earlier in ids else None
    first = next(iter(ids), None)
    return Card(
        title=plain(prompt.title),
        body=plain(prompt.body),
        notice=plain(notice),
        facts=plain("\n".join(_facts(prompt))),
        why=_why(prompt.why),
        instructions=prompt.instructions,
        choices=prompt.choices,
        types=prompt.kind == "address",
        chosen=None if prompt.risk == "destructive" else earlier or first,
        earlier=earlier,
    )


def guard_card(prompt: Prompt, notice: str = "") -> Card:
    """Before an action that can't be undone: what is lost, and no word yet of how it is done."""
    loses = f"You lose: {prompt.loses}" if prompt.loses else "This can't be undone."
    return Card(
        title=plain(f"Careful: {prompt.title}"),
        body=lines([plain(loses, "bold $warning"), plain(""), plain(prompt.body)]),
        notice=plain(notice),
        why=_why(prompt.why),
        choices=GUARD,
    )


def paper_card(prompt: Prompt) -> Card:
    """What to write down before something is lost: on paper, as a note goes into the report."""
    return Card(
        title=plain("Write it on paper"),
        body=plain("\n\n".join(filter(None, (_PAPER, prompt.loses and f"You lose: {prompt.loses}")))),
        choices=(Choice(WRITTEN, "I have it on paper"),),
        chosen=WRITTEN,
    )


def busy_card(measure: Measure, notice: str = "") -> Card:
    """Something is being measured."""
    title = "Checking again" if measure.purpose == "verify" else CHECKING
    return Card(title=plain(title), body=plain(measure.say or NOTHING_TO_DO), notice=plain(notice))


def waiting_card(title: str, body: str = NOTHING_TO_DO) -> Card:
    """Nothing can be chosen for a moment."""
    return Card(title=plain(title), body=plain(body))


def watch_card(watch: Watch, name: str, notice: str = "") -> Card:
    """Something is followed live; none of the ways to end that by hand is preselected."""
    return Card(
        title=plain(f"Watching: {name}"),
        body=plain(watch.say or GOES_ON),
        notice=plain(notice),
        why=_why(watch.why),
        choices=watch.leave.choices if watch.leave is not None else (),
        watching=name,
    )


def finish_card(
    finish: Finish,
    outcome: Outcome,
    channels: Sequence[Channel],
    notice: str = "",
    left: Left | None = None,
) -> Card:
    """The end: what it was, what helped, what to do next, who can be reached now, what was left for it."""
    return Card(
        title=plain(END_WORDS.get(finish.outcome, finish.outcome)),
        body=plain(finish.summary),
        notice=plain(notice),
        details=lines([*_looking_back(finish, outcome), *_help(channels, finish.service)]),
        choices=with_way_back(AT_END, left),
        chosen=CLOSE if finish.outcome == "resolved" else None,
    )


def _looking_back(finish: Finish, outcome: Outcome) -> list[Content]:
    told = looking_back(finish, outcome)
    return [Content.assemble((f"{lead} ", "bold"), plain(text)) for lead, text in told]


def _help(channels: Sequence[Channel], service: str) -> list[Content]:
    head = [plain(""), plain("What you can do", "bold")] if channels else []
    return [*head, *(_channel(channel, service) for channel in channels)]


def _channel(channel: Channel, service: str) -> Content:
    symbol, style = _SYMBOLS[channel.works]
    words, reason = plain(f"{channel_words(channel, service)} "), plain(channel.reason, "$text-muted")
    return Content.assemble((f"{symbol} ", style), words, reason)


def _why(text: str) -> Content:
    return plain(f"Why: {text}" if text else "")


def _facts(prompt: Prompt) -> list[str]:
    facts = []
    if prompt.minutes:
        facts.append(f"Takes about {prompt.minutes:g} min.")
    if prompt.loses:
        facts.append(f"You may lose: {prompt.loses}")
    if prompt.undo:
        facts.append(f"To undo: {prompt.undo}")
    return facts
