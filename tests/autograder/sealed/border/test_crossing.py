"""What crosses the border keeps its kind, and what cannot cross is refused with a remedy."""

import numpy as np
import pytest
import torch
from torch import nn

from autograder.sealed.errors import SandboxStopped
from autograder.sealed.inside.values import Refused
from coursekit import _lent, checks

pytestmark = pytest.mark.sealed


def test_modules_optimizers_and_classes_are_refused_with_a_remedy(env):
    net = nn.Linear(2, 2)

    class Callable:
        def __call__(self):
            return 1

    import functools

    for value in (net, functools.partial(net), Callable(), torch.optim.SGD, Callable,
                  torch.optim.SGD(net.parameters(), lr=1.0), object()):  # fmt: skip
        with pytest.raises(Refused, match=r"checks\.inside"):
            env["same"](value)
    for function in (np.sum, np.add, torch.relu, nn.functional.relu, len, [].append, functools.partial(len)):
        env["apply"](lambda f: None, function)


def test_a_parameter_that_is_read_is_one_and_cannot_be_written(env):
    weight = env["net"].head.weight
    assert isinstance(weight, nn.Parameter)
    assert isinstance(weight, torch.Tensor)
    assert weight.shape == (2, 4)
    writes = [
        lambda w: w.fill_(1.0),
        lambda w: w.data.fill_(1.0),
        lambda w: w.detach()[0].zero_(),
        lambda w: w.view(-1).mul_(2),
        lambda w: w.T.unbind()[0].add_(1),
        lambda w: w.__setitem__(0, 1.0),
        lambda w: setattr(w, "data", torch.zeros(2, 4)),
        lambda w: setattr(w, "grad", torch.zeros(2, 4)),
        lambda w: nn.init.zeros_(w),
        lambda w: nn.init.normal_(w),
        lambda w: torch.add(w.detach(), 1, out=w.detach()),
        lambda w: nn.functional.relu(w.detach(), True),
        lambda w: w.__iadd__(1),
    ]
    for write in writes:
        with pytest.raises(Refused, match="copy of the student's"), torch.no_grad():
            write(weight)
        with pytest.raises(Refused, match="copy of the student's"):
            write(weight)
    with pytest.raises(ValueError, match="read-only"):
        weight.detach().numpy()[0] = 1
    for plain in ((weight + 1), weight.detach() * 2, weight.clone(), weight @ torch.ones(4), weight.sum()):
        assert type(plain) is torch.Tensor
    computed = weight.detach() * 2
    computed.fill_(3.0)
    np.testing.assert_allclose(weight.detach().numpy(), weight.detach().clone())
    import copy

    copied = copy.deepcopy(weight)
    assert type(copied) is torch.Tensor
    copied.detach().fill_(1.0)


def test_tensors_of_attributes_and_items_are_read_only_and_those_of_calls_are_not(env):
    for read in (lambda: env["net"].body.bias.data, lambda: next(iter(env["net"].parameters())),
                 lambda: dict(env["net"].named_parameters())["head.bias"]):  # fmt: skip
        with pytest.raises(Refused, match="copy"), torch.no_grad():
            read().zero_()
    x = env["same"](torch.zeros(3))
    x.fill_(2.0)
    assert x.sum() == 6
    assert env["same"](env["net"].body.weight).shape == (4, 2)


def test_an_optimizer_of_the_test_on_the_students_parameters_fails_loudly(env):
    optimizer = torch.optim.SGD(env["net"].parameters(), lr=0.1)
    with pytest.raises(Refused, match=r"checks\.module\(net\)\.gradients"):
        nn.functional.cross_entropy(env["scores"](torch.ones(3, 2)), torch.tensor([0, 1, 1])).backward()
    optimizer.step()  # without gradients nothing moves, in a kernel either


@pytest.mark.parametrize(
    "value",
    [
        torch.tensor(3.5), torch.tensor(2), torch.tensor(True), np.float32(2.5), np.int64(3), True, 3, 2.5,
        torch.float32, torch.device("cpu"), torch.zeros(0, 3), torch.ones(2, dtype=torch.bfloat16),
        nn.Parameter(torch.ones(2)), nn.Parameter(torch.ones(2), requires_grad=False),
    ],
    ids=repr,
)  # fmt: skip
def test_scalars_and_torch_values_cross(env, value):
    name = checks.inside(lambda same, value: type(value).__name__, env["same"], value)
    assert name == type(value).__name__
    back = checks.inside(
        lambda same, value: value if isinstance(value, type(same)) else [value][0], env["same"], value
    )
    assert type(back) is type(value)
    assert torch.equal(back, value) if isinstance(value, torch.Tensor) else back == value


def test_a_parameter_crosses_with_its_gradient(env):
    p = nn.Parameter(torch.ones(2))
    p.grad = torch.tensor([1.0, 2.0])
    with _lent.watching():
        env["descend"](p)
        torch.testing.assert_close(p.detach(), torch.tensor([0.5, 0.0]))
        env["fills_gradient"](p)
    torch.testing.assert_close(p.grad, torch.tensor([3.0, 3.0]))
    torch.testing.assert_close(p.detach(), torch.tensor([0.5, 0.0]))
    q = nn.Parameter(torch.ones(2))
    with _lent.watching():
        env["fills_gradient"](q)
    torch.testing.assert_close(q.grad, torch.tensor([3.0, 3.0]))
    env["descend"](q)
    torch.testing.assert_close(q.detach(), torch.ones(2))


def test_generators_cross_and_come_back_advanced(env):
    for mine, kernel, draw in (
        (np.random.default_rng(3), np.random.default_rng(3), "draw"),
        (torch.Generator().manual_seed(3), torch.Generator().manual_seed(3), "draw_torch"),
    ):
        torch.testing.assert_close(env[draw](mine, 5), env[draw](mine, 5))  # the test's own stays where it is
        with _lent.watching():
            drawn = env[draw](mine, 5)
            more = env[draw](mine, 2)
        if draw == "draw":
            np.testing.assert_array_equal(drawn, kernel.normal(size=5))
            np.testing.assert_array_equal(more, kernel.normal(size=2))
            assert mine.bit_generator.state == kernel.bit_generator.state
        else:
            assert torch.equal(drawn, torch.randn(5, generator=kernel))
            assert torch.equal(more, torch.randn(2, generator=kernel))
            assert torch.equal(mine.get_state(), kernel.get_state())
    with pytest.raises(Refused, match="default_rng"):
        env["same"](np.random.Generator(np.random.MT19937(1)))
    with pytest.raises(Refused, match="RandomState"):
        env["same"](np.random.RandomState(1))


def test_code_cannot_choose_what_the_tests_generator_draws_next(session, env):
    rng = np.random.default_rng(7)
    with pytest.raises(SandboxStopped, match="exchanged"):
        env["cheat"](rng)
    assert rng.bit_generator.state == np.random.default_rng(7).bit_generator.state
    session.begin(60)
