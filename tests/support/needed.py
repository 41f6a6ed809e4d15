"""Tests that need what not every computer has."""

import os

import pytest

LAB = "TSHOOT_LAB_REQUIRED"
"""Set where network namespaces have to be there."""


def need(reason: str, required: str) -> None:
    """Skip the test that can't run for ``reason`` (empty: it can), or fail it where ``required`` is set."""
    if reason and os.environ.get(required):
        pytest.fail(f"{required} is set, and {reason}")
    if reason:
        pytest.skip(reason)
