"""Signals about certificates: is the clock to blame, or somebody in the middle?

Order of blame as in diagnosis-anchors.md, section d.10: network time first, then the number of hosts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tshoot.diagnosis.reading import (
    Results,
    data_of,
    mappings_at,
    number_at,
    outcome_of,
    text_at,
    time_at,
    value_at,
)
from tshoot.diagnosis.signals_target import chain_secured

_DATE_TROUBLE = frozenset({"expired", "not_yet_valid"})


def dates(results: Results, host: str) -> str:
    """Is it the clock that makes the certificate look expired or not yet valid?

    With a clock proved right the dates are the certificate's fault. With a clock proved wrong the
    certificate is judged by network time; where its dates are not known, by the direction of the error.
    """
    trouble, clock = outcome_of(results, "tls"), outcome_of(results, "clock")
    if trouble not in _DATE_TROUBLE:
        return "unknown"
    if clock in ("ok", "skewed"):
        return "clock_right"
    offset = clock_offset(results)
    if clock != "wrong":
        return "unknown"
    valid = _valid_by_network_time(results)
    if valid is None and offset is not None:
        # A clock that runs ahead makes certificates look expired, one that is behind not yet valid.
        valid = (offset > 0) == (trouble == "expired")
    if valid is None and outcome_of(results, "tls_others") in _DATE_TROUBLE:
        valid = True
    return "unknown" if valid is None else "clock_explains" if valid else "clock_right"


def clock_offset(results: Results) -> float | None:
    """How far this computer's clock is ahead of network time, in seconds; None where it is not known."""
    return number_at(data_of(results, "clock"), "offset_seconds")


def _valid_by_network_time(results: Results) -> bool | None:
    certificate = certificate_of(results, "tls")
    begins, ends = time_at(certificate, "not_before"), time_at(certificate, "not_after")
    now = time_at(data_of(results, "clock"), "network_time")
    if begins is None or ends is None or now is None:
        return None
    return begins <= now <= ends


def certificate_of(results: Results, probe: str) -> Mapping[str, Any]:
    """The facts of the certificate that ``probe`` did not accept; empty where there is none."""
    facts = value_at(data_of(results, probe), "certificate")
    return facts if isinstance(facts, Mapping) else {}


def _issuer_of(facts: Any) -> str:
    return text_at(facts, "issuer_id") or text_at(facts, "issuer")


def issuer(results: Results, host: str) -> str:
    """Who else shows certificates of the issuer that this computer does not trust?"""
    if outcome_of(results, "tls") != "untrusted":
        return "unknown"
    others = outcome_of(results, "tls_others")
    if others == "ok" or (others == "failed" and chain_secured(results)):
        return "only_here"
    here = _issuer_of(certificate_of(results, "tls"))
    elsewhere = {_issuer_of(item) for item in mappings_at(data_of(results, "tls_others"), "operators")}
    if others != "untrusted":
        return "unknown"
    if not here or not (elsewhere - {""}):
        return "untrusted_elsewhere"
    return "same_elsewhere" if here in elsewhere else "different_elsewhere"
