"""The wizard in a real browser. Run by test_browser.py, in a network namespace that has loopback only.

So neither the browser nor what the wizard measures can reach anything: here it finds no connection.
"""

import http.server
import json
import os
import subprocess
import sys
import threading
import time
from contextlib import contextmanager

import pytest

from tests.desk.calls import report
from tests.desk.test_intake import code
from tests.diagnosis.situations import DNS_DEAD
from tests.serve.chromium import chromium

TOKEN = "correct-horse-battery-staple-0123456789"
PORT, OTHER_PORT = 8780, 8781
DESK = f"http://desk.localhost:{PORT}"
HERE = f"http://127.0.0.1:{PORT}"
FORGOTTEN = [
    ("do other websites", "1"),
    ("What do you need help with?", "2"),
    ("What goes wrong with Metro?", "1"),
    ("Which of these can you read right now?", "1"),
    ("Make a new password", "1"),
    ("Does Metro's website still open?", "1"),
    ("Are you signed in now?", "1"),
]


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@contextmanager
def running(*command, environment=None):
    process = subprocess.Popen(
        [sys.executable, *command],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    try:
        assert process.stdout.readline()
        yield process
        process.terminate()
        assert process.wait(15) == 0
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.fixture
def wizard():
    """Served on this computer to this computer."""
    with running("-m", "tshoot", "serve", "--port", str(PORT)):
        yield


@pytest.fixture
def asking():
    """Served to others: it needs its token, and asks instead of measuring."""
    with running(
        "-m",
        "tshoot",
        "serve",
        "--port",
        str(PORT),
        "--public-url",
        DESK,
        environment={"TSHOOT_SERVE_TOKEN": TOKEN},
    ):
        yield


@pytest.fixture
def small():
    with running("-m", "tests.serve.small_server", json.dumps({"port": PORT})):
        yield


def test_somebody_elsewhere_opens_the_link_answers_by_keys_and_sees_the_end(browser, asking):
    browser.open(DESK)
    browser.until("This page needs its link.")
    browser.open(f"{DESK}/?token={TOKEN}")
    browser.until("Nothing is measured")
    assert browser.driver.current_url == f"{DESK}/"
    assert browser.driver.title == "tshoot"
    for question, key in FORGOTTEN:
        browser.until(question)
        browser.press(key)
    browser.until("You are in again")
    browser.press("q")
    browser.until("This session has ended.")
    browser.press("\n")
    browser.until("do other websites")


def test_here_it_is_measured(browser, wizard):
    browser.open(HERE)
    browser.until("What we know")
    browser.until("✗ Link")
    assert "Nothing is measured" not in browser.screen()


def test_a_picture_of_the_screen_is_saved_by_the_browser(browser, wizard, tmp_path_factory):
    browser.open(HERE)
    browser.until("✗ Link")
    browser.press_with_control("s")
    assert saved(tmp_path_factory, "*.svg").startswith("<svg")


def test_two_browsers_are_two_sessions_and_nothing_is_mixed(browser, asking, tmp_path):
    with chromium(tmp_path) as other:
        for each in (browser, other):
            each.open(f"{DESK}/?token={TOKEN}")
            each.until("do other websites")
        browser.press("1")
        browser.until("What do you need help with?")
        browser.press("2")
        browser.until("What goes wrong with Metro?")
        assert "do other websites" in other.screen()
        other.press("2")
        other.until("Checked")
        assert "What goes wrong with Metro?" in browser.screen()
        assert "Metro" not in other.screen()
        browser.press("q")
        browser.until("This session has ended.")
        other.press("b")
        other.until("do other websites")


def test_everything_comes_from_this_server_and_nothing_is_refused(browser, wizard):
    browser.driver.get_log("browser")
    browser.open(HERE)
    browser.until("✗ Link")
    loaded = browser.run("return performance.getEntriesByType('resource').map(entry => entry.name)")
    assert {name.rpartition("/")[2] for name in loaded} >= {
        "textual.js",
        "page.js",
        "page.css",
        "xterm.css",
        "RobotoMono-VariableFont_wght.ttf",
    }
    assert all(name.startswith(f"{HERE}/") for name in loaded)
    assert browser.run("return document.fonts.check('16px \"Roboto Mono\"')")
    complaints = [entry for entry in browser.driver.get_log("browser") if entry["level"] == "SEVERE"]
    assert complaints == []


def saved(tmp_path_factory, name):
    """Wait for a file of such a name among the browser's downloads; returns its text."""
    folder = tmp_path_factory.getbasetemp() / "browser0" / "files"
    end = time.monotonic() + 10
    while not (files := list(folder.glob(name))):
        assert time.monotonic() < end, list(folder.glob("*"))
        time.sleep(0.05)
    return files[0].read_text()


def test_a_file_is_saved_by_a_key(browser, small, tmp_path_factory):
    browser.open(HERE)
    browser.until("pid=")
    browser.press("d")
    assert saved(tmp_path_factory, "a *.md") == "the whole report\n" * 9000
    browser.press("a")
    browser.until("count=1;")


def test_a_page_loaded_anew_goes_on_where_it_was(browser, small):
    browser.open(HERE)
    browser.until("pid=")
    browser.press("aa")
    browser.until("count=2;")
    browser.driver.refresh()
    browser.until("count=2;")
    browser.press("a")
    browser.until("count=3;")
    browser.press("q")
    browser.until("This session has ended.")
    browser.press("\n")
    browser.until("pid=")


def test_where_every_place_is_taken_a_tab_goes_on_with_its_own_and_another_waits(browser):
    with running("-m", "tests.serve.small_server", json.dumps({"port": PORT, "most": 1})):
        browser.open(HERE)
        browser.until("pid=")
        browser.press("aa")
        browser.until("count=2;")
        browser.driver.refresh()
        browser.until("count=2;")
        first = browser.driver.current_window_handle
        browser.driver.switch_to.new_window("tab")
        browser.open(HERE)
        browser.until("This page tries again by itself.")
        browser.driver.close()
        browser.driver.switch_to.window(first)
        browser.press("a")
        browser.until("count=3;")


def test_a_lost_connection_is_told_and_the_page_comes_back_by_itself(browser):
    command = ("-m", "tests.serve.small_server", json.dumps({"port": PORT}))
    with pytest.raises(AssertionError), running(*command) as server:
        browser.open(HERE)
        browser.until("pid=")
        server.kill()
        server.wait()
        browser.until("The connection was lost.")
    with running(*command):
        browser.until("pid=")
        browser.press("a")
        browser.until("count=1;")


@contextmanager
def other_site(*links):
    """A page of somebody else with links."""
    page = "".join(
        f'<p><a id="link{number}" href="{link}">go</a>' for number, link in enumerate(links)
    ).encode()

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *arguments):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", OTHER_PORT), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://other.localhost:{OTHER_PORT}/"
        server.shutdown()


