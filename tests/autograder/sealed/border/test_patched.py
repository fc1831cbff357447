"""Code that patches the libraries beneath a fixture fails its test, and nothing else."""

from contextlib import contextmanager

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
torch.manual_seed(0)
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


@contextmanager
def patched(session, what):
    """Run the notebook above with one of its patches, and hand over its session."""
    with_patches = Session(
        Replay(session._replay._zygote, [PATCHED.replace("{what!r}", repr(what))], LIMITS), LIMITS
    )
    with_patches.begin(60)
    try:
        yield with_patches
    finally:
        with_patches.lose("the end")
        session.lose("another notebook ran")


def overfit(session):
    images, labels = np.ones((6, 2), np.float32), np.array([0, 1] * 3)
    return checks.module(RemoteNames(session)["net"], "net").overfit(images, labels, steps=3)


@pytest.mark.parametrize("what", ["marshal", "function", "deepcopy", "torch", "numpy", "huge", "code"])
def test_patched_libraries_give_a_failing_test_and_nothing_else(session, what):
    """Whatever the sandbox makes of a fixture, the test fails in words, and the grader goes on."""
    with patched(session, what) as with_patches:
        told, trained = "", None
        try:
            trained = overfit(with_patches)
        except Exception as error:  # as Otter catches it, and counts the test as failed
            told = f"{type(error).__name__}: {error}"
        assert trained is None, "none of these leaves a network that can be trained"
        assert "test_" not in told
        with_patches.begin(60)
        assert isinstance(RemoteNames(with_patches)["net"], StudentObject)


def test_another_isinstance_changes_no_value(session):
    """An `isinstance` that says yes to everything leaves the losses of a fixture as they are."""
    with patched(session, "nothing") as plain:
        right = overfit(plain)
    with patched(session, "isinstance") as with_patches:
        trained = overfit(with_patches)
    assert np.ptp(right.losses) > 0
    np.testing.assert_array_equal(trained.losses, right.losses)
    np.testing.assert_array_equal(trained.logits, right.logits)
