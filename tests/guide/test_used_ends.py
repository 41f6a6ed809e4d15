"""An end without words keeps those of the used flow's end; a probe may look at another service."""

from tests.guide import flows as f
from tshoot.guide.bench import NetworkBench
from tshoot.guide.engine import Engine
from tshoot.guide.model import Chosen, Measured
from tshoot.target import parse_target


def used(outer_end, more=(), way="done"):
    inner = f.flow([f.end("spoken", "handed_over", cause="wan.down", help=["store"])], name="inner")
    middle = f.flow(
        [f.use("in", "inner", {"handed_over": "through"}), {"id": "through", "end": "handed_over"}],
        name="middle",
    )
    main = f.flow([f.use("mid", "middle", {"handed_over": way}), outer_end, *more])
    return Engine({flow.flow: flow for flow in (inner, middle, main)}, "linux")


def test_the_words_cause_and_help_of_the_innermost_end_reach_the_person():
    _, finish = used({"id": "done", "end": "handed_over", "help": ["phone"]}).start("main")
    assert (finish.flow, finish.step) == ("inner", "spoken")
    assert finish.summary == "Ended at spoken."
    assert (finish.cause, finish.help, finish.outcome) == ("wan.down", ("store",), "handed_over")


def test_the_outer_end_decides_the_outcome():
    _, finish = used({"id": "done", "end": "unresolved"}).start("main")
    assert (finish.outcome, finish.summary) == ("unresolved", "Ended at spoken.")


def test_an_end_with_words_speaks_for_itself():
    _, finish = used(f.end("done", "handed_over")).start("main")
    assert (finish.flow, finish.step, finish.summary) == ("main", "done", "Ended at done.")


def test_after_another_step_the_inner_words_are_over():
    guide = used({"id": "done", "end": "handed_over"}, [f.tell("more", "done")], "more")
    state, effect = guide.start("main")
    _, finish = guide.handle(state, Chosen(effect.step, "next"))
    assert (finish.flow, finish.step) == ("main", "done")
    assert "spoken" not in finish.summary


async def test_a_probe_can_look_at_another_service(monkeypatch):
    seen = []

    async def run_probes(names, world, *, params, listener):
        seen.append((world.target.hosts[0], params))
        return {}

    monkeypatch.setattr("tshoot.probes.runner.run_probes", run_probes)
    bench = NetworkBench(parse_target("host.example"))
    await bench.single("http", {"target": "metro"}, None)
    await bench.single("http", {}, None)
    assert seen == [("www.metrobyt-mobile.com", {"http": {}}), ("host.example", {"http": {}})]


def test_before_is_never_that_of_another_service():
    steps = [
        f.probe("own", "http", {"ok": "fix", "*": "fix"}),
        f.do("fix", "again", "good"),
        f.verify(
            "again",
            {"probe": "http", "with": {"target": "metro"}, "fixed": ["ok"]},
            "once-more",
            "good",
            "good",
        ),
        f.verify("once-more", {"probe": "http", "with": {"target": "metro"}, "fixed": ["ok"]}, *["good"] * 3),
        f.end("good"),
    ]
    guide = f.engine(f.flow(steps))
    state, effect = f.walk(guide, [Measured("own", "ok"), Chosen("fix", "done")])
    assert effect.before is None
    _, effect = guide.handle(state, Measured("again", "ok"))
    assert effect.before == "ok"
