"""Cookies for the length of one walk along redirects, in memory only.

Some sites test with a redirect to the same address whether cookies are kept. Without them such a site
looks like a redirect loop, so a loop is walked once more with what the site itself just set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx


class CookieJar:
    """Keeps what a site sets and gives it back to the hosts it is meant for (RFC 6265)."""

    def __init__(self) -> None:
        import httpx

        self._kept: httpx.Cookies = httpx.Cookies()

    def keep(self, url: str, set_cookies: tuple[str, ...]) -> None:
        """Take over the Set-Cookie headers of an answer from ``url``."""
        import httpx

        headers = [("set-cookie", value) for value in set_cookies]
        self._kept.extract_cookies(httpx.Response(200, headers=headers, request=self._request(url)))

    def header_for(self, url: str) -> str:
        """The Cookie header for ``url``; empty for none."""
        request = self._request(url)
        self._kept.set_cookie_header(request)
        return str(request.headers.get("cookie", ""))

    def _request(self, url: str) -> httpx.Request:
        import httpx

        return httpx.Request("GET", url)
