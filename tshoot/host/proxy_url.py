"""Proxy settings as text: made canonical, credentials dropped where they enter."""

from __future__ import annotations

from urllib.parse import urlsplit

from tshoot.text import display_text


def clean_proxy_url(text: str, default_scheme: str = "http") -> str | None:
    """A proxy's address as ``scheme://host:port`` without user name, password, path or query.

    ``proxy.example:8080`` gets ``default_scheme``. None where no host can be read from it.
    """
    text = text.strip()
    if not text:
        return None
    try:
        parts = urlsplit(text if "://" in text else f"{default_scheme}://{text}")
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    if not host:
        return None
    shown = f"[{host}]" if ":" in host else host
    return display_text(f"{parts.scheme.lower()}://{shown}" + (f":{port}" if port else ""))


def clean_pac_url(text: str) -> str | None:
    """The address of a proxy script without credentials, query and fragment; None for empty text."""
    text = text.strip()
    if not text:
        return None
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        port = parts.port
    except ValueError:
        return None
    shown = f"[{host}]" if ":" in host else host
    return display_text(f"{parts.scheme or 'http'}://{shown}" + (f":{port}" if port else "") + parts.path)


def split_no_proxy(text: str) -> tuple[str, ...]:
    """The entries of a NO_PROXY list (commas, semicolons or blanks), lower case, in order, each once."""
    words = text.replace(",", " ").replace(";", " ").lower().split()
    return tuple(dict.fromkeys(display_text(word) for word in words))
