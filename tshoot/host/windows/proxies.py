"""The proxy settings of Windows' Internet options (WinINET). Tested from recorded-style text only."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress

from tshoot.host.model import Proxy
from tshoot.host.proxy_env import ProxySettings
from tshoot.host.proxy_url import clean_pac_url, clean_proxy_url, split_no_proxy

_KEY = r"Software\Microsoft\Windows\CurrentVersion\Internet Settings"
_NAMES = ("ProxyEnable", "ProxyServer", "ProxyOverride", "AutoConfigURL")
_SOURCE = "Internet options"


def read_internet_settings() -> dict[str, object]:
    """The values of the current user's key; what is missing is left out. Empty on other systems."""
    if sys.platform != "win32":
        return {}
    import winreg

    found: dict[str, object] = {}
    for name in _NAMES:
        with suppress(OSError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, _KEY) as key:
            found[name] = winreg.QueryValueEx(key, name)[0]
    return found


def parse_internet_settings(values: Mapping[str, object]) -> ProxySettings:
    """Proxies from the registry values: one server for all, or ``http=…;https=…;socks=…``."""
    proxies: list[Proxy] = []
    if values.get("ProxyEnable") == 1:
        proxies.extend(_servers(str(values.get("ProxyServer", ""))))
    script = clean_pac_url(str(values.get("AutoConfigURL", "")))
    if script:
        proxies.append(Proxy("pac", script, _SOURCE))
    return ProxySettings(tuple(proxies), split_no_proxy(str(values.get("ProxyOverride", ""))))


def _servers(setting: str) -> list[Proxy]:
    """``host:port`` serves everything; otherwise one entry for each kind of traffic."""
    found: list[Proxy] = []
    for part in setting.split(";"):
        kind, divided, server = part.strip().rpartition("=")
        scheme = {"": "all", "http": "http", "https": "https", "socks": "all"}.get(kind.lower())
        url = clean_proxy_url(server, "socks5" if divided and kind.lower() == "socks" else "http")
        if scheme is not None and url is not None:
            found.append(Proxy(scheme, url, _SOURCE))
    return found
