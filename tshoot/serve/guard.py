"""Who may come in. Stands before every address: pages, files, downloads and the websocket."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

from aiohttp import web

from tshoot.serve.address import is_ip_address, is_loopback
from tshoot.serve.attempts import SLOW, Attempts
from tshoot.serve.origins import Origins
from tshoot.serve.pages import message_page
from tshoot.serve.settings import Settings
from tshoot.serve.token import same
from tshoot.serve.visitors import Visitors

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler, Middleware

log = logging.getLogger("tshoot.serve")

_FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")
_ASK = "Open the link you were given once more, or ask the person who runs this page for it."


class Guard:
    """The checks of one server, in order: the name, the asking page, the token."""

    def __init__(self, settings: Settings, origins: Origins) -> None:
        self._settings, self._origins = settings, origins
        self._attempts, self._visitors = Attempts(), Visitors()
        prefix = "__Host-" if settings.encrypted else ""
        # Browsers do not keep cookies apart by port.
        self.cookie = f"{prefix}tshoot-{settings.port}"

    def middleware(self) -> Middleware:
        """The checks as a middleware of aiohttp."""

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            refused = self._from_elsewhere(request) or await self._without_token(request)
            return refused if refused is not None else await handler(request)

        return guard

    def _from_elsewhere(self, request: web.Request) -> web.Response | None:
        """A page of another site, a name that is not this server's, or a proxy nobody told of."""
        if not self._origins.host_allowed(request.headers.get("Host")):
            return _refusal("This is not the address of this page.")
        if self._settings.here and any(name in request.headers for name in _FORWARDED):
            return _refusal("This came through a proxy. Whoever runs this page has to name it: --public-url.")
        origin = request.headers.get("Origin")
        if origin is not None and not self._origins.origin_allowed(origin):
            return _refusal("Another website asked for this.")
        # Browsers always name the page that opens a websocket; other programs show a token of their own.
        if origin is None and request.path == "/ws" and _bearer(request) is None:
            return _refusal("It is not known who asks.")
        return None

    async def _without_token(self, request: web.Request) -> web.Response | None:
        """None for who may come in; else where to go instead."""
        by_link = request.query.get("token") if request.path == "/" else None
        token = self._settings.token
        if token is None or self._visitors.knows(request.cookies.get(self.cookie)):
            return None if by_link is None else _to_clean_address()
        presented = _bearer(request) or by_link
        if presented is None:
            return _not_known(request)
        return await self._presented(request, presented, token)

    async def _presented(self, request: web.Request, presented: str, token: str) -> web.Response | None:
        address = self._address(request)
        wait = self._attempts.wait(address)
        if wait > 0:
            return message_page(
                429,
                "Too many wrong links.",
                f"Wait a minute. {_ASK}",
                headers={"Retry-After": str(int(wait) + 1)},
            )
        if not same(presented, token):
            # Counted before the pause, so that tries side by side count as well.
            self._attempts.wrong(address)
            log.warning("wrong token from %s", address)
            await asyncio.sleep(SLOW)
            return message_page(401, "This link is not right.", _ASK, headers={"WWW-Authenticate": "Bearer"})
        return None if _bearer(request) is not None else self._admitted()

    def _admitted(self) -> web.Response:
        response = _to_clean_address()
        response.set_cookie(
            self.cookie,
            self._visitors.admit(),
            httponly=True,
            samesite="Strict",
            secure=self._settings.encrypted,
            path="/",
        )
        return response

    def _address(self, request: web.Request) -> str:
        """Who asks. A proxy on this computer puts whom it saw last in its list."""
        peer = request.remote or ""
        listed = request.headers.getall("X-Forwarded-For", [])
        if self._settings.public is None or not listed or not is_ip_address(peer) or not is_loopback(peer):
            return peer
        seen = listed[-1].rpartition(",")[2].strip()
        return seen if is_ip_address(seen) else peer


def _bearer(request: web.Request) -> str | None:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and token.strip() else None


def _to_clean_address() -> web.Response:
    return web.Response(status=303, headers={"Location": "/"})


def _refusal(sentence: str) -> web.Response:
    return message_page(403, "This can't be opened here.", sentence)


def _not_known(request: web.Request) -> web.Response:
    """Who comes by a link on another site does not send the cookie at first: the page asks itself again."""
    if request.path == "/" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        return message_page(401, "One moment.", "The page opens by itself.", again=0)
    return message_page(401, "This page needs its link.", _ASK, headers={"WWW-Authenticate": "Bearer"})
