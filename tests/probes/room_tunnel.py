"""A tunnel between a room's client and its gateway: two adapters, and this program carries the packets.

``room_tunnel.py PID works|dead``: PID lives in the gateway's network namespace. Ends with the room.
"""

from __future__ import annotations

import ctypes
import fcntl
import os
import select
import struct
import subprocess
import sys

TUNSETIFF = 0x400454CA
IFF_TUN_NO_PI = 0x0001 | 0x1000
CLONE_NEWNET = 0x40000000
NEAR, FAR = "10.8.0.2", "10.8.0.1"


def open_tunnel(own: str, other: str) -> int:
    descriptor = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(descriptor, TUNSETIFF, struct.pack("16sH22x", b"tun0", IFF_TUN_NO_PI))
    subprocess.run(["ip", "addr", "add", own, "peer", other, "dev", "tun0"], check=True)
    subprocess.run(["ip", "link", "set", "tun0", "up"], check=True)
    return descriptor


def main() -> None:
    pid, how = sys.argv[1:]
    near = open_tunnel(NEAR, FAR)
    with open(f"/proc/{pid}/ns/net") as space:  # noqa: PTH123
        if ctypes.CDLL(None).setns(space.fileno(), CLONE_NEWNET):
            raise SystemExit("setns failed")
    far = open_tunnel(FAR, NEAR)
    print("ready", flush=True)
    while True:
        for descriptor in select.select([near, far], [], [])[0]:
            packet = os.read(descriptor, 2048)
            if how == "works":
                os.write(far if descriptor == near else near, packet)


if __name__ == "__main__":
    main()
