"""What the internet's hosts serve: pages, check addresses, DNS over HTTPS."""

from __future__ import annotations

import base64
import binascii
from urllib.parse import parse_qs, urlsplit

from tests.lab.internet import Site
from tests.lab.servers.http import Handler, Reply, Request, html, redirect
from tests.lab.servers.nameserver import Resolve

PAGE = "<!doctype html><title>{title}</title><h1>{title}</h1>" + "<p>Welcome to this page.</p>" * 800
HEADER_LIMIT = 120
"""Bytes of request head that a site with ``status`` 431 still takes."""


def site_handler(site: Site, secure: bool, resolve: Resolve) -> Handler:
    """The handler of a site's port 443 (``secure``) or 80."""
    kind = site.https if secure else site.http
    override = site.status if secure else site.status_on_http

    async def handle(request: Request) -> Reply:
        if override is not None:
            return _overridden(site, override)
        if kind == "doh":
            return await _doh(request, resolve)
        if kind == "loop":
            return redirect("/b" if request.path == "/a" else "/a")
        return _plain(kind, request, site)

    return handle


def _overridden(site: Site, status: int) -> Reply:
    return html(f"<title>{status}</title>", status, **site.headers)


def _plain(kind: str, request: Request, site: Site) -> Reply:
    host = request.headers.get("host", site.names[0])
    if kind == "to_https":
        return redirect(f"https://{host}{request.path}", 301)
    if kind == "generate_204":
        return Reply(204) if request.path.startswith("/generate_204") else html("", 404)
    if kind == "success":
        return Reply(200, b"success\n", {"Content-Type": "text/plain"})
    if kind == "api":
        return html("", 404)
    if kind == "sign_in" and urlsplit(request.path).path == "/":
        return redirect("/signin/v2/?redirect_uri=home")
    return html(PAGE.format(title=host))


async def _doh(request: Request, resolve: Resolve) -> Reply:
    parts = urlsplit(request.path)
    if parts.path != "/dns-query":
        return html(PAGE.format(title="DNS"))
    wire = request.body if request.method == "POST" else _from_query(parts.query)
    reply = await resolve(wire) if wire else None
    if reply is None:
        return html("", 400)
    return Reply(200, reply, {"Content-Type": "application/dns-message"})


def _from_query(query: str) -> bytes:
    text = parse_qs(query).get("dns", [""])[0]
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (ValueError, binascii.Error):
        return b""
