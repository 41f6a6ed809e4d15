"""``tshoot demo``."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from tshoot.cli.dialogue import Wanted
    from tshoot.demo.cases import DemoCase


@click.command(epilog="Example: tshoot demo captive-portal")
@click.argument("case_id", metavar="[CASE]", required=False)
@click.option("--plain", is_flag=True, help="A line dialogue instead of the wizard.")
@click.option(
    "--answers", "answered", is_flag=True, help="Give the answers that belong to the case; ask nothing."
)
@click.option(
    "--json", "as_json", is_flag=True, help="One JSON document on stdout: the list, or the session."
)
@click.option(
    "--speed",
    type=click.FloatRange(0.1, 100),
    metavar="X",
    help="Recorded seconds that pass in one.  [default: 1, with --answers no waiting]",
)
def demo(case_id: str | None, plain: bool, answered: bool, as_json: bool, speed: float | None) -> int:
    """See or practise a recorded case; without CASE list them all. Nothing is measured or sent.

    Ends as `tshoot run` does: 0 when it is solved or nothing is wrong, 1 when not, 3 when the input ended.
    """
    from tshoot.cli.demo_list import print_cases
    from tshoot.cli.terminal import wizard_possible
    from tshoot.demo.cases import UnknownCase, case_named, load_cases

    if case_id is None:
        print_cases(load_cases().values(), as_json)
        return 0
    try:
        case = case_named(case_id)
    except UnknownCase as error:
        raise click.UsageError(str(error)) from None
    from tshoot.cli.settings import settings, wizard_settings

    pace = speed or (inf if answered else 1.0)
    if plain or answered or as_json or settings().plain or not wizard_possible():
        from tshoot.cli.dialogue import run_dialogue

        return run_dialogue(_wanted(case, answered, as_json, pace))
    from tshoot.tui.demo import run_demo

    return run_demo(case, pace, wizard_settings())


def _wanted(case: DemoCase, answered: bool, as_json: bool, speed: float) -> Wanted:
    from tshoot.catalog.services import resolve_target
    from tshoot.cli.dialogue import Wanted
    from tshoot.demo.cases import BANNER
    from tshoot.demo.evidence import ReplayedEvidence
    from tshoot.demo.play import bench_of
    from tshoot.guide.answers import Answers
    from tshoot.guide.setup import load_shipped, upcoming_of, whose
    from tshoot.session.going import NOTHING_KEPT

    flows = load_shipped()
    return Wanted(
        flows=flows,
        flow=case.flow,
        target=resolve_target(case.service),
        answers=Answers(case.answers if answered else {}),
        records=(),
        whose=whose(),
        unattended=answered,
        as_json=as_json,
        going=NOTHING_KEPT,
        evidence=lambda listener: ReplayedEvidence(
            bench_of(case, speed), upcoming=upcoming_of(flows), listener=listener
        ),
        banner=BANNER,
    )
