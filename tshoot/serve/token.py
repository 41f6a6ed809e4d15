"""The token that lets people in: read, made, compared."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

from tshoot.serve.problems import ServeError

VARIABLE = "TSHOOT_SERVE_TOKEN"
SHORTEST = 32
FEWEST_DIFFERENT = 10
"""A random token of the shortest length has more different characters; a repeated word has fewer."""
_LARGEST_FILE = 4096


def new_token() -> str:
    """A fresh token: 256 random bits as 43 characters that can stand in a link."""
    return secrets.token_urlsafe(32)


def given_token(path: Path | None, environment: MutableMapping[str, str] = os.environ) -> str | None:
    """The token of the file, else of TSHOOT_SERVE_TOKEN, else None. Raises :class:`ServeError`.

    It is taken out of the environment, so that no program started later can see it.
    """
    named = environment.pop(VARIABLE, None)
    if path is not None:
        return _checked(_read(path), str(path))
    return None if named is None else _checked(named.strip(), VARIABLE)


def readable_by_others(path: Path) -> bool:
    """True where other users of this computer can read the file."""
    return os.name == "posix" and bool(path.stat().st_mode & 0o077)


def same(presented: str, token: str) -> bool:
    """Compare in a time that tells nothing of where or how much they differ."""
    return hmac.compare_digest(_digest(presented), _digest(token))


def _digest(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).digest()


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LARGEST_FILE).decode("utf-8").strip()
    except OSError as error:
        raise ServeError(f"{path} can't be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise ServeError(f"{path} is not a text file.") from None


def _checked(token: str, source: str) -> str:
    hint = "Make one with: tshoot serve --new-token"
    if len(token) < SHORTEST:
        raise ServeError(f"The token of {source} is too short: {SHORTEST} characters at least. {hint}")
    if not all(33 <= ord(char) < 127 for char in token):
        raise ServeError(f"The token of {source} has spaces or characters that no link can carry. {hint}")
    if len(set(token)) < FEWEST_DIFFERENT:
        raise ServeError(f"The token of {source} is easy to guess: too few different characters. {hint}")
    return token
