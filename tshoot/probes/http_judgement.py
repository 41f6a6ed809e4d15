"""What a walk along redirects says about the service. Pure."""

from __future__ import annotations

from tshoot.probes.http_exchange import HttpAnswer
from tshoot.probes.http_walk import Walk

_TOO_LARGE = (431, 494)
_TOO_LARGE_WORDS = b"header or cookie too large"
_FORBIDDEN = (403, 451)


def judge(walk: Walk) -> tuple[str, str]:
    """The outcome of the ``http`` probe and a short reason. The last answer decides."""
    last = walk.answers[-1]
    if walk.end == "failed":
        return _failed(last, first=len(walk.answers) == 1)
    if walk.end == "loop":
        return "redirect_loop", f"{len(walk.answers)} redirects"
    if walk.end in ("unresolved", "unreached"):
        return "hop_down", walk.reason
    if walk.end in ("nowhere", "private"):
        return "client_error", "a redirect that leads nowhere"
    return _by_status(last)


def _failed(answer: HttpAnswer, *, first: bool) -> tuple[str, str]:
    if answer.stage in ("connect", "tls"):
        missing = "TCP" if answer.stage == "connect" else "TLS"
        reason = f"{missing} failed: {answer.reason or answer.outcome}"
        # How the first host takes a connection is for the probes tcp and tls to say. A further one that
        # connected before and is silent now may only have lost packets.
        return "skipped" if first else "timeout" if answer.outcome == "timeout" else "hop_down", reason
    if answer.outcome in ("reset", "closed", "timeout"):
        return answer.outcome, f"{answer.outcome} during the {answer.stage}"
    if answer.outcome == "garbled":
        return "server_error", f"the answer is no HTTP: {answer.reason}"
    return "closed", answer.reason


def _by_status(answer: HttpAnswer) -> tuple[str, str]:
    status = answer.status or 0
    outcome = status_outcome(status, answer.body)
    if outcome == "ok" and answer.question.scheme != "https":
        return "client_error", f"status {status}, but over plain HTTP"
    return outcome, f"status {status}"


def status_outcome(status: int, body: bytes = b"") -> str:
    """The outcome a status stands for; 401 is a sign-in page that answers."""
    if 200 <= status < 300 or status == 401:
        return "ok"
    if status in _FORBIDDEN:
        return "forbidden"
    if status == 429:
        return "rate_limited"
    if status in _TOO_LARGE or (status == 400 and _TOO_LARGE_WORDS in body.lower()):
        return "header_too_large"
    return "server_error" if status >= 500 else "client_error"
