"""A cell that runs amok costs itself alone, and reaches nothing outside its sandbox."""

import pytest

from autograder.sealed import Grader, Limits
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.observed import inhabitants, outputs, scores

pytestmark = pytest.mark.sealed


GARBAGE = """
import os
for fd in range(3, 20):
    try:
        os.write(fd, os.urandom(5000))
    except OSError:
        pass
"""


CLOSED = "import os\nos.closerange(0, 100)"


BROKEN = {
    "infinite loop": ("while True: pass", "ran longer than 6 s"),
    "os._exit": ("import os; os._exit(0)", "ended its process"),
    "killed by itself": ("import os; os.kill(os.getpid(), 9)", "ended its process (signal 9)"),
    "kill everything": ("import os, signal; os.kill(-1, signal.SIGKILL)", ""),
    "signals to the first process": ("import os, time\nfor s in 2, 15, 9: os.kill(1, s)\ntime.sleep(1)", ""),
    "segmentation fault": ("import ctypes; ctypes.string_at(0)", "ended its process (signal 11)"),
    "garbage on the wire": (GARBAGE, "broke the grader's protocol"),
    "closed descriptors": (CLOSED, "ended its process"),
    "sleeps": ("import time; time.sleep(10**6)", "ran longer than 6 s"),
    "memory at once": ("import numpy as np; np.ones(1 << 30)", "MemoryError"),
    "output": ("for _ in range(200): print('x' * (1 << 20))", ""),
    "output past python": ("import os\nfor _ in range(200): os.write(1, b'x' * (1 << 20))", ""),
    "disk": ("f = open('/tmp/f', 'wb')\nwhile True: f.write(bytes(1 << 20))", ""),
    "files": ("x = [open('/dev/null') for _ in range(10_000)]", ""),
    "threads": ("from threading import Timer\nfor _ in range(9999): Timer(9, print).start()", ""),
    "recursion": ("def f(): f()\nf()", ""),
}  # fmt: skip


@pytest.mark.parametrize(("cell", "reason"), BROKEN.values(), ids=BROKEN.keys())
def test_a_cell_that_runs_amok_costs_itself_alone(grader, cell, reason):
    result = grader.grade(notebook(cell, *HONEST))
    assert scores(result) == POSSIBLE
    assert reason in result.reason
    assert len(result.executed or "") < 5_000_000


def test_a_fork_bomb_is_bounded_and_swept_away(grader):
    cells = [
        "import os, time\nwhile True:\n    try:\n        os.fork()\n    except OSError:\n        break",
        *HONEST,
    ]
    result = grader.grade(notebook(*cells))
    assert all(score <= POSSIBLE[name] for name, score in scores(result).items())
    assert inhabitants(grader) <= 2


def test_memory_taken_by_and_by_ends_in_a_memory_error(tiny, tier):
    """A busy machine takes its time to hand out two gigabytes, so the cell has longer than the others."""
    with Grader(tiny, tier=tier, limits=Limits(cell_seconds=60.0)) as grader:
        result = grader.grade(notebook("x = []\nwhile True: x.append(bytearray(1 << 28))", *HONEST))
    assert scores(result) == POSSIBLE
    assert "MemoryError" in result.reason
    assert len(result.executed or "") < 5_000_000


def test_memory_of_many_processes_is_counted_together(tiny, tier):
    cell = """
import os, time
for _ in range(6):
    if os.fork() == 0:
        hoard = b'x' * (100 << 20)
        time.sleep(60)
time.sleep(60)
"""
    with Grader(tiny, tier=tier, limits=Limits(memory=300 << 20)) as grader:
        result = grader.grade(notebook(cell, *HONEST))
    assert result.reason == "cell 1 used more than 300 MiB; what it defined before its line 3 counts"
    assert scores(result) == POSSIBLE


def test_the_network_is_out_of_reach(grader):
    cell = """
import socket
tried = []
for family, address in [(socket.AF_INET, ('1.1.1.1', 53)), (socket.AF_INET, ('127.0.0.1', 22)),
                        (socket.AF_INET6, ('::1', 22)), (socket.AF_UNIX, '/run/docker.sock'),
                        (socket.AF_UNIX, '\\0/tmp/.X11-unix/X0')]:
    try:
        s = socket.socket(family); s.settimeout(2); s.connect(address); tried.append(address)
    except OSError:
        pass
with open('/proc/net/dev') as f:
    print(tried, [line.split(':')[0].strip() for line in f if ':' in line])
"""
    assert outputs(grader.grade(notebook(cell)))[0] == "[] ['lo']\n"


def test_nothing_but_its_own_folders_can_be_written(grader):
    cell = """
import os
places = [line.split()[1] for line in open('/proc/self/mounts')] + [os.getcwd(), os.environ['HOME']]
for top, folders, files in os.walk('/'):
    if top.count('/') > 2 or top == '/proc':
        folders.clear()
    places.append(top)
written = set()
for place in places:
    try:
        with open(os.path.join(place, 'mark'), 'w') as f:
            f.write('x')
        written.add(place)
    except OSError:
        pass
print(sorted(written))
"""
    places = set(
        eval(outputs(grader.grade(notebook(cell)))[0])
    )  # a list of folders, printed by the cell above
    assert {"/tmp", "/dev/shm"} <= places <= {"/tmp", "/tmp/home", "/tmp/work", "/dev/shm"}


def test_no_privilege_is_within_reach(grader):
    cell = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
def fails(result): return result == -1
status = dict(line.split(':', 1) for line in open('/proc/self/status') if ':' in line)
print(os.getuid() != 0, [status[k].strip() for k in ('CapEff', 'CapPrm', 'CapBnd', 'NoNewPrivs', 'Seccomp')],
      fails(libc.unshare(0x10000000)), fails(libc.ptrace(16, 1, 0, 0)), fails(libc.setuid(0)),
      fails(libc.mount(b'x', b'/tmp', b'tmpfs', 0, None)), fails(libc.memfd_create(b'x', 0)))
"""
    zero = "0" * 16
    assert outputs(grader.grade(notebook(cell)))[0] == (
        f"True ['{zero}', '{zero}', '{zero}', '1', '2'] True True True True True\n"
    )
