"""What pydantic finds, said so that an author without Python knows what to change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from tshoot.flow.limits import Closed, key_of
from tshoot.flow.model import (
    KINDS,
    AddressOn,
    AskInstead,
    Case,
    DoThen,
    Flow,
    InsteadOption,
    Option,
    VerifyThen,
    VerifyWhat,
    WatchThen,
    WatchWhat,
)
from tshoot.names import did_you_mean
from tshoot.text import display_text
from tshoot.yamldoc import Document, Problem

Path = tuple[str | int, ...]

_UNKNOWN_KEY = "unexpected_keyword_argument"
_EXPECTED: Mapping[str, tuple[str, str]] = {
    "string": ("text", "put the value in quotes"),
    "tuple": ("a list", "begin each entry on its own line with '- '"),
    "dict": ("a mapping", "write lines of 'key: value'"),
    "dataclass": ("a mapping", "write lines of 'key: value'"),
    "int": ("a whole number", ""),
    "float": ("a number", ""),
}
_PARTS: Mapping[tuple[str, str], type[Closed]] = {
    ("address", "on"): AddressOn,
    ("do", "then"): DoThen,
    ("verify", "then"): VerifyThen,
    ("verify", "verify"): VerifyWhat,
    ("watch", "then"): WatchThen,
    ("watch", "watch"): WatchWhat,
    ("decide", "decide"): Case,
}
_PATTERNS: Mapping[str, str] = {
    "^[a-z0-9]+(-[a-z0-9]+)*$": "small letters and digits, parted by single hyphens: turn-on-wifi",
    "^[a-z0-9]+([-_][a-z0-9]+)*$": "small letters and digits, parted by single hyphens or underscores",
    "^[a-z0-9_]+$": "small letters, digits and underscores",
    "^[ABCX][0-9]{1,2}$": "the number of a guide item, such as A12 or B7",
    r"^\d+\.\d+\.\d+$": "three numbers, such as 1.0.0",
}


def problem_of(document: Document, item: Any) -> Problem | None:
    """One error of pydantic as a problem; None for the branches of a union that were not meant."""
    path = path_of(item["loc"], document.data)
    if _other_branch(item, _at(document.data, path[:3])):
        return None
    rule, message, hint = _said(item, path)
    of_key = item["type"] == _UNKNOWN_KEY or "[key]" in item["loc"]
    return document.problem(path, rule, message, hint, of_key=of_key)


def path_of(loc: tuple[str | int, ...], data: Any) -> Path:
    """pydantic's location as a path in the file: without union tags and type names.

    A type name has brackets and is no key of ``data`` where it stands; a key of the file may have both.
    """
    path: list[str | int] = []
    for number, part in enumerate(loc):
        of_union = number == 2 and loc[0] == "steps" and isinstance(loc[1], int)
        if of_union or (_bracketed(part) and not _has(_at(data, tuple(path)), part)):
            continue
        path.append(part)
    return tuple(path)


def _bracketed(part: str | int) -> bool:
    return isinstance(part, str) and "[" in part


def _has(value: Any, key: str | int) -> bool:
    return isinstance(value, dict) and key in value


def _other_branch(item: Any, value: Any) -> bool:
    """``how`` may be a list or a mapping; only the errors of the one that was written count."""
    loc = item["loc"]
    branch = str(loc[4]) if len(loc) > 4 and loc[3] == "how" else ""
    if not branch.startswith(("tuple[", "dict[")):
        return False
    return branch.startswith("dict[") != isinstance(value, dict)


def _said(item: Any, path: Path) -> tuple[str, str, str]:
    name, kind, context = _name(path), str(item["type"]), item.get("ctx", {})
    if kind == "missing":
        return "key-missing", f"{name} is missing.", "add it"
    if kind == _UNKNOWN_KEY:
        return _unknown_key(item, path)
    if kind == "string_pattern_mismatch":
        hint = _PATTERNS.get(str(context.get("pattern")), "")
        return "value-form", f"{name} is '{shown(item['input'])}', which has the wrong form.", hint
    if kind == "literal_error":
        expected = str(context.get("expected", "")).replace("'", "")
        return "value-choice", f"{name} is '{shown(item['input'])}'.", f"allowed: {expected}"
    return _size_or_type(kind, name, context, item["input"])


def _size_or_type(kind: str, name: str, context: Mapping[str, Any], value: Any) -> tuple[str, str, str]:
    if kind in {"too_short", "string_too_short"}:
        return "value-size", f"{name} is too short.", f"at least {context.get('min_length')} expected"
    if kind in {"too_long", "string_too_long"}:
        unit = "characters" if kind.startswith("string") else "entries"
        return "value-size", f"{name} is too long.", f"at most {context.get('max_length')} {unit}"
    for key, words in (("gt", "more than"), ("ge", "at least"), ("lt", "less than"), ("le", "at most")):
        if key in context:
            return "value-size", f"{name} is {shown(value)}.", f"{words} {context[key]:g} expected"
    expected, hint = _EXPECTED.get(kind.split("_", maxsplit=1)[0], ("something else", ""))
    return "value-type", f"{name} is {described(value)}; {expected} was expected.", hint


def _unknown_key(item: Any, path: Path) -> tuple[str, str, str]:
    key = display_text(str(path[-1]), 60)
    hint = did_you_mean(key, allowed_keys(item["loc"]))
    return "key-unknown", f"The key '{key}' is not known here.", hint


def allowed_keys(loc: tuple[str | int, ...]) -> tuple[str, ...]:
    """The keys that may stand where pydantic found an unknown one."""
    names = [str(part) for part in loc[:-1] if not isinstance(part, int)]
    if len(loc) < 3 or names[:1] != ["steps"]:
        return _keys(Flow)
    kind, inside = names[1], names[2:]
    if not inside:
        return _keys(KINDS[kind])
    if inside[0] == "ask_instead":
        return _keys(InsteadOption if "options" in inside else AskInstead)
    return _keys(_PARTS.get((kind, inside[0]), Option))


def _keys(model: type[Closed]) -> tuple[str, ...]:
    return tuple(key_of(field.name) for field in fields(model))


def _name(path: Path) -> str:
    if not path:
        return "The file"
    if isinstance(path[-1], int):
        holder = next((str(part) for part in reversed(path) if isinstance(part, str)), "")
        return f"Entry {path[-1] + 1} of '{display_text(holder, 60)}'"
    return f"'{display_text(path[-1], 60)}'"


def shown(value: Any) -> str:
    """A value from the file, short and harmless."""
    return display_text(str(value), 60)


def described(value: Any) -> str:
    """What kind of thing stands in the file."""
    if isinstance(value, bool):
        return f"true/false ({str(value).lower()})"
    if isinstance(value, int | float):
        return f"a number ({shown(value)})"
    if isinstance(value, str):
        return f"the text '{shown(value)}'"
    if isinstance(value, list):
        return "a list"
    return "a mapping" if isinstance(value, dict) else "empty"


def _at(data: Any, path: Path) -> Any:
    for part in path:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):
            return None
    return data
