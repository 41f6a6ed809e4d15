"""How old is a browser's version, by the release dates in ``flows/catalog/browsers.yaml``.

A version is out of date when a newer one has existed for more than a year. Whether it is still the newest
can be told only as far as the list reaches, so a list that is itself too old says nothing of new versions.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from tshoot.host.browsers import InstalledBrowser
from tshoot.paths import catalog_file

if TYPE_CHECKING:
    from tshoot.yamldoc.fields import Fields

LONGEST_SUPERSEDED = datetime.timedelta(days=365)
"""A newer version has existed for this long: out of date. The guide (C24) names no figure; browsers update
themselves every few weeks, and the longest support of any line that is listed (Firefox ESR) is a year."""

_SAME_NUMBERS = {"chromium": "chrome", "brave": "chrome"}
"""Browsers that carry the major version of another."""


class Age(StrEnum):
    """What the dates say of one version."""

    CURRENT = "current"
    OUTDATED = "outdated"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Releases:
    """Release days by browser and major version, complete until ``checked``."""

    checked: datetime.date
    dates: Mapping[str, Mapping[int, datetime.date]]


def load_releases(path: Path | None = None) -> Releases:
    """The shipped release dates, or those of ``path``. Raises DocumentError with every problem."""
    from tshoot.yamldoc import read_document
    from tshoot.yamldoc.fields import Fields

    top = Fields(read_document(path or catalog_file("browsers.yaml")))
    checked = _day(top, "checked")
    dates: dict[str, Mapping[int, datetime.date]] = {}
    for browser in top.children("browsers"):
        releases = browser.child("releases")
        days = {key: _day(releases, key) for key in releases.keys()}  # noqa: SIM118
        dates[browser.text("id")] = {int(key): day for key, day in days.items() if key.isdigit()}
        releases.close()
        browser.close()
    top.finish()
    return Releases(checked, dates)


def age_of(browser: InstalledBrowser, releases: Releases, today: datetime.date) -> Age:
    """Is this version recent, superseded for more than a year, or can't it be told?"""
    known = releases.dates.get(_line(browser, releases))
    major = _major(browser.version)
    if not known or major is None:
        return Age.UNKNOWN
    today = max(today, releases.checked)  # a clock that stands before that day is wrong
    superseded = [day for number, day in known.items() if number > major]
    if superseded:
        return Age.OUTDATED if today - min(superseded) > LONGEST_SUPERSEDED else Age.CURRENT
    return Age.CURRENT if today - releases.checked <= LONGEST_SUPERSEDED else Age.UNKNOWN


def _line(browser: InstalledBrowser, releases: Releases) -> str:
    """Which list counts. A Firefox whose second number is not 0 is of the ESR line, whatever it is called."""
    if browser.id == "firefox":
        major, _, rest = browser.version.partition(".")
        esr = releases.dates.get("firefox-esr", {})
        if major.isdigit() and int(major) in esr and rest.partition(".")[0] not in {"", "0"}:
            return "firefox-esr"
    return _SAME_NUMBERS.get(browser.id, browser.id)


def _major(version: str) -> int | None:
    first = version.partition(".")[0]
    return int(first) if first.isdigit() else None


def _day(fields: Fields, key: str) -> datetime.date:
    text = fields.text(key)
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        if text:
            fields.add("browser-day", f"'{text}' is not a day.", "year-month-day, such as 2026-08-07", (key,))
        return datetime.date.min
