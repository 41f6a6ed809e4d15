"""Builds the namespaces' links, addresses and routes from a plan.

::

    client eth0 ── lan0 gateway wan0 ── gw0 carrier up0 ── [line] ── dn0 net (all internet addresses on lo)
    client usb0 ── lan0 second  wan0 ── ph0 carrier                  (only with a second uplink)
"""

from __future__ import annotations

from tests.lab.namespaces import Namespaces
from tests.lab.plan import CARRIER_DNS, SECOND_DNS, Plan

UP_CARRIER, UP_NET = "172.56.10.9", "172.56.10.10"
WAN6_GATEWAY, WAN6_CARRIER = "2607:fb92:1:ffff::2", "2607:fb92:1:ffff::1"
UP6_CARRIER, UP6_NET = "2607:fb92:0:ffff::1", "2607:fb92:0:ffff::2"
HARDWARE = {name: f"02:00:5e:00:53:{number:02x}" for number, name in enumerate(("wan0", "gw0", "up0", "dn0"))}
PEERS = {"wan0": "gw0", "gw0": "wan0", "up0": "dn0", "dn0": "up0"}
SECOND_LAN, SECOND_CLIENT = "192.168.42.129", "192.168.42.50"
SECOND_WAN, SECOND_CARRIER = "100.64.20.2", "100.64.20.1"


def node_names(plan: Plan) -> tuple[str, ...]:
    """The namespaces a plan needs."""
    names = ["client", "gateway", "carrier", "net"]
    if plan.second is not None:
        names.append("second")
    if plan.line is not None:
        names.append("line")
    return tuple(names)


def build(plan: Plan, spaces: Namespaces) -> None:
    """Create every link, address and route of the plan. Raises RuntimeError when the system refuses."""
    for name in node_names(plan):
        _settings(name, spaces)
    _links(plan, spaces)
    spaces.ip("net", _net(plan))
    spaces.ip("carrier", _carrier(plan))
    spaces.ip("gateway", _gateway(plan))
    if plan.second is not None:
        spaces.ip("second", _second())
    if plan.line is not None:
        spaces.ip("line", ["link set near up promisc on", "link set far up promisc on"])
    spaces.ip("client", _client(plan))


def finish(plan: Plan, spaces: Namespaces) -> None:
    """Run the plan's own commands: after the servers are open, for some take an address away again."""
    for node, commands in plan.commands.items():
        spaces.ip(node, commands)


def _settings(name: str, spaces: Namespaces) -> None:
    router = name in {"gateway", "carrier", "second"}
    settings = {
        "ipv6.conf.default.accept_dad": "0",
        "ipv6.conf.all.accept_dad": "0",
        "ipv6.conf.default.accept_ra": "0",
        "ipv6.conf.default.router_solicitations": "0",
        "ipv4.conf.all.rp_filter": "0",
        "ipv4.conf.default.rp_filter": "0",
        "ipv4.ip_forward": "1" if router else "0",
        "ipv6.conf.all.forwarding": "1" if router else "0",
    }
    for key, value in settings.items():
        spaces.sysctl(name, key, value)


def _links(plan: Plan, spaces: Namespaces) -> None:
    pair = "link add {} netns {} type veth peer name {} netns {}".format
    lines = [pair("wan0", "gateway", "gw0", "carrier")]
    if plan.client.present:
        lines.append(pair(plan.client.adapter, "client", "lan0", "gateway"))
    if plan.line is None:
        lines.append(pair("up0", "carrier", "dn0", "net"))
    else:
        lines += [pair("up0", "carrier", "near", "line"), pair("far", "line", "dn0", "net")]
    if plan.second is not None:
        lines.append(pair(plan.second.adapter, "client", "lan0", "second"))
        lines.append(pair("wan0", "second", "ph0", "carrier"))
    for number, spare in enumerate(plan.client.spares):
        lines.append(pair(spare, "client", f"spare{number}", "gateway"))
    spaces.ip("client", lines)