def test_a_link_on_another_site_leads_in(browser, asking):
    with other_site(f"{DESK}/?token={TOKEN}", DESK) as elsewhere:
        for number in (0, 1):
            browser.open(elsewhere)
            browser.run(f"document.getElementById('link{number}').click()")
            browser.until("do other websites")
            assert browser.driver.current_url == f"{DESK}/"


def test_another_site_opens_no_websocket_and_frames_no_page(browser, wizard):
    with other_site() as elsewhere:
        browser.open(elsewhere)
        opened = browser.driver.execute_async_script(
            f"""const done = arguments[0], socket = new WebSocket("ws://127.0.0.1:{PORT}/ws");
            socket.onopen = () => done("open"); socket.onerror = () => done("refused");"""
        )
        assert opened == "refused"
        framed = browser.driver.execute_async_script(
            f"""const done = arguments[0], frame = document.createElement("iframe");
            frame.src = "{HERE}/"; document.body.append(frame);
            frame.onload = () => done(frame.contentDocument === null ? "refused" : "empty");"""
        )
        assert framed == "refused"
        assert any("frame-ancestors" in entry["message"] for entry in browser.driver.get_log("browser"))


ESCAPE, DOWN = "\ue00c", "\ue015"  # As WebDriver names keys.
NEW_CALL = "Code, or the text of a file"


