"""Evaluating a proxy script (PAC): which way it names for one address.

The script is a program from outside. It runs in QuickJS (package ``quickjs-ng``, the optional extra ``pac``)
with little time and memory and no way to the system: names are looked up beforehand and handed in. Without
the package nothing is guessed. Scripts that depend on the time of day are not evaluated.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec

SECONDS = 0.3
"""Running time of one evaluation; a script takes about a millisecond."""
MEMORY = 32 * 1024 * 1024
_LONGEST_ANSWER = 1000
_HELPERS = """
"use strict";
var __asked = "";
var __ip = /^\\d{1,3}(\\.\\d{1,3}){3}$/;
function __number(ip) {
  return ip.split(".").reduce(function (sum, part) { return sum * 256 + Number(part); }, 0);
}
function dnsResolve(host) {
  var name = String(host).toLowerCase();
  if (__ip.test(name)) { return name; }
  if (!Object.prototype.hasOwnProperty.call(__names, name)) {
    __asked = name;
    throw new Error("name needed");
  }
  return __names[name];
}
function isResolvable(host) { return dnsResolve(host) !== null; }
function myIpAddress() { return __own; }
function isPlainHostName(host) { return String(host).indexOf(".") < 0; }
function dnsDomainIs(host, domain) {
  return String(host).toLowerCase().endsWith(String(domain).toLowerCase());
}
function localHostOrDomainIs(host, full) {
  return host === full || (isPlainHostName(host) && String(full).startsWith(host + "."));
}
function dnsDomainLevels(host) { return String(host).split(".").length - 1; }
function convert_addr(ip) { return __number(String(ip)); }
function isInNet(host, network, mask) {
  var ip = dnsResolve(host);
  if (ip === null) { return false; }
  var bits = __number(String(mask));
  return ((__number(ip) & bits) >>> 0) === ((__number(String(network)) & bits) >>> 0);
}
function shExpMatch(text, pattern) {
  var quoted = String(pattern).replace(/[.+^${}()|[\\]\\\\]/g, "\\\\$&");
  return new RegExp("^" + quoted.replace(/\\*/g, ".*").replace(/\\?/g, ".") + "$").test(String(text));
}
function alert() {}
"""


@dataclass(frozen=True, slots=True)
class Verdict:
    """``ways`` is what the script named, raw ("PROXY a:1; DIRECT"); else ``asks`` is a name that it needs.

    ``reason`` says why there is neither.
    """

    ways: str = ""
    asks: str = ""
    reason: str = ""


def can_evaluate() -> bool:
    """Is the package that runs scripts installed?"""
    return find_spec("quickjs") is not None


def evaluate(script: str, host: str, own_address: str, names: Mapping[str, str | None]) -> Verdict:
    """Run the script for https to ``host``. ``names`` maps every name known so far to an IPv4 address.

    A name mapped to None does not exist. Takes at most :data:`SECONDS`; call it in a thread. Needs
    :func:`can_evaluate`.
    """
    import quickjs

    context = quickjs.Context()
    context.set_time_limit(SECONDS)
    context.set_memory_limit(MEMORY)
    try:
        context.eval(f"var __names = {json.dumps(dict(names))}; var __own = {json.dumps(own_address)};")
        context.eval(_HELPERS)
        context.eval(script)
        # Browsers keep path and query of https addresses from the script.
        ways = context.eval(f"FindProxyForURL({json.dumps(f'https://{host}/')}, {json.dumps(host)})")
    except quickjs.JSException as error:
        return _stopped(context, str(error))
    return Verdict(ways=str(ways or "DIRECT")[:_LONGEST_ANSWER])


def _stopped(context: object, error: str) -> Verdict:
    import quickjs

    try:
        asked = str(context.eval("__asked") or "")  # type: ignore[attr-defined]
    except quickjs.JSException:
        asked = ""
    return Verdict(asks=asked) if asked else Verdict(reason=error.splitlines()[0] if error else "no reason")


def named_ways(ways: str) -> tuple[str, ...]:
    """The ways in order: ``direct``, or a proxy as a URL. What can't be read is left out.

    "PROXY h:p; SOCKS5 h:p; DIRECT" (the format of Netscape's proxy auto-config, which browsers share).
    """
    return tuple(way for part in ways.split(";") if (way := _named(part.split())))


_SCHEMES = {
    "PROXY": "http",
    "HTTP": "http",
    "HTTPS": "https",
    "SOCKS": "socks5",
    "SOCKS5": "socks5",
    "SOCKS4": "socks4",
}


def _named(words: list[str]) -> str:
    if not words:
        return ""
    kind = words[0].upper()
    if kind == "DIRECT":
        return "direct"
    return f"{_SCHEMES[kind]}://{words[1]}" if kind in _SCHEMES and len(words) == 2 else ""
