"""``tshoot desk``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tshoot.cli.overlays import flows_option, flows_to_run
from tshoot.cli.saving import redaction_rules
from tshoot.cli.settings import settings, with_own_folders
from tshoot.cli.stores import opened_store

if TYPE_CHECKING:
    from tshoot.desk.webhook import Webhook


@click.command(epilog="Example: tshoot desk --agent Kim --store postgresql://desk@db.example.com/tshoot")
@click.option("--store", "address", metavar="ADDRESS", help="Where calls are kept: a file, or postgresql://…")
@click.option("--agent", metavar="NAME", help="Your name, as other agents see it.")
@flows_option
def desk(address: str | None, agent: str | None, folders: tuple[Path, ...]) -> int:
    """Open the support desk: calls, the caller's evidence, tickets. See docs/desk.md.

    Nothing is measured here: evidence comes from the caller's file or spoken code, else it is asked for.
    """
    from tshoot.cli.terminal import is_served, wizard_possible
    from tshoot.desk.agent import own_name, remembered
    from tshoot.tui.desk.run import run_desk

    if not wizard_possible():
        raise click.UsageError("The desk needs a terminal, or `tshoot serve --desk` and a browser.")
    webhook = _webhook()
    name = (agent or settings().desk.agent or ("" if is_served() else remembered())).strip()
    # A browser's user is not the one who runs the server.
    offered = "" if is_served() else own_name()
    flows, rules = flows_to_run(with_own_folders(folders)), redaction_rules(folders)
    with opened_store(address) as store:
        return run_desk(
            store, flows, name, offered, webhook, settings(), rules=rules, remember=not is_served()
        )


def _webhook() -> Webhook | None:
    """The webhook that is set, None where none is. Raises UsageError where it can't be used."""
    from tshoot.desk.webhook import WebhookError, make_webhook, read_secret

    wanted = settings().desk
    if not wanted.webhook:
        return None
    try:
        return make_webhook(wanted.webhook, read_secret(wanted.webhook_secret_file))
    except WebhookError as error:
        raise click.UsageError(f"{settings().origin('desk.webhook')}: {error}") from None
