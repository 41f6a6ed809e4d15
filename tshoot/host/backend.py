"""Picks the backend for the operating system; each is imported only where it is used."""

from __future__ import annotations

import sys

from tshoot.host.model import HostBackend


def backend() -> HostBackend:
    """The backend of this operating system; one that knows adapters and addresses only elsewhere."""
    if sys.platform == "linux":
        from tshoot.host.linux.backend import LinuxBackend

        return LinuxBackend()
    raise NotImplementedError(sys.platform)
