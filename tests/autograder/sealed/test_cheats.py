"""A cheat gets what honest code of the same content gets."""

import pytest

from tests.autograder.sealed.class_of_one import HONEST, POSSIBLE, WRONG, notebook
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
