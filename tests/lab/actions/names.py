"""What DNS servers may do."""

from __future__ import annotations

from tests.lab.actions.registry import action, one_of
from tests.lab.plan import DnsServer, Plan

SERVERS = ("gateway", "carrier", "carrier2", "cloudflare", "google", "quad9", "encrypted")
PUBLIC = ("cloudflare", "google", "quad9")
ANSWERS = ("nxdomain", "nodata", "servfail", "refused", "silent")


def _servers(plan: Plan, server: str) -> list[DnsServer]:
    """One server; ``public`` are all operators' plain DNS, ``everywhere`` is everyone."""
    groups = {"public": PUBLIC, "plain": SERVERS[:-1], "everywhere": SERVERS}
    one_of(server, (*SERVERS, *groups))
    return [plan.server(name) for name in groups.get(server, (server,))]


@action("dns.mode")
def mode(plan: Plan, server: str, mode: str) -> None:
    """A DNS server answers every question alike: silent, servfail, refused, nxdomain.

    Servers: gateway, carrier, carrier2, cloudflare, google, quad9, encrypted (all DNS over HTTPS),
    public, plain (all but encrypted), everywhere.
    """
    for each in _servers(plan, server):
        each.mode = one_of(mode, ("silent", "servfail", "refused", "nxdomain"))


@action("dns.name")
def name(plan: Plan, server: str, name: str, answer: list[str] | str) -> None:
    """One name gets other addresses, or nxdomain, nodata, servfail, refused, silent."""
    if isinstance(answer, str):
        one_of(answer, ANSWERS)
    for each in _servers(plan, server):
        each.names[name] = answer


@action("dns.every_name")
def every_name(plan: Plan, server: str, addresses: list[str]) -> None:
    """Every name gets the same addresses."""
    for each in _servers(plan, server):
        each.others = list(addresses)


@action("dns.wildcard")
def wildcard(plan: Plan, server: str, addresses: list[str]) -> None:
    """Names that do not exist get these addresses."""
    for each in _servers(plan, server):
        each.wildcard = list(addresses)


@action("dns.slow")
def slow(plan: Plan, server: str, seconds: float) -> None:
    """A DNS server takes its time."""
    for each in _servers(plan, server):
        each.delay = seconds


@action("dns.silent_type")
def silent_type(plan: Plan, server: str, kind: str) -> None:
    """A DNS server never answers questions of one kind (A or AAAA)."""
    for each in _servers(plan, server):
        each.silent_types.append(one_of(kind, ("A", "AAAA")))
