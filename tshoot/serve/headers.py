"""Headers on everything that is sent: nothing from other hosts, no frames, nothing kept or passed on."""

from __future__ import annotations

from aiohttp import web

_POLICY = (
    "default-src 'none'; script-src 'self'; "
    # xterm.js sizes and colours its rows by style elements that it makes itself.
    "style-src 'self' 'unsafe-inline'; "
    "font-src 'self'; img-src 'self' data:; connect-src 'self' {websocket}; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_ALWAYS = {
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), usb=(), payment=()",
    "Server": "tshoot",
}
_FILES = ("/static/", "/own/")


async def add_headers(request: web.BaseRequest, response: web.StreamResponse) -> None:
    """A signal for aiohttp's ``on_response_prepare``."""
    response.headers.update(_ALWAYS)
    response.headers["Content-Security-Policy"] = _POLICY.format(websocket=_websocket(request))
    kept = request.path.startswith(_FILES) and response.status == 200
    response.headers["Cache-Control"] = "private, max-age=3600" if kept else "no-store"


def _websocket(request: web.BaseRequest) -> str:
    """Older Safari does not count websockets among 'self'. The guard has checked the name."""
    host = request.headers.get("Host", "")
    return f"ws://{host} wss://{host}" if _plain(host) else ""


def _plain(host: str) -> bool:
    return bool(host) and all(char.isalnum() or char in ".-:[]" for char in host) and host.isascii()
