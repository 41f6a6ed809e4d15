"""The starter that ``tshoot flows new`` writes: small, complete, and clean for the linter."""

from __future__ import annotations

import json

_STARTER = """\
# yaml-language-server: $schema=flow.schema.json
# What each key means: docs/writing-flows.md. Check the file with: tshoot flows lint {name}.yaml
flow: {name}
version: 1.0.0
title: {title}
about: Looks whether the connection works, helps with one fix and checks it. Takes five minutes.
start: look
returns: [resolved, handed_over, not_applicable]
steps:
  - id: look
    probe: internet
    say: Looking whether the internet works.
    cite: [A63]
    ask_instead:
      ask: Does a website you rarely visit open?
      options:
        - {{id: "yes", label: "Yes, it opens", outcome: ok}}
        - {{id: "no", label: "No, it stays empty", outcome: dead}}
        - {{id: unsure, label: Not sure, outcome: error}}
    on:
{ways}
  - id: restart
    do: Restart the gateway
    why: A fresh start clears most hang-ups.
    how:
      - Unplug the power of the gateway.
      - Wait until all lights are off, then plug it in again.
    minutes: 5
    likely: often
    risk: reversible
    undo: Nothing to undo. It comes back by itself.
    cite: [A64]
    at_most: 1
    exhausted: ask-for-help
    then: {{done: works-now, cannot: ask-for-help}}
  - id: works-now
    verify: {{probe: internet, fixed: [ok]}}
    say: Looking again.
    cite: [A65]
    then: {{fixed: solved, not_fixed: restart, cannot_tell: ask-for-help}}
  - id: solved
    end: resolved
    say: It works again. Try once more what you wanted to do.
    cite: [A65]
  - id: all-well
    end: not_applicable
    say: The internet works, so the trouble is somewhere else.
    cite: [A65]
    help: [phone, store]
  - id: ask-for-help
    end: handed_over
    say: Support can go on from here.
    cite: [B43]
    help: [phone, store]
"""
_TROUBLE = "lossy slow https_blocked web_blocked dead no_route blocked_locally"


def starter(name: str, title: str) -> str:
    """The text of a flow file for the id ``name``; ``title`` is the trouble in the person's words."""
    ways = {"ok": "all-well", **dict.fromkeys(_TROUBLE.split(), "restart"), '"*"': "ask-for-help"}
    lines = "\n".join(f"      {outcome}: {step}" for outcome, step in ways.items())
    return _STARTER.format(name=name, title=json.dumps(title, ensure_ascii=False), ways=lines)
