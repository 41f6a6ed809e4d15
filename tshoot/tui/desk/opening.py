"""Opens the small windows over a call, and does what was chosen there. Each is imported when first opened."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tshoot.desk import moves
from tshoot.session.model import EvidenceGiven

if TYPE_CHECKING:
    from tshoot.tui.desk.asking import Values
    from tshoot.tui.desk.call import CallScreen
    from tshoot.tui.desk.ending import Ending


class CallPages:
    """The windows over one call."""

    def __init__(self, screen: CallScreen) -> None:
        self._screen = screen

    def service_title(self) -> str:
        """The service of the call, as people call it."""
        from tshoot.catalog.services import shipped_services

        row, services = self._screen.call.record.row, shipped_services()
        return services[row.service].title if row.service in services else row.service or row.host

    def path(self) -> None:
        """The way so far; goes back to what is chosen there."""
        from tshoot.tui.desk.panes import path_of
        from tshoot.tui.screens.path import PathScreen

        screen = self._screen

        def chosen(position: int | None) -> None:
            if position is not None and screen.mine:
                screen.go_back(position)

        screen.app.push_screen(PathScreen(path_of(screen.call)), chosen)

    def note(self, text: str = "", notice: str = "") -> None:
        """Write a note at this step; it is offered again where somebody else was quicker."""
        from tshoot.session.events_json import LONGEST_NOTE
        from tshoot.tui.screens.noting import NotingScreen

        screen, prompt = self._screen, self._screen.prompt

        def written(note: str | None) -> None:
            if note is not None and note.strip():
                screen.do(partial(moves.noted, text=note), partial(self.note, note), "The note is kept.")

        about = notice or (prompt.title or prompt.body if prompt is not None else "")
        screen.app.push_screen(NotingScreen(about, text, LONGEST_NOTE, "ticket", kept=""), written)

    def label(self, text: str = "", notice: str = "") -> None:
        """Call the caller something else."""
        from tshoot.tui.desk.asking import Field, FormScreen

        screen = self._screen

        def named(values: Values | None) -> None:
            if values is not None:
                label = values["label"]
                screen.do(lambda call: moves.labelled(label), partial(self.label, label))

        def check(values: Values) -> None:
            if not values["label"]:
                raise ValueError("Type something to find the call by.")

        field = Field("label", LABEL_HINT, text or screen.call.record.row.label)
        screen.app.push_screen(
            FormScreen("The caller in the table", [field], notice=notice, check=check), named
        )

    def evidence(self, text: str = "", notice: str = "") -> None:
        """Take in a code or a file."""
        from tshoot.tui.desk.evidence import EvidenceScreen

        screen = self._screen

        def given(taken: tuple[str, EvidenceGiven] | None) -> None:
            if taken is not None:
                self._start_over(*taken)

        # The folders of this computer are not those of a person before a browser.
        folder = None if screen.app.is_web else Path.cwd()
        screen.app.push_screen(EvidenceScreen(screen.desk, text, notice, folder), given)

    def _start_over(self, text: str, evidence: EvidenceGiven) -> None:
        """Ask whether to start over where the evidence answers what was asked already; then keep it."""
        from tshoot.tui.screens.choosing import ChoosingScreen

        screen = self._screen
        now = screen.desk.now()
        position = moves.first_answerable(screen.call, evidence, now=now)

        def keep(start: str | None) -> None:
            if start is not None:
                here = position if start == "over" else None
                move = partial(moves.evidence_given, evidence=evidence, position=here, now=now)
                screen.do(move, partial(self.evidence, text), "The evidence is taken in.")

        if position is None:
            keep("on")
        else:
            screen.app.push_screen(ChoosingScreen("This answers what was asked before", START_OVER), keep)

    def confirm_loss(self) -> None:
        """Before an action that can't be undone: the caller has to agree."""
        from tshoot.tui.screens.confirm import ConfirmScreen

        screen, prompt = self._screen, self._screen.prompt
        if prompt is None:
            return

        def agreed(yes: bool | None) -> None:
            if yes:
                screen.agreed_to_lose()

        screen.app.push_screen(ConfirmScreen(prompt.title, prompt.loses), agreed)

    def hand_over(self, to: str = "", note: str = "", notice: str = "") -> None:
        """Give the call to another agent, or leave it for anybody."""
        from tshoot.tui.desk.asking import Field, FormScreen

        screen = self._screen

        def handed(values: Values | None) -> None:
            if values is not None:
                move = partial(moves.handed_over, to=values["to"], note=values["note"])
                again = partial(self.hand_over, values["to"], values["note"])
                screen.do(move, again, "The call is handed over.")

        fields = [
            Field("to", "To whom", to, "empty: whoever takes it first"),
            Field("note", "What they should know", note, "goes into the notes"),
        ]
        screen.app.push_screen(FormScreen("Hand the call over", fields, notice=notice), handed)

    def close(self, before: Ending | None = None, notice: str = "") -> None:
        """End the call."""
        from tshoot.tui.desk.ending import EndingScreen

        screen = self._screen

        def ended(ending: Ending | None) -> None:
            if ending is not None:
                again = partial(self.close, ending)
                screen.do(lambda call: moves.closed(ending.how, ending.reason), again)

        row = screen.call.record.row
        screen.app.push_screen(EndingScreen(row.label or row.session, before, notice), ended)

    def ticket(self) -> None:
        """The ticket."""
        from tshoot.tui.desk.ticket import TicketScreen

        self._screen.app.push_screen(TicketScreen(self._screen.desk, self._screen.call, self.service_title()))

    def keys(self) -> None:
        """Every key of a call; on a wide screen the reasons stand there without one."""
        from tshoot.tui.desk.help import keys_screen
        from tshoot.tui.desk.keys import CALL

        screen = self._screen
        its = tuple(key for key in CALL if key.action != "why" or not screen.is_wide)
        screen.app.push_screen(keys_screen(screen.app, its))


LABEL_HINT = "A ticket number or a word; no names, no phone numbers"
START_OVER = (
    ("over", "Start over from there by what it says (answers are kept as suggestions)"),
    ("on", "Go on here; it counts from now on"),
)
