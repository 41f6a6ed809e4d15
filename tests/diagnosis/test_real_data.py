"""The judge reads the data that the probes really hand over: their dataclasses, made plain by the runner."""

from __future__ import annotations

from typing import Any

from tests.support.batteries import GATEWAY, HOST, OWN_ADDRESS, SITE, battery
from tshoot.diagnosis.catalog import load_catalog
from tshoot.diagnosis.judge import diagnose
from tshoot.diagnosis.signals import SIGNALS
from tshoot.diagnosis.values import named_values
from tshoot.probes.address import AdapterAddress, AddressData
from tshoot.probes.certificates import CertificateFacts
from tshoot.probes.clock import ClockData
from tshoot.probes.dns_name import NameData
from tshoot.probes.dns_others import OthersData
from tshoot.probes.dns_server_record import ServerRecord, ServersData
from tshoot.probes.dns_system import SystemData
from tshoot.probes.gateway import GatewayData
from tshoot.probes.gateway_radio import RadioData
from tshoot.probes.hosts_file import HostsFileData, Override
from tshoot.probes.http import HttpData
from tshoot.probes.internet_family import InternetData
from tshoot.probes.link import AdapterFigures, LinkData
from tshoot.probes.model import plain_data
from tshoot.probes.proxy import ProxyData
from tshoot.probes.radio_report import Carrier
from tshoot.probes.route import DefaultRoute, RouteData
from tshoot.probes.sign_in_chain import ChainData, ChainHost
from tshoot.probes.tcp import TcpData
from tshoot.probes.tcp_connect import CONNECTED, TcpAnswer
from tshoot.probes.tls_exchange import TlsAnswer
from tshoot.probes.tls_others import OperatorTls
from tshoot.probes.tls_others import OthersData as OthersTls
from tshoot.probes.window import WindowFigures

WINDOW = WindowFigures("1.1.1.1", "icmp raw", 20, 6, 34.0, 40.0)
CATALOG = load_catalog()


def ended(outcome: str, data: Any) -> tuple[str, dict[str, Any]]:
    return outcome, plain_data(data)


def values(**changes: Any) -> dict[str, str]:
    return named_values(battery(**changes), service="Example", host=HOST)


def signal(name: str, **changes: Any) -> str:
    return SIGNALS[name].compute(battery(**changes), HOST)


def test_values_of_this_computer() -> None:
    found = values(
        link=ended("weak", LinkData((AdapterFigures("wlan0", "wifi", True, True, 1500, -81),), "wlan0")),
        address=ended("ok", AddressData((AdapterAddress("wlan0", OWN_ADDRESS, 24),))),
        route=ended("ok", RouteData((DefaultRoute(4, "wlan0", GATEWAY, 100),))),
        gateway=ended("lossy", GatewayData(GATEWAY, "wlan0", "icmp raw", (WINDOW,))),
        gateway_radio=ended(
            "weak",
            RadioData(
                GATEWAY,
                8080,
                "tmi",
                "registered",
                (Carrier("5g", ("n41",), -118.0, bars=1.0),),
                None,
                None,
                1,
                True,
            ),
        ),
        internet_v4=ended("lossy", InternetData("icmp raw", (), (WINDOW,))),
    )
    assert (found["adapter"], found["address"]) == ("wlan0", OWN_ADDRESS)
    assert (found["gateway"], found["gateway_loss"]) == (GATEWAY, "6 of 20 packets")
    assert (found["loss"], found["delay"], found["cell_signal"]) == (
        "6 of 20 packets",
        "34 ms",
        "1 of 5 bars",
    )


