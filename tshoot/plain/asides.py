"""What a person can ask for besides answering: what is known, the report, a note, the way so far."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tshoot.guide.model import Finish, Prompt, WentBack
from tshoot.guide.notes import Note, Notes
from tshoot.guide.recording import NoRecorder, Recorder
from tshoot.plain.spoken import evidence_lines, report_words
from tshoot.text import counted

if TYPE_CHECKING:
    from pathlib import Path

    from tshoot.guide.channels import Channel
    from tshoot.guide.driver import Walk
    from tshoot.guide.engine import Engine
    from tshoot.guide.known import Known
    from tshoot.guide.outcome import Outcome
    from tshoot.guide.path_lines import PathLine
    from tshoot.guide.so_far import SoFar
    from tshoot.guide.state import State
    from tshoot.plain.page import Page
    from tshoot.plain.reply import Command
    from tshoot.probes.model import ProbeSpec

Read = Callable[[str], Awaitable[str | None]]
"""Asks for a line with these words; None where no more comes."""
NOTHING_MEASURED = "Nothing has been measured yet."


class Asides:
    """Answers the commands that leave the session where it is. ``walk`` is kept up by the front.

    ``notes`` are those written so far, ``recorder`` is told of every further one. ``folders`` may hold
    rules of redaction; ``measured``: it is about this computer.
    """

    def __init__(
        self,
        page: Page,
        *,
        engine: Engine | None = None,
        known: Known | None = None,
        specs: Mapping[str, ProbeSpec] | None = None,
        folders: Sequence[Path] = (),
        measured: bool = True,
    ) -> None:
        self._page, self._engine, self._known, self._specs = page, engine, known, specs or {}
        self._folders, self._measured = folders, measured
        self.notes = Notes()
        self.recorder: Recorder = NoRecorder()
        self.walk: Walk | None = None

    @property
    def state(self) -> State | None:
        """Where the session stands; None before its first step."""
        return self.walk.state if self.walk is not None else None

    async def handle(self, command: Command, step: Prompt | Finish, read: Read) -> WentBack | None:
        """Do what the command says; where it leads to an earlier answer, the way back there."""
        if command == "evidence":
            self._tell_evidence()
        elif command == "report":
            self._tell_report()
        elif command == "save":
            await self._save(read)
        elif command == "note":
            await self._note(step, read)
        elif command == "path":
            return await self._path(read)
        return None

    def outcome(self) -> Outcome:
        """What the session came to."""
        from tshoot.guide.outcome import Outcome, outcome_of

        if self._engine is None or self.state is None:
            return Outcome()
        return outcome_of(self._engine, self.state)

    def channels(self, finish: Finish) -> tuple[Channel, ...]:
        """Where help is, those ways first that work by what was measured last."""
        from tshoot.guide.channels import channels_now

        checkup = self._known.checkup() if self._known is not None else None
        official = self._known is not None and self._known.target.service is not None
        return channels_now(finish.help, checkup.diagnosis.ladder if checkup else (), official)

    def tell_code(self) -> None:
        """The code for support and how it is read out; nothing where there is none."""
        from tshoot.evidence.telling import code_words

        report = self._known.report() if self._known is not None else None
        for line in code_words(report.code) if report is not None else ():
            self._page.say(line)

    def _tell_evidence(self) -> None:
        checkup = self._known.checkup() if self._known is not None else None
        if checkup is None:
            self._page.say(NOTHING_MEASURED)
            return
        for line in evidence_lines(checkup, self._specs):
            self._page.say(line, rest="  ")

    def _tell_report(self) -> None:
        report = self._known.report() if self._known is not None else None
        self._page.say_as_it_is(report_words(report, self._page.width) if report else NOTHING_MEASURED)
        lines = self._lines()
        if lines:
            self._page.say(f"The way so far, {counted(len(lines), 'step')}:")
        for line in lines:
            self._page.say(f"{line.question} {line.text}".strip(), rest="  ")
        self._page.say_as_it_is(self.notes.text())

    async def _save(self, read: Read) -> None:
        from tshoot.plain.saving import save

        await save(self._page, self._so_far(), self._folders, read)

    def _so_far(self) -> SoFar:
        from tshoot.guide.so_far import SoFar

        known = self._known
        checkup = known.checkup() if known is not None else None
        return SoFar(
            known.report if known is not None else lambda: None,
            checkup.diagnosis.ladder if checkup is not None else (),
            self.walk,
            self._engine,
            tuple(self.notes),
            self._measured,
            known is not None and known.target.service is not None,
        )

    async def _note(self, step: Prompt | Finish, read: Read) -> None:
        if self.state is None:
            self._page.say("There is no step yet that a note could stand at.")
            return
        earlier = self.notes.at(step.flow, step.step)
        self._page.say(f"Your note so far: {earlier}" if earlier else "A note of yours, kept for the report.")
        typed = await read("Your note, in one line. Enter alone leaves it as it is: ")
        if not (typed or "").strip():
            self._page.say("No note was written.")
            return
        about = step.title if isinstance(step, Prompt) else step.summary
        self.notes.write(Note(step.flow, step.step, typed or "", about or "At this step"))
        await self.recorder.noted(step.flow, step.step, self.notes.at(step.flow, step.step))
        self._page.say("The note is kept.")

    async def _path(self, read: Read) -> WentBack | None:
        lines = self._lines()
        self._page.say(f"The way so far: {counted(len(lines), 'step')}.")
        places: dict[str, int] = {}
        for line in lines:
            if line.position is None:
                self._page.say(line.text, "     ")
            else:
                places[str(len(places) + 1)] = line.position
                self._page.say(f"{line.question} {line.text}".strip(), f"{len(places):>3}. ")
        if not places:
            self._page.say("Nothing was asked yet.")
            return None
        typed = (await read("Type the number of an answer to change it, or Enter to stay: ") or "").strip()
        if typed.rstrip(".") in places:
            return WentBack(places[typed.rstrip(".")])
        self._page.say("There is no such number. Nothing was changed." if typed else "Nothing was changed.")
        return None

    def _lines(self) -> list[PathLine]:
        from tshoot.guide.path_lines import path_lines

        if self._engine is None or self.state is None:
            return []
        return list(path_lines(self._engine, self.state.transcript))
