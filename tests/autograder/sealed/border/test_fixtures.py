"""A function of the test runs in the sandbox, beside the student's objects, and gives back values only."""

import numpy as np
import pytest
import torch

from autograder.sealed.errors import SandboxStopped, StudentError
from autograder.sealed.proxies import RemoteNames, StudentObject
from coursekit import checks

pytestmark = pytest.mark.sealed


def test_a_fixture_has_the_real_objects_and_gives_values(env):
    def look(net, *, add=1):
        import numpy as np
        from torch import nn

        class Pair:
            def __init__(self, a):
                self.a = a

        return isinstance(net, nn.Module), Pair(add).a, np.arange(3), len(list(net.parameters()))

    is_module, one, numbers, count = checks.inside(look, env["net"])
    assert (is_module, one, count) == (True, 1, 4)
    np.testing.assert_array_equal(numbers, [0, 1, 2])
    assert checks.inside(look, env["net"], add=5)[1] == 5
    assert checks.inside(look, net=env["net"])[0] is True


def test_a_model_of_the_test_is_trained_by_the_students_function(env):
    def learns(train):
        import torch
        from torch import nn

        torch.manual_seed(1)
        model = nn.Linear(2, 1)
        before = model.weight.detach().clone()
        train(model, torch.ones(4, 2), 3)
        return before, model.weight.detach()

    before, after = checks.inside(learns, env["train"])
    assert isinstance(after, torch.Tensor)
    assert not torch.equal(before, after)


def test_objects_come_back_as_handles_that_go_over_again(env):
    def make(net):
        import torch

        return torch.optim.SGD(net.parameters(), lr=0.1)

    optimizer = checks.inside(make, env["net"])
    assert isinstance(optimizer, StudentObject)
    assert checks.inside(lambda optimizer: type(optimizer).__name__, optimizer) == "SGD"
    assert checks.inside(lambda parts: parts["o"][0].defaults["lr"], {"o": [optimizer]}) == 0.1


def test_what_a_fixture_raises_comes_back(env):
    def complain(net):
        raise AssertionError("a net is there")

    with pytest.raises(AssertionError, match="a net is there"):
        checks.inside(complain, env["net"])


def test_a_fixture_works_on_copies_and_returns_what_it_changed(env):
    x = np.zeros(2)

    def fill(net, x):
        x += 1
        return x

    np.testing.assert_array_equal(checks.inside(fill, env["net"], x), [1, 1])
    np.testing.assert_array_equal(x, [0, 0])


def test_a_fixture_may_call_a_function_of_the_test(env):
    asked = []

    def ask(net, f):
        return [f(k) for k in range(3)]

    assert checks.inside(ask, env["net"], lambda k: asked.append(k) or k * 2) == [0, 2, 4]
    assert asked == [0, 1, 2]


def test_the_sandbox_is_told_neither_file_nor_test(env):
    def here(net):
        import sys
        import traceback

        class Inner:
            pass

        code = sys._getframe().f_code
        try:
            raise ValueError
        except ValueError:
            return code.co_filename, code.co_qualname, Inner.__qualname__, traceback.format_exc()

    told = checks.inside(here, env["net"])
    assert told[:2] == ("<check>", "here")
    assert "test_" not in "".join(told)


def test_a_fixture_that_hangs_or_kills_costs_its_case(session, env):
    def ends(net):
        import os

        os._exit(3)

    with pytest.raises(SandboxStopped, match="longer than 4 s"):
        checks.inside(lambda hang: hang(), env["hang"])
    session.begin(60)
    with pytest.raises(SandboxStopped, match="ended its process"):
        checks.inside(ends, RemoteNames(session)["net"])
    session.begin(60)
    assert checks.inside(lambda net: 1, RemoteNames(session)["net"]) == 1


@pytest.mark.parametrize(
    ("fixture", "words"),
    [
        (lambda nasty: __import__("numpy").zeros(100 << 20), "bytes of arrays"),
        (lambda nasty: ["x" * (1 << 20)] * 60, "a message of|too large"),
        (lambda nasty: 1 << 10**6, "too large"),
        (lambda nasty: __import__("numpy").array([nasty]), "cannot be compared"),
    ],
)
def test_what_is_too_large_or_no_value_is_refused(env, fixture, words):
    with pytest.raises(StudentError, match=words):
        checks.inside(fixture, env["nasty"])


def test_nasty_objects_are_inert(env):
    back = checks.inside(lambda nasty: [nasty, (nasty,)], env["nasty"])
    assert isinstance(back[0], StudentObject)
    assert back[0] != 1
    assert back[1][0] is back[0]
