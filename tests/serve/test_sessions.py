"""Each tab is a program of its own, started and ended with it; real server, real websockets."""

import asyncio
import signal
import time
from pathlib import Path

import pytest

from tests.serve.running import TOKEN, browser, get, gone, is_alive, served, tab


async def test_two_tabs_are_two_programs_and_nothing_is_mixed():
    async with served() as server, browser() as mine, browser() as yours:
        async with tab(mine, server) as one, tab(yours, server, query="?width=100&height=30") as two:
            pids = {int((await each.until(r"pid=(\d+);")).group(1)) for each in (one, two)}
            assert len(pids) == 2
            await one.press("aaa")
            await one.until("count=3; size=80x24;")
            await two.press("a")
            await two.until("count=1; size=100x30;")
            await one.socket.close()
            await two.press("a")
            await two.until("count=2;")
        for pid in pids:
            await gone(pid)
        code, log = server.stop()
    assert code == 0
    assert "session 1 opens (1 of 20)" in log
    assert "session 2 ends after" in log


async def test_leaving_the_program_closes_the_tab_and_a_resize_reaches_it():
    async with served() as server, browser() as session, tab(session, server) as opened:
        pid = int((await opened.until(r"pid=(\d+);")).group(1))
        await opened.socket.send_json(["resize", {"width": 60, "height": 20}])
        await opened.press("a")
        await opened.until("size=60x20;")
        await opened.press("q")
        assert await opened.closed() == 1000
        await gone(pid)


async def test_nonsense_is_passed_over_and_no_size_is_beyond_measure():
    nonsense = ["", "[]", "{", '["stdin"]', '["stdin", 7]', '["resize", {"width": "x"}]', '["x"]', "[" * 9000]
    query = "?width=999999999&height=-4"
    async with served() as server, browser() as session, tab(session, server, query=query) as opened:
        for text in nonsense:
            await opened.socket.send_str(text)
        await opened.socket.send_bytes(b"\x00" * 100)
        await opened.press("a")
        await opened.until("count=1; size=400x24;")
        await opened.socket.send_json(["ping", "17"])
        assert await opened.told_of("pong") == ["pong", "17"]


async def test_a_file_is_downloaded_once_whole_and_under_its_name():
    async with served() as server, browser() as session, tab(session, server) as opened:
        await opened.until("pid=")
        await opened.press("d")
        _, key = await opened.told_of("deliver_file_start")
        reading = asyncio.create_task(opened.closed(60))
        async with get(session, server, f"/download/{key}") as response:
            assert await response.text() == "the whole report\n" * 9000
            assert response.content_disposition.type == "attachment"
            assert response.content_disposition.filename == 'a "report"; é.md'
            assert response.headers["Cache-Control"] == "no-store"
        async with get(session, server, f"/download/{key}") as response:
            assert response.status == 404
        reading.cancel()


async def test_a_large_file_comes_whole_while_the_screen_is_drawn():
    async with served() as server, browser() as session, tab(session, server) as opened:
        await opened.until("pid=")
        await opened.press("f")
        _, key = await opened.told_of("deliver_file_start")
        reading = asyncio.create_task(opened.closed(60))
        async with get(session, server, f"/download/{key}") as response:
            assert await response.text() == "the whole report\n" * 90_000
        assert not reading.done()
        reading.cancel()


async def test_a_download_ends_with_its_tab():
    async with served() as server, browser() as session:
        async with tab(session, server) as opened:
            await opened.until(r"pid=")
            await opened.press("d")
            _, key = await opened.told_of("deliver_file_start")
            await opened.press("q")
            await opened.closed()
        await server.logs("session 1 ends")
        async with get(session, server, f"/download/{key}") as response:
            assert response.status == 404


async def test_beyond_the_limit_a_page_waits_and_a_place_that_is_free_again_is_given():
    async with served(most=1) as server, browser() as session:
        async with tab(session, server) as first:
            await first.until("pid=")
            async with get(session, server) as response:
                page = await response.text()
                assert response.status == 503
                assert 'id="terminal"' in page
                assert int(response.headers["Retry-After"]) > 0
            async with tab(session, server) as second:
                assert await second.closed() == 4002
            await first.press("q")
            await first.closed()
        async with asyncio.timeout(10):
            while (await get(session, server)).status == 503:  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        async with tab(session, server) as third:
            await third.until("pid=")


async def test_a_tab_left_alone_is_closed_and_its_program_with_it():
    async with served(idle=3) as server, browser() as session, tab(session, server) as opened:
        pid = int((await opened.until(r"pid=(\d+);")).group(1))
        begun, count = time.monotonic(), 0
        while time.monotonic() - begun < 4.5:
            count += 1
            await opened.press("a")
            await opened.until(f"count={count};")
            await asyncio.sleep(0.2)
        assert is_alive(pid)
        await opened.socket.send_json(["focus"])
        assert await opened.closed() == 4001
        await gone(pid)


async def test_a_program_that_does_not_start_is_told_calmly_and_logged_without_its_words():
    async with served(words=["--broken"]) as server, browser() as session:
        async with tab(session, server) as opened:
            assert await opened.closed() == 4003
        _, log = server.stop()
    assert "(failed, exit 1)" in log
    assert "secret words" not in log


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_stopping_the_server_ends_every_program(number):
    async with served() as server, browser() as session, tab(session, server) as one:
        pids = [int((await one.until(r"pid=(\d+);")).group(1))]
        async with tab(session, server) as two:
            pids.append(int((await two.until(r"pid=(\d+);")).group(1)))
            server.process.send_signal(number)
            assert [await one.closed(), await two.closed()] == [1001, 1001]
            code, _ = server.stop()
            assert code == 0
            assert not any(map(is_alive, pids))


