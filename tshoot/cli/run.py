"""``tshoot run``."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tshoot.cli.keeping import going_on
from tshoot.cli.overlays import flows_apart, flows_option, flows_to_run
from tshoot.cli.settings import service_or_usage, settings, wizard_settings

if TYPE_CHECKING:
    from tshoot.flow.model import Flow
    from tshoot.guide.answers import Answers
    from tshoot.guide.recorded import Record
    from tshoot.guide.setup import Subject, Whose
    from tshoot.session.going import GoingOn

_FILE = click.Path(path_type=Path)
_SUBJECTS = click.Choice(("this-device", "caller"))
_SYSTEMS = click.Choice(("windows", "macos", "linux", "phone", "other"))


@click.command(epilog="Example: tshoot run connectivity --answers answers.yaml --no-input --json")
@click.argument("flow")
@click.option("--service", metavar="ID", help="The service that is wanted (see `tshoot services`).")
@click.option("--target", metavar="TEXT", help="Instead: a host name or an https address.")
@click.option("--plain", is_flag=True, help="A line dialogue instead of the wizard.")
@click.option(
    "--answers", "answers_file", type=_FILE, metavar="FILE", help="Answers as YAML: step-id: option-id."
)
@click.option("--no-input", is_flag=True, help="Never ask; end with 3 at a question without an answer.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document (tshoot.session/1) on stdout.")
@click.option(
    "--evidence",
    multiple=True,
    metavar="FILE|CODE",
    help="A saved report or a code instead of measuring. Given again: how it was after each fix.",
)
@click.option(
    "--subject",
    type=_SUBJECTS,
    default="this-device",
    help="Whose computer it is about. For a caller nothing is measured here: it is asked.",
)
@click.option("--system", type=_SYSTEMS, help="The system whose instructions are shown.")
@click.option("--no-record", is_flag=True, help="Keep nothing of this session.")
@flows_option
def run(
    flow: str,
    service: str | None,
    target: str | None,
    plain: bool,
    answers_file: Path | None,
    no_input: bool,
    as_json: bool,
    evidence: tuple[str, ...],
    subject: Subject,
    system: str | None,
    no_record: bool,
    folders: tuple[Path, ...],
) -> int:
    """Walk one flow: in the wizard, as a line dialogue, or unattended.

    Ends with 0 when it is solved or nothing is wrong, 1 when not, 3 when the input ended before the flow.
    What a person answers is kept, so that it can go on later (docs/sessions.md); not with --answers,
    --no-input or --json.
    """
    from tshoot.cli.dialogue import Wanted, run_dialogue
    from tshoot.cli.targets import target_or_usage
    from tshoot.cli.terminal import wizard_possible
    from tshoot.guide.setup import whose

    about, aim = whose(subject, system), _aim(service, target)
    unwatched = no_input or as_json or bool(answers_file)
    going = going_on(keep=not (no_record or unwatched), flow=flow, aimed=aim is not None)
    # Whatever the wizard has no place for is done in the dialogue.
    if not (plain or settings().plain or unwatched or evidence) and wizard_possible():
        return _open_wizard(flow, aim, folders, about, going)
    flows = _with(flow, flows_to_run(folders))
    wanted = Wanted(
        flows=flows,
        flow=flow,
        target=target_or_usage(aim),
        answers=_answers(answers_file, flows, flow),
        records=evidence_of(evidence),
        whose=about,
        unattended=no_input,
        as_json=as_json,
        going=going,
    )
    return run_dialogue(wanted)


def _open_wizard(flow: str, aim: str | None, folders: tuple[Path, ...], about: Whose, going: GoingOn) -> int:
    from tshoot.cli.targets import target_unless_default
    from tshoot.tui.app import run_wizard

    flows = None if _is_shipped_alone(flow, folders) else _with(flow, flows_apart(folders))
    return run_wizard(flow, target_unless_default(aim), flows, wizard_settings(), about, going)


def _is_shipped_alone(flow: str, folders: tuple[Path, ...]) -> bool:
    """True where nothing has to be read to know that there is this flow and that it is fit to be run."""
    from tshoot.paths import flow_folders

    shipped, *others = flow_folders(folders)
    return not others and (shipped / f"{flow}.yaml").is_file()


def _with(flow: str, flows: Mapping[str, Flow]) -> Mapping[str, Flow]:
    from tshoot.names import did_you_mean

    if flow not in flows:
        raise click.UsageError(f"There is no flow '{flow}'. {did_you_mean(flow, flows)}")
    return flows


def _aim(service: str | None, target: str | None) -> str | None:
    if service is not None and target is not None:
        raise click.UsageError("Give --service or --target, not both.")
    return target if service is None else service_or_usage(service)


def _answers(path: Path | None, flows: Mapping[str, Flow], flow: str) -> Answers:
    from tshoot.guide.answers import Answers, read_answers
    from tshoot.guide.setup import flows_used

    if path is None:
        return Answers({})
    try:
        return read_answers(path, flows_used(flows, flow))
    except OSError as error:
        raise click.UsageError(f"{path} can't be read: {error.strerror}.") from None


def evidence_of(given: tuple[str, ...]) -> tuple[Record, ...]:
    """Saved reports or codes to take instead of measuring. Raises UsageError for one that can't be read."""
    return tuple(_record(text) for text in given)


def _record(text: str) -> Record:
    from tshoot.cli.evidence import evidence_or_usage
    from tshoot.guide.recorded import made_record

    return made_record(evidence_or_usage(text))
