"""The stores of the store's own tests."""

from tests.session.conftest import cluster, postgres_address

__all__ = ["cluster", "postgres_address"]
