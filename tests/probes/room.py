"""A client and a gateway in network namespaces of their own, for probes that need a real system.

Nothing leaves the namespaces: they have no way out. The gateway also owns the "internet" addresses.
"""

from __future__ import annotations

import functools
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.support.needed import LAB, need

ROOT = Path(__file__).resolve().parents[2]
UNSHARE = ["unshare", "-rnm", "--pid", "--fork", "--kill-child", "--mount-proc"]

BASE = """
set -e
peer() { nsenter -t $PEER -n "$@"; }
sysctl -q -w net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0
ip link set lo up
unshare -n sleep 120 & PEER=$!
while [ "$(readlink /proc/$PEER/ns/net)" = "$(readlink /proc/self/ns/net)" ]; do :; done
peer sysctl -q -w net.ipv6.conf.all.accept_dad=0 net.ipv6.conf.default.accept_dad=0 net.ipv4.ip_forward=1
peer ip link set lo up
ip link add eth0 type veth peer name lan0 netns $PEER
peer ip addr add 192.168.12.1/24 dev lan0
peer ip addr add 2001:db8:12::1/64 dev lan0 nodad
for n in 1 2; do
  for net in 192.0.2 198.51.100 203.0.113; do peer ip addr add $net.$n/32 dev lo; done
  for net in a b c; do peer ip addr add 2001:db8:$net::$n/128 dev lo nodad; done
done
peer ip link set lan0 up
ip addr add 192.168.12.50/24 dev eth0
ip link set eth0 up
ip route add default via 192.168.12.1
drop() { peer nft add rule inet t in "$@" drop; }
peer nft -f - <<EOF
table inet t {
  chain in { type filter hook input priority 0; }
}
EOF
out() {
  nft add table inet o
  nft 'add chain inet o out { type filter hook output priority 0; }'
  nft add rule inet o out "$@"
}
v6() {
  ip addr add 2001:db8:12::50/64 dev eth0 nodad
  ip -6 route add default via 2001:db8:12::1
}
serve() {
  peer $PYTHON -m tests.probes.room_server "$@" &
  while [ "$(peer ss -Hltn | wc -l)" -lt $# ]; do :; done
}
"""


@functools.cache
def missing() -> str:
    """Why no such room can be made here, or an empty text."""
    trial = "unshare -n true && nft add table inet t && ip link add v0 type veth peer name v1"
    try:
        command = [*UNSHARE, "sh", "-c", trial]
        made = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return "" if made.returncode == 0 else made.stderr.strip() or "namespaces are not permitted"


def probe_in_room(*probes: str, setup: str = "", user: str = "") -> dict[str, dict[str, Any]]:
    """Results of the probes in a room that ``setup`` (shell, may use peer, drop, out, v6, serve) has changed.

    ``user`` is a command in front of the program, such as ``setpriv`` to take a capability away.
    """
    need(missing() and f"it needs network namespaces: {missing()}", LAB)
    client = f"{user} $PYTHON -m tests.probes.room_client {' '.join(probes)}"
    program = "\n".join((f"PYTHON={sys.executable}", BASE, setup, client))
    ran = subprocess.run(
        [*UNSHARE, "sh", "-c", program], capture_output=True, text=True, timeout=60, cwd=ROOT, check=False
    )
    assert ran.returncode == 0, ran.stderr
    results: dict[str, dict[str, Any]] = json.loads(ran.stdout)
    return results
