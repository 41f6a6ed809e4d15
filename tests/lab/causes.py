"""The closed vocabulary of causes.md, for checking the truth that scenarios declare."""

from __future__ import annotations

CAUSES = frozenset(
    """
    link.no_adapter link.down link.weak_signal address.none address.self_assigned address.wrong_subnet
    route.none route.wrong_preferred gateway.unreachable gateway.lossy wan.down wan.lossy wan.slow
    wan.no_service wan.weak_signal dns.none_configured dns.invalid_server dns.unreachable dns.refusing
    dns.port_blocked dns.one_dead dns.slow dns.name_blocked dns.name_missing dns.nxdomain_rewritten
    dns.wrong_answer dns.hosts_override portal.captive filter.https filter.web filter.sni
    path.mtu_blackhole path.ipv6_broken path.ipv4_broken tls.expired tls.not_yet_valid tls.wrong_host
    tls.untrusted tls.intercepted tls.handshake clock.wrong proxy.unreachable proxy.auth_required
    proxy.failing vpn.dead vpn.kill_switch vpn.dns_dead service.refused service.unreachable service.reset
    service.error service.forbidden service.rate_limited service.cookie_overflow service.redirect_loop
    service.part_down browser.only
    """.split()
)

NOTES = frozenset(
    """
    note.gateway_silent note.icmp_blocked note.cgnat note.double_nat note.vpn_active note.proxy_in_use
    note.no_ipv6 note.outside_dns_blocked note.encrypted_dns_blocked note.split_dns note.clock_skew
    note.nat64
    """.split()
)
