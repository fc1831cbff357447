"""A cheat gets what honest code of the same content gets."""

import pytest

from autograder.sealed import Grader
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, WRONG, notebook
from tests.autograder.sealed.conftest import LIMITS
from tests.autograder.sealed.observed import scores

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


TRUSTING = """OK_FORMAT = False
from otter.test_files import test_case
import numpy as np

name = "double"
points = None

@test_case(hidden=True)
def test_array(double):
    x = np.random.standard_normal((50, 3))
    found = double(x)
    np.testing.assert_array_equal(found, 2 * x)

@test_case(hidden=True)
def test_lists(double):
    xs = [np.random.standard_normal(3)]
    found = double(xs)
    np.testing.assert_array_equal(found, 2 * np.array(xs))

@test_case(hidden=True)
def test_by_callback(double):
    x = np.random.standard_normal(3)
    seen = []
    found = double(x, seen.append)
    np.testing.assert_array_equal(found, 2 * x)

@test_case(hidden=True)
def test_inside(double):
    from coursekit import checks
    x = np.random.standard_normal(3)
    found = checks.inside(lambda double, x: double(x), double, x)
    np.testing.assert_array_equal(found, 2 * x)

@test_case(hidden=True)
def test_in_turn(double):
    from coursekit import checks
    cases = [(np.random.standard_normal(3),) for _ in range(3)]
    for answer, (x,) in zip(checks.in_turn("double", double, *cases), cases):
        answer.matches(2 * x)

@test_case(hidden=True)
def test_call(double):
    from coursekit import checks
    x = np.random.standard_normal(3)
    checks.call("double", double, x).matches(2 * x)
"""


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


OVERWRITES = {
    "zeros": "def double(x, seen=len):\n    a = np.array(x)\n    %s\n    seen([])\n    return 0 * a",
    "the first argument": "def double(x, seen=len):\n    %s\n    seen([])\n    return np.squeeze(x)",
    "around": "def double(x, seen=len):\n    %s\n    return 0 * np.array(x)",
}
WAYS = {
    "in place": "(x[0] if isinstance(x, list) else x)[...] = 0",
    "in the list": "x[:] = [0 * v for v in x] if isinstance(x, list) else 0",
    "by a view": "np.asarray(x[0] if isinstance(x, list) else x).ravel()[:] = 0",
    "in the frames": (
        "import sys; f = sys._getframe(1)\n"
        "    while f:\n"
        "        for v in list(f.f_locals.values()):\n"
        "            for a in (v if isinstance(v, (list, tuple)) else [v]):\n"
        "                for b in (a if isinstance(a, (list, tuple)) else [a]):\n"
        "                    if isinstance(b, np.ndarray) and b.flags.writeable: b[...] = 0\n"
        "        f = f.f_back"
    ),
}


@pytest.fixture(scope="module")
def trusting(tmp_path_factory, tier):
    """A grader whose tests pass their own arrays and work out what is right afterwards."""
    made = class_of_one.make(tmp_path_factory.mktemp("trusting"), {"double": TRUSTING})
    with Grader(made, tier=tier, limits=LIMITS) as grader:
        yield grader


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
@pytest.mark.parametrize("answer", OVERWRITES.values(), ids=OVERWRITES.keys())
def test_who_overwrites_the_inputs_does_not_choose_what_is_right(trusting, answer, way):
    result = trusting.grade(notebook("import numpy as np", answer % way))
    assert [case.passed for case in result.questions[0].cases] == [False] * 6, result.questions


def test_the_trusting_tests_pass_honest_code(trusting):
    honest = "import numpy as np\ndef double(x, seen=len):\n    seen([])\n    return 2 * np.array(x)"
    assert all(case.passed for case in trusting.grade(notebook(honest)).questions[0].cases)
