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
