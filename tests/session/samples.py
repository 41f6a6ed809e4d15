"""Events to test with."""

from tshoot.guide.model import Chosen, Measured, Taken
from tshoot.session.model import Aim, Finished, Opened, Place, Tried, Walked

FIRST = Place("start", "which", "What goes wrong?", "I can't get online")
OPENED = Opened(
    "wizard", "start", {"start": "1.0.0"}, Aim("metro"), {"os": "linux"}, "linux", origin="home", place=FIRST
)


def answered(step="which", choice="names", keep=0, then="restart", title="Restart the gateway", **more):
    taken = Taken("start", step, "ask", choice, "person", f"The {choice} one")
    place = Place("start", then, title, "I can't get online", more.pop("cause", ""))
    return Walked(Chosen(step, choice), keep, (taken,), more.pop("seconds", 2.5), place, **more)


def done(keep, step="restart"):
    taken = Taken("start", step, "do", "done", "person")
    return Walked(Chosen(step, "done"), keep, (taken,), 2.5, Place("start", "check"))


def checked(keep, result="fixed", step="check", fix="restart", outcome="none", line=None):
    """A check whose line is ``keep``; ``line`` is that of the action, where there is one."""
    taken = Taken("start", step, "verify", outcome, "probe", "", {"summary": "Well."}, {"cause": outcome})
    place = Place("start", "end", "Solved", "I can't get online", "dns.unreachable")
    event = Measured(step, outcome, "", "probe", {"summary": "Well."}, {"cause": outcome})
    return Walked(
        event, keep, (taken,), 1.0, place, Tried(keep if line is None else line, "start", fix, result)
    )


SOLVED = Finished("resolved", "dns.unreachable", "start", "end", "It works again.")
