"""The simulated internet's hosts: the well-known operators, the check addresses, T-Mobile's sites.

The operators' addresses are the real ones of ``flows/catalog/anchors.yaml``, so that the program
under test runs unchanged; inside a world they belong to the namespace ``net``.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Site:
    """One host of the internet and what it does.

    ``https``/``http`` name what is served (see ``servers/pages.py``) or are empty for "not listening";
    ``certificate`` is a profile of ``servers/certificates.py``; ``tcp`` is ``ok``, ``reset`` (after
    accepting), ``hung``, ``close`` or ``alert`` (TLS handshake failure); ``fails_by_name`` does so for the
    site's own name only; ``status`` overrides the HTTP status.
    """

    names: list[str]
    v4: list[str]
    v6: list[str] = field(default_factory=list)
    https: str = ""
    http: str = ""
    dns: str = ""
    sntp: bool = False
    certificate: str = "good"
    tcp: str = "ok"
    status: int | None = None
    status_on_http: int | None = None
    headers: dict[str, str] = field(default_factory=dict)
    tls_max: str = ""
    fails_by_name: str = ""
    clock: float = 0.0

    @property
    def addresses(self) -> list[str]:
        """All its addresses, IPv4 first."""
        return [*self.v4, *self.v6]


def internet_sites() -> dict[str, Site]:
    """A fresh, healthy internet; keys are short ids."""
    return {**_operators(), **_checks(), **_t_mobile(), **_others()}


def _operators() -> dict[str, Site]:
    return {
        "cloudflare": Site(
            ["one.one.one.one"],
            ["1.1.1.1", "1.0.0.1"],
            ["2606:4700:4700::1111", "2606:4700:4700::1001"],
            https="doh",
            http="to_https",
            dns="cloudflare",
        ),
        "google": Site(
            ["dns.google"],
            ["8.8.8.8", "8.8.4.4"],
            ["2001:4860:4860::8888", "2001:4860:4860::8844"],
            https="doh",
            dns="google",
        ),
        "quad9": Site(
            ["dns.quad9.net"],
            ["9.9.9.9", "149.112.112.112"],
            ["2620:fe::fe", "2620:fe::9"],
            https="doh",
            dns="quad9",
        ),
        "cloudflare-doh": Site(
            ["cloudflare-dns.com"], ["104.16.248.249"], ["2606:4700::6810:f8f9"], https="doh", http="to_https"
        ),
    }


def _checks() -> dict[str, Site]:
    return {
        "check-google": Site(
            ["connectivitycheck.gstatic.com"],
            ["142.250.72.3"],
            ["2607:f8b0:4005:80a::2003"],
            https="generate_204",
            http="generate_204",
        ),
        "check-cloudflare": Site(
            ["cp.cloudflare.com"],
            ["104.16.132.229"],
            ["2606:4700::6810:84e5"],
            https="generate_204",
            http="generate_204",
        ),
        "check-mozilla": Site(
            ["detectportal.firefox.com"], ["34.107.221.82"], ["2600:1901:0:38d7::"], http="success"
        ),
        "time-cloudflare": Site(["time.cloudflare.com"], ["162.159.200.1"], ["2606:4700:f1::1"], sntp=True),
        "time-google": Site(["time.google.com"], ["216.239.35.0"], ["2001:4860:4806::"], sntp=True),
    }


def _t_mobile() -> dict[str, Site]:
    return {
        "account": _web("account.t-mobile.com", 10, "sign_in"),
        "www": _web("www.t-mobile.com", 11, "page"),
        "brass": _web("brass.account.t-mobile.com", 12, "api"),
        "iam": _web("iam.msg.t-mobile.com", 13, "api"),
        "secure": _web("secure.t-mobile.com", 14, "page"),
        "metro": _web("www.metrobyt-mobile.com", 20, "page"),
    }


def _others() -> dict[str, Site]:
    return {
        "example": Site(
            ["example.com"],
            ["93.184.215.14"],
            ["2606:2800:21f:cb07:6820:80da:af6b:8b0c"],
            https="page",
            http="page",
        ),
        "parking": Site(["parked.example.net"], ["198.51.100.80"], http="page", https="page"),
    }


def _web(host: str, number: int, page: str) -> Site:
    return Site([host], [f"206.29.160.{number}"], [f"2607:7700:a::{number}"], https=page, http="to_https")
