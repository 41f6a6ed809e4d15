"""A headless Chromium, seen and used as a person does: the rows of the terminal, keys, links."""

import shutil
import subprocess
import time
from contextlib import contextmanager

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    # Without 3D the terminal is drawn as text in the page, which can be read.
    "--disable-3d-apis",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1000,620",
)
PROGRAMS = ("chromium", "chromedriver", "unshare", "ip")
_PAGE = "return document.body?.innerText ?? ''"
_PASTE = """
const data = new DataTransfer();
data.setData("text/plain", arguments[0]);
const event = new ClipboardEvent("paste", {clipboardData: data, bubbles: true, cancelable: true});
document.querySelector(".xterm-helper-textarea").dispatchEvent(event);
"""
_HAS_KEYS = "return document.activeElement?.classList.contains('xterm-helper-textarea') ?? false"
_ROWS = "return document.querySelector('.xterm-rows')?.innerText ?? ''"


def missing():
    """Why no browser can be run here; empty where one can."""
    absent = [name for name in PROGRAMS if shutil.which(name) is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    try:
        import selenium  # noqa: F401
    except ImportError:
        return "not installed: selenium"
    done = subprocess.run(["unshare", "-rn", "true"], capture_output=True, text=True, check=False)
    return done.stderr.strip()


class Browser:
    def __init__(self, driver):
        self.driver = driver

    def open(self, address):
        self.driver.get(address)

    def press(self, keys):
        from selenium.webdriver import ActionChains

        ActionChains(self.driver).send_keys(keys).perform()

    def types(self, text):
        """Type a text once the terminal takes keys, and see it stand there."""
        end = time.monotonic() + 30
        while not self.driver.execute_script(_HAS_KEYS):
            assert time.monotonic() < end, "the terminal never got the focus"
            time.sleep(0.05)
        self.press(text)
        # A line shows the end of what is too long for it.
        self.until(text[-20:])

    def paste(self, text):
        """As the browser's own paste does; a page may not read the clipboard by itself."""
        self.driver.execute_script(_PASTE, text)

    def press_with_control(self, key):
        from selenium.webdriver import ActionChains, Keys

        ActionChains(self.driver).key_down(Keys.CONTROL).send_keys(key).key_up(Keys.CONTROL).perform()

    def screen(self):
        """The terminal's rows."""
        return self.driver.execute_script(_ROWS)

    def page(self):
        return self.driver.execute_script(_PAGE)

    def until(self, text, seconds=30):
        """Wait until the text can be read, in the terminal or on the page."""
        end = time.monotonic() + seconds
        while text not in self.screen() + self.page():
            assert time.monotonic() < end, f"no '{text}' on:\n{self.screen()}\n{self.page()}"
            time.sleep(0.05)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)


@contextmanager
def chromium(folder):
    """A browser with an empty profile under ``folder``; it downloads into ``folder / 'files'``."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
        options.add_argument(flag)
    options.add_experimental_option("prefs", {"download.default_directory": str(folder / "files")})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
