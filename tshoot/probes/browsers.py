"""Which browsers does this computer have, and is one of them far out of date? Reads files, sends nothing.

No part of the check: it says nothing of the network (``battery=False``). Flows and ``tshoot probe`` ask it.
"""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tshoot.host.browsers import NAMES, InstalledBrowser, installed_browsers
from tshoot.probes.browser_releases import Age, Releases, age_of, load_releases
from tshoot.probes.context import ProbeContext
from tshoot.probes.model import Param, ProbeSpec, Reading
from tshoot.text import display_text

SPEC = ProbeSpec(
    name="browsers",
    title="Browsers",
    summary="Looks which browsers are installed and whether a newer version has existed for over a year.",
    outcomes={
        "current": "No browser found is known to be out of date, and at least one is known to be recent.",
        "outdated": "A browser's version was replaced by a newer one more than a year ago.",
        "none_found": "None of the well-known browsers was found here.",
        "unknown": "Browsers were found, and how old they are can't be told.",
    },
    good=frozenset({"current"}),
    sends="nothing",
    privilege="none",
    deadline=2.0,
    inconclusive=frozenset({"error", "skipped", "not_applicable", "unknown", "none_found"}),
    params=(Param("browser", "text", "Look at this browser only: chrome, edge, firefox, safari …"),),
    battery=False,
)

_FAMILIES = {"firefox": {"firefox", "firefox-esr"}, "chrome": {"chrome", "chromium"}}


@dataclass(frozen=True, slots=True)
class BrowserFigures:
    """One browser: ``version`` is empty where no file tells it; ``age`` is current, outdated or unknown."""

    browser: str
    name: str
    version: str
    age: str


@dataclass(frozen=True, slots=True)
class BrowsersData:
    """The browsers found, and the day until which release dates are known."""

    browsers: tuple[BrowserFigures, ...]
    checked: str


async def run(context: ProbeContext) -> Reading:
    """Read the files in a thread of their own; sends nothing."""
    from tshoot.probes.blocking import in_daemon_thread

    wanted = context.params.get("browser", "")
    return await in_daemon_thread(
        lambda: look(installed_here(), load_releases(), datetime.date.today(), wanted)
    )


def installed_here() -> tuple[InstalledBrowser, ...]:
    """The browsers of this computer."""
    return installed_browsers(sys.platform, Path(Path.cwd().anchor or "/"), Path.home())


def look(
    found: Iterable[InstalledBrowser], releases: Releases, today: datetime.date, wanted: str = ""
) -> Reading:
    """Judge ``found``; ``wanted`` narrows it to one browser by id (empty: all). Pure."""
    ids = _FAMILIES.get(wanted, {wanted}) if wanted else set(NAMES)
    ages = [(each, age_of(each, releases, today)) for each in found if each.id in ids]
    data = BrowsersData(
        tuple(BrowserFigures(each.id, each.name, display_text(each.version), age) for each, age in ages),
        releases.checked.isoformat(),
    )
    detail = ", ".join(f"{each.name} {each.version or '?'} ({age})" for each, age in ages)
    return Reading(_outcome([age for _, age in ages]), display_text(detail) or "none found", data)


def _outcome(ages: list[Age]) -> str:
    if not ages:
        return "none_found"
    return next((str(age) for age in (Age.OUTDATED, Age.CURRENT) if age in ages), str(Age.UNKNOWN))
