"""Says on a page what a session wants and finds: questions, actions, results, ends. Nothing is said twice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tshoot.guide.channels import Channel, channel_words
from tshoot.guide.following import FollowState, Tick
from tshoot.guide.model import Choice, Finish, Measure, Measured, Prompt, Watch
from tshoot.guide.outcome import Outcome, looking_back
from tshoot.guide.words import (
    END_WORDS,
    before_and_after,
    outcome_words,
    watch_words,
    watched_words,
)
from tshoot.plain.page import Page
from tshoot.text import counted

if TYPE_CHECKING:
    from tshoot.probes.model import ProbeSpec

MANY = 4
"""More answers or actions than these are announced with their number."""


class Teller:
    """Says things on ``page``; ``specs`` give the probes their names."""

    def __init__(self, page: Page, specs: Mapping[str, ProbeSpec]) -> None:
        self._page, self._specs = page, specs
        self._said = ""
        self._watched: FollowState | None = None

    def said(self, text: str) -> None:
        """``text`` is said now; what comes next need not begin with it."""
        self._page.say(text)
        self._said = text

    def measuring(self, measure: Measure) -> None:
        """What is being looked at."""
        self._page.gap()
        self._page.say(self._unsaid(measure.say) or f"Checking: {self._name(measure)}.")
        self._watched = None

    def measured(self, measured: Measured, measure: Measure) -> None:
        """The result in plain words; after a fix, how it was before too. The figures are told on demand."""
        if measure.purpose == "verify":
            self._page.say(before_and_after(measure, measured))
        elif isinstance(measure, Watch):
            if self._watched != "there":
                self._page.say(watched_words(self._name(measure), measure, measured))
        elif measure.probe is not None:
            self._page.say(f"{self._name(measure)}: {outcome_words(measured.outcome, measure.probe)}.")
        self._said = ""
        if measure.probe is None:
            self.said(measured.detail)

    def tick(self, tick: Tick, watch: Watch) -> None:
        """A change of state, with the time since the watch began."""
        if tick.state != self._watched:
            self._page.say(watch_words(self._name(watch), tick.state, tick.seconds))
        self._watched = tick.state

    def prompt(self, prompt: Prompt) -> None:
        """What is asked or to be done, and the choices."""
        self._page.gap()
        texts = [self._unsaid(prompt.body), prompt.title]
        for text in reversed(texts) if prompt.kind == "do" else texts:
            self._page.say(text)
        if prompt.kind == "do":
            self._action(prompt)
        self.choices(prompt)
        if prompt.earlier is not None:
            self._page.say(f"Your answer before: {label_of(prompt.choices, prompt.earlier)}. Enter keeps it.")

    def choices(self, prompt: Prompt) -> None:
        """The choices, with their numbers."""
        if prompt.kind == "address":
            self._page.say("Paste or type it and press Enter. Or type a number:")
        elif len(prompt.choices) > MANY:
            self._page.say(f"{counted(len(prompt.choices), 'answer')}:")
        for number, choice in enumerate(prompt.choices, 1):
            self._page.say(choice.label, f"{number:>3}. ")

    def warning(self, prompt: Prompt) -> None:
        """What is lost by something that can't be undone."""
        self._page.gap()
        self._page.say(f"Careful: {prompt.title}.")
        self._page.say(f"What you lose: {prompt.loses}" if prompt.loses else "This can't be undone.")

    def end(self, finish: Finish, outcome: Outcome, channels: Sequence[Channel]) -> None:
        """How it ended, what was wrong and what was done about it, where help is."""
        self._page.gap()
        self._page.say(END_WORDS.get(finish.outcome, ""))
        self._page.say(self._unsaid(finish.summary))
        for lead, text in looking_back(finish, outcome):
            self._page.say(f"{lead} {text}")
        if channels:
            self._page.say("What you can do:")
        for channel in channels:
            self._page.say(f"- {channel_words(channel, finish.service)} {channel.reason}", rest="  ")

    def _action(self, prompt: Prompt) -> None:
        if prompt.minutes is not None:
            self._page.say(f"This takes about {_minutes(prompt.minutes)}.")
        if len(prompt.instructions) > MANY:
            self._page.say(f"{counted(len(prompt.instructions), 'thing')} to do:")
        for place, line in enumerate(prompt.instructions):
            self._page.say(line, "Then: " if place else "First: ")
        self._page.say(f"What you lose: {prompt.loses}" if prompt.loses else "")
        self._page.say(f"To undo it: {prompt.undo}" if prompt.undo else "")

    def _unsaid(self, text: str) -> str:
        """``text`` without the result it begins with, where that has just been said."""
        said, self._said = self._said, ""
        return text.removeprefix(said).strip() if said else text

    def _name(self, measure: Measure) -> str:
        if measure.probe is None:
            return "the connection"
        spec = self._specs.get(measure.probe)
        return spec.title if spec is not None else measure.probe.replace("_", " ")


def label_of(choices: tuple[Choice, ...], wanted: str) -> str:
    """How a choice reads; its id where it is none of them."""
    return next((choice.label for choice in choices if choice.id == wanted), wanted)


def _minutes(minutes: float) -> str:
    if minutes < 1:
        return f"{round(minutes * 60)} seconds"
    return "1 minute" if minutes == 1 else f"{minutes:g} minutes"
