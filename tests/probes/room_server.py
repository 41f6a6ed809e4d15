"""The gateway's side of a room: accepts TCP on the ports given and says nothing."""

from __future__ import annotations

import socket
import sys
from threading import Event


def main() -> None:
    """Listen on every port named, on every address of both families, until killed."""
    servers = [
        socket.create_server(("::", int(port)), family=socket.AF_INET6, dualstack_ipv6=True, backlog=128)
        for port in sys.argv[1:]
    ]
    while servers:
        Event().wait()


if __name__ == "__main__":
    main()
