"""From a parsed document to a :class:`Flow`, with every problem in an author's words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tshoot.flow.model import KINDS, Flow
from tshoot.flow.wording import Path, described, problem_of
from tshoot.names import nearest_name
from tshoot.text import display_text
from tshoot.yamldoc import Document, DocumentError, Problem

KIND_LIST = ", ".join(KINDS)
_COMMON_KEYS = frozenset({"id", "say", "agent", "why", "cite", "at_most", "exhausted", "on", "then", "else"})


def validated(document: Document) -> Flow:
    """The flow in ``document``. Raises :class:`DocumentError` with every problem."""
    if not isinstance(document.data, dict):
        raise DocumentError([_not_a_mapping(document)])
    problems = [*_hidden_characters(document), *_kind_problems(document)]
    try:
        flow = checked(document.data)
    except ValidationError as error:
        problems += _reworded(document, error, {index for index, _ in _unkind(document)})
    if problems:
        raise DocumentError(set(problems))
    return flow


def checked(data: Any) -> Flow:
    """Data as a flow. Raises pydantic's ValidationError."""
    return _adapter().validate_python(data)


def json_schema() -> dict[str, Any]:
    """The bare JSON Schema of a flow, with the keys as they stand in files."""
    return _adapter().json_schema(by_alias=True)


@cache
def _adapter() -> TypeAdapter[Flow]:
    return TypeAdapter(Flow)


def _not_a_mapping(document: Document) -> Problem:
    found = "The file is empty." if document.data is None else f"The file holds {described(document.data)}."
    return document.problem(
        (), "flow-shape", found, "a flow begins with the keys flow, version, title, steps"
    )


def _reworded(document: Document, error: ValidationError, unkind: set[int]) -> Iterator[Problem]:
    for item in error.errors(include_url=False, include_context=True):
        loc = item["loc"]
        of_step = len(loc) > 1 and loc[0] == "steps" and isinstance(loc[1], int)
        if not (of_step and loc[1] in unkind):
            problem = problem_of(document, item)
            if problem is not None:
                yield problem


def _unkind(document: Document) -> Iterator[tuple[int, list[str]]]:
    """Steps that name no kind, or more than one, with the kinds they name."""
    steps = document.data.get("steps")
    for index, step in enumerate(steps if isinstance(steps, list) else ()):
        if isinstance(step, dict):
            named = [kind for kind in KINDS if kind in step]
            if len(named) != 1:
                yield index, named


def _kind_problems(document: Document) -> Iterator[Problem]:
    for index, named in _unkind(document):
        step = document.data["steps"][index]
        name = display_text(str(step.get("id", index + 1)), 60)
        if named:
            message = f"The step '{name}' is {' and '.join(named)} at once."
            hint = "one step does one thing: split it in two"
        else:
            message = f"The step '{name}' doesn't say what it does."
            hint = f"{_nearest_kind(step)}one of the keys {KIND_LIST} is needed"
        yield document.problem(("steps", index), "step-kind", message, hint)


def _nearest_kind(step: dict[str, Any]) -> str:
    own_words = (key for key in step if key not in _COMMON_KEYS)
    nearest = next((name for key in own_words if (name := nearest_name(key, KINDS))), None)
    return f"did you mean '{nearest}'? " if nearest else ""


def _hidden_characters(document: Document) -> Iterator[Problem]:
    for path, text in _texts(document.data, ()):
        # What is printable holds none; asking that first saves a look at every character.
        if not text.isprintable() and display_text(text, len(text) + 1, keep_lines=True) != text:
            message = f"The text '{display_text(text, 40)}' holds an invisible or control character."
            yield document.problem(path, "hidden-character", message, "type the text again by hand")


def _texts(value: Any, path: Path) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, child in value.items():
            yield path, key
            yield from _texts(child, (*path, key))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _texts(child, (*path, index))
