"""The ladder: the same rungs in the same order, each with its state and its data (contract.md).

A rung shows what was measured, also below a fault; what was not measured is ``unknown``, never ok.
"""

from __future__ import annotations

from collections.abc import Iterator

from tshoot.diagnosis.evidence import Evidence
from tshoot.diagnosis.grades import grade
from tshoot.diagnosis.model import Rung, RungState
from tshoot.diagnosis.signals_path import PASSING

_WORST_FIRST: tuple[RungState, ...] = ("bad", "warn", "unknown", "ok", "not_applicable")
_NO_WEB = frozenset({"https_blocked", "web_blocked"})
_FALSE_NAME = frozenset({"blocked_here", "bogus", "missing"})
_PORTAL = frozenset({"redirected", "rewritten"})


def build_ladder(evidence: Evidence) -> tuple[Rung, ...]:
    """Every rung for one set of evidence."""
    fixed = (
        _of_probes("link", evidence, "link"),
        _address(evidence),
        _gateway(evidence),
        _behind_proxy(_internet(evidence), evidence),
        _behind_proxy(_dns(evidence), evidence),
        _by_proxy(_secure(evidence), evidence),
        _by_proxy(_service(evidence), evidence),
    )
    return (*fixed, *_optional(evidence))


def _through_proxy(evidence: Evidence) -> bool:
    return evidence.outcome("proxy") == "ok" and evidence.outcome("target") == "reached"


def _behind_proxy(rung: Rung, evidence: Evidence) -> Rung:
    """What fails on the direct way is odd, not broken, where the proxy leads to the service."""
    if rung.state == "bad" and _through_proxy(evidence):
        return Rung(rung.rung, "warn", _joined(rung.detail, "the web goes through the proxy"))
    return rung


def _by_proxy(rung: Rung, evidence: Evidence) -> Rung:
    """The way a browser takes decides: the one through the proxy, where one is in use."""
    if rung.state != "ok" and _through_proxy(evidence):
        return Rung(rung.rung, "ok", _joined("through the proxy", _detail(evidence, "proxy")))
    if rung.state == "ok" and evidence.outcome("proxy") in ("unreachable", "auth_required", "failing"):
        return Rung(rung.rung, "warn", _joined(rung.detail, "only without the proxy"))
    return rung


def _of_probes(rung: str, evidence: Evidence, *probes: str) -> Rung:
    """The worst of several probes; the details of those in trouble, else of all."""
    states = {probe: grade(probe, evidence.outcome(probe)) for probe in probes}
    state = min(states.values(), key=_WORST_FIRST.index)
    telling = [probe for probe in probes if states[probe] == state] if state in ("bad", "warn") else probes
    return Rung(rung, state, "; ".join(detail for probe in telling if (detail := _detail(evidence, probe))))


def _detail(evidence: Evidence, probe: str) -> str:
    result = evidence.results.get(probe)
    if result is None:
        return ""
    return result.detail or result.outcome.replace("_", " ")


def _address(evidence: Evidence) -> Rung:
    """Settings that don't fit together but work all the same are odd, not broken."""
    rung = _of_probes("address", evidence, "address", "route")
    if rung.state == "bad" and evidence.outcome("internet") in PASSING:
        return Rung("address", "warn", rung.detail)
    return rung


def _gateway(evidence: Evidence) -> Rung:
    """A gateway that answers nothing is no fault while anything beyond it answers."""
    outcome, passing = evidence.outcome("gateway"), evidence.outcome("internet") in PASSING
    rung = _of_probes("gateway", evidence, "gateway")
    if outcome == "silent":
        return Rung("gateway", "ok" if passing else "unknown", rung.detail)
    if outcome == "timeout" or (outcome == "dead" and passing):
        return Rung("gateway", "unknown", rung.detail)
    return rung


def _internet(evidence: Evidence) -> Rung:
    rung = _of_probes("internet", evidence, "internet")
    if evidence.outcome("captive") in _PORTAL:
        return Rung(
            "internet", "bad", _joined("a page of the network is in the way", _detail(evidence, "captive"))
        )
    if evidence.outcome("internet") in _NO_WEB:
        passes = evidence.outcome("target") == "reached" or evidence.outcome("secure_web") == "passes"
        return Rung("internet", "warn" if passes else "bad", rung.detail)
    if rung.state == "ok" and "dead" in (evidence.outcome("internet_v4"), evidence.outcome("internet_v6")):
        dead = 4 if evidence.outcome("internet_v4") == "dead" else 6
        return Rung("internet", "warn", _joined(rung.detail, f"IPv{dead} dead"))
    lossy = [family for family in (4, 6) if evidence.outcome(f"internet_v{family}") == "lossy"]
    if rung.state == "ok" and lossy:
        lost = _detail(evidence, f"internet_v{lossy[0]}")
        return Rung("internet", "warn", _joined(f"IPv{lossy[0]} loses packets", lost))
    return rung


def _dns(evidence: Evidence) -> Rung:
    """Names: what the system resolves counts first; a name that only others know is bad."""
    if evidence.outcome("dns_system") == "not_applicable":
        return _of_probes("dns", evidence, "dns_servers")
    probes = ["dns_system", "dns_servers"]
    if evidence.outcome("dns_name") in _FALSE_NAME and evidence.outcome("own_answer") != "validated":
        probes.append("dns_name")
    return _of_probes("dns", evidence, *probes)


def _secure(evidence: Evidence) -> Rung:
    rung = _of_probes("secure connection", evidence, "tls")
    if rung.state != "ok" and evidence.outcome("http") in ("ok", "client_error"):
        return Rung(rung.rung, "ok", _joined("by way of the page itself", _detail(evidence, "http")))
    return rung


def _service(evidence: Evidence) -> Rung:
    rung = _of_probes("service", evidence, "http")
    if rung.state == "unknown":
        before = [probe for probe in ("tls", "tcp") if evidence.in_trouble(probe)]
        return Rung("service", "bad", _detail(evidence, before[-1])) if before else rung
    if rung.state == "ok" and evidence.outcome("target") == "by_address":
        return Rung("service", "warn", _joined(rung.detail, "only after its name was looked up elsewhere"))
    if rung.state == "ok" and evidence.in_trouble("sign_in_chain"):
        return Rung("service", "warn", _joined(rung.detail, _detail(evidence, "sign_in_chain")))
    return rung


def _optional(evidence: Evidence) -> Iterator[Rung]:
    if evidence.outcome("gateway_radio") in ("registered", "weak", "no_service"):
        yield _of_probes("mobile signal", evidence, "gateway_radio")
    if evidence.outcome("vpn") in ("active", "split", "dead", "kill_switch", "unclear"):
        yield _of_probes("vpn", evidence, "vpn")
    if evidence.outcome("proxy") not in (None, "none", "not_applicable", "skipped", "error"):
        yield _of_probes("proxy", evidence, "proxy")
    if evidence.outcome("hosts_file") == "overrides":
        harmful = evidence.outcome("override") == "harmful"
        yield Rung("hosts file", "bad" if harmful else "warn", _detail(evidence, "hosts_file"))
    if evidence.outcome("clock") in ("ok", "skewed", "wrong"):
        yield _of_probes("clock", evidence, "clock")


def _joined(*parts: str) -> str:
    return "; ".join(part for part in parts if part)
