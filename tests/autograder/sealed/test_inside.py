"""A function of the test runs in the sandbox, beside the student's objects, and gives back values only."""

from collections.abc import Iterator

import numpy as np
import pytest
import torch
from torch import nn

from autograder.assignment import Assignment
from autograder.sealed import Grader
from autograder.sealed.errors import SandboxStopped, StudentError
from autograder.sealed.inside.values import Refused
from autograder.sealed.proxies import RemoteNames, StudentObject
from autograder.sealed.replay import Replay
from autograder.sealed.session import Session
from coursekit import checks
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.conftest import LIMITS

pytestmark = pytest.mark.sealed

CELL = """
import copy, time
import numpy as np
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(2, 4)
        self.head = nn.Linear(4, 2)
    def forward(self, x):
        return self.head(torch.relu(self.body(x)))

net = Net()
gradless = torch.arange(4.0)
rows = [torch.arange(3.0)]
def same(x): return x
def apply(f, *args): return f(*args)
def name_of(x): return type(x).__module__ + '.' + type(x).__qualname__
def scores(x): return net(x)
def parameter(): return nn.Parameter(torch.ones(2))
def device_of(x): return net.body.weight.device
def train(model, x, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(steps):
        optimizer.zero_grad()
        model(x).pow(2).mean().backward()
        optimizer.step()
def draw(rng, n): return rng.normal(size=n)
def draw_torch(rng, n): return torch.randn(n, generator=rng)
def cheat(rng): rng.bit_generator.state = np.random.default_rng(1).bit_generator.state
def fills_gradient(p): p.grad = torch.full_like(p, 3.0)
def descend(p): p.data -= 0.5 * p.grad

class Descent:
    def __init__(self, params, lr=1.0): self.params, self.lr = params, lr
    def step(self):
        for p in self.params:
            p -= self.lr
    def rest(self): return 1
class Keeps:
    def forward(self, x): self.x = x; return 2 * x
    def backward(self, g): return self.x * g
    def spoil(self): self.x *= 0; return 1
class Views:
    def __init__(self, x): self.x = nn.Parameter(x[1:]) if isinstance(x, torch.Tensor) else x.reshape(-1)[1:]
    def step(self):
        with torch.no_grad(): self.x[...] = 9
        return 1

class Nasty:
    def __reduce__(self): return (print, ('reached',))
    def __eq__(self, other): return True
nasty = Nasty()
def hang(): time.sleep(1000)
"""


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory, tier: str) -> Iterator[Session]:
    made: Assignment = class_of_one.make(tmp_path_factory.mktemp("torch"), modules=("torch",))
    with Grader(made, tier=tier, limits=LIMITS) as grader:
        grader._zygote.start()
        session = Session(Replay(grader._zygote, [CELL], LIMITS), LIMITS)
        yield session
        session.lose("the end")


@pytest.fixture
def env(session: Session) -> RemoteNames:
    session.begin(60)
    assert session.stopped == ""
    return RemoteNames(session)


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


def test_a_fixture_changes_its_arguments_here_too(env):
    x = np.zeros(2)

    def fill(net, x):
        x += 1

    checks.inside(fill, env["net"], x)
    np.testing.assert_array_equal(x, [1, 1])


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
    env["descend"](p)
    torch.testing.assert_close(p.detach(), torch.tensor([0.5, 0.0]))
    env["fills_gradient"](p)
    torch.testing.assert_close(p.grad, torch.tensor([3.0, 3.0]))
    torch.testing.assert_close(p.detach(), torch.tensor([0.5, 0.0]))
    q = nn.Parameter(torch.ones(2))
    env["fills_gradient"](q)
    torch.testing.assert_close(q.grad, torch.tensor([3.0, 3.0]))


def test_generators_cross_and_come_back_advanced(env):
    for mine, kernel, draw in (
        (np.random.default_rng(3), np.random.default_rng(3), "draw"),
        (torch.Generator().manual_seed(3), torch.Generator().manual_seed(3), "draw_torch"),
    ):
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


PATCHED = """
import builtins, copy, dis, marshal, sys, types
import numpy as np
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(2, 2)
    def forward(self, x): return self.head(x)
net = Net()

class Forged:
    def __getattr__(self, name): return lambda *a, **k: Forged()
    def __reduce__(self): return (print, ('reached',))
    def __array__(self, *a, **k): return np.array([self], dtype=object)
    def __float__(self): return 0.0
    def __iter__(self): return iter([self] * 3)
    def __len__(self): return 3

WHAT = {what!r}
forged = lambda *a, **k: Forged()
if WHAT == 'marshal':
    marshal.loads = forged
    sys.modules['inside.child'].marshal.loads = forged
elif WHAT == 'function':
    types.FunctionType = forged
    sys.modules['inside.child'].types = Forged()
elif WHAT == 'deepcopy':
    copy.deepcopy = forged
elif WHAT == 'isinstance':
    builtins.isinstance = lambda *a: True
elif WHAT == 'torch':
    nn.functional.cross_entropy = forged
    torch.optim.Adam = forged
    torch.from_numpy = forged
elif WHAT == 'numpy':
    np.array = forged
elif WHAT == 'huge':
    np.array = lambda *a, **k: np.zeros(50 << 20)
elif WHAT == 'code':
    def replaced(code): print('code', code); raise KeyError(code)
    marshal.loads = replaced
"""


@pytest.mark.parametrize(
    "what", ["marshal", "function", "deepcopy", "isinstance", "torch", "numpy", "huge", "code"]
)
def test_patched_libraries_give_a_failing_test_and_nothing_else(session, what):
    """Whatever the sandbox makes of a fixture, the test fails in words, and the grader goes on."""
    with_patches = Session(
        Replay(session._replay._zygote, [PATCHED.replace("{what!r}", repr(what))], LIMITS), LIMITS
    )
    with_patches.begin(60)
    try:
        env = RemoteNames(with_patches)
        images, labels = np.ones((6, 2), np.float32), np.array([0, 1] * 3)
        told, trained = "", None
        try:
            trained = checks.module(env["net"], "net").overfit(images, labels, steps=3)
        except Exception as error:  # as Otter catches it, and counts the test as failed
            told = f"{type(error).__name__}: {error}"
        assert trained is None, "none of these leaves a network that can be trained"
        assert "test_" not in told
        with_patches.begin(60)
        assert isinstance(RemoteNames(with_patches)["net"], StudentObject)
    finally:
        with_patches.lose("the end")
        session.lose("another notebook ran")
