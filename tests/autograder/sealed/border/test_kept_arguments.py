"""A later change of an argument that the student kept is told, and keeping one is no mistake."""

import numpy as np
import pytest
import torch

from autograder.sealed.errors import StudentError
from autograder.sealed.proxies import RemoteNames

pytestmark = pytest.mark.sealed


def test_a_later_change_of_an_argument_that_was_kept_is_refused(env):
    w = np.ones(2)
    optimizer = env["Descent"]([w])
    assert optimizer.rest() == 1
    with pytest.raises(StudentError, match=r"an earlier call was given.*x = x\.copy\(\).*checks\.trajectory"):
        optimizer.step()
    np.testing.assert_array_equal(w, [1, 1])
    assert optimizer.rest() == 1  # it is told once


@pytest.mark.parametrize("make", [lambda: np.ones((2, 2)), lambda: torch.ones(4)])
def test_views_and_parameters_of_an_argument_are_seen_too(env, make):
    x = make()
    views = env["Views"](x)
    with pytest.raises(StudentError, match="earlier call"):
        views.step()


def test_a_view_that_a_test_passed_counts_as_long_as_its_array(env):
    x = np.ones((3, 2))
    keeps = env["Keeps"]()
    keeps.forward(x[1])
    with pytest.raises(StudentError, match="earlier call"):
        keeps.spoil()


def test_a_layer_that_keeps_its_input_is_left_alone(env, session):
    layer = env["Keeps"]()
    x = np.ones(3)
    for _ in range(3):
        np.testing.assert_array_equal(layer.forward(x), 2 * x)
        x[0] += 1  # as a numerical gradient does
        assert layer.backward(np.ones(3)).shape == (3,)
    layer.forward(np.ones(3))
    assert layer.spoil() == 1  # nobody has that array
    layer.forward(x)
    session.begin(60)
    assert RemoteNames(session)["same"](layer).spoil() == 1  # another case began
