"""Nothing outlives its notebook, nor its grader, however that ends."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.sealed import Grader
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.observed import inhabitants, open_files, scores

pytestmark = pytest.mark.sealed


DAEMONS = """
import os, subprocess, sys, time
subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)
for _ in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for signal in range(1, 30):
                try:
                    __import__('signal').signal(signal, __import__('signal').SIG_IGN)
                except (OSError, ValueError):
                    pass
            while True:
                time.sleep(1)
        os._exit(0)
"""


SCRIPT = """
import sys, time
from pathlib import Path
from autograder.assignment import load
from autograder.sealed import Grader
from tests.autograder.sealed.class_of_one import notebook
grader = Grader(load("tiny", Path(sys.argv[1])), tier=sys.argv[2])
grader.__enter__()
print("uid", 2_000_000 + __import__("os").getpid(), flush=True)
grader.grade(notebook("import time; print(1)", "time.sleep(600)"))
"""


def with_environment(mark: str) -> list[int]:
    """Return the processes that have ``mark`` in their command line."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if mark.encode() in line and b"inside.zygote" in line:
                found.append(int(entry.name))
    return found


def test_daemons_end_with_their_notebook(grader):
    grader.grade(notebook(*HONEST))
    before, descriptors = inhabitants(grader), open_files()
    result = grader.grade(notebook(DAEMONS, *HONEST))
    assert scores(result) == POSSIBLE
    assert inhabitants(grader) == before == 1
    assert open_files() == descriptors


def test_a_zygote_that_died_is_replaced(tiny, tier):
    with Grader(tiny, tier=tier) as grader:
        grader.grade(notebook(*HONEST))
        assert grader._zygote._process is not None
        grader._zygote._process.kill()
        grader._zygote._process.wait()
        assert scores(grader.grade(notebook(*HONEST))) == POSSIBLE


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_a_grader_that_is_killed(tiny, tier, how):
    command = [sys.executable, "-c", SCRIPT, str(tiny.folder.parent), tier]
    root = Path(__file__).resolve().parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        uid = process.stdout.readline().split()[1]
        mark = f"uid={uid} "
        time.sleep(1.0)
        assert with_environment(mark)
        process.send_signal(how)
    until = time.monotonic() + 10
    while with_environment(mark) and time.monotonic() < until:
        time.sleep(0.05)
    assert not with_environment(mark)


def test_closing_leaves_nothing(tiny, tier):
    descriptors = open_files()
    grader = Grader(tiny, tier=tier)
    grader.grade(notebook(DAEMONS, *HONEST))
    mark = str(grader._zygote._process.args[-1])  # type: ignore[union-attr,index]
    assert with_environment(mark)
    grader.close()
    assert not with_environment(mark)
    assert open_files() == descriptors
    grader.close()
