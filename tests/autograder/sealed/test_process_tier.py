"""The process tier: what it keeps apart although it builds no walls."""

import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.sealed import Grader
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.conftest import LIMITS
from tests.autograder.sealed.observed import outputs, scores

pytestmark = pytest.mark.sealed

WHERE = """
import os, tempfile
from pathlib import Path
print(tempfile.gettempdir() == os.environ["TMPDIR"], os.getcwd() == os.environ["TMPDIR"] + "/work")
print(oct(os.stat(os.environ["TMPDIR"]).st_mode & 0o777))
print(os.path.expanduser("~") == os.environ["TMPDIR"] + "/home")
"""
LEAVE = """
import os, tempfile
from pathlib import Path
for place in (tempfile.gettempdir(), os.getcwd(), os.path.expanduser("~"), os.environ["MPLCONFIGDIR"]):
    os.makedirs(place, exist_ok=True)
    Path(place, "for-the-next.txt").write_text("the answer")
print(os.environ["TMPDIR"])
"""
FIND = """
import os
from pathlib import Path
top = Path(os.environ["TMPDIR"]).parent
print([str(path) for path in top.rglob("for-the-next.txt")])
"""
STUBBORN = """
import os
os.chdir(os.environ["TMPDIR"])
os.makedirs("closed/inner")
os.chmod("closed", 0)
for _ in range(3000):
    os.mkdir("deep")
    os.chdir("deep")
print(os.environ.get("TMPDIR"))
"""


@pytest.fixture(scope="module")
def weak(tiny) -> Iterator[Grader]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)
        with Grader(tiny, tier="process", limits=LIMITS) as grader:
            yield grader


def test_each_notebook_has_a_folder_of_its_own(weak):
    assert outputs(weak.grade(notebook(WHERE)))[0] == "True True\n0o700\nTrue\n"


def test_a_graphics_card_is_not_offered(weak, monkeypatch):
    """Without the seal a notebook sees the machine's devices; within its limits it could not use this one."""
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "0")
    seen = outputs(weak.grade(notebook("import os\nprint(repr(os.environ['CUDA_VISIBLE_DEVICES']))")))
    assert seen[0] == "''\n"


def test_a_notebook_finds_nothing_of_the_one_before(weak):
    left = outputs(weak.grade(notebook(LEAVE)))[0].strip()
    assert left
    assert not Path(left).exists()
    assert outputs(weak.grade(notebook(FIND)))[0] == "[]\n"


def test_folders_that_resist_are_removed_all_the_same(weak):
    place = outputs(weak.grade(notebook(STUBBORN)))[0].strip()
    assert place.startswith("/")
    assert not Path(place).exists()
    assert scores(weak.grade(notebook(*HONEST))) == POSSIBLE


INTERNET = """
import socket
for family in (socket.AF_INET, socket.AF_INET6):
    try:
        print(socket.socket(family))
    except OSError as error:
        print("none")
"""


def test_there_is_no_internet(weak):
    assert outputs(weak.grade(notebook(INTERNET)))[0] == "none\nnone\n"


def test_memory_has_its_limit(weak):
    assert "MemoryError" in outputs(weak.grade(notebook("x = bytes(5 << 30)")))[0]


def test_a_notebook_reads_what_its_user_may(weak, tiny):
    """No promise, but what the page on security says of this tier has to stay true."""
    tests = tiny.folder / "tests" / "double.py"
    assert "test_case" in outputs(weak.grade(notebook(f"print(open({str(tests)!r}).read())")))[0]
