"""From what was pasted to the event for the engine. The text itself goes no further than here."""

from __future__ import annotations

from tshoot.guide.model import By, Chosen, Judged, Prompt


def judged(prompt: Prompt, text: str, by: By = "person") -> Judged:
    """The judgement of an address that was given at ``prompt``, by the services of the catalogue."""
    from tshoot.catalog.services import official_domains
    from tshoot.lookalike.judge import judge

    found = judge(text, official_domains())
    return Judged(prompt.step, found.outcome, found.reason, found.domain, found.host, by)


def given(prompt: Prompt, answer: str, by: By = "person") -> Chosen | Judged:
    """An answer prepared beforehand: at an address the id of an option, else the address itself."""
    if prompt.kind == "address" and all(choice.id != answer for choice in prompt.choices):
        return judged(prompt, answer, by)
    return Chosen(prompt.step, answer, by)
