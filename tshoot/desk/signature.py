"""The signature of a posted ticket: HMAC-SHA256 over moment and body, as docs/desk.md describes it."""

from __future__ import annotations

import hashlib
import hmac

HEADER = "X-Tshoot-Signature"
KEY_HEADER = "Idempotency-Key"


def signature(secret: bytes, body: bytes, moment: int) -> str:
    """The value of :data:`HEADER`: ``t=MOMENT,v1=HEX``. ``moment`` is in whole seconds since 1970 (UTC).

    What is signed is the moment in digits, a full stop, and the body as it is sent, so that neither can be
    exchanged and an old request can be told from a new one.
    """
    signed = hmac.new(secret, f"{moment}.".encode() + body, hashlib.sha256)
    return f"t={moment},v1={signed.hexdigest()}"


def idempotency_key(session: str, body: bytes) -> str:
    """The same for the same ticket of the same session, whoever sends it and how often."""
    return hashlib.sha256(session.encode() + b"\n" + body).hexdigest()[:32]
