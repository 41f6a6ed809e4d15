"""The stores of the store's own tests: SQLite and PostgreSQL."""

from tests.session.conftest import address, clock, cluster, postgres_address, store

__all__ = ["address", "clock", "cluster", "postgres_address", "store"]
