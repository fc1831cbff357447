"""Each grading process has its own cores, and a notebook cannot make way at its neighbours' cost."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.sealed import Grader, Limits, cores
from autograder.sealed.inside.scheduling import NICENESS
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, notebook
from tests.autograder.sealed.observed import outputs, scores

AVAILABLE = cores.available()
PLACE = """
import os
print(sorted(os.sched_getaffinity(0)), os.getpriority(os.PRIO_PROCESS, 0), os.sched_getscheduler(0))
"""


@pytest.mark.parametrize("workers", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("count", [1, 2, 3, 8, 64])
def test_shares_are_even_and_disjoint_where_there_are_enough_cores(workers, count):
    shares = cores.shares(workers, list(range(100, 100 + count)))
    sizes = {len(share) for share in shares}
    assert len(shares) == workers
    assert frozenset().union(*shares) == set(range(100, 100 + min(count, max(workers, count))))
    if workers <= count:
        assert sum(len(share) for share in shares) == count
        assert max(sizes) - min(sizes) <= 1
    else:
        assert sizes == {1}
        users = [shares.count(share) for share in set(shares)]
        assert max(users) - min(users) <= 1


def test_no_cores_are_divided_where_nobody_knows_of_any():
    assert cores.shares(3, []) == [frozenset()] * 3
    assert cores.shares(0, [0, 1]) == []
    with cores.within(frozenset()):
        assert cores.available() == AVAILABLE


def test_threads_of_one_physical_core_stay_in_one_share(tmp_path, monkeypatch):
    # Two packages, a cache each, two threads a core: numbered as Intel does, siblings half the machine apart.
    for core in range(8):
        folder = tmp_path / f"cpu{core}"
        package, sibling = core // 2 % 2, core % 4
        for name, text in {
            "topology/physical_package_id": f"{package}\n",
            "cache/index3/shared_cpu_list": f"{2 * package}-{2 * package + 1},{2 * package + 4}-9\n",
            "topology/thread_siblings_list": f"{sibling},{sibling + 4}\n",
        }.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
    monkeypatch.setattr(cores, "_TOPOLOGY", tmp_path)
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: set(range(8)))
    assert cores.shares(2, cores.available()) == [{0, 4, 1, 5}, {2, 6, 3, 7}]
    assert cores.shares(4, cores.available()) == [{0, 4}, {1, 5}, {2, 6}, {3, 7}]


def test_a_process_is_born_within_its_share_and_this_one_keeps_its_cores():
    share = frozenset(AVAILABLE[-1:])
    with cores.within(share):
        born = subprocess.run(
            [sys.executable, "-c", "import os; print(*os.sched_getaffinity(0))"],
            capture_output=True,
            text=True,
        )
    assert born.stdout.split() == [str(core) for core in share]
    assert cores.available() == AVAILABLE


@pytest.mark.sealed
def test_a_notebook_has_the_cores_of_its_grader_and_comes_after_it(tiny, tier):
    share = frozenset(AVAILABLE[-1:])
    with cores.within(share), Grader(tiny, tier=tier) as grader:
        printed = outputs(grader.grade(notebook(PLACE)))[0]
    assert printed == f"{sorted(share)} {os.getpriority(os.PRIO_PROCESS, 0) + NICENESS} {os.SCHED_BATCH}\n"


ADVICE = """
import ctypes, os, subprocess, sys, threading
libc = ctypes.CDLL(None)
def place():
    return sorted(os.sched_getaffinity(0)), os.getpriority(os.PRIO_PROCESS, 0), os.getsid(0), os.getpgid(0)
