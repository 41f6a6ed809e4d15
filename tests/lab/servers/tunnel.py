"""A VPN: a tunnel adapter in the client, packets in UDP through the home network, a far end.

Needs /dev/net/tun. A dead tunnel keeps its adapter and its route, and its far end is silent.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import struct

from tests.lab.namespaces import Namespaces, udp_socket
from tests.lab.plan import Plan, Tunnel

TUNSETIFF = 0x400454CA
IFF_TUN_NO_PI = 0x0001 | 0x1000
FAR_END = "198.51.100.80"
PORT = 51820
CLIENT_INNER, FAR_INNER = "10.8.0.2", "10.8.0.1"


class TunnelEnds:
    """Both ends of the tunnel and the UDP between them."""

    def __init__(self, tunnel: Tunnel, plan: Plan, spaces: Namespaces) -> None:
        """Create the adapters and routes. Raises OSError where /dev/net/tun can't be used."""
        self._near = spaces.open("client", lambda: _tun("tun0"))
        self._far = spaces.open("net", lambda: _tun("tun0"))
        self._udp_near = spaces.open("client", lambda: udp_socket(plan.lan.client, 0))
        self._udp_far = spaces.open("net", lambda: udp_socket(FAR_END, PORT))
        self._works = tunnel.works
        self._peer: tuple[str, int] | None = None
        spaces.ip("client", _near_routes(tunnel, plan))
        spaces.ip(
            "net", ["link set tun0 up mtu 1380", f"addr add {FAR_INNER} peer {CLIENT_INNER}/32 dev tun0"]
        )

    def start(self) -> None:
        """Carry packets until the loop ends."""
        loop = asyncio.get_running_loop()
        loop.add_reader(self._near, self._out)
        loop.add_reader(self._udp_near, self._back_in)
        if self._works:
            loop.add_reader(self._udp_far, self._arrive)
            loop.add_reader(self._far, self._answer)

    def _out(self) -> None:
        with contextlib.suppress(OSError):
            self._udp_near.sendto(os.read(self._near, 2048), (FAR_END, PORT))

    def _arrive(self) -> None:
        with contextlib.suppress(OSError):
            packet, self._peer = self._udp_far.recvfrom(2048)
            os.write(self._far, packet)

    def _answer(self) -> None:
        with contextlib.suppress(OSError):
            packet = os.read(self._far, 2048)
            if self._peer is not None:
                self._udp_far.sendto(packet, self._peer)

    def _back_in(self) -> None:
        with contextlib.suppress(OSError):
            os.write(self._near, self._udp_near.recv(2048))


def _near_routes(tunnel: Tunnel, plan: Plan) -> list[str]:
    lines = ["link set tun0 up mtu 1380", f"addr add {CLIENT_INNER} peer {FAR_INNER}/32 dev tun0"]
    lines.append(f"route add {FAR_END} via {plan.lan.gateway} dev {plan.client.adapter}")
    if tunnel.default_route:
        lines += ["route add 0.0.0.0/1 dev tun0", "route add 128.0.0.0/1 dev tun0"]
    return lines


def _tun(name: str) -> int:
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
    fcntl.ioctl(descriptor, TUNSETIFF, struct.pack("16sH22x", name.encode(), IFF_TUN_NO_PI))
    return descriptor
