"""What programs read: JSON, HTML and SVG on stdout, whole also where stdout is not UTF-8."""

from __future__ import annotations

import re
import sys
from typing import Any

from tshoot.cli.streams import is_utf8

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def json_text(document: Any, **layout: Any) -> str:
    """A document as JSON for stdout; ``layout`` as for json.dumps, indented by 2 where it says nothing."""
    import json

    return json_for_stdout(json.dumps(document, ensure_ascii=False, **(layout or {"indent": 2})))


def json_for_stdout(text: str) -> str:
    """JSON as stdout can take it: JSON has escapes for whatever is not ASCII."""
    return text if is_utf8(sys.stdout) else _NOT_ASCII.sub(_escaped, text)


def markup_for_stdout(text: str) -> str:
    """HTML or SVG as stdout can take it, with references to characters."""
    return text if is_utf8(sys.stdout) else text.encode("ascii", "xmlcharrefreplace").decode()


def _escaped(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
