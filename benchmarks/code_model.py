"""Learns the model of the spoken code from reports of the lab, and tries it on worlds it has not seen.

    python -m tests.lab run --all --json scenarios.json
    python -m tests.lab campaign --seed 11 --worlds 200 --json worlds.json
    python benchmarks/code_model.py try scenarios.json worlds.json    # learns from half, prints code lengths
    python benchmarks/code_model.py write scenarios.json worlds.json  # writes tshoot/evidence/models/N.json

Which earlier values a value depends on (two at most) is chosen greedily by cross-validation. A model that was
released is never written again: codes that were written with it must stay readable.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from math import log2
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from tshoot.catalog.services import shipped_services
from tshoot.checkup import shipped_catalog
from tshoot.diagnosis.grades import GRADES, known_outcomes
from tshoot.diagnosis.signals import SIGNALS
from tshoot.diagnosis.vocabulary import HEADLINES
from tshoot.evidence.code import headline_of, read_code, write_code
from tshoot.evidence.model import CAUSE, NEWEST, OTHER, SERVICE, USUAL, CodeModel, Value, Variable, shortened
from tshoot.evidence.recorded import Recorded, recorded_of

Row = Mapping[str, Value]

ORDER = (
    *(SERVICE, CAUSE, "target", "link", "address", "route", "gateway", "gateway_alive"),
    *("internet", "internet_v4", "internet_v6", "dns_system", "dns_servers", "tcp", "tls", "http", "captive"),
    *("dns_public", "dns_encrypted", "dns_name", "own_answer", "proxy", "proxy_blame", "vpn", "dns_place"),
    *(
        "paths",
        "tls_others",
        "sni",
        "sign_in_chain",
        "chain",
        "secure_web",
        "path_mtu",
        "size_stall",
        "clock",
        "dates",
    ),
    *("issuer", "hosts_file", "override", "tls_public", "family_path", "gateway_radio", "random_names"),
    *("target_families", "icmp", "nat64", "nat"),
)
"""The order of a code: the headline first, then what leads to it, details last. What has no room is left out
from the end."""
MOST_GIVEN = 2
FOLDS = 6
GAIN = 0.01
"""Bits a value must save on average to depend on one more."""


def values_of(name: str) -> tuple[Value, ...]:
    """Everything that a variable can be, as the program knows it now."""
    if name == SERVICE:
        return (*shipped_services(), OTHER, None)
    if name == CAUSE:
        return (*sorted(HEADLINES), "none", "unknown", None)
    known = SIGNALS[name].outcomes if name in SIGNALS else sorted(known_outcomes(name))
    return (*known, None)


def rows_of(path: Path) -> list[tuple[Row, Recorded]]:
    """The reports of one file of the lab."""
    rows = []
    for score in json.loads(path.read_text(encoding="utf-8")):
        if score["report"] is not None:
            recorded = recorded_of(score["report"])
            outcomes = {name: result.outcome for name, result in recorded.results.items()}
            signals = recorded.checkup().diagnosis.signals
            service = recorded.target.service or OTHER
            row = {SERVICE: service, CAUSE: recorded.checkup().diagnosis.cause, **outcomes, **signals}
            rows.append((row, recorded))
    return rows


def counted(name: str, given: Sequence[str], rows: Sequence[Row], base: Mapping[str, Variable]) -> Variable:
    """A variable with its counts over ``rows``."""
    variable = Variable(name, values_of(name), tuple(given))
    deepest: dict[tuple[int, ...], dict[int, int]] = {}
    for row in rows:
        context = tuple(base[other].index(row.get(other)) for other in given)
        here = deepest.setdefault(context, {})
        index = variable.index(row.get(name))
        here[index] = here.get(index, 0) + 1
    levels = tuple(shortened(deepest, length) for length in range(len(given) + 1))
    return Variable(name, variable.values, tuple(given), levels)


def bits(variable: Variable, rows: Sequence[Row], base: Mapping[str, Variable]) -> float:
    """What ``variable`` costs in all ``rows``."""
    total = 0.0
    for row in rows:
        shares = variable.shares([base[name].index(row.get(name)) for name in variable.given], USUAL)
        total -= log2(shares[variable.index(row.get(variable.name))] / sum(shares))
    return total


def crossed(name: str, given: Sequence[str], rows: Sequence[Row], base: Mapping[str, Variable]) -> float:
    """What it costs on average in rows that it was not learnt from."""
    total = 0.0
    for fold in range(FOLDS):
        seen = [row for place, row in enumerate(rows) if place % FOLDS != fold]
        total += bits(counted(name, given, seen, base), rows[fold::FOLDS], base)
    return total / len(rows)


def learn(rows: Sequence[Row]) -> CodeModel:
    """A model out of ``rows``."""
    missing = {*GRADES, *SIGNALS} ^ set(ORDER[2:])
    if missing:
        raise SystemExit(f"ORDER and the vocabulary differ in {', '.join(sorted(missing))}")
    base: dict[str, Variable] = {}
    for name in ORDER:
        given: tuple[str, ...] = ()
        best = crossed(name, given, rows, base)
        while len(given) < MOST_GIVEN:
            tries = [
                (crossed(name, (*given, other), rows, base), other) for other in base if other not in given
            ]
            cost, other = min(tries, default=(best, ""))
            if cost > best - GAIN:
                break
            best, given = cost, (*given, other)
        base[name] = counted(name, given, rows, base)
    return CodeModel(NEWEST, tuple(base.values()))


def document_of(model: CodeModel, sources: Sequence[str], worlds: int) -> str:
    """The model as its file."""
    learnt = {"model": model.number, "worlds": worlds, "from": list(sources)}
    lines = [json.dumps(_variable_json(variable), separators=(",", ":")) for variable in model.variables]
    return json.dumps(learnt)[:-1] + ', "variables": [\n' + ",\n".join(lines) + "\n]}\n"


def _variable_json(variable: Variable) -> Mapping[str, object]:
    deepest = variable.counts[-1]
    return {
        "name": variable.name,
        "values": variable.values,
        "given": variable.given,
        "counts": {
            ",".join(map(str, context)): [part for pair in sorted(seen.items()) for part in pair]
            for context, seen in sorted(deepest.items())
        },
    }


def tried(model: CodeModel, cases: Sequence[tuple[Row, Recorded]], title: str) -> None:
    """Print the lengths of the codes of ``cases`` and whether they lead to the same headline."""
    catalog = shipped_catalog()
    lengths, same, cut, costs = [], 0, 0, []
    for row, _ in cases:
        code = write_code(row, model)
        spoken = read_code(code, model)
        lengths.append(len(code.replace("-", "")))
        same += headline_of(spoken, catalog) == row[CAUSE] and not spoken.left_out
        cut += bool(spoken.left_out)
        base = model.by_name
        costs.append(sum(bits(variable, [row], base) for variable in model.variables))
    shown = ", ".join(f"{length}: {count}" for length, count in sorted(Counter(lengths).items()))
    print(
        f"{title}: {len(cases)} worlds, bits median {median(costs):.1f} max {max(costs):.1f}, "
        f"characters median {median(lengths):.0f} max {max(lengths)} ({shown}), "
        f"same headline {same}, details left out {cut}"
    )


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("what", choices=("try", "write"))
    parser.add_argument("files", nargs="+", type=Path)
    wanted = parser.parse_args()
    cases = [case for path in wanted.files for case in rows_of(path)]
    if wanted.what == "try":
        half, other = cases[::2], cases[1::2]
        model = learn([row for row, _ in half])
        tried(model, half, "learnt from")
        tried(model, other, "not seen")
        return
    model = learn([row for row, _ in cases])
    tried(model, cases, "learnt from")
    place = Path(__file__).parents[1] / "tshoot" / "evidence" / "models" / f"{NEWEST}.json"
    place.write_text(document_of(model, [path.name for path in wanted.files], len(cases)), encoding="utf-8")
    print(f"{place.name}: {place.stat().st_size} bytes")


if __name__ == "__main__":
    main()
