"""One YAML file: its data, and where in the file each value stands."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

import yaml

from tshoot.yamldoc.build import build_value
from tshoot.yamldoc.nesting import refuse_deep_nesting
from tshoot.yamldoc.problems import DocumentError, Problem

LARGEST_FILE = 8 * 1024 * 1024
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Document:
    """A parsed file. ``data`` is plain Python, ``text`` the source; :meth:`where` finds a position."""

    file: str
    data: Any
    node: yaml.Node | None
    text: str = ""

    def where(self, path: Sequence[str | int], of_key: bool = False) -> tuple[int, int]:
        """Line and column (from 1) of the value at ``path``, or of its key.

        Parts of the path that do not exist are passed over, so a path into a missing field gives the
        nearest enclosing value.
        """
        node, key = self.node, None
        for part in path:
            found_key, child = _child(node, part)
            if child is not None:
                node, key = child, found_key
        mark = (key or node if of_key else node) if node is not None else None
        return (mark.start_mark.line + 1, mark.start_mark.column + 1) if mark is not None else (1, 1)

    def problem(
        self, path: Sequence[str | int], rule: str, message: str, hint: str = "", of_key: bool = False
    ) -> Problem:
        """A problem at the value (or the key) that ``path`` leads to."""
        line, column = self.where(path, of_key)
        return Problem(self.file, line, column, rule, message, hint)


def read_document(path: Path | Traversable) -> Document:
    """Read and parse a file. Raises :class:`DocumentError` with every problem, OSError if unreadable."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise DocumentError(
            [Problem(str(path), 1, 1, "yaml-encoding", "The file is not UTF-8 text.", str(error.reason))]
        ) from None
    return parse_document(text, str(path))


def parse_document(text: str, file: str) -> Document:
    """Parse YAML text. Raises :class:`DocumentError` with every problem."""
    if len(text) > LARGEST_FILE:
        raise DocumentError(
            [Problem(file, 1, 1, "yaml-size", f"The file is larger than {LARGEST_FILE} characters.")]
        )
    refuse_deep_nesting(text, file)
    node = _compose(text, file)
    problems: list[Problem] = []
    data = build_value(node, file, problems) if node is not None else None
    if problems:
        raise DocumentError(problems)
    return Document(file, data, node, text)


def _compose(text: str, file: str) -> yaml.Node | None:
    # With the collector on, composing a large file takes five times as long.
    collecting = gc.isenabled()
    gc.disable()
    try:
        node: yaml.Node | None = yaml.compose(text, Loader=_LOADER)
        return node
    except yaml.YAMLError as error:
        raise DocumentError([_syntax_problem(error, file)]) from None
    finally:
        if collecting:
            gc.enable()


def _syntax_problem(error: yaml.YAMLError, file: str) -> Problem:
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
    message = getattr(error, "problem", None) or str(error).splitlines()[0]
    context = getattr(error, "context", None) or ""
    return Problem(file, line, column, "yaml-syntax", f"This is not valid YAML: {message}.", context)


def _child(node: yaml.Node | None, part: str | int) -> tuple[yaml.Node | None, yaml.Node | None]:
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int):
        return (None, node.value[part]) if 0 <= part < len(node.value) else (None, None)
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == part), (None, None))
    return None, None
