"""Who comes in and who does not, at every address of a real server."""

import re

import aiohttp
import pytest

from tests.serve.running import TOKEN, browser, get, served, tab

PUBLIC = "https://help.example.org"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
PATHS = ["/", "/static/js/textual.js", "/own/page.js", "/download/x", "/ws", "/nothing"]


@pytest.fixture
async def local():
    async with served() as server:
        yield server


@pytest.fixture
async def locked():
    """On loopback, with a token."""
    async with served(token=TOKEN) as server:
        yield server


async def status(session, server, path="/", **headers):
    async with get(session, server, path, **headers) as response:
        return response.status


async def test_this_computer_comes_in_by_its_own_names_only(local):
    async with browser() as session:
        for host in ("127.0.0.1", "localhost", "LOCALHOST", "[::1]"):
            assert await status(session, local, Host=f"{host}:{local.port}") == 200
        for host in ("evil.example", "127.0.0.1", f"localhost.evil.example:{local.port}", "localhost:1", ""):
            for path in PATHS:
                assert await status(session, local, path, Host=host) == 403


async def test_other_sites_may_ask_for_nothing(local):
    async with browser() as session:
        for origin in (
            "https://evil.example",
            "null",
            f"https://127.0.0.1:{local.port}",
            "http://127.0.0.1:1",
        ):
            for path in PATHS:
                assert await status(session, local, path, Origin=origin) == 403
        assert await status(session, local, Origin=local.url) == 200


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://localhost.evil.example", None])
async def test_other_sites_open_no_websocket(local, origin):
    async with browser() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with tab(session, local, origin=origin):
                pass
    assert refused.value.status == 403


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Forwarded-Host", "X-Real-IP"])
async def test_a_proxy_nobody_named_is_refused(local, header):
    async with browser() as session, get(session, local, **{header: "203.0.113.5"}) as response:
        assert response.status == 403
        assert "--public-url" in await response.text()


async def test_without_the_token_every_address_is_closed(locked):
    async with browser() as session:
        for path in PATHS:
            async with get(session, locked, path, Origin=locked.url) as response:
                assert response.status == 401
                assert response.headers["WWW-Authenticate"] == "Bearer"
                assert "ask the person who runs this page" in await response.text()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            async with tab(session, locked):
                pass
        assert refused.value.status == 401


async def test_the_link_is_shown_once_and_a_cookie_opens_everything_after_that(locked):
    async with browser() as session:
        async with get(session, locked, f"/?token={TOKEN}") as response:
            assert response.status == 303
            assert response.headers["Location"] == "/"
            cookie = response.headers["Set-Cookie"]
            assert response.headers["Cache-Control"] == "no-store"
        assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= set(cookie.split("; "))
        assert "Secure" not in cookie
        assert TOKEN not in cookie
        assert await status(session, locked) == 200
        assert await status(session, locked, "/own/page.js") == 200
        assert await status(session, locked, f"/?token={TOKEN}") == 303
        async with tab(session, locked) as opened:
            await opened.until("pid=")
        async with browser() as other:
            assert await status(other, locked) == 401
            assert await status(other, locked, Cookie=f"tshoot-{locked.port}=made-up") == 401
            assert await status(other, locked, f"/own/page.js?token={TOKEN}") == 401


async def test_a_program_comes_in_by_its_authorization(locked):
    async with browser() as session:
        assert await status(session, locked, **BEARER) == 200
        assert await status(session, locked, **{"Authorization": f"bearer {TOKEN}"}) == 200
        assert await status(session, locked) == 401
        async with tab(session, locked, origin=None, **BEARER) as opened:
            await opened.until("pid=")
        with pytest.raises(aiohttp.WSServerHandshakeError):
            async with tab(session, locked, origin="https://evil.example", **BEARER):
                pass


async def test_a_link_from_another_site_still_finds_the_cookie(locked):
    """Browsers keep a strict cookie back on such a way; the page then asks itself once more."""
    async with browser() as session:
        async with get(session, locked, **{"Sec-Fetch-Site": "cross-site"}) as response:
            assert response.status == 401
            assert 'http-equiv="refresh" content="0; url=/"' in await response.text()
        async with get(session, locked, **{"Sec-Fetch-Site": "same-origin"}) as response:
            assert "refresh" not in await response.text()


