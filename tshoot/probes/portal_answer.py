"""What an answer at a check address says about a captive portal, and what several say together. Pure.

The logic is that of diagnosis-anchors.md, section d.5: only content or a redirect on plain HTTP shows a
portal (RFC 8910 names none of this), and one operator alone never does against another's right answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from urllib.parse import urlsplit

from tshoot.probes.anchors import PortalCheck
from tshoot.probes.http_exchange import HttpAnswer

Said = Literal["right", "redirected", "rewritten", "odd", "silent", "unresolved"]
"""``odd``: an answer that is neither right nor a portal's. ``silent``: no evidence."""
_LOGIN_REQUIRED = 511
_EMPTY = 1
"""A 200 with 0 or 1 bytes is as good as a 204."""


@dataclass(frozen=True, slots=True)
class CheckAnswer:
    """What one operator's check address answered; texts are cleaned, ``ms`` is in milliseconds."""

    operator: str
    host: str
    said: Said
    address: str = ""
    status: int | None = None
    location_host: str = ""
    reason: str = ""
    ms: float | None = None


def what_it_says(check: PortalCheck, answer: HttpAnswer) -> Said:
    """Read one answer. A failed connection is no evidence, nor is an error of the server's own (5xx)."""
    status = answer.status
    if answer.outcome != "answer" or status is None:
        return "silent"
    if status == check.status and _same_body(check, answer.body):
        return "right"
    if status == _LOGIN_REQUIRED:
        return "redirected"
    if 300 <= status < 400:
        elsewhere = location_host(answer.headers.get("location", ""))
        return "redirected" if elsewhere not in ("", answer.question.host) else "odd"
    if 200 <= status < 300 and len(answer.body) <= _EMPTY:
        return "right" if check.status == 204 else "odd"
    return "rewritten" if status < 500 and answer.body else "odd"


def judge(answers: Sequence[CheckAnswer]) -> str:
    """The outcome of the ``captive`` probe for what all operators said."""
    said = {kind: _operators(answers, kind) for kind in ("right", "redirected", "rewritten", "odd")}
    shown = said["redirected"] | said["rewritten"]
    if shown and (len(shown) >= 2 or not said["right"]):
        return "redirected" if len(said["redirected"]) >= len(said["rewritten"]) else "rewritten"
    if shown:
        return "unclear"
    if said["right"]:
        return "open"
    if said["odd"]:
        return "unclear"
    return "skipped" if all(answer.said == "unresolved" for answer in answers) else "blocked"


def enough(answers: Sequence[CheckAnswer]) -> bool:
    """True once two operators say the same, so that the others are hardly waited for any more."""
    kinds = (_operators(answers, "right"), _operators(answers, "redirected", "rewritten"))
    return any(len(operators) >= 2 for operators in kinds)


def location_host(location: str) -> str:
    """The host a Location header names, in lower case; empty for a relative or unreadable one."""
    try:
        return urlsplit(location.strip()).hostname or ""
    except ValueError:
        return ""


def _same_body(check: PortalCheck, body: bytes) -> bool:
    return check.body is None or body.strip() == check.body.strip().encode()


def _operators(answers: Sequence[CheckAnswer], *kinds: str) -> set[str]:
    return {answer.operator for answer in answers if answer.said in kinds}
