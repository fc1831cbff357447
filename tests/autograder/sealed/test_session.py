"""A test in the grader uses a student's objects in the sandbox as if they were its own."""

import math
from collections.abc import Iterator

import numpy as np
import pytest

from autograder.sealed import Grader, Limits
from autograder.sealed.errors import SandboxStopped, StudentError
from autograder.sealed.proxies import RemoteNames, StudentFunction, StudentObject
from autograder.sealed.replay import Replay
from autograder.sealed.session import Session
from tests.autograder.sealed.conftest import LIMITS

pytestmark = pytest.mark.sealed

CELL = """
import numpy as np, builtins, collections, sys, os, time

def same(x): return x
def total(*args, scale=1): return scale * sum(args)
def fail(kind): raise getattr(builtins, kind)('because')
class Odd(Exception): pass
def odd(): raise Odd('mine')
def leave(): sys.exit(3)
def die(): os._exit(3)
def hang(): time.sleep(1000)
def apply(f, *args): return f(*args)
def forever():
    while True: yield 1
def three():
    yield from 'abc'
def linalg(): np.linalg.inv(np.zeros((2, 2)))
def big(): return np.zeros(100 << 20)
def deep(f, n): return f(n)

class Layer:
    scale = 2
    def __init__(self, w): self.w = np.asarray(w, float); self.parts = [self.w]
    def __call__(self, x): return self.scale * self.w * x
    def __len__(self): return 3
    def __getitem__(self, k): return self.w[k]
    def __setitem__(self, k, v): self.w[k] = v
    def bump(self): self.w += 1

class Agreeable:
    __array_priority__ = 1e9
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    __le__ = __gt__ = __ge__ = __lt__
    def __hash__(self): return 0
    def __array__(self, *args, **kwargs): return np.zeros(3)
    def __array_ufunc__(self, *args, **kwargs): return True
    def __float__(self): return 0.0
    def __abs__(self): return self
    def __sub__(self, other): return self
    __rsub__ = __add__ = __radd__ = __mul__ = __rmul__ = __sub__
class Lying:
    __class__ = float
def itself():
    x = []
    x.append(x)
    return x
def huge(): return 1 << 10**6
def objects(): return np.array([object()])
agreeable, lying, number = Agreeable(), Lying(), 41
Pair = collections.namedtuple('Pair', 'out cache')
def pair(): return Pair(np.ones(2), {'x': 1})
"""


@pytest.fixture(scope="module")
def session(grader: Grader) -> Iterator[Session]:
    session = Session(Replay(grader._zygote, [CELL], LIMITS), LIMITS)
    session.begin(60)
    yield session
    session.lose("the end")


@pytest.fixture
def env(session: Session) -> RemoteNames:
    session.begin(60)
    return RemoteNames(session)


def test_names_are_a_mapping_as_otter_wants_it(env):
    assert env["number"] == 41
    assert env.get("nothing") is None
    assert "number" in env
    assert "nothing" not in env
    assert {"same", "Layer", "number"} <= set(env)


def test_functions_take_and_give_values(env):
    assert env["total"](1, 2, 3, scale=2) == 12
    for value in (1, 2.5, "a", None, [1, (2,)], {"a": {1}}, np.float32(2)):
        back = env["same"](value)
        assert back == value
        assert type(back) is type(value)
    assert isinstance(env["same"](np.eye(2)), np.ndarray)


@pytest.mark.parametrize("kind", [ValueError, TypeError, KeyError, IndexError, NotImplementedError, OSError])
def test_exceptions_come_back_by_name(env, kind):
    with pytest.raises(kind, match="because"):
        env["fail"](kind.__name__)


def test_other_exceptions_become_one_that_a_test_can_catch(env):
    with pytest.raises(np.linalg.LinAlgError):
        env["linalg"]()
    with pytest.raises(StudentError, match="Odd: mine"):
        env["odd"]()
    with pytest.raises(StudentError, match="SystemExit"):
        env["leave"]()


def test_objects_are_handles(env):
    layer = env["Layer"]([1, 2, 3])
    assert isinstance(layer, env["Layer"])
    assert not isinstance(env["agreeable"], env["Layer"])
    np.testing.assert_array_equal(layer(np.ones(3)), [2, 4, 6])
    layer.scale = 10
    assert layer.scale == 10
    layer[0] = 5
    assert layer[0] == 5
    assert len(layer) == 3
    layer.bump()
    np.testing.assert_array_equal(layer.w, [6, 3, 4])
    assert env["same"](layer) is layer
    assert "Layer" in repr(layer)
    with pytest.raises(AttributeError):
        _ = layer.nothing


