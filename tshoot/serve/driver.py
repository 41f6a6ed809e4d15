"""The driver of a served program: it ends when the server is gone, however that ended."""

from __future__ import annotations

import os
import threading
from typing import Any

from textual import messages
from textual.app import App
from textual.drivers.web_driver import WebDriver

PATIENCE = 3.0
"""Seconds the program has to close by itself."""


class ServedDriver(WebDriver):
    """Textual's web driver goes on when its pipes are closed; this one closes the program."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self._write = self._write_or_leave  # type: ignore[assignment]
        self._leaving, self._writing = threading.Event(), threading.Lock()

    def run_input_thread(self) -> None:
        """Pass on what the server sends. The end of it means that nobody is there any more."""
        super().run_input_thread()
        self._leave()

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """As Textual's, and ``draw_again``: everything anew, for a browser that has just come back."""
        if packet_type != "draw_again":
            super().on_meta(packet_type, payload)
            return
        self.write("\x1b[?1049h\x1b[?25l")
        self._enable_mouse_support()
        self._enable_bracketed_paste()
        super().on_meta("resize", payload)
        self._app.call_later(self._app.refresh, repaint=True, layout=True)

    def _write_or_leave(self, data: bytes) -> int:
        # Files are sent by another thread than the screen: a packet must not be cut by one of the other's.
        with self._writing:
            try:
                sent = 0
                while sent < len(data):
                    sent += os.write(self.fileno, data[sent:])
            except BrokenPipeError:
                self._leave()
        return len(data)

    def _leave(self) -> None:
        if self.exit_event.is_set() or self._leaving.is_set():
            return
        self._leaving.set()
        self._app.post_message(messages.ExitApp())
        timer = threading.Timer(PATIENCE, os._exit, (1,))
        timer.daemon = True
        timer.start()
