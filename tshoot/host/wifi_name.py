"""The name of the Wi-Fi in use. It can tell where somebody lives, so it is looked at and never passed on.

macOS and Windows are read from recorded-style text only; newer versions of both keep the name to themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_SECONDS = 2.0
_MAC_NAME = re.compile(r"^\s*SSID\s*:\s(?P<name>.+?)\s*$", re.M)
_WINDOWS_NAME = re.compile(r"^\s*SSID\s*:\s(?P<name>.+?)\s*$", re.M)
_HIDDEN = "<redacted>"


def wifi_name(platform: str, adapter: str) -> str | None:
    """The name of the Wi-Fi that ``adapter`` is joined to; None where there is none or it is not told.

    Blocks for up to two seconds; sends nothing.
    """
    if platform == "linux":
        from tshoot.host.linux.wifi_name import read_wifi_name

        return read_wifi_name(adapter)
    if platform == "darwin":
        return parse_summary(_told(("/usr/sbin/ipconfig", "getsummary", adapter)))
    return (
        parse_netsh(_told(("netsh", "wlan", "show", "interfaces")), adapter) if platform == "win32" else None
    )


def parse_summary(text: str) -> str | None:
    """The name in what macOS's ``ipconfig getsummary`` says of one adapter. Pure."""
    found = _MAC_NAME.search(text)
    return found["name"] if found and found["name"] != _HIDDEN else None


def parse_netsh(text: str, adapter: str) -> str | None:
    """The name in what Windows' ``netsh wlan show interfaces`` says of this adapter. Pure."""
    for part in re.split(r"\r?\n\s*\r?\n", text):
        if re.search(rf"^\s*\S+\s*:\s{re.escape(adapter)}\s*$", part, re.M):
            found = _WINDOWS_NAME.search(part)
            return found["name"] if found else None
    return None


def _told(command: Sequence[str]) -> str:
    from tshoot.host.commands import run_all

    return run_all({"Wi-Fi name": command}, _SECONDS)["Wi-Fi name"]
