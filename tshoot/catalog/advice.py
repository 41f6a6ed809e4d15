"""Reads ``flows/catalog/advice.yaml``: every piece of advice of the guides, in our own words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tshoot.paths import catalog_file
from tshoot.yamldoc import read_document
from tshoot.yamldoc.fields import Fields

FILE_NAME = "advice.yaml"
_ID = re.compile(r"[ABC][1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Advice:
    """One item of a guide. ``waived`` is the reason why no step carries it; empty where one should.

    ``line`` and ``column`` say where it stands in the file, from 1.
    """

    id: str
    guide: str
    section: str
    text: str
    waived: str = ""
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class AdviceList:
    """Every item by id, and the file they were read from."""

    file: str
    items: Mapping[str, Advice]


def load_advice(path: Path | None = None) -> AdviceList:
    """The shipped list, or that of ``path``.

    Raises DocumentError with every problem, OSError where the file can't be read.
    """
    path = path or catalog_file(FILE_NAME)
    top = Fields(read_document(path))
    items: dict[str, Advice] = {}
    for fields in top.children("items"):
        item = _item(fields)
        if item.id in items:
            fields.add("advice-duplicate", f"The item {item.id} stands twice.", path=("id",))
        items[item.id] = item
    top.finish()
    return AdviceList(str(path), items)


def _item(fields: Fields) -> Advice:
    line, column = fields.document.where((*fields.path, "id"))
    item = Advice(
        id=fields.text("id"),
        guide=fields.text("guide"),
        section=fields.text("section"),
        text=fields.text("text"),
        waived=fields.text("waived", ""),
        line=line,
        column=column,
    )
    if item.id and not _ID.fullmatch(item.id):
        fields.add("advice-id", f"'{item.id}' is no item's number.", "such as A12, B7 or C3", ("id",))
    if fields.has("waived") and not item.waived.strip():
        fields.add("advice-waived", f"{item.id} is waived without a reason.", "say why", ("waived",))
    fields.close()
    return item
