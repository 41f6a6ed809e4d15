"""What the lab's tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.lab import sandbox
from tests.lab.scenario import load_all
from tests.lab.scores import Scores
from tests.support.needed import LAB, need


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Wait for the scenarios last: they run while the other tests wait for their own worlds."""
    items.sort(key=lambda item: item.path.name == "test_scenarios.py")


@pytest.fixture(scope="session")
def scores(request: pytest.FixtureRequest) -> Iterator[Scores]:
    """The scores of the selected scenarios."""
    scenarios, params = load_all(), [_params(item) for item in request.session.items]
    names = dict.fromkeys(name for param in params if (name := param.get("name")) in scenarios)
    found = Scores([scenarios[name] for name in names])
    yield found
    found.stop()


@pytest.fixture(scope="session", autouse=True)
def begin_early(scores: Scores) -> None:
    """Other tests mostly wait for their own worlds; the scenarios run meanwhile.

    Where several processes share the tests (pytest-xdist) only the one that needs the scores makes them.
    """
    if not sandbox.unusable() and "PYTEST_XDIST_WORKER" not in os.environ:
        scores.start()


@pytest.fixture(scope="session")
def lab_stands() -> None:
    """Skip what needs the lab where there can be none, or fail where TSHOOT_LAB_LAB is set."""
    need(sandbox.unusable(), LAB)


def _params(item: pytest.Item) -> dict[str, str]:
    return getattr(getattr(item, "callspec", None), "params", {})
