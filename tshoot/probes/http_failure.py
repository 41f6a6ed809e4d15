"""What an exception of the HTTP library says, found through its layers of causes.

The library wraps a refused connection three deep as "All connection attempts failed"
(codebase-anchors.md, section 5); the system's own error below tells refusal from reset.
"""

from __future__ import annotations

import ssl
from collections.abc import Iterator

from tshoot.probes.tcp_connect import connect_outcome, system_reason
from tshoot.text import display_text

_REASON_LENGTH = 120
_MOST_CAUSES = 12


def failure_of(error: BaseException) -> tuple[str, str]:
    """The outcome (see ``HttpAnswer``) an exception stands for, and a short reason."""
    causes = list(causes_of(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return "tls", _words(cause.reason or str(cause))
        if isinstance(cause, TimeoutError):
            return "timeout", ""
    telling = next((cause for cause in causes if isinstance(cause, OSError) and cause.errno), None)
    if telling is not None:
        return connect_outcome(telling), system_reason(telling)
    return _library_failure(error)


def library_errors() -> tuple[type[Exception], ...]:
    """Everything the HTTP library and the system raise for what the network or the server does."""
    import httpcore

    library = (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException)
    return (*library, OSError, ValueError)


def _library_failure(error: BaseException) -> tuple[str, str]:
    import httpcore

    if isinstance(error, httpcore.TimeoutException):
        return "timeout", ""
    disconnected = isinstance(error, httpcore.RemoteProtocolError) and "without" in str(error)
    if disconnected or isinstance(error, httpcore.NetworkError):
        return "closed", _words(str(error))
    return "garbled", _words(str(error))


def causes_of(error: BaseException) -> Iterator[BaseException]:
    """The error and what lies below it, nearest first; bounded, groups included."""
    todo, seen = [error], 0
    while todo and seen < _MOST_CAUSES:
        cause = todo.pop(0)
        seen += 1
        yield cause
        if isinstance(cause, BaseExceptionGroup):
            todo += cause.exceptions
        todo += [below for below in (cause.__cause__ or cause.__context__,) if below is not None]


def _words(text: str) -> str:
    return display_text(text, _REASON_LENGTH)