async def test_a_program_that_hangs_is_ended_too():
    async with served() as server, browser() as session, tab(session, server) as opened:
        pid = int((await opened.until(r"pid=(\d+);")).group(1))
        await opened.press("h")
        await opened.until("hanging;")
        server.process.terminate()
        await opened.closed()
        code, _ = server.stop(20)
        assert code == 0
        assert not is_alive(pid)


async def test_programs_end_by_themselves_when_the_server_is_killed():
    async with served() as server, browser() as session, tab(session, server) as opened:
        pid = int((await opened.until(r"pid=(\d+);")).group(1))
        server.process.kill()
        await gone(pid)


async def test_a_program_sees_what_it_needs_and_not_the_token():
    given = {"TSHOOT_SERVE_TOKEN": TOKEN, "TSHOOT_DATA_DIR": "here", "SECRET_OF_OTHERS": "x", "no_proxy": "a"}
    query = "?width=80&height=100"
    async with served(given) as server, browser() as session, tab(session, server, query=query) as opened:
        await opened.until("pid=")
        await opened.press("e")
        names = (await opened.until("data=here;")).string.split()
    assert {"PATH", "TSHOOT_DATA_DIR", "TEXTUAL_DRIVER", "no_proxy"} <= set(names)
    assert not {"TSHOOT_SERVE_TOKEN", "SECRET_OF_OTHERS"} & set(names)


async def test_strangers_share_no_folder_and_leave_none_behind(tmp_path):
    given = {"TSHOOT_DATA_DIR": str(tmp_path), "TMPDIR": str(tmp_path)}
    settings = {"token": TOKEN, "public": "https://help.example.org"}
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    folders = set()
    async with served(given, **settings) as server, browser() as session:
        for _ in range(2):
            async with tab(session, server, origin=None, query="?width=200&height=60", **bearer) as opened:
                await opened.until("pid=")
                await opened.press("e")
                folders.add(Path((await opened.until("data=([^;]+);")).group(1)))
        assert len(folders) == 2
        assert all(folder.parent == tmp_path for folder in folders)
        server.stop()
    assert list(tmp_path.iterdir()) == []


async def test_a_tab_loaded_anew_goes_on_where_it_was():
    async with served(kept_closed=60) as server, browser() as session:
        async with tab(session, server) as opened:
            pid = int((await opened.until(r"pid=(\d+);")).group(1))
            _, key = await opened.told_of("tab")
            await opened.press("aa")
            await opened.until("count=2;")
        async with tab(session, server, key=key, query="?width=90&height=20") as again:
            await again.until("count=2;")
            await again.press("a")
            await again.until("count=3; size=90x20;")
            assert is_alive(pid)
            await again.press("q")
            assert await again.closed() == 1000
        async with tab(session, server, key=key) as late:
            assert int((await late.until(r"pid=(\d+);")).group(1)) != pid


async def test_a_tab_whose_connection_broke_is_waited_for_longer():
    async with served(kept_lost=30) as server, browser() as session:
        async with tab(session, server) as opened:
            pid = int((await opened.until(r"pid=(\d+);")).group(1))
            _, key = await opened.told_of("tab")
            opened.socket.get_extra_info("socket").shutdown(2)
        await asyncio.sleep(1)
        async with tab(session, server, key=key) as again:
            assert int((await again.until(r"pid=(\d+);")).group(1)) == pid


async def test_a_tab_that_does_not_come_back_is_given_up():
    async with served(kept_lost=0.5) as server, browser() as session:
        async with tab(session, server) as opened:
            pid = int((await opened.until(r"pid=(\d+);")).group(1))
            opened.socket.get_extra_info("socket").shutdown(2)
        await gone(pid)
        _, log = server.stop()
    assert "(tab closed)" in log


async def test_a_session_is_shown_in_one_tab_only():
    async with served() as server, browser() as session, tab(session, server) as first:
        pid = int((await first.until(r"pid=(\d+);")).group(1))
        _, key = await first.told_of("tab")
        async with tab(session, server, key=key) as second:
            assert int((await second.until(r"pid=(\d+);")).group(1)) == pid
            assert await first.closed() == 4004
            await second.press("a")
            await second.until("count=1;")


async def test_a_wrong_key_is_a_new_session():
    async with served() as server, browser() as session, tab(session, server) as first:
        pid = int((await first.until(r"pid=(\d+);")).group(1))
        _, key = await first.told_of("tab")
        async with tab(session, server, key=key[:-1]) as second:
            assert int((await second.until(r"pid=(\d+);")).group(1)) != pid


async def test_stopping_the_server_ends_a_program_that_waits_for_its_tab():
    async with served(kept_closed=60) as server, browser() as session:
        async with tab(session, server) as opened:
            pid = int((await opened.until(r"pid=(\d+);")).group(1))
        await asyncio.sleep(0.3)
        assert is_alive(pid)
        code, _ = server.stop()
        assert code == 0
        assert not is_alive(pid)