before = place()
os.sched_setaffinity(0, range(1024))
os.nice(3)
os.setsid()
os.sync()
file = os.open(os.__file__, os.O_RDONLY)
os.posix_fadvise(file, 0, 0, os.POSIX_FADV_DONTNEED)
found = [place()]
thread = threading.Thread(target=lambda: found.append((os.sched_setaffinity(0, range(1024)), place())[1]))
thread.start(); thread.join()
child = "import os; os.sched_setaffinity(0, range(1024)); print(sorted(os.sched_getaffinity(0)))"
child = subprocess.run([sys.executable, '-c', child], capture_output=True, text=True, start_new_session=True)
print(found == [before, before], child.stdout.strip() == str(before[0]), child.stderr)
"""


@pytest.mark.sealed
@pytest.mark.parametrize("where", ["bubblewrap", "process"])
def test_asking_for_more_does_no_harm_to_honest_code_and_changes_nothing(tiny, tier, where, recwarn):
    with cores.within(frozenset(AVAILABLE[:1])), Grader(tiny, tier=where) as grader:
        result = grader.grade(notebook(ADVICE, *HONEST))
    assert outputs(result)[0] == "True True \n"
    assert scores(result) == POSSIBLE


REFUSED = """
import ctypes, resource
libc = ctypes.CDLL(None, use_errno=True)
context = ctypes.c_ulong(0)
numbers = {'x86_64': (206, 253), 'aarch64': (0, 26)}[__import__('os').uname().machine]
print([(libc.syscall(n, a, b), ctypes.get_errno()) for n, a, b in [
    (numbers[0], 1, ctypes.byref(context)), (numbers[1], 0, 0)]], libc.fanotify_init(0x200, 0))
print(resource.getrlimit(resource.RLIMIT_CORE))
for new in (0, 0), (0, 1):
    try:
        resource.setrlimit(resource.RLIMIT_CORE, new)
    except ValueError:  # what Python makes of the error EPERM
        print('refused')
resource.setrlimit(resource.RLIMIT_NOFILE, (99, 99))
print(resource.getrlimit(resource.RLIMIT_NOFILE))
"""


@pytest.mark.sealed
def test_what_is_counted_for_the_whole_machine_is_refused(grader):
    printed = "".join(outputs(grader.grade(notebook(REFUSED))))
    core = min(1, resource.getrlimit(resource.RLIMIT_CORE)[1] % 2**64)
    assert printed == f"[(-1, 1), (-1, 1)] -1\n({core}, {core})\nrefused\nrefused\n(99, 99)\n"


FULL = """
import os
def fill(folder):
    written = 0
    try:
        for number in range(10_000):
            with open(f'{folder}/{number}', 'wb', buffering=0) as file:
                while (size := file.tell()) < 8 << 20:
                    written += file.write(bytes(1 << 20))
    except OSError as error:
        return written >> 20, os.strerror(error.errno)
print(fill('/tmp'), fill('/dev/shm'))
"""
PROCESSES = """
import os, resource, time
count = 0
try:
    while True:
        if os.fork() == 0:
            time.sleep(60)
        count += 1
except OSError:
    print(count)
"""


@pytest.mark.sealed
def test_disk_and_processes_are_bounded(tiny, tier):
    limits = Limits(disk=32 << 20, processes=20)
    with Grader(tiny, tier=tier, limits=limits) as grader:
        full = outputs(grader.grade(notebook(FULL)))[0]
        count = outputs(grader.grade(notebook(PROCESSES)))[0]
    assert full.count("No space left") == 2
    assert all(30 <= int(words.split(",")[0]) <= 32 for words in full.split("(")[1:])
    assert 15 <= int(count) < 20


THREADS = """
import os, torch, numpy as np
counts = [torch.get_num_threads(), os.environ['OMP_NUM_THREADS']]
torch.set_num_threads(4)
x = torch.randn(64, 3, 32, 32)
layer = torch.nn.Conv2d(3, 8, 3)
layer(x).square().mean().backward()
a = np.random.standard_normal((300, 300))
print(counts, torch.get_num_threads(), layer.weight.grad.shape == (8, 3, 3, 3), np.isfinite(a @ a).all(),
      len(os.sched_getaffinity(0)))
"""


@pytest.mark.sealed
def test_torch_runs_its_threads_on_the_cores_of_its_share(tmp_path: Path, tier):
    assignment = class_of_one.make(tmp_path, modules=("torch",))
    with cores.within(frozenset(AVAILABLE[:1])), Grader(assignment, tier=tier) as grader:
        result = grader.grade(notebook(THREADS, *HONEST))
    assert outputs(result)[0] == "[1, '1'] 4 True True 1\n", result
    assert scores(result) == POSSIBLE
