"""``tshoot flows lint``, ``test`` and ``coverage``: what is proven about flows, and what is not."""

from __future__ import annotations

from pathlib import Path

import click

from tshoot.cli.overlays import flows_option, overlaid


@click.command(epilog="Example: tshoot flows lint --json flows/")
@click.argument("paths", metavar="[PATH]...", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--sarif", "as_sarif", is_flag=True, help="Print SARIF 2.1.0, for code hosts and editors.")
@flows_option
def lint(paths: tuple[Path, ...], as_json: bool, as_sarif: bool, folders: tuple[Path, ...]) -> int:
    """Check flow files, or a folder of them; without a PATH what is shipped and overlaid.

    Ends with 0 when there is no error (warnings are advice), 1 with errors, 3 when a PATH can't be read.
    """
    from tshoot.cli.exits import Exit
    from tshoot.cli.lint_report import lint_paths, print_problems
    from tshoot.paths import flow_folders

    if as_json and as_sarif:
        raise click.UsageError("Give --json or --sarif, not both.")
    try:
        problems = lint_paths(paths or flow_folders(folders), flow_folders(folders))
    except OSError as error:
        click.echo(f"Can't read {error.filename}: {error.strerror}.", err=True)
        return Exit.UNDETERMINED
    errors = print_problems(problems, "json" if as_json else "sarif" if as_sarif else "lines")
    return Exit.FAULT if errors else Exit.OK


@click.command(epilog="Example: tshoot flows test connectivity")
@click.argument("flow_ids", metavar="[FLOW]...", nargs=-1)
@flows_option
def test(flow_ids: tuple[str, ...], folders: tuple[Path, ...]) -> int:
    """Run the flows' own cases, and walks that take every edge with the real engine.

    Ends with 0 when all cases end as they should and every edge was taken, 1 when not.
    """
    from tshoot.cli.exits import Exit
    from tshoot.cli.flow_tests import test_flow

    flowset = overlaid(folders)
    good = True
    for flow_id in _chosen(flow_ids, flowset.ids()):
        done = test_flow(flow_id, flowset.flows, folders)
        good = good and done.good
        click.echo(done.line())
        for fault in done.faults():
            click.echo(f"  {fault}")
    return Exit.OK if good else Exit.FAULT


@click.command(epilog="Example: tshoot flows coverage --tests")
@click.option("--tests", is_flag=True, help="Also run the flows' tests: which steps and edges did they take?")
@flows_option
def coverage(tests: bool, folders: tuple[Path, ...]) -> int:
    """Which steps carry each guide item, which items each step carries, and what is waived.

    Ends with 0 when every item is carried or waived (and, with --tests, every edge was taken), else 1.
    """
    from tshoot.catalog.advice import load_advice
    from tshoot.cli.exits import Exit
    from tshoot.cli.flow_tests import test_flow
    from tshoot.flow.coverage import coverage_lines

    flowset = overlaid(folders)
    try:
        guides = load_advice()
    except OSError as error:
        click.echo(f"Can't read {error.filename}: {error.strerror}.", err=True)
        return Exit.UNDETERMINED
    lines, missing = coverage_lines(flowset, guides)
    click.echo("\n".join(lines))
    good = not missing
    for flow_id in flowset.ids() if tests else ():
        done = test_flow(flow_id, flowset.flows, folders)
        good = good and not done.untaken
        click.echo(done.line())
        for fault in done.untaken_lines():
            click.echo(f"  {fault}")
    return Exit.OK if good else Exit.FAULT


def _chosen(wanted: tuple[str, ...], known: tuple[str, ...]) -> tuple[str, ...]:
    from tshoot.names import did_you_mean

    for name in wanted:
        if name not in known:
            raise click.UsageError(f"There is no flow '{name}'. {did_you_mean(name, known)}")
    return wanted or known
