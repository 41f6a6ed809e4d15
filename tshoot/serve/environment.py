"""What a served program finds in its environment: what it needs, and nothing of who serves it."""

from __future__ import annotations

from collections.abc import Mapping

from tshoot.serve.token import VARIABLE

_NAMES = {
    # Where programs, homes and temporary files are.
    *("PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "TMP", "TEMP", "LANG", "LANGUAGE", "TZ"),
    *("SYSTEMROOT", "USERPROFILE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PATHEXT", "COMSPEC"),
    # How this Python is run.
    *("PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "VIRTUAL_ENV"),
    # What the probes honour (contract.md), in both cases.
    *("SSL_CERT_FILE", "SSL_CERT_DIR", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"),
}
_PREFIXES = ("LC_", "XDG_", "TSHOOT_", "PG")
"""PG: what a PostgreSQL client reads (PGPASSFILE, PGSSLMODE …), for a desk that keeps its sessions there."""


def child_environment(environment: Mapping[str, str]) -> dict[str, str]:
    """The part of ``environment`` a served program gets. Never the token."""
    return {name: value for name, value in environment.items() if _wanted(name.upper())}


def _wanted(name: str) -> bool:
    return name != VARIABLE and (name in _NAMES or name.startswith(_PREFIXES))
