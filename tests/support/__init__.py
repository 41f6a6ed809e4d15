"""Things several test modules use."""
