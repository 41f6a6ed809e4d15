"""What goes wrong in the program itself is told on the screen: a worker that fails must not do so unseen."""

from __future__ import annotations

from textual.message_pump import MessagePump
from textual.worker import Worker, WorkerState

from tshoot.tui.toast import toast


class TellsTrouble(MessagePump):
    """For every screen whose workers may fail without ending the program."""

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        """Tell of a worker that failed: which kind of error, and its words; no values of the program."""
        error = event.worker.error
        if event.state is WorkerState.ERROR and error is not None:
            toast(
                self.app,
                f"Something in this program went wrong. {type(error).__name__}: {error}",
                severity="error",
            )
