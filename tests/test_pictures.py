"""The pictures of the documentation can be made from the real screens: each is whole, small, and is shown."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

DOCS = Path(__file__).parent.parent / "docs"
KEPT = DOCS / "pictures"
LARGEST = 300_000
SHOWN = {
    "first-screen": ["Does not work: T-Mobile account", "Repair this step by step"],
    "evidence": ["dns_servers"],
    "step": ["Open the start page of this network"],
    "watch": ["Watching: Gateway", "gone"],
    "solved": ["Solved"],
    "stop": ["Stopped, to keep you safe"],
    "narrow": ["How should this computer get", "By a network cable"],
    "walk": ["Checking: T-Mobile account", "Restart the gateway", "Gateway: gone", "Solved"],
}


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pictures")
    line = [sys.executable, str(DOCS / "make_pictures.py"), "--to", str(folder)]
    done = subprocess.run(line, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return folder


def text_of(path):
    root = ElementTree.parse(path).getroot()
    rows = [" ".join("".join(each.itertext()).split()) for each in root.iter() if each.tag.endswith("text")]
    return re.sub(r"\s+", " ", " ".join(rows).replace("\xa0", " "))


@pytest.mark.parametrize("name", SHOWN)
def test_a_picture_shows_what_it_is_for(made, name):
    path = made / f"{name}.svg"
    text = text_of(path)
    assert [words for words in SHOWN[name] if words not in text] == []
    assert "Recorded case, not your network" in text
    assert path.stat().st_size < LARGEST
    assert not re.search(r"@font-face|url\(['\"]?http|href=", path.read_text(encoding="utf-8"))


def test_the_pictures_kept_are_those_that_are_made(made):
    names = {path.name for path in made.iterdir()}
    assert names == {f"{name}.svg" for name in SHOWN}
    assert {path.name for path in KEPT.iterdir()} == names


def test_every_picture_that_is_shown_is_there():
    pages = [DOCS.parent / "README.md", *DOCS.glob("*.md")]
    text = "".join(page.read_text(encoding="utf-8") for page in pages)
    shown = set(re.findall(r"pictures/([\w-]+\.svg)", text))
    assert {path.name for path in KEPT.iterdir()} == shown


def test_whoever_wants_no_motion_sees_the_end(made):
    walk = (made / "walk.svg").read_text(encoding="utf-8")
    still = walk[walk.index("@media (prefers-reduced-motion: reduce)") : walk.index("</style>")]
    hidden = set(re.findall(r"\.s(\d+) \{ visibility: hidden; \}", still))
    groups = re.findall(r'<g class="s(\d+)">(.*?)</g>', walk)
    shown = " ".join(re.sub("<[^>]*>", " ", body) for span, body in groups if span not in hidden)
    assert "Solved." in shown
    assert "Checking:" not in shown
