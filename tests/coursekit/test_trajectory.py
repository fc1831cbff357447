"""The path of an optimizer is the one that it walks, whatever its interface; slips are told in words."""

from typing import ClassVar

import numpy as np
import pytest
import torch

from coursekit import checks

RNG = np.random.default_rng(5)
START = [RNG.normal(size=(2, 3)), RNG.normal(size=4)]
GRADIENTS = [[RNG.normal(size=w.shape) for w in START] for _ in range(5)]


class InPlace:
    """Momentum that writes into the parameters."""

    def __init__(self, params, lr, momentum=0.9):
        self.params, self.lr, self.momentum = params, lr, momentum
        self.v = [0.0] * len(params)

    def step(self):
        for k, p in enumerate(self.params):
            if p.grad is not None:
                self.v[k] = self.momentum * self.v[k] + p.grad
                p.data -= self.lr * self.v[k]


class Anew(InPlace):
    """The same with new arrays."""

    def step(self):
        for k, p in enumerate(self.params):
            if p.grad is not None:
                self.v[k] = self.momentum * self.v[k] + p.grad
                p.data = p.data - self.lr * self.v[k]


def update(data, grad, state, lr, momentum=0.9):
    """The same as a function with a state."""
    v = momentum * state.get("v", 0.0) + grad
    return data - lr * v, {"v": v}


def by_torch(start, gradients, **settings):
    parameters = [torch.nn.Parameter(torch.tensor(w)) for w in start]
    optimizer = torch.optim.SGD(parameters, **settings)
    paths = [[p.detach().numpy().copy()] for p in parameters]
    for step in gradients:
        for p, g in zip(parameters, step, strict=True):
            p.grad = None if g is None else torch.tensor(g)
        optimizer.step()
        for path, p in zip(paths, parameters, strict=True):
            path.append(p.detach().numpy().copy())
    return [np.array(path) for path in paths]


@pytest.mark.parametrize(("make", "functional"), [(InPlace, False), (Anew, False), (update, True)])
def test_the_path_is_that_of_torch(make, functional) -> None:
    before = [w.copy() for w in START], [[g.copy() for g in step] for step in GRADIENTS]
    for momentum in (0.0, 0.9):
        paths = checks.trajectory(make, START, GRADIENTS, functional=functional, lr=0.1, momentum=momentum)
        right = by_torch(START, GRADIENTS, lr=0.1, momentum=momentum)
        for path, wanted in zip(paths, right, strict=True):
            np.testing.assert_allclose(path, wanted, rtol=1e-12)
    for now, then in zip(START, before[0], strict=True):
        np.testing.assert_array_equal(now, then)
    for step, then in zip(GRADIENTS, before[1], strict=True):
        np.testing.assert_array_equal(step[0], then[0])


def test_optimizers_of_torch_walk_on_tensors() -> None:
    start, gradients = [torch.tensor(w) for w in START], [[torch.tensor(g) for g in s] for s in GRADIENTS]
    paths = checks.trajectory(torch.optim.SGD, start, gradients, lr=0.1, momentum=0.9)
    for path, wanted in zip(paths, by_torch(START, GRADIENTS, lr=0.1, momentum=0.9), strict=True):
        assert isinstance(path, torch.Tensor)
        np.testing.assert_allclose(path, wanted)


def test_gradients_may_be_a_function_and_steps_fewer() -> None:
    path = checks.trajectory(InPlace, np.array([8.0]), lambda w: w, steps=3, lr=0.5, momentum=0.0)
    np.testing.assert_array_equal(path, [[8], [4], [2], [1]])
    path = checks.trajectory(InPlace, np.array([1.0]), [np.ones(1)] * 9, steps=2, lr=1.0, momentum=0.0)
    assert path.shape == (3, 1)
    a, b = checks.trajectory(InPlace, [np.ones(1), np.ones(2)], lambda a, b: (a, None), steps=1, lr=1.0)
    np.testing.assert_array_equal(a, [[1], [0]])
    np.testing.assert_array_equal(b, np.ones((2, 2)))
    for wrong in ({"steps": 3}, {}):
        with pytest.raises(TypeError, match="trajectory: "):
            checks.trajectory(InPlace, np.ones(1), [np.ones(1)] if wrong else lambda w: w, lr=1.0, **wrong)


def test_instances_that_share_their_state_are_seen_beside_each_other() -> None:
    class Shared(InPlace):
        memory: ClassVar[list] = [0.0, 0.0]

        def step(self):
            self.v = self.memory
            super().step()

    def path(make, beside):
        Shared.memory[:] = [0.0, 0.0]
        return checks.trajectory(make, START, GRADIENTS, beside=beside, lr=0.1)[0]

    np.testing.assert_array_equal(path(Shared, 0), path(InPlace, 0))
    np.testing.assert_array_equal(path(InPlace, 2), path(InPlace, 0))
    assert not np.allclose(path(Shared, 1), path(InPlace, 1))


class Stepless:
    def __init__(self, params, lr):
        pass


class Grows(Stepless):
    def __init__(self, params, lr):
        self.params = params

    def step(self):
        for p in self.params:
            p.data = np.concatenate([p.data, p.data])


class Lists(Grows):
    def step(self):
        for p in self.params:
            p.data = list(p.data)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (None, "the optimizer is not defined"),
        (Stepless, r"Stepless has no method step\(\)"),
        (Grows, r"Grows: a step made shape \(4,\) of a parameter of shape \(2,\)"),
        (Lists, "Lists: after a step a parameter is a list"),
    ],
)
def test_what_does_not_fit_is_told_in_words(make, words) -> None:
    with pytest.raises(AssertionError, match=words):
        checks.trajectory(make, np.ones(2), [np.ones(2)], lr=0.1)
