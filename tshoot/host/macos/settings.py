"""DNS servers from ``scutil --dns`` and proxies from ``scutil --proxy``.

Tested from recorded-style text only.
"""

from __future__ import annotations

import re
from dataclasses import replace

from tshoot.host.macos.routes import bsd_network
from tshoot.host.model import Proxy, Resolver
from tshoot.host.proxy_env import ProxySettings
from tshoot.host.proxy_url import clean_pac_url, clean_proxy_url, split_no_proxy
from tshoot.host.resolv_conf import ResolvConf, read_resolver
from tshoot.text import display_text

_SOURCE = "network settings"
_ADAPTER = re.compile(r"\((\S+)\)")
_KINDS = (("http", "HTTP", "http"), ("https", "HTTPS", "http"), ("all", "SOCKS", "socks5"))


def parse_scutil_dns(text: str) -> ResolvConf:
    """The servers for all names, in order.

    Resolvers for one domain (split DNS), for multicast DNS, and the section of scoped queries are left out.
    """
    general = text.partition("DNS configuration (for scoped queries)")[0]
    blocks = re.split(r"^resolver #\d+\s*$", general, flags=re.MULTILINE)[1:]
    servers: list[Resolver] = []
    search: list[str] = []
    for facts in map(_facts, blocks):
        names = [key for key, _ in facts]
        if "domain" in names or ("options", "mdns") in facts:
            continue
        servers.extend(_servers(facts))
        search.extend(display_text(v.lower()) for key, v in facts if key.startswith("search domain"))
    return ResolvConf(tuple(dict.fromkeys(servers)), tuple(dict.fromkeys(search)))


def parse_scutil_proxy(text: str) -> ProxySettings:
    """The proxies that are switched on and the exceptions, credentials dropped."""
    values, exceptions = _dictionary(text)
    found = [_proxy(values, *kind) for kind in _KINDS]
    if values.get("ProxyAutoConfigEnable") == "1":
        script = clean_pac_url(values.get("ProxyAutoConfigURLString", ""))
        found.append(Proxy("pac", script, _SOURCE) if script else None)
    simple = ["<local>"] if values.get("ExcludeSimpleHostnames") == "1" else []
    return ProxySettings(
        tuple(proxy for proxy in found if proxy is not None),
        split_no_proxy(",".join([_exception(word) for word in exceptions] + simple)),
    )


def _facts(block: str) -> list[tuple[str, str]]:
    pairs = (line.partition(" : ") for line in block.splitlines())
    return [(key.strip(), value.strip()) for key, found, value in pairs if found]


def _servers(facts: list[tuple[str, str]]) -> list[Resolver]:
    adapter = next((m[1] for key, v in facts if key == "if_index" and (m := _ADAPTER.search(v))), None)
    port = next((int(v) for key, v in facts if key == "port" and v.isdecimal()), 53)
    addresses = [value for key, value in facts if key.startswith("nameserver")]
    return [replace(read_resolver(address, _SOURCE, adapter), port=port) for address in addresses]


def _dictionary(text: str) -> tuple[dict[str, str], list[str]]:
    values: dict[str, str] = {}
    exceptions: list[str] = []
    path: list[str] = []
    for line in text.splitlines():
        key, found, value = line.strip().partition(" : ")
        if line.rstrip().endswith("{"):
            path.append(key)
        elif line.strip() == "}":
            path = path[:-1]
        elif found and len(path) == 1:
            values[key] = value
        elif found and path[1:] == ["ExceptionsList"]:
            exceptions.append(value)
    return values, exceptions


def _proxy(values: dict[str, str], scheme: str, title: str, url_scheme: str) -> Proxy | None:
    if values.get(f"{title}Enable") != "1":
        return None
    host, port = values.get(f"{title}Proxy", ""), values.get(f"{title}Port", "")
    url = clean_proxy_url(f"{host}:{port}" if port else host, url_scheme) if host else None
    return Proxy(scheme, url, _SOURCE) if url else None


def _exception(word: str) -> str:
    looks_short = re.fullmatch(r"[\d.]+/\d+", word) is not None
    return (bsd_network(word, 4) or word) if looks_short else word
