"""docs/evidence.md says what is true: its code, its rules, its table of tokens."""

import re
from pathlib import Path

import yaml

from tshoot.evidence.slips import LENGTHS
from tshoot.evidence.telling import recorded_from_code
from tshoot.redaction import Redactor, load_rules

TEXT = (Path(__file__).parents[2] / "docs" / "evidence.md").read_text(encoding="utf-8")


def test_the_code_of_the_examples_is_one():
    codes = set(re.findall(r"`([0-9A-Z]{4}-[0-9A-Z]{4})`", TEXT))
    assert codes
    assert {recorded_from_code(code).checkup().diagnosis.cause for code in codes} == {"dns.unreachable"}
    assert all(code.lower().replace("-", " ") in TEXT for code in codes)


def test_the_code_of_the_help_is_one():
    from tshoot.cli.evidence import evidence

    assert (
        recorded_from_code(evidence.epilog.rpartition(" ")[2]).checkup().diagnosis.cause == "dns.unreachable"
    )


def test_the_rules_of_the_example_load(tmp_path):
    (example,) = re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)
    (tmp_path / "catalog").mkdir()
    (tmp_path / "catalog" / "redaction.yaml").write_text(example)
    assert yaml.safe_load(example)["rules"][0]["id"] == "badge"
    redactor = Redactor(load_rules([tmp_path]))
    assert redactor.text("B-4711, a.status.example.net").document == "<badge-1>, a.status.example.net"


def test_every_kind_of_token_is_named():
    kinds = {rule.token for rule in load_rules().rules}
    assert not {kind for kind in kinds if f"`{kind}`" not in TEXT}


def test_the_lengths_are_named():
    assert f"{', '.join(map(str, LENGTHS[:-1]))} or {LENGTHS[-1]}" in TEXT
