"""Stores as earlier versions of the schema left them."""


def back_to(store, version):
    """Takes the tables of an open store back to ``version`` (1 or 2); what they hold stays."""
    undone = [
        "DROP INDEX sessions_by_length",
        "ALTER TABLE sessions DROP COLUMN took",
        "CREATE INDEX sessions_by_length ON sessions (state, seconds, day)",
        *(["DROP TABLE outbox"] if version < 2 else []),
        f"UPDATE tshoot_schema SET version = {version}",
    ]
    with store.writing() as connection:
        for statement in undone:
            connection.exec_driver_sql(statement)
