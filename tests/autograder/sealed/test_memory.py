"""Memory has no way round its limit: not through kernel, grader or machine."""

import math
import mmap
import os
import resource
import socket
from pathlib import Path

import pytest

from autograder.limits import Limits
from autograder.sealed import Grader, own
from autograder.sealed.inside import processes
from autograder.sealed.inside.running import share
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.observed import outputs, scores

pytestmark = pytest.mark.sealed

SMALL = Limits(cell_seconds=10.0, memory=128 << 20, cell_restarts=1)
# Each fills what no process holds in pages of its own, in four processes, and then waits to be found out.
FILLED_SOCKETS = """
import os, socket, time
for _ in range(4):
    if os.fork() == 0:
        ends = []
        try:
            while True:
                ends += socket.socketpair()
                for end in ends[-2:]:
                    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 30)
                    end.setblocking(False)
                    try:
                        while True:
                            end.send(bytes(1 << 16))
                    except BlockingIOError:
                        pass
        except OSError:
            time.sleep(60)
time.sleep(5)
"""
SENT_AWAY = """
import socket, time
inner = [end for _ in range(100) for end in socket.socketpair()]
for end in inner:
    end.setblocking(False)
    try:
        while True:
            end.send(bytes(1 << 16))
    except BlockingIOError:
        pass
keep = socket.socketpair()
socket.send_fds(keep[0], [b"x"], [end.fileno() for end in inner])
for end in inner:
    end.close()
"""
NEARLY_ALL = """
import time
block = bytearray(b"x") * (122 << 20)  # below the limit, and above it beside forty megabytes in sockets
time.sleep(2)
del block
"""


@pytest.mark.parametrize("filling", [FILLED_SOCKETS, SENT_AWAY + NEARLY_ALL], ids=["kept", "sent away"])
def test_full_sockets_count(tiny, tier, filling):
    with Grader(tiny, tier=tier, limits=SMALL) as grader:
        result = grader.grade(notebook(HONEST[0], filling, *HONEST))
    assert "cell 2 used more than 128 MiB" in result.reason
    assert scores(result) == POSSIBLE


@pytest.mark.parametrize("apart", [SENT_AWAY, NEARLY_ALL], ids=["sent away", "nearly all"])
def test_each_of_them_alone_is_within_the_limit(tiny, tier, apart):
    with Grader(tiny, tier=tier, limits=SMALL) as grader:
        result = grader.grade(notebook(HONEST[0], apart, *HONEST))
    assert not result.failed
    assert "used more than" not in result.reason


def test_what_a_process_maps_counts_with_its_tables_and_what_was_swapped_out():
    before = processes.anonymous(os.getpid())
    tables = int(
        next(
            line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmPTE")
        ).split()[1]
    )
    assert before > tables * 1024 > 0
    # Not a bytearray: it may lie in pages that earlier tests left on the heap.
    with mmap.mmap(-1, 64 << 20, flags=mmap.MAP_PRIVATE) as block:
        block.write(b"x" * (64 << 20))
        assert processes.anonymous(os.getpid()) - before > 60 << 20
        assert processes.proportional(os.getpid()) > 60 << 20


def test_sockets_are_counted_where_they_are():
    before = processes.sockets()
    pairs = [socket.socketpair() for _ in range(50)]
    assert processes.sockets() - before >= 90  # others on this machine come and go
    for pair in pairs:
        for end in pair:
            end.close()


def test_who_uses_most_goes_first_when_the_machine_runs_short():
    spare, memory = 1000, 800
    assert share(1000, spare, memory) == share(None, spare, memory) == share(0, 0, memory) == math.inf
    shares = [share(free, spare, memory) for free in range(999, 0, -1)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] == pytest.approx(memory / 2, rel=0.01)
    assert {share(free, spare, memory) for free in range(501)} == {0.0}


def test_a_notebook_ends_when_the_machine_runs_short(tiny, tier, monkeypatch):
    monkeypatch.setattr(own, "spare", lambda: 1 << 60)
    with Grader(tiny, tier=tier, limits=Limits(cell_restarts=1)) as grader:
        result = grader.grade(notebook("import time\ntime.sleep(5)"))
    assert result.status == "stopped"
    assert "this machine ran short of memory" in result.reason


def test_a_machine_keeps_a_sixteenth_free_at_most():
    total = int(Path("/proc/meminfo").read_text().split()[1]) * 1024
    assert 0 < own.spare() <= total // 16


ASKED = """OK_FORMAT = False
from otter.test_files import test_case
import numpy as np
name = "size"

@test_case()
def test_room(size):
    assert np.zeros(size()).shape
"""


def test_a_test_that_asks_for_too_much_fails_and_the_grader_lives(tmp_path, tier):
    assignment = class_of_one.make(tmp_path, {"size": ASKED})
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    with Grader(assignment, tier=tier) as grader:
        much = grader.grade(notebook("def size(): return 600_000_000"))
        assert much.score == 0
        assert "MemoryError" in much.questions[0].cases[0].detail
        assert grader.grade(notebook("def size(): return 10_000_000")).score == 1
        assert resource.getrlimit(resource.RLIMIT_DATA) == (soft, hard)
        # The notebook has limits of its own, a new sandbox too.
        assert grader._zygote._process is not None
        grader._zygote._process.kill()
        show = "import resource\nprint(resource.getrlimit(resource.RLIMIT_DATA)[0])"
        assert outputs(grader.grade(notebook(show))) == [f"{hard}\n"]


def test_an_earlier_limit_of_the_process_stays():
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    tight = 3 << 30
    resource.setrlimit(resource.RLIMIT_DATA, (tight, hard))
    try:
        with own.bounded(Limits()):
            assert resource.getrlimit(resource.RLIMIT_DATA)[0] == tight
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
