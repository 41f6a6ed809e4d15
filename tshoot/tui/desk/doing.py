"""Does something to a call, off the event loop, and says what came of it. First kept, then shown."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from textual import work

from tshoot.desk.call import Call
from tshoot.desk.checks import checks_since
from tshoot.desk.desk import Desk, Move, Overtaken
from tshoot.desk.meanwhile import only_added
from tshoot.guide.errors import EngineError
from tshoot.probes.blocking import in_daemon_thread
from tshoot.session.errors import Busy, SessionError, UnknownSession
from tshoot.tui.desk.panes import CallPanes
from tshoot.tui.screens.trouble import TellsTrouble

POLL_SECONDS = 3.0
"""How often one looks whether somebody else did something; one small query."""
TRIES = 3
"""How often something is tried again that others only stood beside."""

OfferAgain = Callable[[str], None]
"""Offers once more what was typed or chosen; it is given what happened meanwhile."""
WENT_WRONG = "Something in this program went wrong."
DELETED = "This call was deleted meanwhile."
GONE = f"{DELETED} Nothing more can be kept in it; go back to the table."
AGAIN = "Try once more."
STILL_KEEPING = "One moment: what you did before is still being kept. Then try once more."


class DoingScreen(TellsTrouble, CallPanes):
    """Keeps what the agent does, and notices what others do."""

    def __init__(self, desk: Desk, call: Call) -> None:
        super().__init__()
        self.desk, self.call = desk, call
        self.notice = call.notice
        self._busy = False

    def on_mount(self) -> None:
        """Draw, and look for others from time to time."""
        self.show(self.call, self.notice)
        self.set_interval(POLL_SECONDS, self.look)

    @property
    def is_keeping(self) -> bool:
        """True while it is not known yet whether something could be kept."""
        return self._busy

    def show(self, call: Call, notice: str = "") -> None:
        """Draw a call. For the screen over this one."""
        raise NotImplementedError

    @work(group="do", exit_on_error=False)
    async def do(self, move: Move, again: OfferAgain | None = None, done: str = "") -> None:
        """Keep what ``move`` does, then show it. ``done`` is said once it is kept.

        Where it can't be kept, or somebody was quicker, it is told why, and ``again`` offers it anew.
        """
        again = again or _nothing
        if self._busy:
            again(STILL_KEEPING)  # A second answer belongs to the step before; typed words do not.
            return
        self._busy, before = True, self.call
        try:
            call = await self._kept(move)
        except Overtaken as late:
            self.show(late.call, _meanwhile(late))
            again(_meanwhile(late))
        except EngineError:
            self.show(self.call, self.notice)
        except UnknownSession:
            self.cut_off(GONE)
            again(GONE)
        except SessionError as error:
            # Who is told that another program keeps the store is told to try again already.
            self._not_kept(str(error) if isinstance(error, Busy) else f"{error} {AGAIN}", again)
        except Exception:
            self._not_kept(f"{WENT_WRONG} {AGAIN}", again)
            raise
        else:
            self.show(call, "\n".join([*checks_since(before, call), *([done] if done else [])]))
        finally:
            self._busy = False

    def _not_kept(self, why: str, again: OfferAgain) -> None:
        notice = f"Not kept: {why}"
        self.show(self.call, notice)
        again(notice)

    async def _kept(self, move: Move) -> Call:
        call = self.call
        for _ in range(TRIES):
            try:
                return await in_daemon_thread(partial(self.desk.do, call, move))
            except Overtaken as late:
                # A note of somebody else's stands beside what is done here, not in its way.
                if not only_added(late.newer):
                    raise
                call = late.call
        return await in_daemon_thread(partial(self.desk.do, call, move))

    @work(group="look", exclusive=True, exit_on_error=False)
    async def look(self) -> None:
        """Show what others did, where they did something."""
        from tshoot.desk.meanwhile import happened

        if self._busy:
            return
        call = self.call
        try:
            newer = await in_daemon_thread(partial(self.desk.newer, call))
        except SessionError as error:
            gone = isinstance(error, UnknownSession)
            self.cut_off(GONE if gone else f"Can't look for changes: {error}")
            return
        self.cut_off("")
        if newer is not call and call is self.call and not self._busy:
            words = happened(newer.engine, newer.events[len(call.events) :])
            self.show(newer, "\n".join(words))

    def cut_off(self, why: str) -> None:
        """The store can't be read just now, or the call is gone; empty: it can. For the screen over this."""
        raise NotImplementedError


def why_not(error: Exception) -> str:
    """Why something could not be done to a call."""
    return DELETED if isinstance(error, UnknownSession) else str(error)


def _nothing(_: str) -> None:
    """Where there is nothing to offer again."""


def _meanwhile(late: Overtaken) -> str:
    return "\n".join([*late.words, "So yours was not kept. This is how the call stands now."])
