"""Runs in_browser.py where nothing but loopback can be reached, and reports each of its tests."""

import os
import subprocess
import sys
from xml.etree import ElementTree

import pytest

from tests.serve import in_browser
from tests.serve.chromium import missing
from tests.support.needed import need

pytestmark = pytest.mark.browser

NAMES = [name for name in vars(in_browser) if name.startswith("test_")]
_ALONE = (
    'ip link set lo up && exec "$0" -m pytest tests/serve/in_browser.py -p no:cacheprovider --junitxml="$1"'
)


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    """What became of every test: empty, or why it failed."""
    need(missing(), "TSHOOT_BROWSER_REQUIRED")
    folder = tmp_path_factory.mktemp("alone")
    command = ["unshare", "-rn", "sh", "-c", _ALONE, sys.executable, str(folder / "results.xml")]
    environment = {**os.environ, "TSHOOT_DATA_DIR": str(folder), "PYTEST_ADDOPTS": ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=400, check=False)
    assert (folder / "results.xml").exists(), done.stdout + done.stderr
    cases = ElementTree.parse(folder / "results.xml").iter("testcase")
    return {case.get("name"): "".join(bad.text or "" for bad in case) for case in cases}


@pytest.mark.parametrize("name", NAMES)
def test_in_a_browser(results, name):
    if results[name]:
        pytest.fail(results[name], pytrace=False)
