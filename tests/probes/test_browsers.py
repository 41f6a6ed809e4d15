"""How old a browser is: certain where it is said, and never guessed."""

import datetime

import pytest

from tests.support.worlds import world
from tshoot.host.browsers import InstalledBrowser
from tshoot.probes import browsers
from tshoot.probes.browser_releases import Age, Releases, age_of, load_releases
from tshoot.probes.registry import battery, specs
from tshoot.probes.runner import run_probes
from tshoot.yamldoc import DocumentError

DAY = datetime.date.fromisoformat
RELEASES = Releases(
    DAY("2026-08-07"),
    {
        "chrome": {149: DAY("2025-06-02"), 150: DAY("2025-09-30"), 151: DAY("2026-07-28")},
        "firefox": {140: DAY("2025-06-24"), 141: DAY("2025-07-22"), 153: DAY("2026-07-21")},
        "firefox-esr": {128: DAY("2024-07-09"), 140: DAY("2025-06-24"), 153: DAY("2026-07-21")},
    },
)


def age(browser, version, today="2026-08-10"):
    return age_of(InstalledBrowser(browser, version), RELEASES, DAY(today))


@pytest.mark.parametrize(
    ("browser", "version", "today", "expected"),
    [
        ("chrome", "151.0.1.2", "2026-08-10", "current"),
        ("chrome", "150.0.1.2", "2026-08-10", "current"),  # replaced two weeks ago
        ("chrome", "149.0.1.2", "2026-09-30", "current"),  # replaced 365 days ago
        ("chrome", "149.0.1.2", "2026-10-01", "outdated"),
        ("chrome", "90.0.1.2", "2026-08-10", "outdated"),  # older than every one listed
        ("chromium", "90.0", "2026-08-10", "outdated"),
        ("brave", "151.1.84.1", "2026-08-10", "current"),
        ("chrome", "160.0.1.2", "2026-08-10", "current"),  # newer than the list
        ("chrome", "151.0.1.2", "2027-08-07", "current"),
        ("chrome", "151.0.1.2", "2027-08-08", "unknown"),  # the list is too old to know
        ("chrome", "160.0.1.2", "2030-01-01", "unknown"),
        ("chrome", "90.0.1.2", "2030-01-01", "outdated"),  # that stays certain
        ("chrome", "90.0.1.2", "1999-01-01", "outdated"),  # the clock is wrong, not the list
        ("chrome", "", "2026-08-10", "unknown"),
        ("safari", "26.6", "2026-08-10", "unknown"),  # no list in this test
    ],
)
def test_the_rule(browser, version, today, expected):
    assert age(browser, version, today) == Age(expected)


def test_the_long_lived_firefox_is_measured_by_its_own_line():
    assert age("firefox", "140.0.4", "2026-08-10") == Age.OUTDATED
    assert age("firefox", "140.12.0", "2026-08-10") == Age.CURRENT
    assert age("firefox-esr", "140.0.1", "2026-08-10") == Age.CURRENT
    assert age("firefox-esr", "128.14.0", "2026-08-10") == Age.OUTDATED


def looked(*found, wanted="", today="2026-08-10"):
    return browsers.look([InstalledBrowser(*each) for each in found], RELEASES, DAY(today), wanted)


def test_outcomes():
    old, new, odd = ("chrome", "90.0"), ("firefox", "153.0"), ("edge", "")
    assert looked().outcome == "none_found"
    assert looked(new, odd).outcome == "current"
    assert looked(odd).outcome == "unknown"
    assert looked(old, new, odd).outcome == "outdated"
    assert looked(old, new).detail == "Google Chrome 90.0 (outdated), Firefox 153.0 (current)"


def test_one_browser_only():
    found = [("chrome", "90.0"), ("firefox-esr", "153.7.0")]
    assert looked(*found, wanted="firefox").outcome == "current"
    assert looked(*found, wanted="chrome").outcome == "outdated"
    assert looked(*found, wanted="safari").outcome == "none_found"


def test_the_shipped_dates_are_sound():
    releases = load_releases()
    assert set(releases.dates) == {"chrome", "edge", "firefox", "firefox-esr", "safari"}
    for days in releases.dates.values():
        assert len(days) >= 4
        assert [days[number] for number in sorted(days)] == sorted(days.values())
        assert max(days.values()) <= releases.checked
    assert age_of(InstalledBrowser("safari", "26.6"), releases, releases.checked) == Age.CURRENT
    assert age_of(InstalledBrowser("edge", "100.0"), releases, releases.checked) == Age.OUTDATED


def test_a_wrong_day_is_told_with_its_place(tmp_path):
    file = tmp_path / "browsers.yaml"
    file.write_text('checked: soon\nbrowsers:\n  - {id: chrome, releases: {"151": 2026-07-28}}\n')
    with pytest.raises(DocumentError) as caught:
        load_releases(file)
    assert [(each.line, each.rule) for each in caught.value.problems] == [(1, "browser-day")]


async def test_it_looks_at_this_computer_and_sends_nothing(monkeypatch):
    monkeypatch.setattr(browsers, "installed_here", lambda: (InstalledBrowser("chrome", "90.0.1.2"),))
    result = (await run_probes(["browsers"], world(), params={"browsers": {"browser": "chrome"}}))["browsers"]
    assert (result.outcome, result.contacted) == ("outdated", ())
    assert result.data["browsers"] == (
        {"browser": "chrome", "name": "Google Chrome", "version": "90.0.1.2", "age": "outdated"},
    )


def test_a_check_leaves_it_out():
    assert "browsers" not in battery()
    assert set(battery()) == {name for name, spec in specs().items() if spec.battery} != set(specs())
