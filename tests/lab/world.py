"""Builds a world from a plan and serves it in one event loop."""

from __future__ import annotations

from tests.lab import firewall, topology
from tests.lab.internet import Site
from tests.lab.namespaces import RUN, Namespaces
from tests.lab.plan import CARRIER_DNS, SECOND_DNS, Plan
from tests.lab.room import CA_FILE, Room
from tests.lab.servers.certificates import Certificates
from tests.lab.servers.clock import WorldClock
from tests.lab.servers.home import PORTAL_PORT, gateway_handler, portal_handler
from tests.lab.servers.line import Line
from tests.lab.servers.nameserver import Resolve, forwarding, from_zone, serve_dns
from tests.lab.servers.pages import site_handler
from tests.lab.servers.proxy import serve_proxy
from tests.lab.servers.quic import serve_quic
from tests.lab.servers.sntp import serve_sntp
from tests.lab.servers.tunnel import TunnelEnds
from tests.lab.servers.web import WebPort
from tests.lab.servers.zone import make_zone


class World:
    """One simulated network; ``room`` is where the client's commands run."""

    def __init__(self, plan: Plan) -> None:
        """Build everything that needs no event loop. Raises OSError or RuntimeError if refused."""
        self.plan = plan
        self.clock = WorldClock(plan.shift)
        nodes = topology.node_names(plan)
        self.spaces = Namespaces(nodes)
        self._line = Line(plan.line, self.spaces) if plan.line is not None else None
        topology.build(plan, self.spaces)
        firewall.load(plan, self.spaces, nodes)
        folder = RUN / "certificates"
        folder.mkdir()
        self._certificates = Certificates(folder, self.clock)
        self._certificates.write_root(CA_FILE)
        self._tunnel = TunnelEnds(plan.tunnel, plan, self.spaces) if plan.tunnel is not None else None
        self.room = Room(plan, self.spaces)
        self._zone = make_zone(plan)
        self._kept: list[object] = []

    async def start(self) -> None:
        """Open every server."""
        if self._line is not None:
            self._line.start()
        if self._tunnel is not None:
            self._tunnel.start()
        await self._serve_names()
        for site in self.plan.sites.values():
            self._serve_site(site)
            if site.https and site.tcp == "ok":
                await serve_quic(site.addresses, self.spaces)
            if site.sntp:
                await serve_sntp(site.addresses, self.clock, site.clock, self.spaces)
        await self._serve_home()
        topology.finish(self.plan, self.spaces)

    def change(self, plan: Plan) -> None:
        """Make the standing world that of ``plan``: firewalls, DNS servers, the client's files."""
        for name in {*self.plan.dns, *plan.dns}:
            vars(self.plan.server(name)).update(vars(plan.server(name)))
        self.plan.upstream_failure = plan.upstream_failure
        firewall.reload(plan, self.spaces, topology.node_names(plan))
        self.room.rewrite(plan)

    async def _serve_names(self) -> None:
        plan, spaces = self.plan, self.spaces
        carrier = from_zone(self._zone, plan.server("carrier"))
        await serve_dns("carrier", [CARRIER_DNS], carrier, spaces)
        await serve_dns("carrier", [SECOND_DNS], from_zone(self._zone, plan.server("carrier2")), spaces)
        for site in plan.sites.values():
            if site.dns:
                resolve = from_zone(self._zone, plan.server(site.dns))
                await serve_dns("net", site.addresses, resolve, spaces)

    def _serve_site(self, site: Site) -> None:
        encrypted: Resolve = from_zone(self._zone, self.plan.server("encrypted"))
        for port, secure, kind in ((443, True, site.https), (80, False, site.http)):
            if kind:
                certificates = self._certificates if secure else None
                handler = site_handler(site, secure, encrypted)
                web = WebPort(site, handler, certificates, self.plan.sni_filter, self.clock)
                self._kept.append(web)
                for address in site.addresses:
                    web.listen("net", address, port, self.spaces)

    async def _serve_home(self) -> None:
        plan, lan = self.plan, self.plan.lan
        if not plan.client.present:
            return
        own = [lan.gateway, *([lan.v6_gateway] if lan.v6 else [])]
        await serve_dns("gateway", own, forwarding(plan, self._zone, self.spaces), self.spaces)
        for port in (80, 8080) if plan.radio.api == "tmi" else (80,):
            self._home_port(gateway_handler(plan.radio, self.clock), lan.gateway, port)
        if plan.portal is not None:
            self._home_port(portal_handler(plan), lan.gateway, PORTAL_PORT)
            self._portal_tls(lan.gateway)
        if plan.proxy is not None:
            await serve_proxy(plan.proxy, plan, self._zone, self.spaces)

    def _home_port(self, handler: object, address: str, port: int) -> None:
        site = Site(["gateway.home"], [address], http="page")
        web = WebPort(site, handler, None, {}, self.clock)  # type: ignore[arg-type]
        self._kept.append(web)
        web.listen("gateway", address, port, self.spaces)

    def _portal_tls(self, address: str) -> None:
        site = Site(["welcome.hotspot.example"], [address], https="page", certificate="self_signed")
        web = WebPort(site, portal_handler(self.plan), self._certificates, {}, self.clock)
        self._kept.append(web)
        web.listen("gateway", address, 8443, self.spaces)
