"""What the internet's hosts may do, and the time in the world."""

from __future__ import annotations

from tests.lab.actions.registry import action, one_of
from tests.lab.internet import Site
from tests.lab.plan import Plan
from tests.lab.servers.certificates import PROFILES


@action("service.certificate")
def certificate(plan: Plan, host: str, profile: str) -> None:
    """The host shows a certificate of this profile.

    Profiles: expired, not_yet_valid, wrong_host, self_signed, untrusted, incomplete (no intermediate).
    """
    plan.site(host).certificate = one_of(profile, PROFILES)


@action("service.tcp")
def tcp(plan: Plan, host: str, how: str) -> None:
    """The host's ports 80 and 443: refused, silent, hung (accepts and says nothing), reset or close (after
    the first bytes), alert (TLS).
    """
    site = plan.site(host)
    one_of(how, ("refused", "silent", "hung", "reset", "close", "alert"))
    if how == "refused":
        site.https = site.http = ""
    elif how == "silent":
        for address in site.addresses:
            family = "ip6" if ":" in address else "ip"
            plan.rule("net", "input", f"{family} daddr {address} drop")
    else:
        site.tcp = how


@action("service.fails_by_name")
def fails_by_name(plan: Plan, host: str, how: str = "reset") -> None:
    """A shared address that serves other names well and fails for its own: reset, hung or close."""
    plan.site(host).fails_by_name = one_of(how, ("reset", "hung", "close"))


@action("service.status")
def status(plan: Plan, host: str, status: int, headers: dict[str, str] | None = None) -> None:
    """Every page of the host answers with this HTTP status."""
    site = plan.site(host)
    site.status, site.headers = status, dict(headers or {})


@action("service.status_on_http")
def status_on_http(plan: Plan, host: str, status: int) -> None:
    """Plain HTTP of the host answers with this status."""
    plan.site(host).status_on_http = status


@action("service.page")
def page(plan: Plan, host: str, https: str | None = None, http: str | None = None) -> None:
    """The host serves another kind of page: page, sign_in, api, loop, generate_204, success, to_https."""
    kinds = ("page", "sign_in", "api", "loop", "generate_204", "success", "to_https")
    site = plan.site(host)
    site.https = site.https if https is None else one_of(https, kinds)
    site.http = site.http if http is None else one_of(http, kinds)


@action("service.old_tls")
def old_tls(plan: Plan, host: str) -> None:
    """The host speaks TLS 1.2 only."""
    plan.site(host).tls_max = "1.2"


@action("service.addresses")
def addresses(plan: Plan, host: str, v4: list[str], v6: list[str]) -> None:
    """The host lives at these addresses."""
    site = plan.site(host)
    site.v4, site.v6 = list(v4), list(v6)


@action("service.add")
def add(plan: Plan, host: str, v4: list[str], https: str = "page", http: str = "to_https") -> None:
    """A further host of the internet."""
    plan.sites[host] = Site([host], list(v4), https=https, http=http)


@action("world.clock")
def clock(plan: Plan, ahead: float) -> None:
    """The world is ``ahead`` seconds before the computer's clock: certificates, dates, time servers."""
    plan.shift = ahead


@action("time.server")
def time_server(plan: Plan, host: str, wrong_by: float) -> None:
    """One time server tells the wrong time."""
    plan.site(host).clock = wrong_by
