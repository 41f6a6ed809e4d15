"""The proofs about the shipped catalogue hold, and each proof can fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from tshoot.diagnosis.catalog import Catalog, load_catalog
from tshoot.diagnosis.lint import catalog_problems
from tshoot.paths import flows_dir
from tshoot.yamldoc import read_document

WORDS = "who: you, say: Text., agent: Text., next: Text., fix: {flow: a, step: b}"


def catalog_of(tmp_path: Path, *rules: str) -> Catalog:
    file = tmp_path / "causes.yaml"
    whole = (rule if "explains:" in rule else f"{rule}, explains: []" for rule in rules)
    file.write_text("causes:\n" + "".join(f"  - {{{rule}, {WORDS}}}\n" for rule in whole))
    return load_catalog(file)


def test_the_shipped_catalogue_is_sound() -> None:
    assert catalog_problems(load_catalog()) == []


@pytest.mark.parametrize(
    ("rules", "problem"),
    [
        (("id: a, severity: broken, when: {tcp: [refused]}, unless: {tcp: [refused]}",), "a can never fire"),
        (
            ("id: a, severity: broken, when: {tcp: [refused]}, any_of: {tcp: [ok]}",),
            "a can never fire",
        ),
        (("id: a, severity: degraded, when: {route: [several]}",), "a fires although"),
        (("id: a, severity: degraded, when: {tcp: [refused, not_applicable]}",), "a fires although"),
        (("id: a, severity: broken, when: {issuer: [only_here]}",), "a rests on no probe"),
        (
            (
                "id: a, severity: broken, when: {tcp: [refused]}, explains: [http]",
                "id: b, severity: broken, when: {tcp: [refused, reset]}",
            ),
            "a and b claim the same trouble",
        ),
        (
            (
                "id: a, severity: broken, when: {tcp: [refused]}, explains: [tcp]",
                "id: b, severity: broken, when: {tcp: [refused]}, folds_under: [c]",
            ),
            "a and b claim the same trouble",
        ),
        (("id: a, severity: broken, when: {tcp: [refused]}",), "The signal dates is used by no rule"),
    ],
)
def test_each_proof_can_fail(tmp_path: Path, rules: tuple[str, ...], problem: str) -> None:
    assert any(text.startswith(problem) for text in catalog_problems(catalog_of(tmp_path, *rules)))


@pytest.mark.parametrize(
    "rules",
    [
        (
            "id: a, severity: broken, when: {tcp: [refused]}, explains: [tcp]",
            "id: b, severity: broken, when: {tcp: [refused]}",
        ),
        (
            "id: a, severity: broken, when: {tcp: [refused]}",
            "id: b, severity: broken, when: {tcp: [reset]}",
        ),
        (
            "id: a, severity: broken, when: {tcp: [refused]}",
            "id: b, severity: degraded, when: {tcp: [refused]}",
        ),
    ],
)
def test_stated_precedence_is_accepted(tmp_path: Path, rules: tuple[str, ...]) -> None:
    assert not any("claim" in text for text in catalog_problems(catalog_of(tmp_path, *rules)))


def test_every_fix_leads_to_a_step_that_exists() -> None:
    for cause in load_catalog().causes:
        if cause.fix is not None:
            flow = read_document(flows_dir() / f"{cause.fix.flow}.yaml").data
            assert cause.fix.step in {step["id"] for step in flow["steps"]}, cause.id
        else:
            assert cause.severity == "note", f"{cause.id} has no fix"
        for fix in (variant.fix for variant in cause.variants if variant.fix is not None):
            flow = read_document(flows_dir() / f"{fix.flow}.yaml").data
            assert fix.step in {step["id"] for step in flow["steps"]}, cause.id


def test_the_flow_goes_where_the_fix_says() -> None:
    """The connectivity flow and the catalogue send a person with the same cause to the same step."""
    flow = read_document(flows_dir() / "connectivity.yaml").data
    routes = next(step for step in flow["steps"] if step["id"] == "check")["on"]
    for cause in load_catalog().causes:
        if cause.fix is None or cause.fix.flow != "connectivity" or cause.severity == "note":
            continue
        group = f"{cause.id.split('.')[0]}.*"
        assert routes.get(cause.id, routes.get(group)) == cause.fix.step, cause.id