@pytest.fixture
def desk(tmp_path):
    """The support desk, served on this computer to this computer, with a store of its own."""
    here = {"TSHOOT_DATA_DIR": str(tmp_path)}
    with running("-m", "tshoot", "serve", "--desk", "--port", str(PORT), environment=here):
        yield


def sits_down(browser, name):
    """Open the desk as an agent who was never there."""
    browser.open(HERE)
    browser.until("Your name, as other agents see it")
    browser.types(name)
    browser.press("\n")
    browser.until("q Quit")


def begins(browser, label):
    browser.press("n")
    browser.until(NEW_CALL)
    browser.types(label)
    browser.press("\n")
    browser.until(f"tshoot desk · {label}")


def test_an_agent_takes_a_call_with_a_spoken_code_to_its_end(browser, desk, tmp_path_factory):
    sits_down(browser, "Kim")
    begins(browser, "Case 4711")
    browser.press("e")
    browser.until("Every check ends with a code")
    browser.types(code(**DNS_DEAD))
    browser.press("\n")
    for question in ("The DNS server does not", "Restart the gateway", "connected"):
        browser.until(question)
        browser.press("1")
    browser.until("step 4")
    browser.press("t")
    browser.until("# Case 4711")
    browser.press("s")
    assert saved(tmp_path_factory, "ticket-*.md").startswith("# Case 4711")
    browser.press("q")
    browser.until("Say to the caller")
    browser.press("x")
    browser.until("Close: Case 4711")
    browser.press("\n")
    browser.press("1")
    browser.until("This call is closed.")
    browser.press("q")
    browser.until("No calls are open.")
    browser.press("a")
    browser.until("solved")
    assert "Case 4711" in browser.screen()
    browser.press("q")
    browser.until("This session has ended.")


def test_a_report_is_pasted_and_no_file_of_the_server_is_opened(browser, desk, tmp_path):
    (tmp_path / "report.json").write_text(json.dumps(report(**DNS_DEAD)))
    sits_down(browser, "Kim")
    begins(browser, "Case 4711")
    browser.press("e")
    browser.until("What the caller has")
    assert "report.json  (" not in browser.screen()
    browser.types(str(tmp_path / "report.json"))
    browser.press("\n")
    browser.until("In a browser no file can be opened")
    browser.press(ESCAPE)
    browser.until("Say to the caller")
    browser.press("e")
    browser.until("What the caller has")
    long = report(**DNS_DEAD) | {"more": "é🙂" * 50_000}
    browser.paste(json.dumps(long, indent=2, ensure_ascii=False))
    browser.until("A pasted report, ")
    browser.press("\n")
    browser.until("The evidence is taken in.")
    browser.until("dns.unreachable, strong")


def test_two_browsers_are_two_agents_at_one_desk(browser, desk, tmp_path):
    with chromium(tmp_path) as other:
        sits_down(browser, "Kim")
        sits_down(other, "Robin")
        begins(browser, "Garden")
        begins(other, "Kitchen")
        browser.press("1")
        browser.until("step 2")
        assert "step 1" in other.screen()
        other.press("q")
        other.until("open calls: 2")
        other.press(DOWN)  # Garden is the older one.
        other.press("\n")
        other.until("This is Kim's call.")
        other.press("1")
        browser.press("1")
        browser.until("step 3")
        other.until("step 3")
        assert "Robin" not in browser.screen()
        assert "Robin, looking on" in other.screen()
