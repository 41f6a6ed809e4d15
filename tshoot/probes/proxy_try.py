"""What came of one way through one proxy. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from tshoot.probes.http_judgement import status_outcome

_STAGES = {
    "name": "its name",
    "tcp": "TCP",
    "connect": "CONNECT",
    "tls": "TLS with the service",
    "answer": "TLS with the service works,",
}


@dataclass(frozen=True, slots=True)
class ProxyTry:
    """One proxy tried for the target.

    ``stage`` is how far it came: ``name``, ``tcp``, ``connect`` (the proxy's answer to CONNECT), ``tls``,
    ``request``, ``answer``. ``trouble`` says what ended it there: ``unknown``, ``refused``, ``timeout``,
    ``reset``, ``closed``, ``unreachable``, ``blocked_locally``, ``tls``, ``garbled``; empty where it went
    through. ``connect_status`` is the proxy's own answer, ``http_status`` the target's through it.
    """

    stage: str
    trouble: str = ""
    reason: str = ""
    address: str = ""
    connect_status: int | None = None
    http_status: int | None = None
    tcp_ms: float | None = None
    ms: float | None = None
    control: str = ""
    """What it does meanwhile with another operator's address, asked where it is silent: ok, fails, silent."""


def judge(tried: ProxyTry) -> str:
    """The outcome of the ``proxy`` probe for one try.

    A proxy that accepts and stays silent does not answer, unless it serves another address meanwhile: then
    it is the target that it can't reach.
    """
    if tried.stage in ("name", "tcp"):
        return "unreachable"
    if tried.connect_status == 407:
        return "auth_required"
    if tried.stage == "connect":
        silent = tried.connect_status is None and tried.trouble == "timeout"
        return "unreachable" if silent and tried.control not in ("ok", "fails") else "failing"
    return "failing" if tried.stage == "tls" else "ok"


def answer_of(tried: ProxyTry) -> str:
    """What the target says through the proxy, as an outcome of the ``http`` probe; empty where nothing.

    A redirect is an answer: where it leads is not followed here.
    """
    if tried.http_status is None and tried.stage == "answer":
        # SOCKS: TLS with the target was verified, no request was sent.
        return "ok"
    if tried.http_status is None:
        return tried.trouble if tried.stage in ("request", "answer") else ""
    return "ok" if 300 <= tried.http_status < 400 else status_outcome(tried.http_status)


def describe(url: str, tried: ProxyTry) -> str:
    """One line of figures for the report."""
    if tried.http_status is not None:
        return f"{url}: the service answers through it, status {tried.http_status}, in {tried.ms or 0:.0f} ms"
    refused = tried.stage == "connect" and tried.connect_status is not None
    said = f"status {tried.connect_status}" if refused else tried.trouble
    words = f"{url}: {_STAGES.get(tried.stage, tried.stage)} {said}".rstrip()
    return f"{words} ({tried.reason})" if tried.reason else words


def with_control(tried: ProxyTry, control: str) -> ProxyTry:
    """The same with what the control showed."""
    return replace(tried, control=control)
