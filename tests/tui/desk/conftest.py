"""The stores of the store's own tests."""

import pytest

from tests.session.conftest import cluster, postgres_address

__all__ = ["cluster", "postgres_address"]


@pytest.fixture
def address(tmp_path):
    """The address of a store of its own."""
    return str(tmp_path / "desk.db")
