"""Each attack gets what honest code of the same content gets, and nothing of it outlives the notebook."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.sealed import Grader, Limits
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, WRONG, notebook
from tests.autograder.sealed.test_grader import outputs, scores

pytestmark = pytest.mark.sealed

HONEST_WRONG = {**POSSIBLE, "double": 0.0}  # what the wrong answer deserves

PATCHED = """
import numpy.testing, builtins, unittest, inspect
for module in (numpy.testing, numpy):
    for name in dir(module):
        if name.startswith('assert') or name in ('allclose', 'array_equal'):
            setattr(module, name, lambda *a, **k: True)
builtins.isinstance = lambda *a: True
builtins.AssertionError = Exception
try:
    import msgpack
    msgpack.unpackb = msgpack.packb = lambda *a, **k: None
except Exception:
    pass
"""

WALKER = """
def double(x):
    import gc, inspect, sys
    found = []
    frame = inspect.currentframe()
    while frame is not None:
        found += list(frame.f_locals.items())
        frame = frame.f_back
    for obj in gc.get_objects():
        if isinstance(obj, dict):
            found += [(k, v) for k, v in list(obj.items()) if isinstance(k, str)]
    for name, value in found:
        if 'secret_expected' in str(name) or str(name) == 'desired':
            return value
    return 0 * x
"""

IMPORTER = """
def double(x):
    import importlib, os, sys
    hits = []
    for name in ('convnet', 'autograder', 'autograder.assignment', 'otter.test_files', 'solutions'):
        try:
            importlib.import_module(name); hits.append(name)
        except ImportError:
            pass
    wanted = ('tests/double.py', 'convnet/__init__.py', 'sealed/scoring.py', 'tiny/manifest.json')
    for top, folders, files in os.walk('/'):
        if top in ('/proc', '/sys', '/usr') or os.path.basename(top) == 'site-packages':
            folders[:] = [f for f in folders if f in ('convnet', 'autograder', 'local')]
        hits += [path for f in files if (path := os.path.join(top, f)).endswith(wanted)]
    for where in ('environ', 'mem', 'maps', 'fd', 'cwd'):
        try:
            path = '/proc/1/' + where
            hits.append((path, os.listdir(path) if where in ('fd', 'cwd') else open(path, 'rb').read(1)))
        except OSError:
            pass
    if hits:
        raise RuntimeError(repr(hits))
    return 0 * x
"""

LYING_ARRAY = """
class Yes(np.ndarray):
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __array_ufunc__(self, ufunc, method, *args, **kwargs): return np.zeros(self.shape)
    def __array_function__(self, *args, **kwargs): return True
    def __bool__(self): return True
def double(x):
    return np.zeros(np.shape(x)).view(Yes)
"""

LYING_OBJECT = """
class Yes:
    __class__ = np.ndarray
    shape, dtype, ndim, size = (50, 3), np.dtype('f8'), 2, 150
    def __eq__(self, other): return True
    def __array__(self, *a, **k): return Yes()
    def __array_ufunc__(self, *a, **k): return True
    def __getattr__(self, name): return lambda *a, **k: True
    def __len__(self): return 50
    def __iter__(self): return iter([self] * 50)
    def __sub__(self, other): return 0.0
    __rsub__ = __abs__ = __sub__
    def __float__(self): return 6.0
def double(x): return Yes()
"""

HOSTILE_ERROR = """
class Nasty(Exception):
    def __str__(self): raise SystemExit
    __repr__ = __str__
Nasty.__name__ = '<script>alert(1)</script>' * 1000
def double(x):
    raise type('AssertionError', (Nasty,), {})('\\x1b[2J' * 10**6)
raise Nasty
"""

FORGED_REPLY = """
import os, socket, struct, msgpack
def double(x):
    body = msgpack.packb(['value', %s, 6, []])
    for n in range(1, 60):
        frame = struct.pack('!4sQII', b'SLD1', n, len(body), 0) + body
        for fd in range(3, 20):
            try:
                os.write(fd, frame)
            except OSError:
                pass
    return 0 * x
"""

FORGED_MEMORY = """
def double(x):
    import gc
    from inside.wire import Channel
    channel = [o for o in gc.get_objects() if type(o) is Channel][0]
    for number in range(1, 40):
        channel.send(['value', number, 6, []])
    return 0 * x
"""

GARBAGE = """
import os
for fd in range(3, 20):
    try:
        os.write(fd, os.urandom(5000))
    except OSError:
        pass
"""

CLOSED = "import os\nos.closerange(0, 100)"
FLAGS = """
def double(x):
    if hasattr(x, 'flags'):
        x[...] = 0          # make what is expected fit the answer
    return 0 * x
"""

CHEATS = {
    "patched": [PATCHED, *WRONG],
    "walker": [*WRONG, WALKER],
    "importer": [*WRONG, IMPORTER],
    "lying array": [*WRONG, LYING_ARRAY],
    "lying object": [*WRONG, LYING_OBJECT],
    "hostile error": [*WRONG, HOSTILE_ERROR],
    "forged reply": [*WRONG, FORGED_REPLY % "2"],
    "forged through the channel": [*WRONG, FORGED_MEMORY],
    "inputs overwritten": [*WRONG, FLAGS],
}


@pytest.mark.parametrize("cells", CHEATS.values(), ids=CHEATS.keys())
def test_a_cheat_scores_no_more_than_honest_code(grader, cells):
    result = grader.grade(notebook(*cells))
    for question, score in scores(result).items():
        assert score <= HONEST_WRONG[question], result.questions
    assert scores(grader.grade(notebook(*HONEST))) == POSSIBLE  # and the next one is graded as ever


def test_the_importer_found_nothing(grader):
    result = grader.grade(notebook(*WRONG, IMPORTER))
    detail = result.questions[0].cases[0].detail
    assert "AssertionError" in detail, detail  # a hit would be a RuntimeError


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
    "memory by and by": ("x = []\nwhile True: x.append(bytearray(1 << 28))", "MemoryError"),
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
    assert result.reason == "cell 1 used more than 300 MiB and was skipped"
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


def inhabitants(grader: Grader) -> int:
    """Count the processes below the sandbox of a grader, beyond bubblewrap's own two."""
    assert grader._zygote._process is not None
    family, grown = {grader._zygote._process.pid}, True
    while grown:
        grown = False
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) not in family:
                try:
                    parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
                except OSError:
                    continue
                if parent in family:
                    family.add(int(entry.name))
                    grown = True
    return len(family) - 2


def open_files() -> int:
    """Count this process's descriptors."""
    return len(list(Path("/proc/self/fd").iterdir()))


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


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_nothing_outlives_a_grader_that_is_killed(tiny, tier, how):
    command = [sys.executable, "-c", SCRIPT, str(tiny.folder.parent), tier]
    root = Path(__file__).resolve().parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        uid = process.stdout.readline().split()[1]
        mark = f'"uid": {uid}'
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
