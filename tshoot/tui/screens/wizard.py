"""The wizard's one screen with its keys: what each does, and where it does nothing."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.widgets import Input

from tshoot.guide.model import Finish, WentBack
from tshoot.tui.keys import WIZARD, bindings
from tshoot.tui.screens.trouble import TellsTrouble
from tshoot.tui.screens.walking import WalkingScreen
from tshoot.tui.widgets.path import PathView


class WizardScreen(TellsTrouble, WalkingScreen):
    """The keys of :data:`tshoot.tui.keys.WIZARD` over the walk."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(WIZARD)]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where a key makes sense: only there it stands in the key line."""
        if not self.is_mounted:
            return False  # Keys with priority come before anything is on the screen.
        if action == "read_on":
            # They would also reach here below a page.
            return self.is_current and self.step.query_one("#text").max_scroll_y > 0
        allowed = {
            # Where an address is typed, a slash is part of it.
            "find": not isinstance(self.focused, Input),
            "back": self._can_go_back,
            "why": bool(self.step.card.why.plain) and not self.is_wide,
            "path": self.session.walk is not None,
            "note": self.prompt is not None,
            "service": self.session.can_aim and (self.at_home or self._at_end),
            "measure": self.session.measured and (self.at_home or self._at_end),
        }
        return allowed.get(action, True)

    @property
    def _at_end(self) -> bool:
        state = self.session.state
        return state is not None and isinstance(state.pending, Finish)

    @property
    def _can_go_back(self) -> bool:
        state = self.session.state
        return not self.at_home and (self.has_home or (state is not None and bool(state.prompts())))

    def on_resize(self) -> None:
        """Show more where there is more room."""
        super().on_resize()
        self.step.show_why(self.is_wide)
        self.refresh_bindings()

    def on_path_view_go_back(self, event: PathView.GoBack) -> None:
        """A line of the path was chosen."""
        self.send(WentBack(event.position))

    def action_choose(self, number: int) -> None:
        """Choose by digit."""
        self.step.choose(number)

    def action_read_on(self, pages: int) -> None:
        """Scroll the step's text."""
        self.step.read_on(pages)

    def action_back(self) -> None:
        """One step back, to change an answer; before the first one is the first screen."""
        state = self.session.state
        if state is not None and state.prompts():
            self.send(WentBack())
        else:
            self.go_home()

    def action_why(self) -> None:
        """Show the reason, or put it away."""
        self.step.show_why(self.step.has_class("-brief"))

    def action_path(self) -> None:
        """The way so far."""
        self.pages.path()

    def action_find(self) -> None:
        """Look for help by the person's own words."""
        self.pages.find()

    def action_service(self) -> None:
        """Choose what is checked."""
        self.pages.service()

    def action_measure(self) -> None:
        """Measure everything again."""
        self.aim(self.session.target)

    def action_evidence(self) -> None:
        """What was measured."""
        self.pages.evidence()

    def action_report(self) -> None:
        """The report as text."""
        self.pages.report()

    def action_code(self) -> None:
        """The code for support."""
        self.pages.code()

    def action_note(self) -> None:
        """Write a note at this step."""
        self.pages.note()

    def action_keys(self) -> None:
        """Every key."""
        self.pages.keys()
