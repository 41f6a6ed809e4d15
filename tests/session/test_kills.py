"""A few of the kills of benchmarks/store_kills.py: whatever was acknowledged is there."""

from benchmarks.store_kills import kill


def test_what_was_acknowledged_survives_a_kill(tmp_path):
    told, _, wrong = kill(tmp_path / "sessions.db", 5)
    assert wrong == []
    assert told >= 5
