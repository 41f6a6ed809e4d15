"""The desktop's proxy settings: GNOME (and its kin) by gsettings, KDE by its settings file.

Asking gsettings costs a process, so it is asked only inside a desktop session, and only where a
settings database mentions proxies at all: without that everything is at its default, "none".
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from tshoot.host.commands import run_all
from tshoot.host.files import LARGEST_BYTES, read_or_note
from tshoot.host.model import Proxy
from tshoot.host.proxy_env import ProxySettings
from tshoot.host.proxy_url import clean_pac_url, clean_proxy_url, split_no_proxy

_SECONDS = 0.5
_GSETTINGS = ("gsettings", "list-recursively", "org.gnome.system.proxy")
_KINDS = (("http", "http", "http"), ("https", "https", "http"), ("all", "socks", "socks5"))
_QUOTED = re.compile(r"'([^']*)'")


def desktop_proxies(environment: Mapping[str, str], home: Path, unreadable: list[str]) -> ProxySettings:
    """The proxies of the running desktop session; nothing outside of one."""
    desktop = environment.get("XDG_CURRENT_DESKTOP", "").lower()
    config = Path(environment.get("XDG_CONFIG_HOME") or home / ".config")
    if "kde" in desktop:
        return parse_kioslaverc(read_or_note(config / "kioslaverc", "proxy settings", unreadable))
    if not desktop or "DBUS_SESSION_BUS_ADDRESS" not in environment or not _mentions_proxy(config):
        return ProxySettings()
    return parse_gsettings(run_all({"proxy settings": _GSETTINGS}, _SECONDS, unreadable).popitem()[1])


def parse_gsettings(text: str) -> ProxySettings:
    """Read ``gsettings list-recursively org.gnome.system.proxy``."""
    values = _gsettings_values(text)
    mode = values.get("proxy mode", "")
    excluded = split_no_proxy(",".join(_QUOTED.findall(values.get("proxy ignore-hosts", ""))))
    if "auto" in mode:
        script = clean_pac_url(_unquoted(values.get("proxy autoconfig-url", "")))
        return ProxySettings((Proxy("pac", script, "GNOME settings"),) if script else ())
    if "manual" not in mode:
        return ProxySettings()
    found = (_gnome_proxy(values, *kind) for kind in _KINDS)
    return ProxySettings(tuple(proxy for proxy in found if proxy is not None), excluded)


def parse_kioslaverc(text: str) -> ProxySettings:
    """Read KDE's kioslaverc: ProxyType 1 is manual, 2 a script; a port may follow after a blank."""
    values = _kde_values(text)
    kind = values.get("ProxyType", "0")
    if kind == "2":
        script = clean_pac_url(values.get("Proxy Config Script", ""))
        return ProxySettings((Proxy("pac", script, "KDE settings"),) if script else ())
    if kind != "1":
        return ProxySettings()
    found = (_kde_proxy(values, *names) for names in _KINDS)
    excluded = split_no_proxy(values.get("NoProxyFor", ""))
    return ProxySettings(tuple(proxy for proxy in found if proxy is not None), excluded)


def _mentions_proxy(config: Path) -> bool:
    return any(_holds_proxy(path) for path in (config / "dconf/user", *Path("/etc/dconf/db").glob("*")))


def _holds_proxy(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"proxy/" in file.read(LARGEST_BYTES)
    except OSError:
        return False


def _gsettings_values(text: str) -> dict[str, str]:
    """Values by the last part of the schema and the key: ``{"http host": "'proxy.example'"}``."""
    lines = (line.split(None, 2) for line in text.splitlines())
    return {f"{words[0].rpartition('.')[2]} {words[1]}": words[2] for words in lines if len(words) == 3}


def _unquoted(value: str) -> str:
    match = _QUOTED.fullmatch(value.strip())
    return match[1] if match else ""


def _gnome_proxy(values: Mapping[str, str], scheme: str, schema: str, url_scheme: str) -> Proxy | None:
    host, port = _unquoted(values.get(f"{schema} host", "")), values.get(f"{schema} port", "0").strip()
    url = clean_proxy_url(f"{host}:{port}" if port != "0" else host, url_scheme) if host else None
    return Proxy(scheme, url, "GNOME settings") if url else None


def _kde_values(text: str) -> dict[str, str]:
    _, _, section = text.partition("[Proxy Settings]")
    pairs = (line.partition("=") for line in section.partition("\n[")[0].splitlines())
    return {key.partition("[")[0].strip(): value.strip() for key, found, value in pairs if found}


def _kde_proxy(values: Mapping[str, str], scheme: str, key: str, url_scheme: str) -> Proxy | None:
    server = ":".join(values.get(f"{key}Proxy", "").split())
    url = clean_proxy_url(server, url_scheme)
    return Proxy(scheme, url, "KDE settings") if url else None
