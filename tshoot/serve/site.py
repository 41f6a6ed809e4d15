"""The web application: addresses and what answers there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import textual_serve
from aiohttp import web

from tshoot.serve.downloads import Downloads
from tshoot.serve.guard import Guard
from tshoot.serve.headers import add_headers
from tshoot.serve.messages import LARGEST, size_of
from tshoot.serve.origins import Origins
from tshoot.serve.pages import FOLDER, STATIC, wizard_page
from tshoot.serve.served import served_command
from tshoot.serve.sessions import Sessions
from tshoot.serve.settings import Settings
from tshoot.serve.shown import Shown

_THEIR_FILES = Path(textual_serve.__file__).parent / "static"
_HEARTBEAT = 15.0
"""Seconds between signs of life: a tab whose computer went to sleep is noticed."""
_FAREWELL = 2.0
"""Seconds a browser has to answer that its websocket is closed."""
_AGAIN = 30

Command = Callable[[Settings, str], Sequence[str]]
"""The words of the command for one tab, from the settings and the browser's User-Agent."""


class Site:
    """Everything one server answers."""

    def __init__(self, settings: Settings, command: Command = served_command) -> None:
        self.settings, self._command = settings, command
        self._downloads = Downloads()
        self._sessions = Sessions(settings, self._downloads)
        self._guard = Guard(settings, Origins(settings, settings.port))

    def application(self) -> web.Application:
        """The application, ready to be run."""
        app = web.Application(middlewares=[self._guard.middleware()], client_max_size=1024)
        app.router.add_get("/", self._index)
        app.router.add_get("/ws", self._websocket)
        app.router.add_get("/download/{key}", self._downloads.respond)
        app.router.add_get("/own/{name}", _own_file)
        app.router.add_static("/static", _THEIR_FILES)
        app.on_response_prepare.append(add_headers)
        return app

    async def _index(self, request: web.Request) -> web.Response:
        font_size = request.query.get("fontsize", "")
        if self._sessions.full:
            # The same page: a tab that is loaded anew goes on with its own program, any other waits there.
            return wizard_page(font_size, 503, {"Retry-After": str(_AGAIN)})
        return wizard_page(font_size)

    async def _websocket(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(heartbeat=_HEARTBEAT, max_msg_size=LARGEST, timeout=_FAREWELL)
        await socket.prepare(request)
        agent = request.headers.get("User-Agent", "")
        size = size_of(request.query.get("width", ""), request.query.get("height", ""))
        await self._sessions.serve(Shown(socket), size, lambda: self._command(self.settings, agent))
        return socket

    async def close(self) -> None:
        """End every session. To be called while the application still runs: it closes websockets."""
        await self._sessions.close()


async def _own_file(request: web.Request) -> web.FileResponse:
    name = request.match_info["name"]
    if name not in STATIC:
        raise web.HTTPNotFound
    return web.FileResponse(FOLDER / name)