def _known(adapter: str, *neighbours: str) -> list[str]:
    """Fixed hardware addresses between the routers: in a network in use they have long been learned.

    Over a slow line a first question for them would otherwise double the first packet's time.
    """
    own, other = HARDWARE[adapter], HARDWARE[PEERS[adapter]]
    entries = [f"neigh replace {ip} lladdr {other} dev {adapter} nud permanent" for ip in neighbours]
    return [f"link set {adapter} address {own}", f"link set {adapter} up", *entries]


def _net(plan: Plan) -> list[str]:
    lines = ["link set lo up"]
    for site in plan.sites.values():
        lines += [f"addr add {ip}/{128 if ':' in ip else 32} dev lo" for ip in site.addresses]
    return [
        *lines,
        f"addr add {UP_NET}/30 dev dn0",
        f"addr add {UP6_NET}/64 dev dn0 nodad",
        *_known("dn0", UP_CARRIER, UP6_CARRIER),
        f"route add default via {UP_CARRIER}",
        f"route add 2607:fb92::/32 via {UP6_CARRIER}",
    ]


def _carrier(plan: Plan) -> list[str]:
    lines = [
        "link set lo up",
        f"addr add {CARRIER_DNS}/32 dev lo",
        f"addr add {SECOND_DNS}/32 dev lo",
        f"addr add {plan.wan[1]}/30 dev gw0",
        f"addr add {WAN6_CARRIER}/64 dev gw0 nodad",
        f"addr add {UP_CARRIER}/30 dev up0",
        f"addr add {UP6_CARRIER}/64 dev up0 nodad",
        *_known("gw0", plan.wan[0], WAN6_GATEWAY),
        *_known("up0", UP_NET, UP6_NET),
        f"route add default via {UP_NET}",
        f"route add default via {UP6_NET}",
        f"route add {plan.lan.v6_prefix} via {WAN6_GATEWAY}",
    ]
    if plan.second is not None:
        lines += ["link set ph0 up", f"addr add {SECOND_CARRIER}/30 dev ph0"]
    return lines


def _gateway(plan: Plan) -> list[str]:
    lan = plan.lan
    lines = [
        "link set lo up",
        f"addr add {plan.wan[0]}/30 dev wan0",
        f"addr add {WAN6_GATEWAY}/64 dev wan0 nodad",
        *_known("wan0", plan.wan[1], WAN6_CARRIER),
        f"route add default via {plan.wan[1]}",
        f"route add default via {WAN6_CARRIER}",
    ]
    if plan.client.present:
        lines += ["link set lan0 up", f"addr add {lan.gateway}/{lan.length} dev lan0"]
        lines += [f"addr add {lan.v6_gateway}/64 dev lan0 nodad"] if lan.v6 else []
    return lines


def _second() -> list[str]:
    return [
        "link set lo up",
        "link set lan0 up",
        "link set wan0 up",
        f"addr add {SECOND_LAN}/24 dev lan0",
        f"addr add {SECOND_WAN}/30 dev wan0",
        f"route add default via {SECOND_CARRIER}",
    ]


def _client(plan: Plan) -> list[str]:
    client = plan.client
    lines = ["link set lo up"]
    if client.present:
        lines.append(f"link set {client.adapter} up")
        given = client.addresses
        for address in _leased_addresses(plan) if given is None else given:
            lines.append(f"addr add {address} dev {client.adapter}{' nodad' if ':' in address else ''}")
        wanted = client.routes
        lines += [f"route add {route}" for route in (_leased_routes(plan) if wanted is None else wanted)]
    if plan.second is not None:
        adapter = plan.second.adapter
        lines += [f"link set {adapter} up", f"addr add {SECOND_CLIENT}/24 dev {adapter}"]
        lines.append(f"route add default via {SECOND_LAN} dev {adapter} metric {plan.second.metric}")
    return lines + client.after


def _leased_addresses(plan: Plan) -> list[str]:
    lan = plan.lan
    return [f"{lan.client}/{lan.length}", *([f"{lan.v6_client}/64"] if lan.v6 else [])]


def _leased_routes(plan: Plan) -> list[str]:
    lan, adapter = plan.lan, plan.client.adapter
    routes = [f"default via {lan.gateway} dev {adapter} metric 100"]
    return routes + ([f"default via {lan.v6_gateway} dev {adapter} metric 100"] if lan.v6 else [])
