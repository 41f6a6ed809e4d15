"""The line dialogue as a front of the driver: shows, asks, reads an answer."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from tshoot.guide.answers import Answers
from tshoot.guide.driver import InputEnded
from tshoot.guide.effects import CANNOT, CANNOT_TELL
from tshoot.guide.following import Tick
from tshoot.guide.judging import given, judged
from tshoot.guide.model import (
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
from tshoot.guide.words import CONFIRM_WORD
from tshoot.plain.asides import Asides
from tshoot.plain.lines import Lines
from tshoot.plain.page import Page
from tshoot.plain.progress import LineProgress
from tshoot.plain.reply import COMMANDS, HELP, Command, Picked, Typed, Unclear, read_command, read_reply
from tshoot.plain.telling import Teller, label_of

if TYPE_CHECKING:
    from tshoot.guide.driver import Walk
    from tshoot.probes.model import ProbeSpec

CUE = "Your answer: "
AFTERWARDS = (
    "Type e for what was measured, r for the report, s to save it, n for a note, b to go back, "
    "or Enter to close: "
)


class PlainFront:
    """Asks line by line. Answers given beforehand are taken first; without input the first open
    question ends the dialogue. ``specs`` give the probes their names; ``asides`` answer what a person may
    ask for besides.
    """

    def __init__(
        self,
        page: Page,
        lines: Lines,
        *,
        answers: Answers | None = None,
        specs: Mapping[str, ProbeSpec] | None = None,
        progress: LineProgress | None = None,
        asides: Asides | None = None,
        unattended: bool = False,
    ) -> None:
        self._page, self._lines, self._unattended = page, lines, unattended
        self._answers, self._teller = answers or Answers({}), Teller(page, specs or {})
        self._progress, self._asides = progress, asides or Asides(page)

    def arrived(self, walk: Walk) -> None:
        """Keep how far the session has come, for whoever asks."""
        self._asides.walk = walk

    async def ask(self, prompt: Prompt, can_go_back: bool) -> Reaction:
        """Show the prompt and read an answer. Raises :class:`InputEnded` at the end of the input."""
        self._wait(False)
        prepared = self._prepared(prompt)
        if not prepared and prompt.risk == "destructive" and not self._unattended:
            instead = await self._warned(prompt, can_go_back)
            if instead is not None:
                return instead
        self._teller.prompt(prompt)
        if prepared:
            return self._heard(prepared, prompt, "Answer given: ")
        if self._unattended:
            raise InputEnded(prompt.step)
        return await self._dialogue(prompt, can_go_back)

    def show_measuring(self, measure: Measure) -> None:
        """Say what is being looked at."""
        self._teller.measuring(measure)
        self._wait(measure.probe is None)

    def show_measured(self, measured: Measured, measure: Measure) -> None:
        """Say the result; after a fix, how it was before too."""
        self._wait(False)
        self._teller.measured(measured, measure)

    def show_tick(self, tick: Tick, watch: Watch) -> None:
        """Say a change of state, with the time since the watch began."""
        self._teller.tick(tick, watch)

    async def leave_watch(self, watch: Watch, can_go_back: bool) -> Reaction:
        """Say how the person can end the watch, and read it; Enter stops watching.

        Only what is typed on a screen can end it: a line that comes through a pipe answers a question.
        """
        if self._unattended or not self._lines.on_screen or watch.leave is None:
            await asyncio.get_running_loop().create_future()
        assert watch.leave is not None
        self._page.say("It goes on by itself. To end it, type a number. Enter alone stops watching.")
        self._teller.choices(watch.leave)
        return await self._dialogue(replace(watch.leave, earlier=CANNOT_TELL), can_go_back, cue="")

    async def finish(self, finish: Finish, can_go_back: bool) -> WentBack | None:
        """Say how it ended, where help is now, the code for support.

        Whoever types on a screen can look around and go back.
        """
        self._wait(False)
        self._teller.end(finish, self._asides.outcome(), self._asides.channels(finish))
        self._asides.tell_code()
        while self._lines.on_screen and not self._unattended:
            self._page.gap()
            reply = read_command(await self._line(AFTERWARDS) or "")
            if reply == "quit":
                return None
            back = await self._aside(reply, finish, can_go_back)
            if back is not None:
                return back
        return None

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

    async def _dialogue(self, prompt: Prompt, can_go_back: bool, cue: str = CUE) -> Reaction:
        wants_text = prompt.kind == "address"
        while True:
            reply = read_reply(await self._typed(prompt, cue), prompt.choices, prompt.earlier, wants_text)
            if isinstance(reply, Typed | Picked):
                return self._heard(_reaction(prompt, reply), prompt, "You chose: ")
            if reply == "quit":
                raise InputEnded(prompt.step, left=True)
            back = await self._aside(reply, prompt, can_go_back)
            if back is not None:
                return back

    async def _aside(
        self, reply: Unclear | Command, step: Prompt | Finish, can_go_back: bool
    ) -> WentBack | None:
        """Whatever is no answer: the way back where it leads there."""
        if isinstance(reply, Unclear):
            self._page.say(reply.hint)
        elif reply == "back" and can_go_back:
            self._page.say("Back to the question before.")
            return WentBack()
        elif reply == "back":
            self._page.say("This is the first question; there is none before it.")
        elif reply == "why":
            self._page.say(step.why or "There is no more to say about it.")
        elif reply == "help":
            for line in HELP:
                self._page.say(line)
        else:
            return await self._asides.handle(reply, step, self._line)
        return None

    def _heard(self, answer: Chosen | Judged, prompt: Prompt, chosen: str) -> Chosen | Judged:
        """Say what was understood; of an address only what it was judged as, and that once."""
        if isinstance(answer, Judged):
            self._teller.said(answer.says)
        else:
            self._page.say(f"{chosen}{label_of(prompt.choices, answer.choice)}.")
        return answer

    async def _typed(self, prompt: Prompt, cue: str = CUE) -> str:
        line = await self._line(cue)
        if line is None:
            raise InputEnded(prompt.step)
        return line

    async def _line(self, cue: str) -> str | None:
        """One line after these words; None where no more comes."""
        self._page.cue(cue)
        line = await self._lines.next()
        if line is None or not self._lines.on_screen:
            self._page.gap()
        return line

    async def _warned(self, prompt: Prompt, can_go_back: bool) -> Reaction | None:
        """Before something that can't be undone: None where the person agrees, else what is done instead."""
        self._teller.warning(prompt)
        self._page.say(
            f"To see how, type the word {CONFIRM_WORD}, or ? for help. Anything else leaves it out."
        )
        while True:
            typed = " ".join((await self._typed(prompt)).split()).casefold()
            if typed == CONFIRM_WORD:
                return None
            if typed not in COMMANDS:
                return self._heard(Chosen(prompt.step, CANNOT), prompt, "You chose: ")
            if typed == "q":
                raise InputEnded(prompt.step, left=True)
            back = await self._aside(COMMANDS[typed], prompt, can_go_back)
            if back is not None:
                return back

    def _wait(self, waiting: bool) -> None:
        if self._progress is not None:
            self._progress.waiting = waiting


def _reaction(prompt: Prompt, reply: Typed | Picked) -> Chosen | Judged:
    if isinstance(reply, Typed):
        return judged(prompt, reply.text)
    return Chosen(prompt.step, reply.choice.id)
