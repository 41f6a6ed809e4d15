"""What is done to whole calls from the table: opened, begun, closed, deleted. Off the event loop."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import work

from tshoot.desk import moves
from tshoot.desk.call import Call
from tshoot.desk.desk import Overtaken
from tshoot.desk.table import Shown
from tshoot.guide.evidence import EvidenceError
from tshoot.probes.blocking import in_daemon_thread
from tshoot.session.errors import SessionError
from tshoot.session.row import SessionRow
from tshoot.tui.desk.asking import Values
from tshoot.tui.desk.doing import WENT_WRONG, OfferAgain, why_not
from tshoot.tui.desk.ending import Ending
from tshoot.tui.desk.listing import ListingScreen
from tshoot.tui.toast import toast


class CallsScreen(ListingScreen):
    """The table with what can be done to its rows.

    ``is_opening``: a call is on its way to the screen, so a key pressed now is meant for it and not for the
    table, where it would open something else over or under it.
    """

    is_opening = False

    def open(self, row: SessionRow, take: bool = False) -> None:
        """Open a call; ``take`` it over first."""
        self._get(partial(self._opened, row, take), self.tell)

    def _get(self, call: Callable[[], Call], failed: OfferAgain) -> None:
        if not self.is_opening:
            self.is_opening = True
            self._show(call, failed)

    @work(group="open", exit_on_error=False)
    async def _show(self, get: Callable[[], Call], failed: OfferAgain) -> None:
        try:
            self.show_call(await in_daemon_thread(get))
        except (SessionError, Overtaken, EvidenceError) as error:
            failed(why_not(error))
        except Exception:
            failed(WENT_WRONG)
            raise
        finally:
            self.is_opening = False

    def _opened(self, row: SessionRow, take: bool) -> Call:
        call = self.desk.open(row.session)
        if not take or call.agent == self.desk.agent:
            return call
        try:
            return self.desk.do(call, lambda _: moves.taken_over(self.desk.agent))
        except Overtaken as late:
            # What somebody did in this moment stands; the call is taken over after it.
            return self.desk.do(late.call, lambda _: moves.taken_over(self.desk.agent))

    def show_call(self, call: Call) -> None:
        """Put a call on the screen; the table looks again when it is left."""
        from tshoot.tui.desk.call import CallScreen

        def left(_: None) -> None:
            self.know(screen.call.session, screen.call.last)
            self.load(screen.call.session)

        screen = CallScreen(self.desk, call)
        self.app.push_screen(screen, left)

    def begin(self, values: Values, again: OfferAgain) -> None:
        """A new call, by what was filled in; ``again`` offers that anew where it can't be kept."""
        self._get(partial(self._begun, values), lambda why: again(f"The call was not begun: {why}"))

    def _begun(self, values: Values) -> Call:
        from tshoot.tui.desk.opening_home import evidence_of

        evidence = evidence_of(self.desk, values, files=not self.app.is_web)
        return self.desk.begin(values["flow"], values["label"], values["service"], values["system"], evidence)

    def close_call(self, row: SessionRow, ending: Ending, again: OfferAgain) -> None:
        """End a call; ``again`` offers anew what was typed where it can't be kept."""
        self._change(lambda: self._closed_call(row, ending), "The call is closed.", again)

    def _closed_call(self, row: SessionRow, ending: Ending) -> None:
        self.desk.do(self.desk.open(row.session), lambda _: moves.closed(ending.how, ending.reason))

    def delete_call(self, row: SessionRow) -> None:
        """Delete a call with everything in it."""

        def failed(why: str) -> None:
            self.tell(f"{row.label or row.session}: {why}")

        self._change(lambda: self.desk.store.delete(row.session), "The call is deleted.", failed)

    @work(group="change", exit_on_error=False)
    async def _change(self, change: Callable[[], None], done: str, failed: OfferAgain) -> None:
        try:
            await in_daemon_thread(change)
        except (SessionError, Overtaken) as error:
            failed(why_not(error))
        except Exception:
            failed(WENT_WRONG)
            raise
        else:
            toast(self.app, done)
        self.load()

    def narrow_to(self, shown: Shown) -> None:
        """Show something else."""
        self.narrow(
            whose=shown.whose, state=shown.state, service=shown.service, words=shown.words, kind=shown.kind
        )
