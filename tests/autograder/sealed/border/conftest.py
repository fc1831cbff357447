"""A notebook with networks, optimizers and generators, whose names tests ask for across the border."""

from collections.abc import Iterator

import pytest

from autograder.assignment import Assignment
from autograder.sealed import Grader
from autograder.sealed.proxies import RemoteNames
from autograder.sealed.replay import Replay
from autograder.sealed.session import Session
from tests.autograder.sealed import class_of_one
from tests.autograder.sealed.conftest import LIMITS

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
