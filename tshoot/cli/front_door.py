"""What ``tshoot`` alone does: the wizard, its line dialogue, or a check where nobody watches."""

from __future__ import annotations

import gc
import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tshoot.cli.keeping import going_on
from tshoot.cli.settings import settings, wizard_settings

if TYPE_CHECKING:
    from tshoot.flow.model import Flow

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
    # Looking for garbage among what is imported takes a twentieth of the time to the first paint; the
    # wizard lets it start again.
    gc.disable()
    from tshoot.cli.targets import target_unless_default
    from tshoot.tui.app import run_wizard

    target, flows = target_unless_default(None), _own_flows()
    return run_wizard(FLOW, target, flows, wizard_settings(), going=going_on(), home=True)


def _own_flows() -> Mapping[str, Flow] | None:
    """All flows where there are own ones: what is wrong in them is told before the screen is taken."""
    from tshoot.paths import own_flows_dir

    folders = settings().flows
    if not folders and not own_flows_dir().is_dir():
        return None
    from tshoot.cli.overlays import flows_apart

    return flows_apart(folders)


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
