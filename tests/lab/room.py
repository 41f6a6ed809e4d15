"""The client's own view of the machine: its network namespace, resolver file, hosts file, /sys.

A holder process keeps a mount namespace in which the client's files lie over the machine's; commands
join it. Nothing of the machine's own files is written.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from tests.lab.namespaces import CLONE_NEWNET, CLONE_NEWNS, MS_BIND, RUN, Namespaces, mount, setns, unshare
from tests.lab.plan import Plan
from tests.lab.wifi import show_wifi

CA_FILE = RUN / "lab-ca.pem"
HOME = RUN / "home"
KEPT = ("PATH", "PYTHONPATH", "TERM", "COLUMNS", "LINES")
NOT_ROOT = ["unshare", "-U", "--map-user=1000", "--map-group=1000", "--"]


class Room:
    """Commands started through it see only the client's computer."""

    def __init__(self, plan: Plan, spaces: Namespaces) -> None:
        """Write the client's files and start the holder. Raises OSError when the system refuses."""
        self._plan = plan
        self._net = spaces.descriptor("client")
        for folder in ("config", "data", "state", "cache", "tmux"):
            (HOME / folder).mkdir(parents=True, exist_ok=True)
        for name, text in plan.client.config.items():
            (HOME / "config" / name).write_text(text)
        self._files = self._write_files()
        self._holder = self._hold()
        self._mounts = os.open(f"/proc/{self._holder}/ns/mnt", os.O_RDONLY | os.O_CLOEXEC)
        _ping_permission(spaces, plan.client.ping_allowed)

    def _write_files(self) -> dict[str, Path]:
        client = self._plan.client
        hosts = ["127.0.0.1 localhost", "::1 localhost ip6-localhost", *client.hosts]
        texts = {
            "/etc/resolv.conf": "".join(f"nameserver {ip}\n" for ip in self._plan.resolvers),
            "/etc/hosts": "\n".join(hosts) + "\n",
            "/etc/nsswitch.conf": "passwd: files\ngroup: files\nhosts: files dns\n",
        }
        files = {}
        for target, text in texts.items():
            files[target] = RUN / ("client-" + Path(target).name)
            files[target].write_text(text)
        return files

    def rewrite(self, plan: Plan) -> None:
        """Give the client the files of another plan; they stay the same files, so the holder sees them."""
        self._plan = plan
        self._write_files()

    def _hold(self) -> int:
        ready, done = os.pipe()
        child = os.fork()
        if child:
            os.close(done)
            said = os.read(ready, 4096).decode()
            os.close(ready)
            if said != "ok":
                raise OSError(f"client's files: {said}")
            return child
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        try:
            self._furnish()
            os.write(done, b"ok")
        except OSError as error:
            os.write(done, str(error).encode())
            os._exit(1)
        os.close(done)
        while True:
            signal.pause()

    def _furnish(self) -> None:
        unshare(CLONE_NEWNS)
        setns(self._net, CLONE_NEWNET)
        mount("sysfs", "/sys", "sysfs")
        for target, source in self._files.items():
            place = Path(os.path.realpath(target))
            if not place.exists() and place.is_relative_to(RUN):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.touch()
            mount(str(source), str(place), "none", MS_BIND)
        if self._plan.client.signal is not None:
            show_wifi(self._plan.client.adapter, self._plan.client.signal)

    def environment(self) -> dict[str, str]:
        """The client's environment: of the machine's only what finds programs and describes the terminal."""
        kept = {key: os.environ[key] for key in KEPT if key in os.environ}
        bin_folder = str(Path(sys.executable).parent)
        return {
            **kept,
            "PATH": f"{bin_folder}:{kept.get('PATH', '/usr/sbin:/usr/bin:/sbin:/bin')}",
            "LANG": "C.UTF-8",
            "HOME": str(HOME),
            "XDG_CONFIG_HOME": str(HOME / "config"),
            "XDG_DATA_HOME": str(HOME / "data"),
            "XDG_STATE_HOME": str(HOME / "state"),
            "XDG_CACHE_HOME": str(HOME / "cache"),
            "TMUX_TMPDIR": str(HOME / "tmux"),
            "SSL_CERT_FILE": str(CA_FILE),
            "PS1": "client$ ",
            **self._plan.client.environment,
        }

    def read(self, path: str) -> str:
        """The text of a file as the client sees it."""
        return Path(f"/proc/{self._holder}/root{path}").read_text(encoding="utf-8")

    def joiner(self) -> Callable[[], None]:
        """A function for the child process: join the client's namespaces, keep the working folder."""
        folder = str(Path.cwd())

        def join() -> None:
            setns(self._mounts, CLONE_NEWNS)
            setns(self._net, CLONE_NEWNET)
            os.chdir(folder)

        return join


def _ping_permission(spaces: Namespaces, allowed: bool) -> None:
    """Desktop systems let everybody ping by datagram socket; "1 0" is the kernel's "nobody"."""
    for value in ("0 2147483647", "0 0") if allowed else ("1 0",):
        try:
            spaces.sysctl("client", "ipv4.ping_group_range", value)
        except OSError:
            continue
        return
