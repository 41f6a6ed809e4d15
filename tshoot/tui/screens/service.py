"""Chooses what is checked: a service of the catalogue, or any website or address that is typed in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tshoot.catalog.services import resolve_target, shipped_services
from tshoot.target import Target, TargetError
from tshoot.tui.keys import CHOICE, bindings
from tshoot.tui.safe import BESIDE, plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.widgets.keybar import KeyBar

_ANOTHER = "-another"
"""No service has an id that begins with a dash."""


class ServiceScreen(Overlay[Target | None]):
    """Returns the target that was chosen, or None."""

    DEFAULT_CSS = """
    ServiceScreen > Vertical { max-width: 70; }
    ServiceScreen OptionList { height: auto; max-height: 12; }
    ServiceScreen.typing OptionList { max-height: 35vh; }
    ServiceScreen #wrong { color: $error; height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CHOICE)]

    def __init__(self, now: Target) -> None:
        super().__init__()
        self._now = now

    def compose(self) -> ComposeResult:
        """The services, and a line for anything else."""
        with Vertical() as frame:
            frame.border_title = "What do you want to reach?"
            yield OptionList(*self._options(), markup=False)
            yield Input(
                placeholder="a website, for example www.example.com",
                classes="empty",
                select_on_focus=False,
            )
            yield Static(id="wrong", classes="empty")
        yield KeyBar()

    def action_choose(self, number: int) -> None:
        """Choose by digit."""
        options = self.query_one(OptionList)
        if 0 < number <= options.option_count:
            options.highlighted = number - 1
            options.action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A service, or the line for anything else."""
        if event.option.id == _ANOTHER:
            self.add_class("typing")
            line = self.query_one(Input)
            line.set_class(False, "empty")
            line.focus()
        elif event.option.id is not None:
            self.dismiss(shipped_services()[event.option.id].target())

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what was typed, or say what is wrong with it."""
        if not event.value.strip():
            return
        try:
            self.dismiss(resolve_target(event.value))
        except TargetError as error:
            wrong = self.query_one("#wrong", Static)
            wrong.update(plain(str(error)))
            wrong.set_class(False, "empty")

    def _options(self) -> Iterator[Option]:
        for number, service in enumerate(shipped_services().values(), 1):
            now = "  (checked now)" if service.id == self._now.service else ""
            yield Option(_line(number, service.title, f"{service.host}{now}"), id=service.id)
        typed = "" if self._now.service else f"now: {self._now.label}"
        yield Option(_line(len(shipped_services()) + 1, "Another website or address", typed), id=_ANOTHER)


def _line(number: int, title: str, beside: str) -> Content:
    return Content.assemble((f"{number} ", "bold"), plain(title), plain(f"  {beside}", BESIDE))
