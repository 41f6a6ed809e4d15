"""The JSON Schema: closed, described everywhere, up to date, and every shipped flow fits it."""

import json

import pytest
from jsonschema import Draft202012Validator

from tests.flow.vocabulary import ROOT
from tshoot.flow.schema import FILE_NAME, flow_schema
from tshoot.yamldoc import read_document

SCHEMA = flow_schema()
FLOWS = sorted((ROOT / "flows").glob("*.yaml"))


def objects(value):
    if isinstance(value, dict):
        if "properties" in value:
            yield value
        for child in value.values():
            yield from objects(child)
    elif isinstance(value, list):
        for child in value:
            yield from objects(child)


def test_it_is_a_schema():
    Draft202012Validator.check_schema(SCHEMA)


def test_every_object_is_closed_and_every_property_described():
    found = list(objects(SCHEMA))
    assert len(found) > 15
    for part in found:
        assert part["additionalProperties"] is False
        assert [name for name, prop in part["properties"].items() if not prop.get("description")] == []


def test_the_meaning_of_every_choice_is_described():
    for part in objects(SCHEMA):
        for prop in part["properties"].values():
            choices = [
                choice.get("enum", []) for choice in (prop, *prop.get("anyOf", []), prop.get("items", {}))
            ]
            for value in (value for each in choices for value in each):
                assert value in prop["description"], (value, prop)


@pytest.mark.parametrize("path", FLOWS, ids=lambda path: path.stem)
def test_the_shipped_flows_fit_and_name_it(path):
    assert list(Draft202012Validator(SCHEMA).iter_errors(read_document(path).data)) == []
    assert path.read_text(encoding="utf-8").startswith(f"# yaml-language-server: $schema={FILE_NAME}\n")


def test_the_shipped_schema_is_up_to_date():
    shipped = json.loads((ROOT / "flows" / FILE_NAME).read_text(encoding="utf-8"))
    assert shipped == SCHEMA, "write it again with: tshoot flows schema > flows/flow.schema.json"


@pytest.mark.parametrize(
    "step",
    [
        {"id": "a", "tell": "x", "then": "b", "nonsense": 1},
        {"id": "a", "tell": "x"},
        {"id": "a", "then": "b"},
        {"id": "a", "tell": "x", "end": "resolved", "then": "b"},
        {"id": "a", "end": "won"},
    ],
)
def test_what_the_loader_refuses_does_not_fit(step):
    flow = {"flow": "f", "version": "1.0.0", "title": "t", "about": "a", "start": "a", "steps": [step]}
    assert list(Draft202012Validator(SCHEMA).iter_errors(flow))
