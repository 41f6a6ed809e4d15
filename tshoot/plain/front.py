"""The line dialogue as a front of the driver: shows, asks, reads an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tshoot.guide.answers import Answers
from tshoot.guide.driver import InputEnded
from tshoot.guide.effects import CANNOT, CANNOT_TELL
from tshoot.guide.following import FollowState, Tick
from tshoot.guide.judging import given, judged
from tshoot.guide.model import (
    Choice,
    Chosen,
    Finish,
    Judged,
    Measure,
    Measured,
    Prompt,
    Reaction,
    Watch,
    WentBack,
)
from tshoot.guide.words import (
    CONFIRM_WORD,
    END_WORDS,
    HELP_WORDS,
    before_and_after,
    outcome_words,
    watch_words,
    watched_words,
)
from tshoot.plain.lines import Lines
from tshoot.plain.page import Page
from tshoot.plain.progress import LineProgress
from tshoot.plain.reply import Picked, Typed, Unclear, read_reply

if TYPE_CHECKING:
    from tshoot.probes.model import ProbeSpec

HELP = (
    "Type the number of an answer, or how it starts, and press Enter. "
    "b goes back to the question before. w says why this is asked. q leaves."
)


class PlainFront:
    """Asks line by line. Answers given beforehand are taken first; without input the first open
    question ends the dialogue. ``specs`` give the probes their names.
    """

    def __init__(
        self,
        page: Page,
        lines: Lines,
        *,
        answers: Answers | None = None,
        specs: Mapping[str, ProbeSpec] | None = None,
        progress: LineProgress | None = None,
        unattended: bool = False,
    ) -> None:
        self._page, self._lines, self._unattended = page, lines, unattended
        self._answers, self._specs = answers or Answers({}), specs or {}
        self._progress, self._said = progress, ""
        self._watched: FollowState | None = None

    async def ask(self, prompt: Prompt, can_go_back: bool) -> Reaction:
        """Show the prompt and read an answer. Raises :class:`InputEnded` at the end of the input."""
        self._wait(False)
        prepared = self._prepared(prompt)
        if not prepared and prompt.risk == "destructive" and not self._unattended:
            instead = await self._warned(prompt, can_go_back)
            if instead is not None:
                return instead
        self._show(prompt)
        if prepared:
            return self._heard(prepared, prompt, "Answer given: ")
        if self._unattended:
            raise InputEnded(prompt.step)
        return await self._dialogue(prompt, can_go_back)

    def show_measuring(self, measure: Measure) -> None:
        """Say what is being looked at."""
        self._page.gap()
        self._page.say(self._unsaid(measure.say) or f"Checking: {self._name(measure)}.")
        self._watched = None
        self._wait(not isinstance(measure, Watch))

    def show_measured(self, measured: Measured, measure: Measure) -> None:
        """Say the result; after a fix, how it was before too."""
        self._wait(False)
        if measure.purpose == "verify":
            self._page.say(before_and_after(measure, measured))
        elif isinstance(measure, Watch):
            if self._watched != "there":
                self._page.say(watched_words(self._name(measure), measure, measured))
        elif measure.probe is not None:
            self._page.say(f"{self._name(measure)}: {outcome_words(measured.outcome)}.")
        self._page.say(measured.detail)
        self._said = measured.detail if measure.probe is None else ""

    def show_tick(self, tick: Tick, watch: Watch) -> None:
        """Say a change of state, with the time since the watch began."""
        if tick.state != self._watched:
            self._page.say(watch_words(self._name(watch), tick.state, tick.seconds))
        self._watched = tick.state

    async def leave_watch(self, watch: Watch, can_go_back: bool) -> Reaction:
        """Say how the person can end the watch, and read it; Enter stops watching.

        Only what is typed on a screen can end it: a line that comes through a pipe answers a question.
        """
        if self._unattended or not self._lines.on_screen or watch.leave is None:
            await asyncio.get_running_loop().create_future()
        assert watch.leave is not None
        self._page.say("It goes on by itself. To end it, type a number. Enter alone stops watching.")
        self._show_choices(watch.leave)
        return await self._dialogue(replace(watch.leave, earlier=CANNOT_TELL), can_go_back, cue="")

    def finish(self, finish: Finish) -> None:
        """Say how it ended and where help is."""
        self._page.gap()
        self._page.say(END_WORDS.get(finish.outcome, ""))
        self._page.say(self._unsaid(finish.summary))
        if finish.help:
            self._page.say("What you can do:")
            for way in finish.help:
                self._page.say(f"- {HELP_WORDS[way]}")

    def notice(self, words: str) -> None:
        """Say something about the session itself."""
        self._page.gap()
        self._page.say(words)

    def _prepared(self, prompt: Prompt) -> Chosen | Judged | None:
        # Somebody who went back wants to answer anew.
        answer = self._answers.take(prompt.step) if prompt.earlier is None else None
        if answer is not None:
            return given(prompt, answer, "answers")
        if self._unattended and prompt.kind == "tell":
            return Chosen(prompt.step, prompt.choices[0].id, "default")
        return None

    async def _dialogue(self, prompt: Prompt, can_go_back: bool, cue: str = "Your answer: ") -> Reaction:
        wants_text = prompt.kind == "address"
        while True:
            reply = read_reply(await self._typed(prompt, cue), prompt.choices, prompt.earlier, wants_text)
            if isinstance(reply, Typed | Picked):
                return self._heard(_reaction(prompt, reply), prompt, "You chose: ")
            if reply == "quit":
                raise InputEnded(prompt.step, left=True)
            if reply == "back" and can_go_back:
                self._page.say("Back to the question before.")
                return WentBack()
            self._page.say(reply.hint if isinstance(reply, Unclear) else _answer_to(reply, prompt))

    def _heard(self, answer: Chosen | Judged, prompt: Prompt, chosen: str) -> Chosen | Judged:
        """Say what was understood; of an address only what it was judged as, and that once."""
        if isinstance(answer, Judged):
            self._said = answer.says
            self._page.say(answer.says)
        else:
            self._page.say(f"{chosen}{_label(prompt.choices, answer.choice)}.")
        return answer

    async def _typed(self, prompt: Prompt, cue: str = "Your answer: ") -> str:
        self._page.cue(cue)
        line = await self._lines.next()
        if line is None or not self._lines.on_screen:
            self._page.gap()
        if line is None:
            raise InputEnded(prompt.step)
        return line

    async def _warned(self, prompt: Prompt, can_go_back: bool) -> Chosen | WentBack | None:
        """Before something that can't be undone: None where the person agrees, else what is done instead."""
        self._page.gap()
        self._page.say(f"Careful: {prompt.title}.")
        self._page.say(f"What you lose: {prompt.loses}" if prompt.loses else "This can't be undone.")
        self._page.say(f"To see how, type the word {CONFIRM_WORD}. Anything else leaves it out.")
        typed = (await self._typed(prompt)).strip().casefold()
        if typed == "q":
            raise InputEnded(prompt.step, left=True)
        if typed == "b" and can_go_back:
            return WentBack()
        return None if typed == CONFIRM_WORD else Chosen(prompt.step, CANNOT)

    def _show(self, prompt: Prompt) -> None:
        self._page.gap()
        texts = [self._unsaid(prompt.body), prompt.title]
        for text in reversed(texts) if prompt.kind == "do" else texts:
            self._page.say(text)
        if prompt.kind == "do":
            self._show_action(prompt)
        self._show_choices(prompt)
        if prompt.earlier is not None:
            self._page.say(f"Your answer before: {_label(prompt.choices, prompt.earlier)}. Enter keeps it.")

    def _show_choices(self, prompt: Prompt) -> None:
        if prompt.kind == "address":
            self._page.say("Paste or type it and press Enter. Or type a number:")
        for number, choice in enumerate(prompt.choices, 1):
            self._page.say(choice.label, f"{number:>3}. ")

    def _show_action(self, prompt: Prompt) -> None:
        if prompt.minutes is not None:
            self._page.say(f"This takes about {_minutes(prompt.minutes)}.")
        for place, line in enumerate(prompt.instructions):
            self._page.say(line, "Then: " if place else "First: ")
        self._page.say(f"What you lose: {prompt.loses}" if prompt.loses else "")
        self._page.say(f"To undo it: {prompt.undo}" if prompt.undo else "")

    def _wait(self, waiting: bool) -> None:
        if self._progress is not None:
            self._progress.waiting = waiting

    def _unsaid(self, text: str) -> str:
        """``text`` without the result it begins with, where that has just been said."""
        said, self._said = self._said, ""
        return text.removeprefix(said).strip() if said else text

    def _name(self, measure: Measure) -> str:
        if measure.probe is None:
            return "the connection"
        spec = self._specs.get(measure.probe)
        return spec.title if spec is not None else measure.probe.replace("_", " ")


def _reaction(prompt: Prompt, reply: Typed | Picked) -> Chosen | Judged:
    if isinstance(reply, Typed):
        return judged(prompt, reply.text)
    return Chosen(prompt.step, reply.choice.id)


def _answer_to(command: str, prompt: Prompt) -> str:
    if command == "why":
        return prompt.why or "There is no more to say about it."
    return HELP if command == "help" else "This is the first question; there is none before it."


def _label(choices: tuple[Choice, ...], wanted: str) -> str:
    return next((choice.label for choice in choices if choice.id == wanted), wanted)


def _minutes(minutes: float) -> str:
    if minutes < 1:
        return f"{round(minutes * 60)} seconds"
    return "1 minute" if minutes == 1 else f"{minutes:g} minutes"
