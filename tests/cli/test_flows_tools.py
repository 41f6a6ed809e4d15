"""The tools for writers: starter, schema, SARIF, overlays, coverage, order."""

import json

import pytest

from tests.cli.test_flows import GOOD, run


def test_the_starter_lints_clean_and_nothing_is_overwritten(tmp_path):
    assert run("new", "printer-offline", "--in", tmp_path).return_value == 0
    done = run("lint", tmp_path / "printer-offline.yaml")
    assert (done.return_value, done.stdout) == (0, "")
    with pytest.raises(Exception, match="exists already"):
        raise run("new", "printer-offline", "--in", tmp_path).exception


def test_a_starter_needs_a_good_name(tmp_path):
    with pytest.raises(Exception, match="small letters"):
        raise run("new", "Printer Offline", "--in", tmp_path).exception


def test_sarif_names_rule_file_and_place(tmp_path):
    path = tmp_path / "good.yaml"
    path.write_text(GOOD.replace("start: over", "start: ovr"), encoding="utf-8")
    document = json.loads(run("lint", "--sarif", path).stdout)
    (sarif_run,) = document["runs"]
    result = next(item for item in sarif_run["results"] if item["ruleId"] == "start-exists")
    assert document["version"] == "2.1.0"
    assert sarif_run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "start-exists"
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == path.as_uri()
    assert place["region"] == {"startLine": 5, "startColumn": 8}


def test_flows_of_a_folder_overlay_the_shipped_ones(tmp_path):
    (tmp_path / "good.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "vpn.yaml").write_text(GOOD.replace("flow: good", "flow: vpn"), encoding="utf-8")
    listed = run("list", "--flows", tmp_path).stdout
    assert "connectivity" in listed
    assert "A good flow" in run("show", "vpn", "--flows", tmp_path).stdout


def test_a_comment_with_a_reason_allows_one_finding(tmp_path):
    text = GOOD.replace("end: unresolved", "end: unresolved, say: Wait for the green light., cite: [A1]")
    path = tmp_path / "good.yaml"
    path.write_text(text, encoding="utf-8")
    assert "meaning-colour" in run("lint", path).stdout
    path.write_text(
        f"{text.rstrip()}  # tshoot: allow meaning-colour it is the only name\n", encoding="utf-8"
    )
    assert run("lint", path).stdout == ""


def test_every_guide_item_is_carried_or_waived():
    done = run("coverage")
    assert done.return_value == 0
    assert "189 items carried" in done.stdout


def test_advice_on_the_order_says_what_it_assumes():
    assert "Assumed:" in run("advise", "connectivity").stdout


def test_the_schema_is_printed():
    assert json.loads(run("schema").stdout)["properties"]["flow"]["description"]
