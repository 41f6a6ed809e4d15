"""A PostgreSQL cluster of our own: in a temporary folder, behind a socket in it, run by an ordinary user."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

REQUIRED = "TSHOOT_POSTGRES_REQUIRED"
"""Set where a missing server is a failure, not a reason to skip."""


def missing() -> str:
    """Why there can be no cluster here; empty where there can."""
    if _programs() is None:
        return "no PostgreSQL server is installed"
    if os.geteuid() == 0 and (_postgres_user() is None or shutil.which("runuser") is None):
        return "a PostgreSQL server can't run as root, and there is no user postgres"
    return ""


@contextmanager
def cluster(*settings: str):
    """A running server; gives the address of its database. ``settings`` are lines of postgresql.conf."""
    programs, folder = _programs(), Path(tempfile.mkdtemp(prefix="tshoot-pg-"))
    try:
        _hand_over(folder)
        data = folder / "data"
        _run(programs / "initdb", "-D", data, "-U", "tshoot", "-A", "trust", "-E", "UTF8", "--no-sync")
        with (data / "postgresql.auto.conf").open("a") as file:
            file.write(
                "\n".join(["listen_addresses = ''", f"unix_socket_directories = '{folder}'", *settings, ""])
            )
        _run(programs / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "start")
        try:
            yield f"postgresql+psycopg://tshoot@/postgres?host={folder}"
        finally:
            _run(programs / "pg_ctl", "-D", data, "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs():
    beside = shutil.which("initdb")
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    return Path(beside).parent if beside else found[-1].parent if found else None


def _postgres_user():
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return None


def _hand_over(folder):
    if os.geteuid() == 0:
        os.chown(folder, _postgres_user().pw_uid, _postgres_user().pw_gid)


def _run(*command):
    as_user = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    done = subprocess.run(
        [*as_user, *map(str, command)],
        cwd="/",
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout
