"""Files a served program hands to the browser, each by an address that works once and can't be guessed."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import web
from textual_serve.app_service import AppService
from textual_serve.download_manager import Download, DownloadManager

from tshoot.text import display_text

_LONGEST_NAME = 120


class Downloads(DownloadManager):
    """As textual-serve's, and it forgets what a tab has not fetched when the tab is closed."""

    def forget(self, service: AppService) -> None:
        """Drop every file of a program that has ended."""
        kept = {key: file for key, file in self._active_downloads.items() if file.app_service is not service}
        self._active_downloads = kept

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """Send the file of the key in the address."""
        key = request.match_info["key"]
        try:
            file = await self.get_download_metadata(key)
        except KeyError:
            raise web.HTTPNotFound(text="There is no such file, or it has been fetched already.") from None
        response = web.StreamResponse(headers=_headers(file))
        await response.prepare(request)
        async for chunk in self.download(key):
            await response.write(chunk)
        await response.write_eof()
        return response


def _headers(file: Download) -> dict[str, str]:
    """Always a file to keep: shown inside the browser it could run as a page of this server."""
    charset = f"; charset={file.encoding}" if file.encoding else ""
    name = quote(display_text(file.file_name, _LONGEST_NAME), safe="")
    return {
        "Content-Type": f"{file.mime_type}{charset}",
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
    }
