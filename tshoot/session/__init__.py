"""The record of sessions: what happened, as events that are only ever added, in SQLite or PostgreSQL."""
