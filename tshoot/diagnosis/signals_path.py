"""Signals about the way to the internet: the gateway, ping, the address families."""

from __future__ import annotations

from collections.abc import Iterator

from tshoot.diagnosis.reading import (
    Results,
    address_of,
    data_of,
    families_of,
    mappings_at,
    number_at,
    outcome_of,
    same_address,
    text_at,
    texts_at,
    value_at,
)
from tshoot.diagnosis.signals_target import other_addresses

PASSING = frozenset({"ok", "lossy", "slow", "https_blocked", "web_blocked"})
"""Outcomes of the internet probes in which something beyond the gateway answers."""
_ALIVE = frozenset({"answers", "refusing", "refused_port", "garbled"})
_DEAD = frozenset({"dead", "no_route", "not_applicable"})
_FAMILIES = {4: "internet_v4", 6: "internet_v6"}


def gateway_alive(results: Results, host: str) -> str:
    """Does the gateway live? Also a DNS answer or a status page of its own shows it.

    A resolved neighbour entry alone does not prove a working gateway: a sick one can need seconds for
    every answer (causes.md, confusable pairs).
    """
    said = outcome_of(results, "gateway")
    if said in ("ok", "lossy", "slow") or _answers_otherwise(results):
        return "yes"
    if said == "silent":
        return "neighbour_only"
    if said == "dead":
        return "no"
    return "no_gateway" if said == "not_applicable" and _leads_out_directly(results) else "unknown"


def _answers_otherwise(results: Results) -> bool:
    if outcome_of(results, "gateway_radio") in ("registered", "weak", "no_service"):
        return True
    gateway = gateway_address(results)
    return bool(gateway) and any(same_address(gateway, server) for server in answering_servers(results))


def _leads_out_directly(results: Results) -> bool:
    """Without a gateway: a direct line; a tunnel only when the way around it is known to be dead too."""
    if outcome_of(results, "route") == "tunnel":
        return outcome_of(results, "paths") == "all_dead"
    return outcome_of(results, "route") in ("ok", "several")


def gateway_address(results: Results) -> str:
    """The address of the default gateway; empty where it is not known."""
    own = text_at(data_of(results, "gateway"), "gateway")
    routes = mappings_at(data_of(results, "route"), "routes")
    return own or next((found for found in (text_at(route, "gateway") for route in routes) if found), "")


def answering_servers(results: Results) -> Iterator[str]:
    """The configured DNS servers that gave any answer, also a refusal."""
    for server in mappings_at(data_of(results, "dns_servers"), "servers"):
        if text_at(server, "state") in _ALIVE:
            yield text_at(server, "address")


def family_path(results: Results, host: str) -> str:
    """Does the internet work in an address family that the service has?"""
    families = families_of(
        (*texts_at(data_of(results, "dns_system"), "addresses"), *other_addresses(results), host)
    )
    states = [outcome_of(results, _FAMILIES[family]) for family in families]
    if any(state in PASSING for state in states):
        return "works"
    return "broken" if states and all(state in _DEAD for state in states) else "unknown"


def icmp(results: Results, host: str) -> str:
    """Is ping filtered beyond the gateway? Only said where TCP shows that the way itself works."""
    passing = [
        data_of(results, probe) for probe in _FAMILIES.values() if outcome_of(results, probe) in PASSING
    ]
    said = {text_at(data, "ping") for data in passing}
    by_ping = any(text_at(data, "method").startswith("icmp") for data in passing)
    if by_ping or "answered" in said:
        return "passes"
    return "blocked" if "silent" in said else "unknown"


def dns_place(results: Results, host: str) -> str:
    """Are the configured DNS servers a VPN's own? ``left_behind``: inside addresses to which no way leads."""
    servers = [text_at(item, "address") for item in mappings_at(data_of(results, "dns_servers"), "servers")]
    known = {
        text_at(item, "address"): text_at(item, "place")
        for item in mappings_at(data_of(results, "vpn"), "resolvers")
    }
    places = [known.get(server, "") for server in servers]
    if not places or not all(map(_is_of_vpn, servers, places)):
        return "unknown"
    return "tunnel" if "tunnel" in places else "left_behind"


def _is_of_vpn(server: str, place: str) -> bool:
    ip = address_of(server)
    return place == "tunnel" or (place == "no_route" and ip is not None and not ip.is_global)


def random_names(results: Results, host: str) -> str:
    """Do names that exist nowhere get an address from the own resolver?"""
    data = data_of(results, "dns_servers")
    if value_at(data, "rewritten") is True:
        return "rewritten"
    known = any(number_at(server, "uncached_samples") for server in mappings_at(data, "servers"))
    return "denied" if known else "unknown"
