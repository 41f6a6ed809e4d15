"""The wizard in a real terminal: by keys alone from the first screen to the end, in broken networks."""

from __future__ import annotations

import shutil

import pytest

from tests.lab.walks.run import SIZES, walked
from tests.lab.walks.walk import load_all
from tests.support.needed import LAB, need

WALKS = load_all()
WIDE, SMALL = SIZES
TAKEN = {
    "forgotten-password": WIDE,
    "dns-dead": SMALL,
    "portal": WIDE,
    "vpn-dead": SMALL,
    "gateway-restart": SMALL,
}
"""Each walk in one size; `python -m tests.lab walk` takes them all in both."""


@pytest.mark.lab
@pytest.mark.parametrize(("name", "size"), TAKEN.items())
def test_a_walk_reaches_its_end(name: str, size: str, lab_stands: None) -> None:
    need("" if shutil.which("tmux") else "tmux is not installed", LAB)
    told = walked(name, size)
    assert not told["missed"], told["screens"][-1] if told["screens"] else told["missed"]
    assert told["code"] == WALKS[name].code
