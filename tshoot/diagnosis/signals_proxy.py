"""Signals about a proxy that is set up: what the target says through it, and who is to blame where it fails.

The proxy is the way a browser takes, so its result counts for the target; the other probes go without it.
"""

from __future__ import annotations

from tshoot.diagnosis.grades import grade
from tshoot.diagnosis.reading import Results, data_of, outcome_of, text_at

ANSWERED = frozenset({"ok", "client_error"})
"""Outcomes of the http probe in which the service answered as it should."""
IN_USE = frozenset({"ok", "unreachable", "auth_required", "failing", "pac_not_evaluated"})
"""Outcomes of the proxy probe in which browsers don't take the direct way, or may not."""
_NAMES_FAIL = frozenset({"unreachable", "refusing", "invalid", "none_configured"})
_NET_WORKS = frozenset({"ok", "lossy", "slow"})


def answered_through(results: Results) -> bool | None:
    """Did the target answer through the proxy? None where no proxy is in use or it is not known.

    A script that can't be fetched makes browsers go directly. A proxy that works without a word from the
    target (its TLS fails with and without the proxy) leaves the judgement to the direct way.
    """
    outcome = outcome_of(results, "proxy")
    answer = text_at(data_of(results, "proxy"), "answer")
    if outcome == "ok":
        return answer in ANSWERED if answer else None
    return False if outcome in ("unreachable", "auth_required", "failing") else None


def in_use(results: Results) -> bool:
    """Is a proxy set for the target? Then direct failures say nothing about what a browser meets."""
    return outcome_of(results, "proxy") in IN_USE


def proxy_address(results: Results) -> str:
    """The address of the proxy set for the service, or of the script that names it; empty without one."""
    data = data_of(results, "proxy")
    known = text_at(data, "url") or text_at(data, "script")
    return known or text_at(data_of(results, "http"), "proxy_configured")


def proxy_blame(results: Results, host: str) -> str:
    """Is the proxy itself to blame for failing? Not where DNS or the service fails without it as well."""
    outcome = outcome_of(results, "proxy")
    if outcome == "unreachable" and text_at(data_of(results, "proxy"), "stage") == "name":
        return "names" if outcome_of(results, "dns_servers") in _NAMES_FAIL else "proxy"
    if outcome == "failing" and outcome_of(results, "internet") in _NET_WORKS:
        down = grade("tcp", outcome_of(results, "tcp")) == "bad"
        return "service" if down and outcome_of(results, "tls_others") == "ok" else "proxy"
    return "proxy" if grade("proxy", outcome) == "bad" else "unknown"
