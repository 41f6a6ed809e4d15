"""The TLS contexts of a battery: one that verifies like the rest of this computer, one that only reads.

Building a verifying context parses the whole trust store (17-50 ms), so it happens once per battery, in a
thread. ``SSL_CERT_FILE`` and ``SSL_CERT_DIR`` are honoured (contract.md, "Environment the probes honour").
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.context import Shared

if TYPE_CHECKING:
    import ssl

VERIFY = "verify"
READ = "read"
_ALPN = ["http/1.1"]
_BUNDLES = (
    "/etc/ssl/cert.pem",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/cert.pem",
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/ssl/ca-bundle.pem",
)
_building = threading.Lock()


def verifying_context(shared: Shared) -> ssl.SSLContext:
    """The context that verifies chain and name against this computer's trust store; made once per battery.

    May take 50 ms the first time: from a coroutine call :func:`verifying`. Safe from several threads.
    """
    with _building:
        if VERIFY not in shared.tls:
            shared.tls[VERIFY] = new_verifying_context()
        return shared.tls[VERIFY]


async def verifying(shared: Shared) -> ssl.SSLContext:
    """:func:`verifying_context` without holding up the event loop."""
    if VERIFY in shared.tls:
        return shared.tls[VERIFY]
    return await in_daemon_thread(lambda: verifying_context(shared))


def reading_context(shared: Shared) -> ssl.SSLContext:
    """A context that accepts any certificate: to look at the chain only, never to send anything."""
    if READ not in shared.tls:
        shared.tls[READ] = _new_reading()
    return shared.tls[READ]


def new_verifying_context() -> ssl.SSLContext:
    """A context that verifies chain and name against this computer's trust store. Takes up to 50 ms."""
    # Not ssl.create_default_context(): from Python 3.13 it is stricter than browsers and would call
    # certificates bad that work everywhere else.
    context = _os_context() if sys.platform in ("darwin", "win32") else _openssl_context()
    context.set_alpn_protocols(_ALPN)
    return context


def _os_context() -> ssl.SSLContext:
    import ssl

    import truststore

    context = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    file, folder = os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")
    if (file and Path(file).is_file()) or (folder and Path(folder).is_dir()):
        context.load_verify_locations(cafile=file or None, capath=folder or None)
    return context


def _openssl_context() -> ssl.SSLContext:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.set_default_verify_paths()
    if not _default_store_exists(context):
        context.load_verify_locations(cafile=_other_store())
    return context


def _default_store_exists(context: ssl.SSLContext) -> bool:
    import ssl

    # A folder of hashed certificates is read as it is needed, so it never shows in the statistics.
    folder = ssl.get_default_verify_paths().capath
    return context.cert_store_stats()["x509_ca"] > 0 or (
        folder is not None and any(Path(folder).glob("[0-9a-f]*.[0-9]"))
    )


def _other_store() -> str:
    """A bundle where distributions keep it; else the public list that comes with httpx."""
    found = next((path for path in _BUNDLES if Path(path).is_file()), None)
    if found is not None:
        return found
    import certifi

    return certifi.where()


def _new_reading() -> ssl.SSLContext:
    import ssl

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_alpn_protocols(_ALPN)
    return context
