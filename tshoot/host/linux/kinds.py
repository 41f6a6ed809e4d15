"""What kind of adapter a Linux network device is.

A radio first: what /sys calls "wlan" is Wi-Fi also where a driver makes it up over another device, as
virt_wifi does in virtual phones. Then the kernel's own word (hardware type, driver kind), then any other
device type in /sys, then the name. /sys is trusted only where its index proves that it shows this network
namespace. A veth is the usual cable of a namespace, so it counts as Ethernet; a bridge's port is plumbing.
"""

from __future__ import annotations

from tshoot.host.files import read_text
from tshoot.host.linux.links import IFF_LOOPBACK, Link
from tshoot.host.model import AdapterKind

_ARPHRD_ETHER, _ARPHRD_RAWIP = 1, 519
_TUNNEL_HARDWARE = frozenset({512, 768, 769, 776, 778, 823, 65534})
"""ppp, tunnel, tunnel6, sit, ipgre, ip6gre, none: ARPHRD values of linux/if_arp.h."""
_TUNNEL_DRIVERS = frozenset(
    {"tun", "wireguard", "amneziawg", "ovpn", "ovpn-dco", "ppp", "sit", "ipip", "ip6tnl", "gre", "ip6gre"}
    | {"vti", "vti6", "xfrm"}
)
_CABLE_DRIVERS = frozenset({"veth", "vlan", "bond", "team", "macvlan", "ipvlan", "hsr", "netkit"})
_PLUMBING = frozenset({"tun", "veth", "netkit"})
_VIRTUAL_NAMES = ("docker", "br-", "virbr", "vboxnet", "vmnet", "lxcbr", "lxdbr", "podman", "cni")


def kind_of(link: Link, device_type: str) -> AdapterKind:
    """The kind of a device; ``device_type`` is DEVTYPE of its uevent file ("" where unknown). Pure."""
    if link.flags & IFF_LOOPBACK:
        return AdapterKind.LOOPBACK
    if device_type == "wlan":
        return AdapterKind.WIFI
    if link.driver:
        return _by_driver(link)
    if not device_type and link.name.startswith("wl"):
        return AdapterKind.WIFI
    if device_type == "wwan" or link.name.startswith(("wwan", "rmnet")) or link.hardware == _ARPHRD_RAWIP:
        return AdapterKind.CELLULAR
    return _by_hardware(link)


def device_type(link: Link) -> str:
    """DEVTYPE as /sys tells it ("wlan", "wwan", …), or "" where /sys is absent or of another namespace."""
    try:
        lines = read_text(f"/sys/class/net/{link.name}/uevent").splitlines()
    except (OSError, ValueError):
        return ""
    facts = dict(line.split("=", 1) for line in lines if "=" in line)
    return facts.get("DEVTYPE", "") if facts.get("IFINDEX") == str(link.index) else ""


def _by_driver(link: Link) -> AdapterKind:
    if link.has_master and link.driver in _PLUMBING:
        return AdapterKind.VIRTUAL
    if link.driver in _TUNNEL_DRIVERS:
        return AdapterKind.TUNNEL
    if link.driver in {"wwan", "rmnet"}:
        return AdapterKind.CELLULAR
    return AdapterKind.ETHERNET if link.driver in _CABLE_DRIVERS else AdapterKind.VIRTUAL


def _by_hardware(link: Link) -> AdapterKind:
    if link.hardware in _TUNNEL_HARDWARE:
        return AdapterKind.TUNNEL
    if link.name.startswith(_VIRTUAL_NAMES):
        return AdapterKind.VIRTUAL
    return AdapterKind.ETHERNET if link.hardware == _ARPHRD_ETHER else AdapterKind.UNKNOWN
