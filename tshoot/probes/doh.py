"""DNS questions to one operator over one HTTPS connection (RFC 8484), contacted by address."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from tshoot.probes.deadline import Deadline
from tshoot.probes.dns_answer import AskState, DnsAnswer, RecordType, denies
from tshoot.probes.dns_library import addresses_in, question, rcode_of, read_message
from tshoot.probes.http_failure import failure_of

if TYPE_CHECKING:
    import ssl

    import httpx

MEDIA_TYPE = "application/dns-message"
_STATES: dict[str, AskState] = {
    "timeout": "silent",
    "refused": "refused_port",
    "blocked_locally": "blocked_locally",
    "garbled": "garbled",
}
LARGEST_MESSAGE = 65535
FAMILIES: tuple[RecordType, ...] = ("A", "AAAA")


def load_httpx() -> None:
    """Import the HTTP library with its back end; about 100 ms, so never in the event loop."""
    # The client itself would load its back end in the event loop.
    for module in ("httpx", "anyio._backends._asyncio"):
        import_module(module)


@dataclass(frozen=True, slots=True)
class HttpsResolver:
    """The resolver at ``url``, reached at ``address``; ``tls`` verifies its certificate for the URL's name.

    No proxy is used: the question is whether this network lets encrypted DNS out.
    """

    url: str
    address: str
    tls: ssl.SSLContext

    async def ask(self, name: str, control: str | None, deadline: Deadline) -> tuple[DnsAnswer, ...]:
        """Both families of ``name``; of ``control`` too where ``name`` is denied. Stops at a failure."""
        import httpx

        async with (
            _StreamKeeper() as keeper,
            httpx.AsyncClient(verify=self.tls, trust_env=False, follow_redirects=False) as client,
        ):
            ask_one = partial(self._ask_one, client, keeper, deadline)
            answers: list[DnsAnswer] = []
            for kind in FAMILIES:
                answers.append(await ask_one(name, kind))
                if answers[-1].state != "answered":
                    return tuple(answers)
            if control is not None and denies(tuple(answers)):
                answers.append(await ask_one(control, "A"))
            return tuple(answers)

    async def _ask_one(
        self,
        client: httpx.AsyncClient,
        keeper: _StreamKeeper,
        deadline: Deadline,
        name: str,
        rdtype: RecordType,
    ) -> DnsAnswer:
        import httpx

        query = question(name, rdtype)
        query.id = 0  # the same question gives the same bytes (RFC 8484, section 4.1)
        began = time.perf_counter()
        try:
            request = self._request(client, query.to_wire(), keeper, deadline)
            status, body = await _exchange(client, request)
        except (httpx.HTTPError, OSError, ValueError) as error:
            outcome, reason = failure_of(error)
            return self._failed(name, rdtype, _STATES.get(outcome, "unreachable"), reason or outcome)
        ms = (time.perf_counter() - began) * 1000
        reply = read_message(body) if status == 200 else None
        if reply is None or not query.is_response(reply):
            return self._failed(name, rdtype, "garbled", f"HTTP {status}")
        return DnsAnswer(
            self.address,
            name,
            rdtype,
            "answered",
            rcode=rcode_of(reply),
            addresses=addresses_in(reply, rdtype),
            ms=round(ms, 1),
            tries=1,
            transport="https",
        )

    def _request(
        self, client: httpx.AsyncClient, wire: bytes, keeper: _StreamKeeper, deadline: Deadline
    ) -> httpx.Request:
        parts = urlsplit(self.url)
        host = f"[{self.address}]" if ":" in self.address else self.address
        return client.build_request(
            "POST",
            f"https://{host}:{parts.port or 443}{parts.path}",
            content=wire,
            headers={
                "Host": parts.netloc,
                "Accept": MEDIA_TYPE,
                "Content-Type": MEDIA_TYPE,
                "Accept-Encoding": "identity",
            },
            extensions={"sni_hostname": parts.hostname or "", "trace": keeper.trace},
            timeout=max(0.001, deadline.remaining()),
        )

    def _failed(self, name: str, rdtype: RecordType, state: AskState, error: str = "") -> DnsAnswer:
        return DnsAnswer(self.address, name, rdtype, state, tries=1, transport="https", error=error)


async def _exchange(client: httpx.AsyncClient, request: httpx.Request) -> tuple[int, bytes]:
    """Status and body, of which no more is read than a DNS message can have."""
    response = await client.send(request, stream=True)
    try:
        body = b""
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > LARGEST_MESSAGE:
                break
        return response.status_code, body
    finally:
        await response.aclose()


class _StreamKeeper:
    """Closes the connections of a client: httpcore forgets one whose TLS handshake is cut off."""

    def __init__(self) -> None:
        self._streams: list[Any] = []

    async def trace(self, event: str, info: Mapping[str, Any]) -> None:
        """The trace hook of a request (httpcore's "trace" extension)."""
        if event == "connection.connect_tcp.complete":
            self._streams.append(info["return_value"])

    async def __aenter__(self) -> _StreamKeeper:
        return self

    async def __aexit__(self, *_: object) -> None:
        for stream in self._streams:
            await stream.aclose()
