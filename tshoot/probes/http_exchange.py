"""One HTTP request over a fresh connection to one address, with the time of each phase.

No redirect is followed here, no cookie is kept, no proxy is used (``trust_env`` off), and at most
:data:`MOST_BODY` bytes of the answer are read. The library is httpcore, which is httpx without what would
look into redirects and cookies and stumble over hostile ones; it is pinned to the address by the URL.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tshoot import __version__
from tshoot.probes.blocking import in_daemon_thread
from tshoot.probes.deadline import Deadline
from tshoot.probes.doh import load_httpx
from tshoot.probes.http_failure import failure_of, library_errors
from tshoot.probes.tcp_connect import since

if TYPE_CHECKING:
    import httpcore

MOST_BODY = 64 * 1024
USER_AGENT = f"Mozilla/5.0 (compatible; tshoot/{__version__})"
SILENCE = 2.5
"""How long a connected server may be silent, in seconds; connecting is bounded by the deadline alone."""
_LAST_MOMENT = 0.02
_SAFE = "/?&=%:;,@!$'()*+~[]|"


@dataclass(frozen=True, slots=True)
class Question:
    """A GET of ``path`` (with query) from ``host`` at ``address``."""

    scheme: str
    host: str
    port: int
    path: str
    address: str

    @property
    def authority(self) -> str:
        """The Host header: without the scheme's own port (RFC 9110, section 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _OWN_PORT.get(self.scheme) else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The address as a browser would write it."""
        return f"{self.scheme}://{self.authority}{self.path}"


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """What came back, raw: every text in it is hostile and still to be cleaned.

    ``outcome`` is ``answer`` where status and body arrived, else how it failed: ``refused``,
    ``unreachable``, ``blocked_locally``, ``reset``, ``closed``, ``tls``, ``garbled`` or ``timeout``, in
    ``stage`` ``connect``, ``tls``, ``request`` or ``body``. Times are in milliseconds; ``received`` is
    this computer's clock when the headers came (``time.time``); ``cookies`` the Set-Cookie headers.
    """

    question: Question
    outcome: str
    stage: str
    reason: str = ""
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: tuple[str, ...] = ()
    body: bytes = b""
    received: float | None = None
    tcp_ms: float | None = None
    tls_ms: float | None = None
    first_byte_ms: float | None = None
    ms: float | None = None


_OWN_PORT = {"http": 80, "https": 443}


async def http_ready() -> None:
    """Load the HTTP library without holding up the event loop; call before :func:`ask`."""
    await in_daemon_thread(_load)


def _load() -> None:
    load_httpx()
    import_module("tshoot.probes.http_transport")


async def ask(
    question: Question,
    tls: ssl.SSLContext,
    deadline: Deadline,
    *,
    cookie: str = "",
    reached: list[str] | None = None,
) -> HttpAnswer:
    """Ask once. Returns by ``deadline``, never raises for what the network or the server does.

    ``cookie`` is sent as the Cookie header where given. Every stage reached is added to ``reached``.
    """
    exchange = _Exchange(question, tls, cookie, reached if reached is not None else [])
    try:
        async with asyncio.timeout(max(0.0, deadline.remaining() - _LAST_MOMENT)):
            await exchange.run()
    except TimeoutError:
        return exchange.cut_off()
    return exchange.answer()


class _Exchange:
    def __init__(self, question: Question, tls: ssl.SSLContext, cookie: str, reached: list[str]) -> None:
        self.question, self.tls, self.cookie, self.reached = question, tls, cookie, reached
        self.began = time.perf_counter()
        self.marks: dict[str, float] = {}
        self.stage = "connect"
        self.outcome, self.reason = "timeout", ""
        self.status: int | None = None
        self.headers: Mapping[str, str] = {}
        self.cookies: tuple[str, ...] = ()
        self.received: float | None = None
        self.body = bytearray()

    async def run(self) -> None:
        from tshoot.probes.http_transport import connection

        question = self.question
        try:
            async with connection(question.scheme, question.address, question.port, self.tls) as opened:
                await self._send(opened)
        except library_errors() as error:
            self.outcome, self.reason = failure_of(error)

    async def _send(self, opened: httpcore.AsyncHTTPConnection) -> None:
        response = await opened.handle_async_request(self._request())
        try:
            self._reach("body")
            self.received = time.time()
            self.status = response.status
            self.headers, self.cookies = _readable(response.headers)
            await self._read(response)
            self.outcome = "answer"
        finally:
            await response.aclose()

    async def _read(self, response: httpcore.Response) -> None:
        # As it comes: a compressed answer can unpack to any size.
        async for chunk in response.aiter_stream():
            self.body += chunk
            if len(self.body) >= MOST_BODY:
                return

    def _request(self) -> httpcore.Request:
        import httpcore

        question = self.question
        target = quote(question.path, safe=_SAFE).encode("ascii")
        url = httpcore.URL(scheme=question.scheme, host=question.address, port=question.port, target=target)
        extensions = {
            "sni_hostname": question.host,
            "trace": self._trace,
            "timeout": {"read": SILENCE, "write": SILENCE},
        }
        return httpcore.Request("GET", url, headers=self._headers(), extensions=extensions)

    def _headers(self) -> list[tuple[bytes | str, bytes | str]]:
        headers: list[tuple[bytes | str, bytes | str]] = [
            ("Host", self.question.authority),
            ("User-Agent", USER_AGENT),
            ("Accept", "text/html,*/*;q=0.8"),
            ("Accept-Encoding", "identity"),
            ("Connection", "close"),
        ]
        return [*headers, ("Cookie", self.cookie)] if self.cookie else headers

    async def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        self.marks[event.partition(".")[2]] = time.perf_counter()
        if event == "connection.start_tls.started":
            self._reach("tls")
        elif event.endswith("send_request_headers.started"):
            self._reach("request")

    def _reach(self, stage: str) -> None:
        self.stage = stage
        self.reached.append(stage)

    def cut_off(self) -> HttpAnswer:
        """The answer at the deadline: a body that was still flowing is one that came."""
        flowing = self.stage == "body" and bool(self.body)
        self.outcome = "answer" if flowing else "timeout"
        return self.answer()

    def answer(self) -> HttpAnswer:
        return HttpAnswer(
            self.question,
            self.outcome,
            self.stage,
            self.reason,
            self.status,
            self.headers,
            self.cookies,
            bytes(self.body[:MOST_BODY]),
            self.received,
            self._between("connect_tcp.started", "connect_tcp.complete"),
            self._between("start_tls.started", "start_tls.complete"),
            self._between("send_request_headers.started", "receive_response_headers.complete"),
            since(self.began),
        )

    def _between(self, start: str, end: str) -> float | None:
        if start not in self.marks or end not in self.marks:
            return None
        return round((self.marks[end] - self.marks[start]) * 1000, 1)


def _readable(headers: Iterable[tuple[bytes, bytes]]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Headers by lower-case name, repeated ones joined (RFC 9110, section 5.3), and the cookies set."""
    found: dict[str, str] = {}
    cookies = []
    for raw_name, raw_value in headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name == "set-cookie":
            cookies.append(value)
        else:
            found[name] = f"{found[name]}, {value}" if name in found else value
    return found, tuple(cookies)
