"""How hard the shipped flows are to read, and how much they ask.

    python benchmarks/flow_figures.py

Prints for each flow the median and the highest school grade of its steps (budget: 8 and 10) and the questions
on its median path (budget: 7); nothing here is a test.
"""

from __future__ import annotations

from statistics import median

from tshoot.diagnosis.vocabulary import HEADLINES
from tshoot.flow.loader import load_flows
from tshoot.flow.reading import FEWEST_WORDS, reading_of
from tshoot.flow.rules.reach import median_questions
from tshoot.flow.rules.subject import Subject, World
from tshoot.flow.rules.texts import for_person
from tshoot.paths import flows_dir
from tshoot.probes.registry import specs


def grades(subject: Subject) -> list[float]:
    """The school grade of each step with enough words for the formula."""
    readings = [reading_of(text for _, text in for_person(said)) for _, said in subject.said]
    return [reading.grade for reading in readings if reading.words >= FEWEST_WORDS]


def main() -> None:
    """Print a line for each flow, and one for all."""
    flows = load_flows([flows_dir()])
    world = World(flows, specs(), frozenset(HEADLINES), None, None)
    everything: list[float] = []
    for name in flows.ids():
        subject = Subject(flows.files[name], world)
        found = grades(subject)
        everything += found
        asked = median_questions(subject.flow, subject.ways)
        print(f"{name:<14} grade median {median(found):.1f} max {max(found):.1f}, {asked:g} questions")
    print(f"{'all':<14} grade median {median(everything):.1f} max {max(everything):.1f}")


if __name__ == "__main__":
    main()
