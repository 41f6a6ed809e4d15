"""What stands in the way of serving, in words for whoever started it."""

from __future__ import annotations


class ServeError(ValueError):
    """It can't be served like this; the message says why and what to do."""
