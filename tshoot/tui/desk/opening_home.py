"""Opens the small windows over the table, and does what was chosen there."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tshoot.desk.table import choices, is_chosen, with_choice
from tshoot.session.row import SessionRow
from tshoot.tui.desk.opening import LABEL_HINT

if TYPE_CHECKING:
    from tshoot.desk.desk import Desk
    from tshoot.session.model import EvidenceGiven
    from tshoot.tui.desk.asking import Values
    from tshoot.tui.desk.ending import Ending
    from tshoot.tui.desk.home import HomeScreen

FIRST = "start"
"""The flow that a call begins with where nothing else is chosen."""
SYSTEMS = (
    ("", "not known yet"),
    ("windows", "Windows"),
    ("macos", "Mac"),
    ("linux", "Linux"),
    ("phone", "a phone or tablet"),
    ("other", "something else"),
)
"""What the caller may have; instructions differ by it."""
FILE_OR_CODE = "Code or file, where the caller has one"
TEXT_OR_CODE = "Code, or the text of a file (paste it), where the caller has one"


class HomePages:
    """The windows over the table."""

    def __init__(self, screen: HomeScreen) -> None:
        self._screen = screen

    def new_call(self, before: Values | None = None, notice: str = "") -> None:
        """Ask for what is known at the beginning of a call; nothing of it is needed. ``before`` was filled in
        already.
        """
        from tshoot.tui.desk.asking import Field, FormScreen

        screen = self._screen
        services = tuple(screen.services.items())
        flows = screen.desk.flows
        titles = sorted(((name, flow.title) for name, flow in flows.items()), key=lambda one: one[0] != FIRST)
        files = not screen.app.is_web
        evidence = FILE_OR_CODE if files else TEXT_OR_CODE
        given = before or {}
        fields = [
            Field("label", "Caller", given.get("label", ""), LABEL_HINT),
            Field("evidence", evidence, given.get("evidence", ""), "it can come later too", report=True),
            Field("service", "Service", given.get("service", ""), options=(("", "not known yet"), *services)),
            Field("system", "The caller's computer", given.get("system", ""), options=SYSTEMS),
            Field("flow", "Begin with", given.get("flow", ""), options=titles),
        ]

        def check(values: Values) -> None:
            evidence_of(screen.desk, values, files)  # What is wrong with it is said before the window closes.

        screen.app.push_screen(FormScreen("New call", fields, notice=notice, check=check), self._begin)

    def _begin(self, values: Values | None) -> None:
        if values is not None:
            self._screen.begin(values, partial(self.new_call, values))

    def take_over(self, row: SessionRow) -> None:
        """Take a call over; where somebody has it, ask first."""
        from tshoot.tui.screens.choosing import ChoosingScreen

        screen = self._screen

        def chosen(answer: str | None) -> None:
            if answer == "yes":
                screen.open(row, take=True)

        if not row.agent:
            screen.open(row, take=True)
            return
        title = f"Take {row.label or row.session} over?"
        body = f"{row.agent} has this call and is told that you took it over."
        answers = (("no", "No, leave it"), ("yes", "Yes, take it over"))
        screen.app.push_screen(ChoosingScreen(title, answers, body), chosen)

    def close(self, row: SessionRow, before: Ending | None = None, notice: str = "") -> None:
        """End a call; ``before`` was typed and chosen already."""
        from tshoot.tui.desk.ending import EndingScreen

        screen = self._screen

        def ended(ending: Ending | None) -> None:
            if ending is not None:
                screen.close_call(row, ending, partial(self.close, row, ending))

        screen.app.push_screen(EndingScreen(row.label or row.session, before, notice), ended)

    def delete(self, row: SessionRow) -> None:
        """Delete a call, after a word was typed."""
        from tshoot.tui.screens.confirm import ConfirmScreen

        screen = self._screen

        def confirmed(yes: bool | None) -> None:
            if yes:
                screen.delete_call(row)

        loses = "the call with its answers, notes, evidence and tickets on their way, for every agent"
        screen.app.push_screen(ConfirmScreen(f"delete {row.label or row.session}", loses), confirmed)

    def filter(self) -> None:
        """Narrow the table down, one choice at a time."""
        from tshoot.tui.screens.choosing import ChoosingScreen

        screen = self._screen
        every = choices(screen.services)

        def chosen(number: str | None) -> None:
            if number is not None:
                screen.narrow_to(with_choice(screen.shown, every[int(number)]))

        lines = [
            (str(number), f"{'✓' if is_chosen(screen.shown, choice) else ' '} {choice[2]}")
            for number, choice in enumerate(every)
        ]
        screen.app.push_screen(ChoosingScreen("Show", lines), chosen)

    def statistics(self) -> None:
        """What the stored calls come to."""
        from tshoot.tui.desk.statistics import StatisticsScreen

        self._screen.app.push_screen(StatisticsScreen(self._screen.desk))

    def keys(self) -> None:
        """Every key of the table."""
        from tshoot.tui.desk.help import keys_screen
        from tshoot.tui.desk.keys import HOME

        self._screen.app.push_screen(keys_screen(self._screen.app, HOME))


def evidence_of(desk: Desk, values: Values, files: bool) -> EvidenceGiven | None:
    """The evidence that was given; None where none was. ``files`` as :func:`tshoot.desk.intake.take_in`.

    Raises :class:`EvidenceError`.
    """
    return desk.take_in(values["evidence"], files=files) if values["evidence"] else None
