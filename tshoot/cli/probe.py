"""``tshoot probe``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tshoot.cli.exits import Exit
from tshoot.cli.machine import json_text
from tshoot.names import did_you_mean

if TYPE_CHECKING:
    from tshoot.probes.model import ProbeResult, ProbeSpec

_UNDETERMINED = {"error", "skipped", "not_applicable"}


@click.command(epilog="Example: tshoot probe tls --with target=metro")
@click.argument("name", required=False)
@click.option("--json", "as_json", is_flag=True, help="The result as one JSON document (tshoot.probe/1).")
@click.option("--with", "given", multiple=True, metavar="KEY=VALUE", help="A parameter; all take target=….")
def probe(name: str | None, as_json: bool, given: tuple[str, ...]) -> int:
    """Run one probe and what it needs; without NAME list all probes with their outcomes.

    Ends with 0 for a good outcome, 1 for a fault, 3 when it could not be measured.
    """
    from tshoot.probes.registry import PROBES, specs

    if name is None:
        _print_list(specs(), as_json)
        return Exit.OK
    if name not in PROBES:
        raise click.UsageError(f"There is no probe '{name}'. {did_you_mean(name, PROBES)}")
    return _run(name, _params(name, given), as_json)


def _params(name: str, given: tuple[str, ...]) -> dict[str, str]:
    from tshoot.probes.registry import load

    known = {"target", *(param.name for param in load(name).SPEC.params)}
    params: dict[str, str] = {}
    for item in given:
        key, separator, value = item.partition("=")
        if not separator:
            raise click.UsageError(f"'--with {item}' must be KEY=VALUE.")
        if key not in known:
            raise click.UsageError(f"The probe '{name}' has no parameter '{key}'. {did_you_mean(key, known)}")
        params[key] = value
    return params


def _run(name: str, params: dict[str, str], as_json: bool) -> int:
    import asyncio

    from tshoot.checkup import make_world
    from tshoot.cli.targets import target_or_usage
    from tshoot.probes.registry import load
    from tshoot.probes.runner import run_probes

    world = make_world(target_or_usage(params.pop("target", None)))
    results = asyncio.run(run_probes((name,), world, params={name: params}))
    spec, result = load(name).SPEC, results[name]
    click.echo(_as_json(result) if as_json else _as_text(spec, result))
    if result.outcome in spec.good:
        return Exit.OK
    return Exit.UNDETERMINED if result.outcome in _UNDETERMINED else Exit.FAULT


def _as_json(result: ProbeResult) -> str:
    return json_text({"schema": "tshoot.probe/1", **result.to_json()})


def _as_text(spec: ProbeSpec, result: ProbeResult) -> str:
    from tshoot.probes.model import COMMON_OUTCOMES

    meaning = spec.outcomes.get(result.outcome) or COMMON_OUTCOMES[result.outcome]
    lines = [f"{spec.title}: {result.outcome} ({result.ms:.0f} ms)", f"  {meaning}"]
    lines += [f"  {result.detail}"] if result.detail else []
    lines += [f"  contacted: {', '.join(result.contacted)}"] if result.contacted else []
    return "\n".join(lines)


def _print_list(known: dict[str, ProbeSpec], as_json: bool) -> None:
    if as_json:
        listed = [
            {"probe": spec.name, "summary": spec.summary, "outcomes": spec.all_outcomes()}
            for spec in known.values()
        ]
        click.echo(json_text({"schema": "tshoot.probes/1", "probes": listed}))
        return
    for spec in known.values():
        click.echo(f"{spec.name}\n  {spec.summary}")
        click.echo(f"  outcomes: {', '.join(spec.all_outcomes())}")
        click.echo(f"  sends: {spec.sends}  rights: {spec.privilege}")
