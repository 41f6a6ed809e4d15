"""A small window with a few lines to fill in, and a place for what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget
from textual.widgets import Input, Select, Static

from tshoot.probes.blocking import in_daemon_thread
from tshoot.tui.desk.keys import FORM
from tshoot.tui.keys import bindings
from tshoot.tui.safe import plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.screens.trouble import TellsTrouble
from tshoot.tui.widgets.keybar import KeyBar
from tshoot.tui.widgets.report_input import ReportInput

Values = dict[str, str]
"""What is filled in, by the name of the field."""


@dataclass(frozen=True, slots=True)
class Field:
    """One line to fill in. With ``options`` (value and words) one of them is chosen instead; ``report``: it
    takes the whole text of a report as well.
    """

    name: str
    label: str
    value: str = ""
    hint: str = ""
    options: Sequence[tuple[str, str]] = ()
    report: bool = False


class FormScreen(TellsTrouble, Overlay[Values | None]):
    """Returns the values, or None. ``check`` raises ValueError with a sentence on what is wrong.

    It is called in a thread of its own, so that it may read a file.
    """

    DEFAULT_CSS = """
    FormScreen > VerticalScroll { max-width: 76; }
    FormScreen Static { height: auto; }
    FormScreen .label { color: $text-muted; }
    FormScreen #notice { color: $warning; }
    FormScreen #wrong { color: $error; }
    FormScreen Input, FormScreen Select { margin-bottom: 1; }
    FormScreen Select:focus Static#label { text-style: reverse; }
    """
    TYPED_WORDS: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(FORM)]

    def __init__(
        self,
        title: str,
        fields: Sequence[Field],
        *,
        notice: str = "",
        check: Callable[[Values], object] | None = None,
    ) -> None:
        super().__init__()
        self._title, self._fields, self._notice, self._check = title, tuple(fields), notice, check

    def compose(self) -> ComposeResult:
        """Each field under its label."""
        with VerticalScroll(can_focus=False) as frame:
            frame.border_title = plain(self._title)
            yield Static(plain(self._notice), id="notice", classes="" if self._notice else "empty")
            for field in self._fields:
                yield Static(plain(field.label), classes="label")
                yield self._widget(field)
            yield Static(id="wrong", classes="empty")
        yield KeyBar()

    def on_mount(self) -> None:
        """Begin at the top, also where not all of it fits."""
        self.call_after_refresh(self.query_one(VerticalScroll).scroll_home, animate=False)

    def has_words(self) -> bool:
        """True where a line is not as it was offered, or was typed before and could not be kept."""
        given = dict(self._values())
        return bool(self._notice) or any(
            given[field.name] != field.value for field in self._fields if not field.options
        )

    def on_input_submitted(self) -> None:
        """Enter anywhere is enough: every field has a value that will do, or says what is missing."""
        self.action_keep()

    @work(exclusive=True, group="form", exit_on_error=False)
    async def action_keep(self) -> None:
        """Hand back what is filled in, or say what is wrong with it."""
        values = dict(self._values())
        check = self._check
        try:
            if check is not None:
                await in_daemon_thread(lambda: check(values))
        except ValueError as error:
            wrong = self.query_one("#wrong", Static)
            wrong.update(plain(str(error)))
            wrong.set_class(False, "empty")
            # On a small screen it lies below the last field.
            self.call_after_refresh(wrong.scroll_visible, animate=False)
        else:
            self.dismiss(values)

    def _widget(self, field: Field) -> Widget:
        if field.report:
            return ReportInput(field.value, field.hint, f"field-{field.name}", compact=True)
        if not field.options:
            return Input(
                field.value,
                placeholder=field.hint,
                id=f"field-{field.name}",
                compact=True,
                select_on_focus=False,
            )
        options = [(plain(words), value) for value, words in field.options]
        values = [value for value, _ in field.options]
        chosen = field.value if field.value in values else values[0]
        return Select(options, value=chosen, allow_blank=False, compact=True, id=f"field-{field.name}")

    def _values(self) -> Iterator[tuple[str, str]]:
        for field in self._fields:
            name = f"#field-{field.name}"
            if field.options:
                yield field.name, str(self.query_one(name, Select).value)
            elif field.report:
                yield field.name, self.query_one(name, ReportInput).given.strip()
            else:
                yield field.name, self.query_one(name, Input).value.strip()
