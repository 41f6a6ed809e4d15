"""Commands: nothing but parsing and wiring. Importing this loads neither Textual nor a probe."""

from tshoot.cli.main import main

__all__ = ["main"]
