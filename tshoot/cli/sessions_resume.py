"""``tshoot sessions resume``: goes on with an earlier session."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tshoot.cli.keeping import going_on
from tshoot.cli.overlays import flows_option, flows_to_run
from tshoot.cli.settings import settings, wizard_settings
from tshoot.cli.stores import opened_store, told_plainly

if TYPE_CHECKING:
    from tshoot.session.record import SessionRecord
    from tshoot.session.store import Store


@click.command(epilog="Example: tshoot sessions resume k3f9")
@click.argument("session", metavar="[SESSION]", default="")
@click.option("--plain", is_flag=True, help="A line dialogue instead of the wizard.")
@click.option(
    "--evidence",
    multiple=True,
    metavar="FILE|CODE",
    help="A saved report or a code instead of measuring. Given again: how it was after each fix.",
)
@flows_option
@click.pass_obj
def resume(
    address: str | None,
    session: str,
    plain: bool,
    evidence: tuple[str, ...],
    folders: tuple[Path, ...],
) -> int:
    """Go on with a session where it stopped; without SESSION, with the last one that was begun here.

    An ended session is opened again. Ends as `tshoot run` does.
    """
    from tshoot.cli.dialogue import Wanted, run_dialogue
    from tshoot.cli.run import evidence_of
    from tshoot.cli.terminal import wizard_possible
    from tshoot.guide.answers import Answers
    from tshoot.guide.setup import whose
    from tshoot.session.targets import target_of

    flows = flows_to_run(folders)
    with opened_store(address, must_exist=True) as store:
        record = _record(store, session)
    with told_plainly():
        target = target_of(record.aim)
    going = going_on(session=record.row.session, address=address)
    wanted = Wanted(
        flows=flows,
        flow=record.row.flow,
        target=target,
        answers=Answers({}),
        records=evidence_of(evidence),
        whose=whose(record.subject, record.variant),
        unattended=False,
        as_json=False,
        going=going,
    )
    if plain or settings().plain or evidence or not wizard_possible():
        return run_dialogue(wanted)
    from tshoot.tui.app import run_wizard

    return run_wizard(wanted.flow, target, flows if folders else None, wizard_settings(), wanted.whose, going)


def _record(store: Store, session: str) -> SessionRecord:
    from tshoot.session.left_open import left_open

    if session:
        return store.record(store.named(session))
    free, used = left_open(store)
    if not free:
        raise click.UsageError(_nothing([row.session for row in used]))
    return store.record(free[0].session)


def _nothing(used: Sequence[str]) -> str:
    """Why there is no session to go on with; ``used`` are those that other windows walk."""
    if used:
        return f"There is no other session to go on with: another window goes on with {', '.join(used)}."
    return "There is no session to go on with. `tshoot sessions list` shows them all."
