"""Textual's driver for terminals, with an input thread that answers at once.

Textual looks at its clock ten times a second. So a single escape, which could be the start of a longer key,
would be known a tenth of a second later, and closing the program would wait for two such looks.
"""

from __future__ import annotations

import os
import selectors
from codecs import getincrementaldecoder
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from textual import constants
from textual._parser import ParseError
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from tshoot.tui.pastes import Pastes

_LOOK = 0.1
"""Seconds between two looks at the clock while nothing is typed, as in Textual."""
_ESCAPE = "\x1b"


class PromptDriver(LinuxDriver):
    """Knows an escape after ``ESCDELAY`` milliseconds, and stops reading as soon as it is told to."""

    _wake: int | None = None

    def disable_input(self) -> None:
        """As Textual's; the input thread need not be waited for."""
        if self._wake is not None:
            with suppress(OSError):
                os.write(self._wake, b".")
        super().disable_input()

    def run_input_thread(self) -> None:
        """Wait for input and dispatch events."""
        parser, pastes = XTermParser(self._debug), Pastes()
        decode = getincrementaldecoder("utf-8")().decode
        patience = _LOOK
        with self._woken() as woken, selectors.DefaultSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(woken, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = [key.fd for key, _ in selector.select(patience)]
                typed = ""
                if self.fileno in ready:
                    raw = os.read(self.fileno, 4096)
                    typed = pastes.tamed(decode(raw))
                    if not raw:  # The end of the input; it would be ready for ever.
                        selector.unregister(self.fileno)
                patience = constants.ESCAPE_DELAY + 0.001 if typed.endswith(_ESCAPE) else _LOOK
                for event in (*(parser.feed(typed) if typed else ()), *parser.tick()):
                    self.process_message(event)
        with suppress(EOFError, ParseError):
            list(parser.feed(""))

    @contextmanager
    def _woken(self) -> Iterator[int]:
        """A pipe that becomes readable when the thread shall end."""
        read, self._wake = os.pipe()
        try:
            yield read
        finally:
            write, self._wake = self._wake, None
            os.close(read)
            os.close(write)
