"""Picks the backend for the operating system; each is imported only where it is used."""

from __future__ import annotations

import sys

from tshoot.host.model import HostBackend


def backend() -> HostBackend:
    """The backend of this operating system.

    Systems other than Linux, macOS and Windows get one that names what it can't read in ``unreadable``.
    """
    return backend_for(sys.platform)


def backend_for(platform: str) -> HostBackend:
    """The backend for a value of ``sys.platform``."""
    if platform == "linux":
        from tshoot.host.linux.backend import LinuxBackend

        return LinuxBackend()
    if platform == "darwin":
        from tshoot.host.macos.backend import MacBackend

        return MacBackend()
    if platform == "win32":
        from tshoot.host.windows.backend import WindowsBackend

        return WindowsBackend()
    from tshoot.host.generic import GenericBackend

    return GenericBackend(platform)
