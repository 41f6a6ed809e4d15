"""Starts the private process tree of a world: own network, mounts and processes; dies as a whole."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
PROBE = "mount -t tmpfs none /run && nft list ruleset >/dev/null && ip link set lo up"


def wrapper() -> list[str]:
    """The command prefix that makes the sandbox; with a user namespace where we are not root."""
    flags = ["-n", "-m", "-p", "--fork", "--kill-child", "--mount-proc"]
    return ["unshare", *([] if os.geteuid() == 0 else ["-U", "-r"]), *flags]


@cache
def unusable() -> str:
    """Why no world can be built here; empty when it can."""
    missing = [tool for tool in ("unshare", "ip", "nft", "mount") if shutil.which(tool) is None]
    if missing:
        return f"not installed: {', '.join(missing)}"
    tried = subprocess.run([*wrapper(), "sh", "-c", PROBE], capture_output=True, text=True, check=False)
    if tried.returncode == 0:
        return ""
    return "namespaces or nftables can't be used here: " + (tried.stderr.strip() or "no reason given")


def lacks(need: str) -> str:
    """Why a scenario's special need can't be met here; empty when it can."""
    if need == "tun":
        return "" if os.access("/dev/net/tun", os.R_OK | os.W_OK) else "/dev/net/tun can't be opened"
    return f"unknown need {need}"


def command(*arguments: str) -> list[str]:
    """The command line that runs ``tests.lab.inside`` with these arguments in a fresh sandbox."""
    return [*wrapper(), sys.executable, "-m", "tests.lab.inside", *arguments]


def environment() -> dict[str, str]:
    """The environment for it: the checkout can be imported from any working folder."""
    modules = os.pathsep.join(filter(None, [str(TOP), os.environ.get("PYTHONPATH", "")]))
    return {**os.environ, "PYTHONPATH": modules, "PATH": os.environ.get("PATH", "") + ":/usr/sbin:/sbin"}
