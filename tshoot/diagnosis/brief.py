"""A rung in a few words, for a narrow pane: what a person wants to know of it, not the figures behind."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from tshoot.diagnosis.brief_words import ended_words
from tshoot.diagnosis.facts import radio_bars
from tshoot.diagnosis.model import Rung
from tshoot.diagnosis.reading import Results, data_of, items_at, number_at, outcome_of, text_at

PROBES = (
    *("link", "address", "route", "gateway", "internet", "dns_system", "tls", "tcp", "http"),
    *("gateway_radio", "vpn", "proxy", "hosts_file", "clock"),
)
"""The probes whose outcomes stand beside a rung."""
_KINDS = {"wifi": "Wi-Fi", "ethernet": "cable", "cellular": "mobile network", "tunnel": "VPN"}
_PORTAL = ("redirected", "rewritten")
_MORE_THAN_ITS_PROBE = ("internet", "dns", "service")
"""Rungs that other probes can make worse than the one that stands for them."""
_ALTHOUGH_OK = {"warn": "works in part", "bad": "gives wrong answers"}
"""By state of such a rung, where its own probe found nothing wrong."""
_SO_FAR = {"warn": "works in part", "bad": "does not work"}
"""By state of a rung in trouble whose own probe has not ended: the details of others are full of terms."""


def brief(rung: Rung, results: Results) -> str:
    """A few words on ``rung``; its detail where there are none and nothing is wrong.

    What is not known is only told by how its probe ended.
    """
    if rung.state == "unknown":
        probe = MEASURED_BY.get(rung.rung, "")
        return _outcome(results, probe) if outcome_of(results, probe) not in (None, "ok") else rung.detail
    maker = _MAKERS.get(rung.rung)
    words = _although_ok(rung, results) or (maker(results) if maker is not None else "")
    return words or _SO_FAR.get(rung.state, rung.detail)


def _although_ok(rung: Rung, results: Results) -> str:
    """What to say where other probes made a rung worse than its own; a portal has words of its own."""
    if rung.rung == "internet" and outcome_of(results, "captive") in _PORTAL:
        return ""
    own = MEASURED_BY[rung.rung] if rung.rung in _MORE_THAN_ITS_PROBE else ""
    return _ALTHOUGH_OK.get(rung.state, "") if outcome_of(results, own) == "ok" else ""


def _link(results: Results) -> str:
    data = data_of(results, "link")
    name = text_at(data, "in_use")
    used = next((item for item in items_at(data, "adapters") if text_at(item, "name") == name), None)
    if used is None:
        return _outcome(results, "link")
    kind = _KINDS.get(text_at(used, "kind"), "connected")
    return f"{kind}, weak signal" if outcome_of(results, "link") == "weak" else kind


def _address(results: Results) -> str:
    if outcome_of(results, "address") != "ok":
        return _outcome(results, "address")
    if outcome_of(results, "route") == "none":
        return _outcome(results, "route")
    found = [text_at(item, "ip") for item in items_at(data_of(results, "address"), "addresses")]
    # A code tells that there is one, not which.
    return next((ip for ip in found if not ip.startswith(("fe80", "169.254"))), "works")


def _gateway(results: Results) -> str:
    return _window(results, "gateway") or _outcome(results, "gateway")


def _internet(results: Results) -> str:
    if outcome_of(results, "captive") in _PORTAL:
        return "sign-in page first"
    if outcome_of(results, "internet") not in ("ok", "lossy", "slow"):
        return _outcome(results, "internet")
    return _window(results, "internet_v4") or _window(results, "internet_v6") or "works"


def _window(results: Results, probe: str) -> str:
    """Delay and loss of the clearest window of pings."""
    windows = items_at(data_of(results, probe), "windows")
    figures = [
        (number_at(item, "lost"), number_at(item, "sent"), number_at(item, "median_ms")) for item in windows
    ]
    usable = [(lost, sent, ms) for lost, sent, ms in figures if lost is not None and sent and ms is not None]
    if not usable:
        return ""
    lost, sent, ms = min(usable)
    delay = "under 1 ms" if ms < 1 else f"{ms:.0f} ms"
    return f"{delay}, no loss" if not lost else f"{delay}, {lost:.0f} of {sent:.0f} lost"


def _names(results: Results) -> str:
    if outcome_of(results, "dns_system") == "ok":
        ms = number_at(data_of(results, "dns_system"), "ms")
        return "found" if ms is None else f"found in {ms:.0f} ms"
    return _outcome(results, "dns_system")


def _secure(results: Results) -> str:
    return _outcome(results, "tls")


def _service(results: Results) -> str:
    outcome = outcome_of(results, "http")
    if outcome == "ok":
        return "answers"
    status = number_at(data_of(results, "http"), "status")
    if outcome == "server_error" and status:
        return f"error {status:.0f}"
    before = next(
        (probe for probe in ("tcp", "tls") if outcome_of(results, probe) not in (None, "ok")), "http"
    )
    return _outcome(results, before if outcome in (None, "skipped") else "http")


def _signal(results: Results) -> str:
    carriers = items_at(data_of(results, "gateway_radio"), "carriers")
    generations = "+".join(text_at(item, "generation").upper() for item in carriers)
    bars = radio_bars(results)
    if generations and bars:
        return f"{generations}, {bars}"
    return generations or _outcome(results, "gateway_radio")


def _outcome(results: Results, probe: str) -> str:
    outcome = outcome_of(results, probe)
    return ended_words(probe, outcome) if outcome else ""


_MAKERS: Mapping[str, Callable[[Results], str]] = {
    "link": _link,
    "address": _address,
    "gateway": _gateway,
    "internet": _internet,
    "dns": _names,
    "secure connection": _secure,
    "service": _service,
    "mobile signal": _signal,
    "vpn": partial(_outcome, probe="vpn"),
    "proxy": partial(_outcome, probe="proxy"),
    "hosts file": partial(_outcome, probe="hosts_file"),
    "clock": partial(_outcome, probe="clock"),
}
MEASURED_BY = {
    **{rung: rung for rung in ("link", "address", "gateway", "internet")},
    "dns": "dns_system",
    "secure connection": "tls",
    "service": "http",
}
"""The probe that tells of each fixed rung."""
