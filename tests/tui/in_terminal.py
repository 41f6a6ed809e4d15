"""The wizard over hostile evidence in a real terminal: run by test_terminal.py in a process of its own."""

from tests.tui.hostile import HOSTILE, hostile_app

TEXT = " ".join(text for text in HOSTILE if len(text) < 1000 and "\ud800" not in text)

if __name__ == "__main__":
    raise SystemExit(hostile_app(TEXT).run())
