"""What a command may load. Static contracts can't see imports inside functions; a fresh process can."""

import subprocess
import sys

import pytest

HEAVY = {
    "textual",
    "rich",
    "httpx",
    "httpcore",
    "dns",
    "icmplib",
    "cryptography",
    "pydantic",
    "psutil",
    "sqlalchemy",
    "sqlite3",
    "truststore",
    "aiohttp",
    "textual_serve",
    "jinja2",
}


def loaded_by(code):
    script = (
        f"import sys\ntry:\n    {code}\nexcept SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    return set(done.stderr.split())


@pytest.mark.parametrize("argument", ["--help", "--version"])
def test_help_and_version_load_no_probe_no_screen_no_database(argument):
    modules = loaded_by(f"sys.argv = ['tshoot', '{argument}']; from tshoot.cli import main; main()")
    assert not HEAVY & modules
    assert not [
        name for name in modules if name.startswith(("tshoot.probes.", "tshoot.tui", "tshoot.diagnosis"))
    ]
    assert not {"asyncio", "yaml", "difflib", "json"} & modules


def test_declaring_probes_loads_no_network_library():
    modules = loaded_by("from tshoot.probes.registry import specs; specs()")
    assert not HEAVY & modules


def test_telling_a_code_and_redacting_load_nothing_heavy():
    modules = loaded_by(
        "import tshoot.evidence.telling; from tshoot.redaction import load_rules; load_rules()"
    )
    assert not HEAVY & modules


def test_judging_loads_no_validation_library():
    modules = loaded_by("from tshoot.checkup import shipped_catalog; shipped_catalog()")
    assert not {"pydantic", "textual", "httpx", "dns"} & modules


def test_walking_a_flow_loads_neither_the_validation_nor_the_yaml_library():
    modules = loaded_by(
        "import tshoot.guide.engine, tshoot.guide.live, tshoot.flow.search, tshoot.flow.graph"
    )
    assert not {"pydantic", "yaml"} & modules


TO_THE_FIRST_PAINT = """
import sys
from textual.app import App
{made}
def painted(self):
    print("\\n".join(sys.modules), file=sys.__stderr__)
    self.exit(0)
Shown.on_ready, run = painted, Shown.run
Shown.run = lambda self: run(self, headless=True)
{begun}
"""
EMPTY = TO_THE_FIRST_PAINT.format(
    made="""
from textual.widgets import Static
class Shown(App):
    def compose(self):
        yield Static('x')
""",
    begun="Shown().run()",
)
WIZARD = TO_THE_FIRST_PAINT.format(
    made="from tshoot.tui.app import TshootApp as Shown",
    begun="""
from tshoot.cli import main, terminal
terminal.wizard_possible = lambda: True
sys.argv = ['tshoot']
main()
""",
)


def painted_with(script):
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def test_the_first_paint_needs_little_more_than_an_empty_program():
    more = painted_with(WIZARD) - painted_with(EMPTY)
    others = {name.partition(".")[0] for name in more} - {"tshoot"}
    assert others <= {"click", "gettext", "gc", "rich", "tomllib"}
    own = sorted(name for name in more if name.startswith("tshoot."))
    assert "tshoot.tui.screens.opening" in own
    late = ("probes", "flow", "yamldoc", "catalog", "checkup", "report", "history", "host", "guide.live")
    assert not [name for name in own for part in late if name.startswith(f"tshoot.{part}")]
    assert len(own) <= 45, own
