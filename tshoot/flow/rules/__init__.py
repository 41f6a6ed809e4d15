"""The linter's rules, one module per group. Each takes a :class:`Subject` and yields problems."""
