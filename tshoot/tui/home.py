"""The first screen in words: the verdict as soon as it is known, and what a person may want next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from tshoot.guide.model import Choice
from tshoot.tui.cards import Card
from tshoot.tui.left import with_way_back
from tshoot.tui.safe import EMPTY, lines, plain
from tshoot.tui.waiting import CHECKING, NOTHING_TO_DO

if TYPE_CHECKING:
    from tshoot.diagnosis.model import Diagnosis
    from tshoot.tui.left import Left

FLOW = "start"
"""The flow that the first screen leads into."""
GO_ON, FIND, SERVICE, REPORT = "go-on", "find", "service", "report"
_STYLES = {"healthy": "$success", "degraded": "$warning", "broken": "$error", "unknown": "$text-muted"}
_GO_ON = {
    "healthy": "Get help with a sign-in, an app or a device",
    "degraded": "Repair this, or get help with a sign-in",
    "broken": "Repair this step by step",
    "unknown": "Go on step by step",
}
_BY_OTHERS = {
    "provider": "See what you can do about it",
    "administrator": "See what you can do about it",
    "site": "See what you can do meanwhile",
}
"""In place of a repair, where somebody else has to make it; a gateway that is restarted may still help."""
_REPAIRED_HERE = "you"


def home_card(
    label: str, diagnosis: Diagnosis | None, *, can_aim: bool = True, left: Left | None = None
) -> Card:
    """The first screen for the service ``label``; ``diagnosis`` is None while it is being measured.

    ``can_aim``: another service can be checked too. ``left``: the help that one can go back to.
    """
    if diagnosis is None:
        title, body = plain(f"{CHECKING}: {label}"), plain(NOTHING_TO_DO)
        return Card(title=title, body=body, choices=_choices("unknown", can_aim, left), chosen=GO_ON)
    from tshoot.report.as_text import VERDICTS

    symbol, words = VERDICTS[diagnosis.verdict]
    style = _STYLES[diagnosis.verdict]
    return Card(
        title=Content.assemble((f"{symbol} ", style), plain(f"{words}: {label}", style)),
        body=lines([plain(diagnosis.summary), EMPTY, _next(diagnosis)]),
        choices=_choices(diagnosis.verdict, can_aim, left, _who(diagnosis)),
        chosen=GO_ON,
    )


def _next(diagnosis: Diagnosis) -> Content:
    return Content.assemble(("Next: ", "bold"), plain(diagnosis.next))


def _who(diagnosis: Diagnosis) -> str:
    """Who can repair the headline's cause: you, provider, site or administrator."""
    whose = (finding.who for finding in diagnosis.findings if finding.cause == diagnosis.cause)
    return next(whose, _REPAIRED_HERE)


def _choices(verdict: str, can_aim: bool, left: Left | None, who: str = _REPAIRED_HERE) -> tuple[Choice, ...]:
    repair = _GO_ON[verdict]
    go_on = _BY_OTHERS.get(who, repair) if verdict in {"degraded", "broken"} else repair
    aiming = (Choice(SERVICE, "Check another service or website"),) if can_aim else ()
    others = (Choice(FIND, "Find help by your own words"), *aiming, Choice(REPORT, "Read the report"))
    return with_way_back((Choice(GO_ON, go_on), *others), left)
