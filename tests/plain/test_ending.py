"""The end in lines: what was wrong, what fixed it, which ways to support work now; as in the wizard."""

import io

from tests.diagnosis.situations import DNS_DEAD
from tests.guide import flows as f
from tests.support.batteries import all_ending, battery
from tests.test_plain import Typed
from tshoot.guide.driver import Driver
from tshoot.guide.evidence import AskedEvidence
from tshoot.guide.known import Known
from tshoot.guide.model import Measured
from tshoot.plain.asides import Asides
from tshoot.plain.front import PlainFront
from tshoot.plain.page import Page
from tshoot.target import Target

OFFLINE = all_ending("dead", "internet", "internet_v4", "internet_v6")
FLOW = f.flow(
    [
        f.diagnose("look", {"dns.unreachable": "restart"}, "sad"),
        f.do("restart", "again", "sad"),
        f.verify("again", {"diagnose": "all", "fixed": ["none"]}, "good", "sad", "sad"),
        f.end("good"),
        f.end("sad", "unresolved", help=["app", "website", "phone", "store"]),
    ]
)


class Measures(AskedEvidence):
    """Gives these batteries one after another."""

    def __init__(self, known, batteries):
        self.known, self.batteries = known, list(batteries)

    async def measure(self, wanted):
        for result in self.batteries.pop(0).values():
            self.known.finished(result)
        found = self.known.checkup().diagnosis
        return Measured(wanted.step, found.cause, found.summary, values={"summary": found.summary})


async def told(*batteries):
    out, known, guide = io.StringIO(), Known(Target("account.example.net")), f.engine(FLOW)
    page = Page(out, 200)
    front = PlainFront(page, Typed("1"), asides=Asides(page, engine=guide, known=known))
    await Driver(guide, Measures(known, batteries), front).run(*guide.start("main"))
    return out.getvalue()


async def test_it_says_what_was_wrong_and_what_fixed_it():
    said = await told(battery(**DNS_DEAD), battery())
    end = said[said.index("Solved.") :]
    assert "What was wrong: The DNS server 192.168.12.1 does not answer" in end
    assert "What fixed it: Do restart\n" in end


async def test_what_does_not_work_now_comes_last_and_is_said():
    said = await told(battery(**OFFLINE))
    end = said[said.index("What you can do:") :].splitlines()
    assert end[1].startswith("- Call support (dial 611")
    assert end[2] == "- Go to a store. No internet needed."
    assert end[3].startswith("- Not now: use the T-Life app. There is no internet here right now.")
    assert end[4].startswith("- Not now: use the official website")
    assert "✗" not in said
