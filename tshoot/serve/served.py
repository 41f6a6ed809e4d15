"""Which program a browser tab runs, by name."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tshoot.serve.settings import Settings


def served_command(settings: Settings, user_agent: str) -> Sequence[str]:
    """The words of the command for one tab.

    What this computer measures is wrong evidence for somebody at another one: there the wizard is told to
    ask, and shows the instructions for the system their browser names. Nothing of it is kept: nobody could
    come back to it, and the next one would be offered to go on with it. The desk never measures for a caller.
    """
    # Who likes the line dialogue in a terminal has no use for it here.
    tshoot = [sys.executable, "-m", "tshoot", "--set", "plain=false"]
    if settings.served == "desk":
        return [*tshoot, "desk"]
    if settings.here:
        return tshoot
    caller = ["run", "start", "--subject", "caller", "--system", system_of(user_agent)]
    return [*tshoot, "--set", "store.record=false", *caller]


def system_of(user_agent: str) -> str:
    """The system a browser names in its User-Agent: windows, macos, linux or phone; else other.

    A phone is looked for first, as its browsers name the system it is built on as well.
    """
    words = user_agent.lower()
    signs = {
        "phone": ("android", "iphone", "ipad", "ipod"),
        "windows": ("windows",),
        "macos": ("macintosh", "mac os"),
        "linux": ("x11; linux", "x11; ubuntu", "linux x86_64"),
    }
    return next((name for name, found in signs.items() if any(sign in words for sign in found)), "other")
