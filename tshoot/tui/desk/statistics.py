"""What the stored calls come to: causes, minutes, where people stop, which fixes help."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tshoot.desk.step_words import step_title
from tshoot.desk.table import plain_state
from tshoot.guide.engine import Engine
from tshoot.guide.words import cause_words
from tshoot.probes.blocking import in_daemon_thread
from tshoot.session.errors import SessionError
from tshoot.tui.desk.keys import STATISTICS
from tshoot.tui.keys import bindings
from tshoot.tui.safe import EMPTY, lines, plain
from tshoot.tui.screens.overlay import Overlay
from tshoot.tui.screens.trouble import TellsTrouble
from tshoot.tui.widgets.keybar import KeyBar

if TYPE_CHECKING:
    from tshoot.desk.desk import Desk
    from tshoot.session.figures import Figures

SPANS: tuple[tuple[int | None, str], ...] = (
    (30, "the last 30 days"),
    (7, "the last 7 days"),
    (None, "all that is kept"),
)
"""Days, and how the span is called; the key goes round through them."""
MOST = 12
"""Lines of each list."""
_BAR = 20
_MUTED = "$text-muted"


class StatisticsScreen(TellsTrouble, Overlay[None]):
    """A page over the table."""

    DEFAULT_CSS = """
    StatisticsScreen > VerticalScroll { max-width: 110; height: 88%; }
    StatisticsScreen Static { height: auto; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(STATISTICS)]

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk, self._span = desk, 0

    def compose(self) -> ComposeResult:
        """One text."""
        with VerticalScroll() as frame:
            frame.border_title = "Statistics"
            yield Static(plain("Counting …"))
        yield KeyBar()

    def on_mount(self) -> None:
        """Count."""
        self._count()

    def action_span(self) -> None:
        """Another span of time."""
        self._span = (self._span + 1) % len(SPANS)
        self._count()

    @work(group="count", exclusive=True, exit_on_error=False)
    async def _count(self) -> None:
        days, words = SPANS[self._span]
        since = None if days is None else self._desk.now() - timedelta(days=days)
        try:
            found = await in_daemon_thread(partial(self._desk.store.figures, since, MOST))
        except SessionError as error:
            self.query_one(Static).update(plain(str(error)))
            return
        self.query_one(VerticalScroll).border_subtitle = plain(words)
        self.query_one(Static).update(statistics_page(found, Engine(self._desk.flows, "")))

    def action_scroll(self, amount: int) -> None:
        """Move by one line."""
        self.query_one(VerticalScroll).scroll_relative(y=amount, animate=False)

    def action_page(self, pages: int) -> None:
        """Move by one page."""
        frame = self.query_one(VerticalScroll)
        (frame.scroll_page_down if pages > 0 else frame.scroll_page_up)(animate=False)


def statistics_page(found: Figures, engine: Engine) -> Content:
    """The figures as a page. Every bar stands beside its number."""
    if not found.sessions:
        return plain("No calls and no sessions in this time.")
    states = ", ".join(f"{count} {plain_state(state)}" for state, count in found.states.items())
    # The store of one agent also holds what the wizard kept there.
    parts = [plain(f"Calls and sessions of callers on their own: {found.sessions}", "bold"), plain(states)]
    if found.minutes:
        lower, median, upper = found.minutes
        parts.append(
            plain(
                f"Minutes until solved: {median:.1f} in the middle, half of them {lower:.1f} to {upper:.1f}"
            )
        )
    parts += [EMPTY, plain("Causes", "bold $text-accent"), *_causes(found)]
    parts += [EMPTY, plain("Where calls were given up or stand", "bold $text-accent"), *_stops(found, engine)]
    parts += [EMPTY, plain("Fixes that were checked", "bold $text-accent"), *_fixes(found, engine)]
    return lines(parts)


def _causes(found: Figures) -> Iterator[Content]:
    most = max((figure.sessions for figure in found.causes), default=1)
    for figure in found.causes:
        words = f"{figure.cause}: {cause_words(figure.cause)}" if figure.cause else "none found"
        share = f"{figure.solved} solved"
        yield _row(figure.sessions, figure.sessions / most, words, share)


def _stops(found: Figures, engine: Engine) -> Iterator[Content]:
    most = max((figure.sessions for figure in found.stops), default=1)
    for figure in found.stops:
        title = figure.title or step_title(engine, figure.flow, figure.step)
        yield _row(figure.sessions, figure.sessions / most, title, f"{figure.flow}/{figure.step}")
    if not found.stops:
        yield plain("  none", _MUTED)


def _fixes(found: Figures, engine: Engine) -> Iterator[Content]:
    for figure in sorted(found.fixes, key=lambda fix: -fix.fixed):
        told = figure.fixed + figure.not_fixed
        share = f"helped {figure.fixed} of {told}"
        if figure.cannot_tell:
            share = f"{share}, {figure.cannot_tell} not clear"
        words = step_title(engine, figure.flow, figure.step)
        yield _row(figure.fixed, figure.share or 0.0, words, share)
    if not found.fixes:
        yield plain("  none", _MUTED)


def _row(number: int, share: float, words: str, beside: str) -> Content:
    bar = "▇" * max(round(share * _BAR), 1 if share > 0 else 0)
    return Content.assemble(
        plain(f"{number:>6}  "),
        plain(f"{bar:<{_BAR}}  ", "$primary"),
        plain(words),
        plain(f"  {beside}", _MUTED),
    )
