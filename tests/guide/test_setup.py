import pytest

from tests.guide import flows as f
from tshoot.flow.model import EndStep, VerifyStep
from tshoot.guide.setup import flows_used, known_of, load_shipped, upcoming_of, variant_here, whose
from tshoot.target import Target


@pytest.mark.parametrize(
    ("platform", "variant"),
    [
        ("win32", "windows"),
        ("cygwin", "windows"),
        ("darwin", "macos"),
        ("linux", "linux"),
        ("freebsd14", "linux"),
    ],
)
def test_the_system_as_flows_name_it(platform, variant):
    assert variant_here(platform) == variant


def test_whose_computer_it_is():
    assert whose().here
    assert whose().system == variant_here()
    caller = whose("caller")
    assert (caller.here, caller.system) == (False, "other")
    assert whose("caller", "phone").system == "phone"


def test_only_a_service_is_known_from_the_target():
    assert known_of(Target("account.example", service="metro")) == {"service": "metro"}
    assert known_of(Target("account.example")) == {}


def test_a_flow_and_all_it_uses_come_once():
    one = f.flow(
        [f.use("a", "two", {}), f.use("b", "two", {}), f.use("c", "gone", {}), f.end("x")], name="one"
    )
    two = f.flow([f.use("a", "one", {}), f.end("x")], name="two")
    three = f.flow([f.end("x")], name="three")
    assert list(flows_used({"one": one, "two": two, "three": three}, "one")) == ["one", "two"]


STEPS = [
    f.ask("start", {"a": "check", "b": "port"}),
    f.diagnose("check", {}, "fix"),
    f.probe("port", "tcp", {"*": "fix"}, **{"with": {"port": "80"}}),
    f.do("fix", "again", "clock"),
    f.verify("again", {"probe": "link", "fixed": ["ok"]}, "good", "clock", "check"),
    f.probe("clock", "clock", {"*": "again"}),
    f.end("good"),
]


@pytest.mark.parametrize(
    ("step", "upcoming"),
    [
        ("start", [None, ("tcp", {"port": "80"})]),
        ("check", [None]),
        ("fix", [("clock", {}), None]),
        ("again", []),
    ],
)
def test_what_may_be_measured_next(step, upcoming):
    found = list(upcoming_of({"main": f.flow(STEPS)})("main", step))
    assert sorted(found, key=str) == sorted(upcoming, key=str)


def test_every_step_of_the_shipped_flows_can_look_ahead():
    flows = load_shipped()
    ahead = upcoming_of(flows)
    for name, flow in flows.items():
        for step in flow.steps:
            wanted = list(ahead(name, step.id))
            assert not (isinstance(step, VerifyStep | EndStep) and wanted), step.id
    assert None in ahead("connectivity", "check")