async def test_wrong_tokens_are_slowed_down_and_then_no_longer_looked_at(locked):
    async with browser() as known, browser() as session:
        assert await status(known, locked, f"/?token={TOKEN}") == 303
        tries = [await status(session, locked, f"/?token={TOKEN[:-1]}{number}") for number in range(4)]
        tries += [await status(session, locked, **{"Authorization": "Bearer wrong"})]
        assert tries == [401] * 5
        async with get(session, locked, f"/?token={TOKEN}") as response:
            assert response.status == 429
            assert 0 < int(response.headers["Retry-After"]) <= 61
        assert await status(session, locked, **BEARER) == 429
        assert await status(known, locked) == 200
        _, log = locked.stop()
    assert log.count("wrong token from 127.0.0.1") == 5


async def test_no_secret_is_in_the_log_or_among_the_arguments(locked):
    async with browser() as session:
        await status(session, locked, f"/?token={TOKEN}")
        await status(session, locked, "/?token=some-wrong-token-of-somebody")
        async with tab(session, locked) as opened:
            await opened.until("pid=")
            await opened.press("my password")
            await opened.socket.send_str("[broken")
        cookies = [cookie.value for cookie in session.cookie_jar]
    _, log = locked.stop()
    assert "session 1 opens" in log
    for secret in (TOKEN, "some-wrong-token", "my password", "broken", *cookies):
        assert secret not in log
    assert cookies


async def test_behind_a_proxy_its_name_counts_and_the_cookie_is_for_https_only():
    async with served(token=TOKEN, public=PUBLIC) as server, browser() as session:
        through = {"Host": "help.example.org", "X-Forwarded-For": "198.51.100.7, 203.0.113.5"}
        async with get(session, server, f"/?token={TOKEN}", **through) as response:
            assert response.status == 303
            name, _, value = response.headers["Set-Cookie"].partition("=")
            assert name.startswith("__Host-tshoot")
            assert "Secure" in response.headers["Set-Cookie"].split("; ")
        cookie = {"Cookie": f"{name}={value.partition(';')[0]}"}
        assert await status(session, server, **through, **cookie) == 200
        assert await status(session, server, Host="evil.example", **cookie) == 403
        async with tab(session, server, origin=PUBLIC, **through, **cookie) as opened:
            await opened.until("pid=")
        with pytest.raises(aiohttp.WSServerHandshakeError):
            async with tab(session, server, origin="http://help.example.org", **through, **cookie):
                pass
        await status(session, server, "/?token=wrong", **through)
        _, log = server.stop()
    assert "wrong token from 203.0.113.5" in log
    assert PUBLIC not in log


@pytest.mark.parametrize(
    "path", ["/", "/own/page.css", "/static/css/xterm.css", "/nothing", "/own/wizard.html"]
)
async def test_every_answer_has_its_headers(local, path):
    async with browser() as session, get(session, local, path) as response:
        headers = response.headers
    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert f"ws://127.0.0.1:{local.port}" in policy["connect-src"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Server"] == "tshoot"
    assert ("no-store" in headers["Cache-Control"]) == (
        path not in ("/own/page.css", "/static/css/xterm.css")
    )


async def test_no_page_names_another_host_and_no_folder_is_listed(local):
    async with browser() as session:
        for path in ("/", "/own/page.js", "/own/page.css", "/static/js/textual.js"):
            async with get(session, local, path) as response:
                assert response.status == 200
                assert not re.findall(r"""https?://\w|['"(]//\w""", await response.text())
        for path in (
            "/static",
            "/static/",
            "/static/js",
            "/own/",
            "/own/..%2fguard.py",
            "/static/../server.py",
        ):
            assert await status(session, local, path) in (403, 404)


@pytest.mark.parametrize(
    ("given", "size"), [("", 16), ("20", 20), ("9999", 16), ("2", 8), ("x", 16), ('"><b>', 16)]
)
async def test_the_font_size_is_a_number_within_reason(local, given, size):
    async with browser() as session, session.get(local.url, params={"fontsize": given}) as response:
        assert f'data-font-size="{size}"' in await response.text()
