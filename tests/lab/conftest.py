"""How the lab's tests are spread where several run at once (pytest-xdist)."""

import pytest


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep all of them with one worker: they start their own worlds side by side, and share the scores."""
    for item in items:
        if item.get_closest_marker("lab"):
            item.add_marker(pytest.mark.xdist_group("lab"))
