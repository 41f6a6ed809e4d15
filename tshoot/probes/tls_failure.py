"""What a failed TLS handshake says. Pure: errors in, outcomes of the ``tls`` probe out.

Where OpenSSL verifies (Linux) its verify code decides; the systems' own verifiers on macOS and Windows
put codes of their own there (codebase-anchors.md, section 5), so their words do.
"""

from __future__ import annotations

import re
import ssl
import sys

from tshoot.text import display_text

_BY_CODE = {9: "not_yet_valid", 10: "expired", 62: "wrong_host", 64: "wrong_host"}
"""X509_V_ERR_* of OpenSSL's x509_vfy.h; every other code is a chain that is not trusted."""
_BY_WORDS = (
    ("not_yet_valid", re.compile(r"not yet valid|not valid before", re.IGNORECASE)),
    ("expired", re.compile(r"expired|validity period", re.IGNORECASE)),
    ("wrong_host", re.compile(r"host ?name|name does not match|cn name|ip address mismatch", re.IGNORECASE)),
)
_REASON_LENGTH = 120
VERIFIED_BY_OPENSSL = sys.platform not in ("darwin", "win32")


def handshake_failure(error: OSError | EOFError) -> tuple[str, str]:
    """The outcome an exception of a handshake stands for, and a short reason."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return certificate_failure(error), _words(error.verify_message or str(error))
    if isinstance(error, EOFError | ssl.SSLZeroReturnError | ssl.SSLEOFError):
        return "closed", "closed during the handshake"
    if isinstance(error, ssl.SSLError):
        return "handshake", _words(error.reason or str(error))
    if isinstance(error, TimeoutError):
        return "timeout", "no answer"
    return "reset", _words(type(error).__name__)


def certificate_failure(error: ssl.SSLCertVerificationError, by_openssl: bool = VERIFIED_BY_OPENSSL) -> str:
    """The outcome a refused certificate stands for; ``untrusted`` for all that is not told apart."""
    if by_openssl:
        return _BY_CODE.get(error.verify_code, "untrusted")
    words = f"{error.verify_message or ''} {error}"
    return next((outcome for outcome, pattern in _BY_WORDS if pattern.search(words)), "untrusted")


def _words(text: str) -> str:
    return display_text(text, _REASON_LENGTH)
