"""What ``tshoot`` alone does: the wizard, its line dialogue, or a check where nobody watches."""

from __future__ import annotations

import sys

from tshoot.cli.keeping import going_on
from tshoot.cli.settings import settings, wizard_settings

FLOW = "start"


def open_door(plain: bool) -> int:
    """Open whatever fits the terminal and the settings; ``plain`` asks for the dialogue. The exit code."""
    from tshoot.cli.terminal import is_terminal, wizard_possible

    if not plain and wizard_possible() and not settings().plain:
        return _wizard()
    if plain or (is_terminal(sys.stdin) and is_terminal(sys.stdout)):
        return _dialogue()
    from tshoot.cli.check import run_check

    return run_check(None, seconds=None, as_json=False)


def _wizard() -> int:
    from tshoot.cli.overlays import flows_to_run
    from tshoot.cli.targets import target_or_usage
    from tshoot.paths import own_flows_dir
    from tshoot.tui.app import run_wizard

    folders = settings().flows
    # What is wrong in a file of their own is told before the screen is taken.
    flows = flows_to_run(folders) if folders or own_flows_dir().is_dir() else None
    return run_wizard(FLOW, target_or_usage(None), flows, wizard_settings(), going=going_on(), home=True)


def _dialogue() -> int:
    from tshoot.cli.dialogue import Wanted, run_dialogue
    from tshoot.cli.overlays import flows_to_run
    from tshoot.cli.targets import target_or_usage
    from tshoot.guide.answers import Answers
    from tshoot.guide.setup import whose

    return run_dialogue(
        Wanted(
            flows=flows_to_run(settings().flows),
            flow=FLOW,
            target=target_or_usage(None),
            answers=Answers({}),
            records=(),
            whose=whose(),
            unattended=False,
            as_json=False,
            going=going_on(),
        )
    )
