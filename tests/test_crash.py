"""What is said of a crash: the kind of error and the places in this program's code; nothing it held."""

import subprocess
import sys

from tshoot import crash
from tshoot.text import display_text

SECRET = "jane.roe@example.org"


def error_of(work):
    try:
        work()
    except Exception as error:
        return error
    raise AssertionError("it did not fail")


def test_the_places_are_those_of_this_program_alone():
    def work():
        private = {"mail": SECRET}
        display_text(private)

    words = crash.crash_words(error_of(work))
    assert "tshoot/text.py:" in words
    assert "display_text" in words
    assert SECRET not in words
    assert "test_crash.py" not in words


def test_what_it_came_from_is_told_too():
    def work():
        try:
            raise KeyError(SECRET)
        except KeyError:
            raise ExceptionGroup(SECRET, [OSError(SECRET)]) from None

    words = crash.crash_words(error_of(work))
    assert "ExceptionGroup" in words
    assert "OSError" in words
    assert "KeyError" not in words
    assert SECRET not in words


def test_a_chain_that_never_ends_is_cut():
    first, second = KeyError(), ValueError()
    first.__cause__, second.__cause__ = second, first
    assert len(crash.crash_words(first).splitlines()) < 30


CHILD = f"""
import sys
import tshoot.cli.main
module = sys.modules["tshoot.cli.main"]
def broken(private={SECRET!r}):
    raise {{error}}(private)
module._invoke = broken
sys.argv = ["tshoot", "check"]
module.main()
"""


def test_a_command_that_crashes_says_the_same_with_a_code_of_its_own():
    for error in ("KeyError", "ValueError"):
        done = subprocess.run(
            [sys.executable, "-c", CHILD.format(error=error)], capture_output=True, text=True, check=False
        )
        assert done.returncode == crash.CRASHED
        assert "Something in tshoot itself went wrong" in done.stderr
        assert error in done.stderr
        assert SECRET not in done.stderr
        assert "Traceback" not in done.stderr
        assert done.stdout == ""
