"""Code that patches the libraries beneath a fixture fails its test, and nothing else."""

import numpy as np
import pytest

from autograder.sealed.proxies import RemoteNames, StudentObject
from autograder.sealed.replay import Replay
from autograder.sealed.session import Session
from coursekit import checks
from tests.autograder.sealed.conftest import LIMITS

pytestmark = pytest.mark.sealed
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
