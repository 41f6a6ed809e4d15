"""A ticket with something in every part."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from tshoot.desk.shifts import Shift
from tshoot.desk.ticket import (
    End,
    Found,
    Given,
    NotTried,
    Ticket,
    TicketNote,
    Told,
    TriedFix,
)

BEGAN = datetime(2026, 5, 4, 12, 0, 0, tzinfo=UTC)


def at(minutes):
    return BEGAN + timedelta(minutes=minutes)


def ticket(text="", **more):
    """The ticket; ``text`` is added to every text that somebody could have typed or sent."""
    full = Ticket(
        session="k3v9",
        label=f"Ticket 4711{text}",
        service="T-Mobile account",
        symptom=f"I can't get online{text}",
        opened=BEGAN,
        closed=at(12),
        seconds=720.0,
        end=End(
            "handed_over",
            "Someone else has to go on from here.",
            "dns.unreachable",
            "trouble finding names",
            f"The DNS server is silent.{text}",
            (f"Call support.{text}",),
        ),
        shifts=(Shift(f"anna{text}", BEGAN), Shift("bo", at(5))),
        evidence=(
            Given(
                "file",
                at(1),
                "broken",
                "dns.unreachable",
                f"The DNS server 192.168.12.1 does not answer.{text}",
                (("link", "ok", f"Wi-Fi{text}"), ("dns", "bad", "no answer")),
            ),
        ),
        found=(Found(f"DNS{text}", "timeout", "no answer", "code", at(1)),),
        told=(Told(f"Does a website open?{text}", f"No{text}", at(2)),),
        tried=(TriedFix(f"Restart the gateway{text}", at(3), "no answer", f"works{text}", "fixed"),),
        not_tried=(NotTried(f"Use another DNS server{text}", f"the caller can't do that now{text}"),),
        notes=(TicketNote(f"Calls from the garden.{text}", "anna", at(4), f"Restart the gateway{text}"),),
    )
    return replace(full, **more)
