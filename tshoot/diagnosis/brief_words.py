"""How a probe ended, in words that anybody knows and that fit beside a rung; terms stand in the evidence."""

from __future__ import annotations

from collections.abc import Mapping

LONGEST = 20
"""Columns beside a rung on a terminal of 80."""
_WORDS: Mapping[str, str] = {
    "ok": "works",
    "timeout": "no answer",
    "dead": "no answer",
    "unreachable": "no answer",
    "failed": "no answer",
    "refused": "refuses",
    "forbidden": "refuses",
    "none": "none",
    "error": "not checked",
    "skipped": "not checked",
    "not_applicable": "not used",
    "unclear": "not clear",
    "lossy": "loses data",
    "slow": "very slow",
    "weak": "weak signal",
    "reset": "gets cut off",
    "closed": "gets cut off",
    "blocked_locally": "blocked by a program",
    "no_route": "no way out",
}
"""By outcome, whatever the probe."""
_OWN: Mapping[str, Mapping[str, str]] = {
    "link": {"no_adapter": "no cable, no Wi-Fi", "down": "no cable, no Wi-Fi"},
    "address": {"none": "none given", "self_assigned": "none given", "wrong_subnet": "does not fit here"},
    "route": {"none": "no way out", "several": "more than one way", "tunnel": "VPN"},
    "gateway": {"silent": "there, but silent"},
    "internet": {"https_blocked": "secure pages blocked", "web_blocked": "web pages blocked"},
    "dns_system": {"name_missing": "name not found"},
    "tls": {
        "expired": "out of date",
        "not_yet_valid": "not valid yet",
        "wrong_host": "for another name",
        "untrusted": "not trusted",
        "handshake": "can't agree",
    },
    "http": {
        "server_error": "in trouble",
        "rate_limited": "asked too often",
        "header_too_large": "too many cookies",
        "redirect_loop": "leads in circles",
        "client_error": "page not found",
        "hop_down": "a part of it is down",
    },
    "gateway_radio": {
        "registered": "connected",
        "no_service": "no mobile service",
        "not_recognised": "not known",
    },
    "vpn": {
        "active": "in use",
        "split": "in use for a part",
        "dead": "lets nothing through",
        "kill_switch": "holds all back",
        "unclear": "perhaps stuck",
    },
    "proxy": {
        "bypassed": "not used here",
        "auth_required": "wants a sign-in",
        "failing": "does not get through",
        "pac_unreachable": "its rules are gone",
        "pac_not_evaluated": "not clear",
    },
    "hosts_file": {"overrides": "changes addresses"},
    "clock": {"ok": "right", "skewed": "is a bit wrong", "wrong": "is wrong"},
}
"""By probe, where its outcome says more, or another thing."""


def own_words(probe: str, outcome: str) -> str:
    """The words that this probe has of its own for an outcome; empty where there are none."""
    return _OWN.get(probe, {}).get(outcome, "")


def ended_words(probe: str, outcome: str) -> str:
    """An outcome of a probe in at most :data:`LONGEST` columns; one that is not known as it is written."""
    return own_words(probe, outcome) or _WORDS.get(outcome) or outcome.replace("_", " ")