def test_an_array_read_from_an_attribute_cannot_be_mistaken_for_the_students_own(env):
    layer = env["Layer"]([1, 2, 3])
    with pytest.raises(ValueError, match="read-only"):
        layer.w[0] = 9
    with pytest.raises(ValueError, match="read-only"):
        layer.parts[0][0] = 9


def test_an_object_that_agrees_with_everything_convinces_nobody(env):
    agreeable = env["agreeable"]
    assert isinstance(agreeable, StudentObject)
    assert agreeable != 1
    assert not agreeable == np.float64(1)  # noqa: SIM201 - the operator itself is under test
    for compare in (
        lambda: np.testing.assert_allclose(agreeable, np.ones(3)),
        lambda: np.testing.assert_array_equal(agreeable, np.ones(3)),
        lambda: np.allclose(agreeable, np.ones(3)),
        lambda: abs(agreeable - np.ones(3)).max() < 1,
        lambda: np.ones(3) - agreeable,
        lambda: math.isclose(agreeable, 1.0),
        lambda: float(agreeable),
        lambda: agreeable < 1,
        lambda: np.asarray(agreeable),
    ):
        with pytest.raises((TypeError, AssertionError, ValueError)):
            compare()
    assert not isinstance(env["lying"], float)


def test_iterators_are_drawn_from_and_bounded(env):
    assert list(env["three"]()) == ["a", "b", "c"]
    three = env["three"]()
    assert next(three) == "a"
    assert list(three) == ["b", "c"]
    with pytest.raises(StopIteration):
        next(three)
    few = Limits(items=20)
    session = env._session
    before, session.limits = session.limits, few
    try:
        with pytest.raises(StudentError, match="more than 20 items"):
            list(env["forever"]())
    finally:
        session.limits = before


def test_functions_of_the_test_are_called_back(env):
    assert env["apply"](lambda a, b: a + b, 1, 2) == 3
    seen = []
    env["apply"](seen.append, np.ones(2))
    np.testing.assert_array_equal(seen[0], [1, 1])
    assert env["apply"](lambda n: env["total"](n, 1), 5) == 6  # and from there into the sandbox again
    with pytest.raises(RuntimeError, match="ZeroDivisionError"):
        env["apply"](lambda: 1 / 0)


def test_calls_back_and_forth_end_somewhere(env):
    def down(n):
        return env["deep"](down, n + 1)

    with pytest.raises(SandboxStopped, match="nested too deeply"):
        down(0)


def test_named_tuples(env):
    out = env["pair"]()
    assert out.cache == {"x": 1}
    first, _ = out
    np.testing.assert_array_equal(first, [1, 1])


def test_a_value_that_is_too_large_is_an_error_in_words(env):
    with pytest.raises(StudentError, match="bytes of arrays"):
        env["big"]()
    assert env["total"](1) == 1


@pytest.mark.parametrize(("name", "why"), [("die", "ended its process"), ("hang", "longer than 4 s")])
def test_a_child_that_is_lost_is_replaced(session, env, name, why):
    layer = env["Layer"]([1])
    with pytest.raises(SandboxStopped, match=why):
        env[name]()
    assert why in session.stopped
    with pytest.raises(SandboxStopped):
        _ = env["number"]
    session.begin(60)
    assert env["number"] == 41
    with pytest.raises(SandboxStopped, match="restarted"):
        layer.bump()


def test_a_handle_is_not_copied(env):
    import copy
    import pickle

    for attempt in (copy.deepcopy, copy.copy, pickle.dumps):
        with pytest.raises(TypeError, match="copied or pickled"):
            attempt(env["agreeable"])
    assert isinstance(env["same"], StudentFunction)


@pytest.mark.parametrize("name", ["itself", "huge", "objects", "big"])
def test_our_own_refusal_is_no_error_that_a_test_can_ask_for(session, name):
    """Whoever returns what cannot cross has not raised a ValueError."""
    with pytest.raises((StudentError, SandboxStopped)) as caught:
        RemoteNames(session)[name]()
    assert not isinstance(caught.value, ValueError | TypeError)
