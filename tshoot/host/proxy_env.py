"""Proxies from the environment: HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY in both cases.

The lower-case variable wins, as in curl and the Python library. Under CGI (``REQUEST_METHOD`` is set)
upper-case ``HTTP_PROXY`` is a header sent by the client and is ignored (CVE-2016-5385, "httpoxy").
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes, urlsplit

from tshoot.host.model import Proxy
from tshoot.host.proxy_url import clean_proxy_url, split_no_proxy

SCHEMES = ("http", "https", "all")
_SOURCE = "environment variable "


@dataclass(frozen=True, slots=True)
class ProxySettings:
    """Proxies in order of preference and the hosts that go around them."""

    proxies: tuple[Proxy, ...] = ()
    no_proxy: tuple[str, ...] = ()


def environment_proxies(environment: Mapping[str, str]) -> ProxySettings:
    """The proxies the environment asks for. Values without a readable host count as unset."""
    found = (_proxy(environment, scheme) for scheme in SCHEMES)
    proxies = tuple(proxy for proxy in found if proxy is not None)
    _, excluded = _variable(environment, "no_proxy")
    return ProxySettings(proxies, split_no_proxy(excluded))


def _proxy(environment: Mapping[str, str], scheme: str) -> Proxy | None:
    name, value = _variable(environment, f"{scheme}_proxy")
    url = clean_proxy_url(value)
    return None if url is None else Proxy(scheme, url, f"{_SOURCE}{name}")


def _variable(environment: Mapping[str, str], name: str) -> tuple[str, str]:
    if name in environment:
        return name, environment[name]
    upper = name.upper()
    if upper == "HTTP_PROXY" and "REQUEST_METHOD" in environment:
        return upper, ""
    return upper, environment.get(upper, "")


def environment_login(proxy: Proxy, environment: Mapping[str, str]) -> tuple[bytes, bytes] | None:
    """User name and password that the environment gives for ``proxy``, or None.

    For use in memory only: never kept, shown or logged. The snapshot's own URL carries none.
    """
    name = proxy.source.removeprefix(_SOURCE)
    if name == proxy.source:
        return None
    text = environment.get(name, "").strip()
    try:
        parts = urlsplit(text if "://" in text else f"http://{text}")
    except ValueError:
        return None
    if parts.username is None:
        return None
    return unquote_to_bytes(parts.username), unquote_to_bytes(parts.password or "")


def merged(first: ProxySettings, second: ProxySettings) -> ProxySettings:
    """Two sources as one list, ``first`` preferred.

    The exceptions of a source apply only with its proxies, so those of ``second`` count only where
    ``first`` names no proxy.
    """
    if first.proxies:
        return ProxySettings((*first.proxies, *second.proxies), first.no_proxy)
    return ProxySettings(second.proxies, tuple(dict.fromkeys((*first.no_proxy, *second.no_proxy))))
