"""DNS questions to one operator over one HTTPS connection (RFC 8484), contacted by address."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tshoot.probes.deadline import Deadline
from tshoot.probes.dns_answer import AskState, DnsAnswer, RecordType, denies
from tshoot.probes.dns_library import addresses_in, question, rcode_of, read_message
from tshoot.text import display_text

if TYPE_CHECKING:
    import ssl

    import httpx

MEDIA_TYPE = "application/dns-message"


def load_httpx() -> None:
    """Import the HTTP library with its back end; about 100 ms, so never in the event loop."""
    from importlib import import_module

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

        async with httpx.AsyncClient(verify=self.tls, trust_env=False, timeout=None) as client:
            answers: list[DnsAnswer] = []
            for kind in ("A", "AAAA"):
                answers.append(await self._ask_one(client, name, kind, deadline))
                if answers[-1].state != "answered":
                    return tuple(answers)
            if control is not None and denies(tuple(answers)):
                answers.append(await self._ask_one(client, control, "A", deadline))
            return tuple(answers)

    async def _ask_one(
        self, client: httpx.AsyncClient, name: str, rdtype: RecordType, deadline: Deadline
    ) -> DnsAnswer:
        import httpx

        query = question(name, rdtype)
        query.id = 0  # the same question gives the same bytes (RFC 8484, section 4.1)
        began = time.perf_counter()
        try:
            request = self._request(client, query.to_wire(), deadline)
            response = await client.send(request)
        except httpx.TimeoutException:
            return self._failed(name, rdtype, "silent")
        except (httpx.HTTPError, OSError, ValueError) as error:
            return self._failed(name, rdtype, "unreachable", display_text(str(error), 120))
        ms = (time.perf_counter() - began) * 1000
        reply = read_message(response.content) if response.status_code == 200 else None
        if reply is None or not query.is_response(reply):
            return self._failed(name, rdtype, "garbled", f"HTTP {response.status_code}")
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

    def _request(self, client: httpx.AsyncClient, wire: bytes, deadline: Deadline) -> httpx.Request:
        parts = urlsplit(self.url)
        host = f"[{self.address}]" if ":" in self.address else self.address
        return client.build_request(
            "POST",
            f"https://{host}:{parts.port or 443}{parts.path}",
            content=wire,
            headers={"Host": parts.netloc, "Accept": MEDIA_TYPE, "Content-Type": MEDIA_TYPE},
            extensions={"sni_hostname": parts.hostname or ""},
            timeout=max(0.001, deadline.remaining()),
        )

    def _failed(self, name: str, rdtype: RecordType, state: AskState, error: str = "") -> DnsAnswer:
        return DnsAnswer(self.address, name, rdtype, state, tries=1, transport="https", error=error)
