"""What a student's code does to its arguments: kept away from the test's, or copied back where it asks."""

from collections.abc import Iterator

import numpy as np
import pytest

from autograder.sealed import Grader
from autograder.sealed.proxies import RemoteNames
from autograder.sealed.replay import Replay
from autograder.sealed.session import Session
from coursekit import _lent, checks
from tests.autograder.sealed.conftest import LIMITS

pytestmark = pytest.mark.sealed

CELL = """
def same(x): return x
def fill(x, xs, table):
    x[:] = 7
    xs[0] += 1
    xs.append('new')
    table['w'] -= 1
    table['v'] = x
def filled(x):
    x[:] = 7
    return x
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


def test_an_argument_that_comes_back_is_the_very_same_object(env):
    x = np.arange(3.0)
    assert env["same"](x) is x
    assert env["same"]([x, x])[1] is x


def test_what_the_code_does_to_its_arguments_changes_nothing_here(env):
    x, inner, w = np.zeros(3), np.zeros(2), np.ones(2)
    xs, table = [inner], {"w": w}
    env["fill"](x, xs, table)
    assert (x == 0).all()
    assert (inner == 0).all()
    assert xs == [inner]
    assert (w == 1).all()
    assert list(table) == ["w"]


def test_a_changed_argument_that_comes_back_is_what_it_is_now(env):
    x = np.zeros(3)
    back = env["filled"](x)
    np.testing.assert_array_equal(back, [7, 7, 7])
    assert (x == 0).all()


def test_where_a_test_asks_changes_are_copied_back_wherever_they_stand(env):
    x, inner, w = np.zeros(3), np.zeros(2), np.ones(2)
    xs, table = [inner], {"w": w}
    with _lent.watching():
        env["fill"](x, xs, table)
    assert (x == 7).all()
    assert (inner == 1).all()
    assert xs[0] is inner
    assert xs[1] == "new"
    assert (w == 0).all()
    assert table["v"] is x


def test_a_view_of_an_array_is_written_through_where_a_test_asks(env):
    base = np.zeros((4, 4))
    with _lent.watching():
        env["fill"](base[::2, 1], [0], {"w": 1})
    assert base.sum() == 14


def test_checks_see_changes_and_keep_the_tests_arrays(env):
    x = np.zeros(3)
    (after,) = checks.changes("filled", env["filled"], x)
    after.equals([7.0, 7.0, 7.0])
    with pytest.raises(AssertionError, match="changed its input"):
        checks.leaves_inputs("filled", env["filled"], x)
    with pytest.raises(AssertionError, match="changed its input"):
        checks.in_turn("filled", env["filled"], (x,), (x,))
    assert (x == 0).all()


def test_a_read_only_argument_is_read_only_there_too(env):
    x = np.zeros(3)
    x.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        env["fill"](x, [0], {"w": 1})
    assert (x == 0).all()
