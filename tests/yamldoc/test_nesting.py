"""Deep nesting is a problem of the file; it once ended the whole process with a segmentation fault."""

import subprocess
import sys

import pytest

from tshoot.yamldoc import DocumentError, parse_document

DEEP = {
    "lists": "[" * 100_000,
    "mappings": "{a: " * 100_000,
    "closed": "[" * 60_000 + "]" * 60_000,
    "mixed with text": '["]", ' * 50_000,
    "block lists": "- " * 50_000 + "x",
    "keys": "? " * 50_000 + "x",
}


@pytest.mark.parametrize("name", DEEP)
def test_deep_nesting_is_told_and_ends_nothing(name):
    code = (
        "import sys; from tshoot.yamldoc import *\n"
        "try: parse_document(sys.stdin.read(), 'f')\n"
        "except DocumentError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        input=DEEP[name],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("f:1:")


def test_indented_nesting_is_told():
    text = "\n".join(" " * depth + "a:" for depth in range(600))
    with pytest.raises(DocumentError, match="yaml-depth"):
        parse_document(text, "f")


def test_a_wide_file_is_not_deep():
    assert parse_document("[" + "[1], " * 3000 + "]", "f").data[2999] == [1]
