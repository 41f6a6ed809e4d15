"""Reading flow files: a flow or every problem of the file at once, never a traceback."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from tshoot.flow.model import Flow
from tshoot.names import did_you_mean
from tshoot.yamldoc import Document, DocumentError, Problem, parse_document, read_document

SUFFIXES = (".yaml", ".yml")


class UnknownFlow(LookupError):
    """There is no flow of this name; the message names the nearest one."""


@dataclass(frozen=True)
class FlowFile:
    """A flow, and the document it was read from (for the positions of problems)."""

    flow: Flow
    document: Document


@dataclass(frozen=True)
class FlowSet:
    """Flows by id; those of later folders have replaced those of earlier ones."""

    files: Mapping[str, FlowFile]

    @property
    def flows(self) -> dict[str, Flow]:
        """The flows alone, as the guide engine takes them."""
        return {name: file.flow for name, file in self.files.items()}

    def ids(self) -> tuple[str, ...]:
        """Every flow's id, sorted."""
        return tuple(sorted(self.files))

    def get(self, flow_id: str) -> Flow:
        """One flow. Raises :class:`UnknownFlow` with the nearest name."""
        if flow_id not in self.files:
            raise UnknownFlow(f"There is no flow '{flow_id}'. {did_you_mean(flow_id, self.files)}")
        return self.files[flow_id].flow


def load_flow(path: Path | Traversable) -> Flow:
    """One flow file. Raises :class:`DocumentError` with every problem, OSError if it can't be read."""
    return read_flow(path).flow


def read_flow(path: Path | Traversable) -> FlowFile:
    """One flow file with its document; raises as :func:`load_flow`."""
    try:
        return _checked(read_document(path))
    except RecursionError:
        raise _too_deep(str(path)) from None


def parse_flow(text: str, file: str) -> FlowFile:
    """A flow out of YAML text; ``file`` is the name for problems. Raises :class:`DocumentError`."""
    try:
        return _checked(parse_document(text, file))
    except RecursionError:
        raise _too_deep(file) from None


def load_flows(folders: Sequence[Path]) -> FlowSet:
    """The flows of all folders; a later folder's flow replaces an earlier one of the same id.

    Raises :class:`DocumentError` with the problems of all files, OSError where a folder can't be read.
    """
    merged: dict[str, FlowFile] = {}
    problems: list[Problem] = []
    for folder in folders:
        merged |= read_files(flow_paths(folder), problems)
    if problems:
        raise DocumentError(problems)
    return FlowSet(merged)


def flow_paths(folder: Path) -> tuple[Path, ...]:
    """The flow files directly in ``folder``, sorted. Raises OSError where it can't be listed."""
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES and path.is_file()))


def read_files(paths: Sequence[Path], problems: list[Problem]) -> dict[str, FlowFile]:
    """The readable ones of ``paths`` by flow id; what is wrong with the others is added to ``problems``.

    Two files with one id are a problem too. Raises OSError where a file can't be read.
    """
    found: dict[str, FlowFile] = {}
    for path in paths:
        try:
            file = read_flow(path)
        except DocumentError as error:
            problems += error.problems
            continue
        first = found.setdefault(file.flow.flow, file)
        if first is not file:
            problems.append(_second(file, first))
    return found


def _checked(document: Document) -> FlowFile:
    # Here, because pydantic takes a tenth of a second that `--help` must not pay.
    from tshoot.flow.validate import validated

    return FlowFile(validated(document), document)


def _second(file: FlowFile, first: FlowFile) -> Problem:
    message = f"The flow '{file.flow.flow}' stands in two files."
    return file.document.problem(("flow",), "flow-duplicate", message, f"also in {first.document.file}")


def _too_deep(file: str) -> DocumentError:
    return DocumentError([Problem(file, 1, 1, "yaml-depth", "The file is nested too deeply.")])
