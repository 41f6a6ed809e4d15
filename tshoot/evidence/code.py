"""The code that is read out on the phone: every outcome of a check in at most 24 characters.

One character names the model, three are checks, the rest is the message: a form, then the values of the
model's variables in its order. The form says how much room odd values get, and how many variables had to be
left out, from the end. docs/evidence.md describes every bit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tshoot.evidence.alphabet import read_typed, written
from tshoot.evidence.arithmetic import Reader, Writer
from tshoot.evidence.checks import CHECKS, syndromes, with_checks
from tshoot.evidence.errors import CodeError
from tshoot.evidence.model import CAUSE, NEWEST, ODD, USUAL, CodeModel, Value, load_model
from tshoot.evidence.slips import LENGTHS, slip, symbols_of

if TYPE_CHECKING:
    from tshoot.diagnosis.cause import Catalog

_BITS = 5
_ALWAYS = 3
"""Variables that are never left out: the service, the headline, and whether the target was reached."""
_USUAL_FORM, _ODD_FORM = 0, 1
_FORM_SHARES = (60000, 5000)
_CUT_SHARE = 10

Form = int
"""0: as usual, 1: an odd network, from 2 on: an odd network with 1, 2, … variables left out."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a code tells. ``values`` are those of the model's variables, without what was not told.

    ``left_out`` names the variables for which there was no room.
    """

    code: str
    model: int
    values: Mapping[str, str]
    left_out: tuple[str, ...] = ()


def write_code(values: Mapping[str, Value], model: CodeModel | None = None) -> str:
    """The shortest code for ``values`` (variable → value); details are left out where it gets too long."""
    model = model or load_model()
    whole = [_symbols(values, form, model) for form in (_USUAL_FORM, _ODD_FORM)]
    fitting = [symbols for symbols in whole if symbols is not None]
    if fitting:
        return written(min(fitting, key=len))
    return written(next(symbols for form in _cut_forms(model) if (symbols := _symbols(values, form, model))))


def read_code(text: str, model: CodeModel | None = None) -> Spoken:
    """What a code tells, typed in any way. Raises :class:`CodeError` that names the wrong group if it can."""
    typed = read_typed(text)
    symbols = symbols_of(typed)
    if any(syndromes(symbols)):
        raise slip(symbols, typed.chars, lambda other: _makes_sense(other, model))
    spoken = _read(symbols, model)
    if spoken is None:
        raise CodeError("The code is not right. Ask for the whole code again.")
    return spoken


def _cut_forms(model: CodeModel) -> Iterator[Form]:
    return iter(range(_ODD_FORM + 1, _ODD_FORM + 1 + len(model.variables) - _ALWAYS))


def _form_shares(model: CodeModel) -> tuple[int, ...]:
    return (*_FORM_SHARES, *(_CUT_SHARE for _ in _cut_forms(model)))


def _left_out(form: Form) -> int:
    return max(0, form - _ODD_FORM)


def _symbols(values: Mapping[str, Value], form: Form, model: CodeModel) -> tuple[int, ...] | None:
    """The whole code in one form; None where it is too long."""
    writer, told = Writer(), dict[str, Value]()
    writer.write(_form_shares(model), form)
    for variable in model.variables[: len(model.variables) - _left_out(form)]:
        index = variable.index(values.get(variable.name))
        shares = variable.shares(model.context(variable, told), USUAL if form == _USUAL_FORM else ODD)
        writer.write(shares, index)
        told[variable.name] = variable.values[index]
    for length in LENGTHS:
        size = length - 1 - CHECKS
        number = writer.number(_BITS * size)
        if number is not None:
            return with_checks((model.number, *_digits(number, size)))
    return None


def _digits(number: int, size: int) -> Iterator[int]:
    return (number >> _BITS * place & 31 for place in reversed(range(size)))


def _read(symbols: Sequence[int], model: CodeModel | None) -> Spoken | None:
    """What right symbols tell; None where nobody would have written it so. Raises :class:`CodeError`."""
    model = model or _model_of(symbols[0])
    number, size = 0, len(symbols) - 1 - CHECKS
    for symbol in symbols[1 : 1 + size]:
        number = number << _BITS | symbol
    reader, told = Reader(number, _BITS * size), dict[str, Value]()
    form = reader.read(_form_shares(model))
    kept = len(model.variables) - _left_out(form)
    for variable in model.variables[:kept]:
        shares = variable.shares(model.context(variable, told), USUAL if form == _USUAL_FORM else ODD)
        told[variable.name] = variable.values[reader.read(shares)]
    if _symbols(told, form, model) != tuple(symbols):
        return None
    values = {name: value for name, value in told.items() if value is not None}
    return Spoken(
        written(tuple(symbols)), model.number, values, tuple(each.name for each in model.variables[kept:])
    )


def _model_of(number: int) -> CodeModel:
    try:
        return load_model(number)
    except KeyError:
        newer = number > NEWEST
        why = "was made by a newer version of tshoot. Update tshoot to read it" if newer else "is not right"
        raise CodeError(f"This code {why}.") from None


def _makes_sense(symbols: Sequence[int], model: CodeModel | None) -> bool:
    try:
        return _read(symbols, model) is not None
    except CodeError:
        return symbols[0] > NEWEST


def headline_of(spoken: Spoken, catalog: Catalog) -> str:
    """The headline of a code: what its evidence leads to, or what it says where details were left out."""
    from tshoot.diagnosis.judge import diagnose
    from tshoot.evidence.recorded import results_and_signals

    results, signals = results_and_signals(spoken.values)
    judged = diagnose(results, catalog, service="", host="", signals=signals).cause
    return spoken.values.get(CAUSE, judged) if spoken.left_out else judged
