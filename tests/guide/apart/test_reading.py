import sys
import threading

import pytest

from tshoot.catalog.services import load_services, shipped_services
from tshoot.checkup import shipped_catalog
from tshoot.diagnosis.catalog import load_catalog
from tshoot.guide.apart.child import python_command
from tshoot.guide.apart.reading import READER, Reading
from tshoot.guide.overlaid import load_overlaid
from tshoot.once import Once
from tshoot.probes.registry import PROBES, load, specs
from tshoot.yamldoc.problems import DocumentError

ENDS = "flow: own\nversion: 1.0.0\ntitle: t\nabout: a\nstart: end\nsteps:\n  - id: end\n    end: resolved\n"


def test_what_is_read_apart_is_what_this_process_would_read():
    assert Reading().flows() == load_overlaid()
    assert shipped_services() == load_services()
    assert shipped_catalog() == load_catalog()
    assert specs() == {name: load(name).SPEC for name in PROBES}


def test_flows_of_ones_own_are_read_too(tmp_path):
    (tmp_path / "own.yaml").write_text(ENDS, encoding="utf-8")
    assert Reading([tmp_path]).flows()["own"].title == "t"


def test_what_is_wrong_in_them_is_told_as_ever(tmp_path):
    (tmp_path / "own.yaml").write_text(ENDS.replace("start: end", "start: nowhere"), encoding="utf-8")
    with pytest.raises(DocumentError) as here:
        load_overlaid([tmp_path])
    with pytest.raises(DocumentError) as apart:
        Reading([tmp_path]).flows()
    assert apart.value.problems == here.value.problems
    assert str(apart.value) == str(here.value)


def test_a_folder_that_is_not_there_is_told_as_ever(tmp_path):
    with pytest.raises(FileNotFoundError) as caught:
        Reading([tmp_path / "none"]).flows()
    assert caught.value.filename == str(tmp_path / "none")


@pytest.mark.parametrize(
    "command", [["/nowhere/python"], [sys.executable, "-c", "pass"], [sys.executable, "-c", "print('x')"]]
)
def test_without_the_process_this_one_reads(command):
    assert Reading(command=command).flows().keys() == load_overlaid().keys()


def test_a_process_that_ends_half_way_is_made_up_for():
    no_flows = "from tshoot.guide.apart import reader; reader._flows = exit; reader.main()"
    command = python_command(READER)
    command[2] = command[2].rpartition("; from")[0] + f"; {no_flows}"
    assert Reading(command=command).flows().keys() == load_overlaid().keys()


def test_closing_ends_a_reading_under_way():
    reading = Reading(command=[sys.executable, "-c", "import time; time.sleep(60)"])
    ended = []

    def read():
        with pytest.raises(EOFError):
            reading.flows()
        ended.append(True)

    waiting = threading.Thread(target=read)
    waiting.start()
    reading.close()
    waiting.join(20)
    assert ended == [True]
    assert reading._process.poll() is not None


def test_once_makes_its_value_once_unless_it_is_given():
    made = []
    value = Once(lambda: made.append(1) or len(made))
    assert not value.known
    assert (value(), value(), made) == (1, 1, [1])
    value.keep(7)
    assert (value(), value.known) == (7, True)
