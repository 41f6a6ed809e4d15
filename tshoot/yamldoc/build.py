"""From YAML's node tree to plain Python values, collecting every problem on the way."""

from __future__ import annotations

from typing import Any

import yaml

from tshoot.yamldoc.problems import Problem
from tshoot.yamldoc.scalars import plain_value

DEEPEST = 40
_CORE_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "map", "seq", "timestamp", "merge", "value")
}


class _Builder:
    def __init__(self, file: str, problems: list[Problem]) -> None:
        self.file = file
        self.problems = problems
        self.seen: set[int] = set()

    def value(self, node: yaml.Node, depth: int) -> Any:
        if not self._allowed(node, depth):
            return None
        if isinstance(node, yaml.ScalarNode):
            return plain_value(node.value) if not node.style else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, depth + 1) for child in node.value]
        return self._mapping(node, depth)

    def _allowed(self, node: yaml.Node, depth: int) -> bool:
        if depth > DEEPEST:
            self._add(node, "yaml-depth", f"Nested deeper than {DEEPEST} levels.")
        elif id(node) in self.seen:
            self._add(
                node, "yaml-alias", "Anchors and aliases (& and *) are not used here.", "write the value out"
            )
        elif node.tag not in _CORE_TAGS:
            self._add(
                node,
                "yaml-tag",
                f"The tag {node.tag} is not used here.",
                "plain text, numbers, lists and mappings only",
            )
        else:
            self.seen.add(id(node))
            return True
        return False

    def _mapping(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        result: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key, child in node.value:
            name = self._key(key)
            if name is None:
                continue
            if name in result:
                self._add(
                    key, "yaml-duplicate", f"The key '{name}' stands twice.", f"first on line {lines[name]}"
                )
                continue
            lines[name] = key.start_mark.line + 1
            result[name] = self.value(child, depth + 1)
        return result

    def _key(self, key: yaml.Node) -> str | None:
        if isinstance(key, yaml.ScalarNode) and not (not key.style and key.value == "<<"):
            return str(key.value)
        self._add(
            key,
            "yaml-key",
            "A key must be plain text.",
            "merge keys (<<) and lists as keys are not used here",
        )
        return None

    def _add(self, node: yaml.Node, rule: str, message: str, hint: str = "") -> None:
        mark = node.start_mark
        self.problems.append(Problem(self.file, mark.line + 1, mark.column + 1, rule, message, hint))


def build_value(node: yaml.Node, file: str, problems: list[Problem]) -> Any:
    """The value of ``node`` as str, int, float, bool, None, list and dict; problems are appended."""
    return _Builder(file, problems).value(node, 0)
