"""Posts a ticket to the one address that is configured. One attempt; what to make of it is the outbox's.

Redirects are not followed, so nothing goes anywhere else; certificates are verified; the secret signs and is
neither sent nor shown.
"""

from __future__ import annotations

import os
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import SplitResult, urlsplit

from tshoot import __version__
from tshoot.desk.signature import HEADER, KEY_HEADER, signature

if TYPE_CHECKING:
    import ssl

SECRET_VARIABLE = "TSHOOT_WEBHOOK_SECRET"
SHORTEST_SECRET = 16
"""Bytes; RFC 2104 wants no less than half the hash, and a guessable secret signs nothing."""
SECONDS = 15.0
"""How long connecting, sending and each wait for the answer may take."""
_LONGEST_SECRET = 4096
_TRY_AGAIN = frozenset({408, 409, 423, 425, 429})
"""Besides 5xx: too slow, the same key still at work, locked, too early, too many (RFC 9110, RFC 6585)."""


class WebhookError(ValueError):
    """The address or the secret can't be used; the message says why, and never what the secret is."""


@dataclass(frozen=True, slots=True)
class Webhook:
    """Where tickets go. ``context`` verifies certificates; None takes this computer's own trust store."""

    url: str
    secret: bytes = field(repr=False)
    context: ssl.SSLContext | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Delivery:
    """How one attempt ended: there, try again, or refused for good.

    ``words`` say it in a few words; ``wait`` is how many seconds the receiver asked to be left alone.
    """

    state: Literal["delivered", "again", "refused"]
    words: str
    wait: float | None = None


def make_webhook(url: str, secret: bytes) -> Webhook:
    """A webhook that may be used. Raises :class:`WebhookError`."""
    parts = _parts(url)
    if not parts.hostname or parts.scheme not in {"https", "http"}:
        raise WebhookError("The webhook needs an address like https://host/path.")
    if parts.username is not None or parts.password is not None:
        raise WebhookError("The webhook's address must not hold a name or a password.")
    if parts.scheme == "http" and parts.hostname not in {"127.0.0.1", "::1", "localhost"}:
        raise WebhookError("The webhook's address must begin with https://, unless it is on this computer.")
    if len(secret) < SHORTEST_SECRET:
        raise WebhookError(f"The webhook's secret needs at least {SHORTEST_SECRET} characters.")
    return Webhook(url, secret)


def read_secret(file: Path | None, environ: Mapping[str, str] = os.environ) -> bytes:
    """The secret from the environment (:data:`SECRET_VARIABLE`), else from ``file``.

    White space around it does not count. Raises :class:`WebhookError`.
    """
    given = environ.get(SECRET_VARIABLE, "").strip()
    if given:
        return given.encode()
    if file is None:
        raise WebhookError(f"The webhook has no secret. Name a file, or set {SECRET_VARIABLE}.")
    try:
        if file.stat().st_size > _LONGEST_SECRET:
            raise WebhookError(f"{file} is too large for a secret.")
        return file.read_bytes().strip()
    except OSError as error:
        raise WebhookError(f"The webhook's secret can't be read from {file}: {error.strerror}.") from None


def post(webhook: Webhook, key: str, body: bytes) -> Delivery:
    """One attempt. Blocks for up to some :data:`SECONDS`; never raises for what the network does."""
    import httpx

    moment = int(time.time())
    headers = {
        "Content-Type": "application/json",
        "User-Agent": f"tshoot/{__version__}",
        KEY_HEADER: key,
        HEADER: signature(webhook.secret, body, moment),
    }
    try:
        with (
            httpx.Client(verify=webhook.context or _context(), timeout=SECONDS) as client,
            # Streamed: the answer's body is never read, however long it is.
            client.stream("POST", webhook.url, content=body, headers=headers) as answer,
        ):
            return delivery_of(answer.status_code, answer.headers.get("Retry-After"), moment)
    except httpx.TimeoutException:
        return Delivery("again", "no answer in time")
    except httpx.InvalidURL:
        return Delivery("refused", "the address can't be used")
    except httpx.HTTPError as error:
        return Delivery("again", _why(error))


def delivery_of(status: int, retry_after: str | None, now: float) -> Delivery:
    """What an answer means. A redirect is refused: it would take the ticket somewhere else."""
    words = f"status {status}"
    if 200 <= status < 300:
        return Delivery("delivered", words)
    if status in _TRY_AGAIN or status >= 500:
        return Delivery("again", words, _seconds(retry_after, now))
    return Delivery("refused", words)


def _seconds(retry_after: str | None, now: float) -> float | None:
    """Retry-After in seconds from ``now``: a number, or a date (RFC 9110, section 10.2.3)."""
    text = (retry_after or "").strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        return max(parsedate_to_datetime(text).timestamp() - now, 0.0)
    except (ValueError, TypeError, OverflowError):
        return None


def _why(error: Exception) -> str:
    """What went wrong on the way; the certificate's fault is told from the line's."""
    import ssl

    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return "the certificate is not trusted"
        if isinstance(cause, OSError) and cause.strerror:
            return cause.strerror.lower()
        cause = cause.__cause__ or cause.__context__
    return "the connection broke off"


def _context() -> ssl.SSLContext:
    from tshoot.probes.trust import new_verifying_context

    return new_verifying_context()


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise WebhookError("The webhook's address can't be read.") from None
    return parts
