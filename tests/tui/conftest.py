"""A store of sessions of its own for each test that asks for it."""

import pytest

from tshoot.session.store import open_store


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("TSHOOT_DATA_DIR", str(tmp_path))
    opened = []

    def look():
        if not opened:
            opened.append(open_store())
        return opened[0]

    yield look
    for each in opened:
        each.close()
