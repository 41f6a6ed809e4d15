"""A GET of the target through an HTTP proxy: CONNECT, TLS, request (RFC 9110, section 9.3.6).

No redirect is followed, no cookie is kept, and of the answer only the status is read. The proxy's own
answer to CONNECT stays apart from the target's.
"""

from __future__ import annotations

import asyncio
import ssl
import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from tshoot.probes.deadline import Deadline
from tshoot.probes.http_exchange import USER_AGENT
from tshoot.probes.http_failure import causes_of, failure_of, library_errors
from tshoot.probes.proxy_server import ProxyServer
from tshoot.probes.proxy_try import ProxyTry
from tshoot.probes.tcp_connect import since
from tshoot.probes.tls_failure import handshake_failure

if TYPE_CHECKING:
    import httpcore

_SAFE = "/?&=%:;,@!$'()*+~[]|"
_LAST_MOMENT = 0.02
_OWN_PORT = 443


async def get_through(
    server: ProxyServer,
    address: str,
    goal: tuple[str, int, str],
    tls: ssl.SSLContext,
    deadline: Deadline,
) -> ProxyTry:
    """GET ``goal`` (host, port, path) over TLS through the proxy at ``address``; returns by ``deadline``.

    Call :func:`tshoot.probes.http_exchange.http_ready` before. Never raises for what the network does.
    """
    exchange = _Exchange(server, address, goal, tls)
    try:
        async with asyncio.timeout(max(0.0, deadline.remaining() - _LAST_MOMENT)):
            await exchange.run()
    except TimeoutError:
        exchange.trouble = "timeout"
    return exchange.result()


def _failure(error: BaseException) -> tuple[str, str]:
    """As ``failure_of``, with the outcome of the ``tls`` probe where a certificate was refused."""
    refused = next((each for each in causes_of(error) if isinstance(each, ssl.SSLError)), None)
    return handshake_failure(refused) if refused is not None else failure_of(error)


class _Exchange:
    def __init__(
        self, server: ProxyServer, address: str, goal: tuple[str, int, str], tls: ssl.SSLContext
    ) -> None:
        self.server, self.address, self.goal, self.tls = server, address, goal, tls
        self.began = time.perf_counter()
        self.stage, self.trouble, self.reason = "connect", "", ""
        self.connect_status: int | None = None
        self.http_status: int | None = None

    async def run(self) -> None:
        import httpcore

        from tshoot.probes.http_transport import proxied

        try:
            async with proxied(self.server.url, self.address, self.server.login, self.tls) as pool:
                response = await pool.handle_async_request(self._request())
                self.stage, self.http_status = "answer", response.status
                await response.aclose()
        except httpcore.ProxyError:
            # The proxy's own answer, read by _trace.
            self.trouble = "refused"
        except library_errors() as error:
            self.trouble, self.reason = _failure(error)

    def _request(self) -> httpcore.Request:
        import httpcore

        host, port, path = self.goal
        target = quote(path, safe=_SAFE).encode("ascii")
        url = httpcore.URL(scheme="https", host=host, port=port, target=target)
        shown = f"[{host}]" if ":" in host else host
        headers: dict[bytes | str, bytes | str] = {
            "Host": shown if port == _OWN_PORT else f"{shown}:{port}",
            "User-Agent": USER_AGENT,
            "Accept": "text/html,*/*;q=0.8",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        return httpcore.Request("GET", url, headers=headers, extensions={"trace": self._trace})

    async def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        if event == "http11.receive_response_headers.complete" and self.connect_status is None:
            self.connect_status = int(info["return_value"][1])
        elif event == "proxy.start_tls.started":
            self.stage = "tls"
        elif event == "proxy.start_tls.complete":
            self.stage = "request"

    def result(self) -> ProxyTry:
        return ProxyTry(
            stage=self.stage,
            trouble=self.trouble,
            reason=self.reason,
            address=self.address,
            connect_status=self.connect_status,
            http_status=self.http_status,
            ms=since(self.began),
        )
