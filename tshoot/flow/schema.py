"""The JSON Schema of flow files, for editors: made from the models, with a description everywhere."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from typing import Any

FILE_NAME = "flow.schema.json"
_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def flow_schema() -> dict[str, Any]:
    """The schema: closed objects, every property described (JSON Schema 2020-12).

    A step is one of the kinds by the key that names it; that exactly one of these keys stands there follows
    from the objects being closed.
    """
    from tshoot.flow import model
    from tshoot.flow.validate import json_schema

    schema = json_schema()
    words = attribute_docstrings(inspect.getsource(model))
    parts: dict[str, Any] = {"Flow": schema, **schema.get("$defs", {})}
    for name, part in parts.items():
        _describe(part, name, words)
    _choose_by_key(schema)
    return {"$schema": _DIALECT, **schema, "title": "A flow of tshoot"}


def attribute_docstrings(source: str) -> dict[str, dict[str, str]]:
    """For each class of ``source`` the texts below its attributes; those of its bases are included."""
    own: dict[str, dict[str, str]] = {}
    for node in ast.parse(source).body:
        if isinstance(node, ast.ClassDef):
            inherited: dict[str, str] = {}
            for base in node.bases:
                inherited |= own.get(getattr(base, "id", ""), {})
            own[node.name] = inherited | dict(_below_attributes(node))
    return own


def _below_attributes(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for statement, after in zip(node.body, node.body[1:], strict=False):
        if (
            isinstance(statement, ast.AnnAssign)
            and isinstance(statement.target, ast.Name)
            and isinstance(after, ast.Expr)
            and isinstance(after.value, ast.Constant)
            and isinstance(after.value.value, str)
        ):
            yield statement.target.id, " ".join(after.value.value.replace("``", "`").split())


def _describe(part: dict[str, Any], model: str, words: Mapping[str, Mapping[str, str]]) -> None:
    fields = words.get(model, {})
    for name, prop in part.get("properties", {}).items():
        text = fields.get(name) or fields.get(f"{name}_")
        if text:
            prop["description"] = text
        prop.pop("title", None)
    if "description" in part:
        part["description"] = " ".join(part["description"].replace("``", "`").split())
    part.pop("title", None)


def _choose_by_key(schema: dict[str, Any]) -> None:
    """Let an editor choose the kind by the key that is there, so that it complains about one kind only."""
    from tshoot.flow.model import KINDS

    items = schema["properties"]["steps"]["items"]
    names = {kind: {"$ref": f"#/$defs/{model.__name__}"} for kind, model in KINDS.items()}
    items.clear()
    items["oneOf"] = [{"required": [kind]} for kind in names]
    items["allOf"] = [{"if": {"required": [kind]}, "then": ref} for kind, ref in names.items()]
    items["description"] = f"One step. Exactly one of these keys names its kind: {', '.join(names)}."
