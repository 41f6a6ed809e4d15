"""How each outcome of each probe reads: as works, as a shortfall, as a fault, or as nothing known.

The outcomes are those of ``docs/probes.md``, the contract between probes and diagnosis. Written down here
because judging imports no probe; ``tests/diagnosis/test_grades.py`` holds it against the probes' own specs.
"""

from __future__ import annotations

from collections.abc import Mapping

from tshoot.diagnosis.model import RungState
from tshoot.probes.model import COMMON_OUTCOMES

SILENT_OUTCOMES = frozenset({"error", "skipped", "not_applicable"})
"""They say nothing about the network, so they are never evidence of a fault."""


def _grades(good: str, warn: str = "", bad: str = "", unknown: str = "") -> dict[str, RungState]:
    table: dict[str, RungState] = {}
    table.update(dict.fromkeys(good.split(), "ok"))
    table.update(dict.fromkeys(warn.split(), "warn"))
    table.update(dict.fromkeys(bad.split(), "bad"))
    table.update(dict.fromkeys(unknown.split(), "unknown"))
    return table


_INTERNET = _grades("ok", "lossy slow https_blocked web_blocked", "dead no_route blocked_locally")
_TLS = _grades("ok", "", "expired not_yet_valid wrong_host untrusted handshake reset closed")

GRADES: Mapping[str, Mapping[str, RungState]] = {
    "link": _grades("ok", "weak", "no_adapter down"),
    "address": _grades("ok", "", "none self_assigned wrong_subnet"),
    "route": _grades("ok several tunnel", "", "none"),
    "gateway": _grades("ok silent", "lossy slow", "dead"),
    "gateway_radio": _grades("registered not_recognised", "weak", "no_service"),
    "internet_v4": _INTERNET,
    "internet_v6": _INTERNET,
    "internet": _INTERNET,
    "paths": _grades("ok", "", "preferred_dead all_dead"),
    "vpn": _grades("none active split", "", "dead kill_switch", "unclear"),
    "proxy": _grades(
        "none bypassed ok", "pac_unreachable", "unreachable auth_required failing", "pac_not_evaluated"
    ),
    "hosts_file": _grades("clean", "overrides"),
    "dns_system": _grades("ok", "", "name_missing failed"),
    "dns_servers": _grades("ok", "some_dead slow", "unreachable refusing invalid none_configured"),
    "dns_public": _grades("ok name_missing", "refused unreachable"),
    "dns_encrypted": _grades("ok name_missing", "blocked"),
    "dns_name": _grades("agree differs", "", "blocked_here bogus missing"),
    "path_mtu": _grades("ok narrow", "", "blackhole", "unclear"),
    "nat": _grades("single cgnat double double_cgnat unknown"),
    "nat64": _grades("present absent"),
    "captive": _grades("open", "unclear", "redirected rewritten blocked"),
    "tcp": _grades("ok", "", "refused unreachable reset blocked_locally"),
    "tls": _TLS,
    "tls_public": _TLS,
    "tls_others": _grades("ok", "", "expired not_yet_valid untrusted handshake failed"),
    "sni": _grades("ok", "", "filtered site_only silent", "same"),
    "http": _grades(
        "ok",
        "client_error",
        "server_error forbidden rate_limited header_too_large redirect_loop hop_down reset closed",
    ),
    "sign_in_chain": _grades("ok", "part_down", "all_down"),
    "clock": _grades("ok", "skewed", "wrong", "unclear"),
}
"""Per probe: outcome → how it reads. Common outcomes are added by :func:`grade`."""


def grade(probe: str, outcome: str | None) -> RungState:
    """How ``outcome`` reads. No answer in time is bad; what never ran is unknown."""
    if outcome == "not_applicable":
        return "not_applicable"
    if outcome == "timeout":
        return "bad"
    return GRADES.get(probe, {}).get(outcome or "", "unknown")


def known_outcomes(probe: str) -> frozenset[str]:
    """Every outcome ``probe`` may end in; empty for an unknown probe."""
    own = GRADES.get(probe)
    return frozenset(own) | frozenset(COMMON_OUTCOMES) if own is not None else frozenset()
