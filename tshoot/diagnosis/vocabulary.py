"""The closed vocabulary of causes (causes.md): ids that reports, flows and scripts may rely on.

The catalogue holds every one of them; a flow may route every id of this list.
"""

from __future__ import annotations

from collections.abc import Mapping

_BY_GROUP: Mapping[str, str] = {
    "link": "no_adapter down weak_signal",
    "address": "none self_assigned wrong_subnet",
    "route": "none wrong_preferred",
    "gateway": "unreachable lossy",
    "wan": "down lossy slow no_service weak_signal",
    "dns": "none_configured invalid_server unreachable refusing port_blocked one_dead "
    "slow name_blocked name_missing nxdomain_rewritten wrong_answer hosts_override",
    "portal": "captive",
    "filter": "https web sni",
    "path": "mtu_blackhole ipv6_broken ipv4_broken",
    "tls": "expired not_yet_valid wrong_host untrusted intercepted handshake",
    "clock": "wrong",
    "proxy": "unreachable auth_required failing",
    "vpn": "dead kill_switch dns_dead",
    "service": "refused unreachable reset error "
    "forbidden rate_limited cookie_overflow redirect_loop part_down",
    "browser": "only",
}

HEADLINES = frozenset(f"{group}.{name}" for group, names in _BY_GROUP.items() for name in names.split())
"""Every cause that can be a headline; besides these there are ``none`` and ``unknown``."""