def test_dns_data() -> None:
    dead = ServerRecord("192.0.2.53", 53, None, "", "silent")
    alive = ServerRecord(GATEWAY, 53, None, "", "refusing")
    servers = ended("refusing", ServersData((dead, alive)))
    assert "192.0.2.53" in values(dns_servers=servers)["dns_server"]
    silent: dict[str, Any] = {
        "gateway": ended("silent", GatewayData(GATEWAY, "eth0")),
        "gateway_radio": "skipped",
    }
    assert signal("gateway_alive", dns_servers=servers, **silent) == "yes"
    assert signal("gateway_alive", dns_servers=ended("refusing", ServersData((dead,))), **silent) != "yes"
    rewriting = ServerRecord(GATEWAY, 53, None, "", "answers", uncached_samples=3, rewritten=True)
    assert (
        signal("random_names", dns_servers=ended("ok", ServersData((rewriting,), True, True))) == "rewritten"
    )
    honest = ServerRecord(GATEWAY, 53, None, "", "answers", uncached_samples=3)
    assert signal("random_names", dns_servers=ended("ok", ServersData((honest,), True))) == "denied"


def test_a_hosts_entry_that_leads_astray() -> None:
    said = diagnose(
        battery(
            hosts_file=ended("overrides", HostsFileData((Override(HOST, "10.1.1.1", 4),))),
            dns_system=ended("ok", SystemData(HOST, ("10.1.1.1",))),
            dns_public=ended("ok", OthersData(HOST, (SITE,))),
            dns_name=ended("agree", NameData(HOST, (SITE,), others=(SITE,))),
            tcp=ended("timeout", TcpData(HOST, 443, "system", "", (TcpAnswer("10.1.1.1", 4, "timeout"),))),
            tls="skipped",
            http="skipped",
            tls_public=ended("ok", TlsAnswer(SITE, "ok")),
        ),
        CATALOG,
        service="Example",
        host=HOST,
    )
    assert said.cause == "dns.hosts_override"
    assert "10.1.1.1" in said.summary
    assert HOST in said.summary


def test_connects_by_family() -> None:
    one, other = TcpAnswer(SITE, 4, CONNECTED), TcpAnswer("2606:4700::1", 6, "timeout")
    tcp = ended("ok", TcpData(HOST, 443, "system", SITE, (one, other)))
    assert signal("target_families", tcp=tcp) == "v6_fails"
    assert (
        signal("target_families", tcp=ended("timeout", TcpData(HOST, 443, "", "", (other,))))
        == "none_answers"
    )


def test_certificates_and_clock() -> None:
    facts = CertificateFacts(
        issuer="Box CA",
        issuer_id="b0",
        not_before="2026-01-01T00:00:00+00:00",
        not_after="2026-12-31T00:00:00+00:00",
    )
    tls = ended("expired", TlsAnswer(SITE, "expired", certificate=facts))
    clock = ended("wrong", ClockData(9e6, "2026-11-20T22:00:00+00:00", 3))
    assert signal("dates", tls=tls, clock=clock) == "clock_explains"
    assert values(tls=tls, clock=clock)["skew"] == "104 days ahead"
    assert values(tls=tls)["expires"] == "31 December 2026"
    untrusted = ended("untrusted", TlsAnswer(SITE, "untrusted", certificate=facts))
    same = OperatorTls("one", "one.test", "1.1.1.1", "untrusted", "tls", issuer="Box CA", issuer_id="b0")
    others = ended("untrusted", OthersTls((same, same), True))
    assert signal("issuer", tls=untrusted, tls_others=others) == "same_elsewhere"
    assert values(tls=untrusted)["issuer"] == "Box CA"


def test_parts_of_the_sign_in() -> None:
    chain = ChainData((ChainHost("a.test", "tls", "ok"), ChainHost("b.test", "tcp", "refused")))
    assert values(sign_in_chain=ended("part_down", chain))["chain_host"] == "b.test"
    hop = ended("hop_down", HttpData(302, hop="c.test", proxy_configured="http://p:3128"))
    assert values(http=hop)["chain_host"] == "c.test"
    assert values(http=hop)["proxy"] == "http://p:3128"
    assert values(http=hop)["status"] == "status 302"
    used = ended("failing", ProxyData("http://q:8080", stage="connect", connect_status=502))
    assert values(http=hop, proxy=used)["proxy"] == "http://q:8080"
    assert values(http=hop, proxy=used)["proxy_status"] == "status 502"
    assert signal("proxy_blame", proxy=used, internet="ok") == "proxy"
    through = ended("ok", ProxyData("http://q:8080", answer="ok", http_status=200))
    assert signal("target", http=hop, proxy=through) == "reached"
