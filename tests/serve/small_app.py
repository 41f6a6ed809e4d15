"""A small program to be served: it counts its keys, shows where it runs, hands over a file."""

import io
import os
import signal
import sys
import time

from textual.app import App
from textual.widgets import Static


class SmallApp(App):
    BINDINGS = [  # noqa: RUF012
        ("a", "add", "Add"),
        ("d", "deliver", "Deliver"),
        ("f", "deliver_while_drawing", "Deliver while drawing"),
        ("e", "show_environment", "Environment"),
        ("h", "hang", "Hang"),
        ("q", "quit", "Quit"),
    ]
    count = 0

    def compose(self):
        yield Static(f"pid={os.getpid()};", id="text", markup=False)

    def say(self, text):
        self.query_one("#text", Static).update(text)

    def action_add(self):
        self.count += 1
        self.say(f"count={self.count}; size={self.size.width}x{self.size.height};")

    def action_deliver(self):
        self.deliver_text(io.StringIO("the whole report\n" * 9000), save_filename='a "report"; é.md')

    def action_deliver_while_drawing(self):
        self.set_interval(1 / 60, lambda: self.say(f"{time.monotonic()} " * 200))
        self.deliver_text(io.StringIO("the whole report\n" * 90_000), save_filename="report.md")

    def action_show_environment(self):
        names = "".join(f"{name}\n" for name in sorted(os.environ))
        self.say(f"{names}data={os.environ.get('TSHOOT_DATA_DIR')};")

    def action_hang(self):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        self.say("hanging;")
        self.call_later(self._hang)

    def _hang(self):
        self.call_after_refresh(lambda: signal.pause() or signal.pause())


if __name__ == "__main__":
    if "--broken" in sys.argv:
        sys.exit("secret words of a trace")
    SmallApp().run()
