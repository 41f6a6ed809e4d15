"""``tshoot address``."""

from __future__ import annotations

import json
import sys

import click

from tshoot.cli.exits import Exit


@click.command(epilog="Example: tshoot address https://account.t-mobi1e.com/signin")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")
def address(text: str, as_json: bool) -> int:
    """Look how an address is written: official, an imitation, or somebody else's. It is never opened.

    TEXT "-" reads it from standard input, which keeps it out of the shell's history. Ends with 0 where it
    is official, else with 1.
    """
    from tshoot.catalog.services import official_domains
    from tshoot.lookalike.judge import judge
    from tshoot.lookalike.parts import LONGEST

    given = sys.stdin.read(LONGEST) if text == "-" else text
    found = judge(given, official_domains())
    told = {"outcome": found.outcome, "reason": found.reason, "domain": found.domain, "host": found.host}
    click.echo(
        json.dumps({**told, "says": found.says}, indent=2) if as_json else f"{found.outcome}: {found.says}"
    )
    return Exit.OK if found.outcome == "official" else Exit.FAULT
