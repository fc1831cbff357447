# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [raw]
# # ASSIGNMENT CONFIG
# init_cell: false
# check_all_cell: false
# export_cell: false
# show_question_points: true
# run_tests: false
# tests:
#     files: true
#     ok_format: false
# requirements:
#     - {{install}}
# course:
#     modules: [numpy, torch]

# %% [markdown]
# # Small assignment: a network that learns
#
# A convolutional network in torch, and the loop that trains any network. About half an hour.

# %%
# Run this cell first: it installs the course's package where that is missing, and says what it found.
import importlib.util
import sys

PACKAGE = "{{install}}"
if importlib.util.find_spec("coursekit") is None:
    from IPython import get_ipython

    get_ipython().system(f'"{sys.executable}" -m pip install -qqq --retries 0 "{PACKAGE}"')
    if importlib.util.find_spec("coursekit") is None:
        raise ImportError(
            "The course's package could not be fetched: is there a network (Kaggle: Settings > Internet)?"
            f' To see what pip says, run: %pip install "{PACKAGE}"'
        )

import coursekit.start

coursekit.start.here(PACKAGE, torch=True)

# %%
import torch
from torch import nn

from coursekit.notebook import Grader

grader = Grader("training")

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 4

# %% [markdown]
# ### q1 · The network &nbsp; ★★☆ · 15 minutes
#
# **Write** the class `Small` for images of 8 × 8 pixels with one channel. Its parts, by the names of their
# attributes:
#
# | name | what |
# |---|---|
# | `conv` | 3 × 3 convolution to 4 channels, padding 1, without bias |
# | `norm` | batch normalization of the 4 channels |
# | `drop` | dropout of a tenth |
# | `head` | a linear layer from 4 · 4 · 4 numbers to 3 scores |
#
# After `norm` comes a ReLU, then 2 × 2 max pooling, then `drop` and `head`.

# %% [raw]
# # BEGIN SOLUTION


# %%
class Small(nn.Module):
    """Scores of three classes for small images."""

    # BEGIN SOLUTION NO PROMPT
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(4)
        self.drop = nn.Dropout(0.1)
        self.head = nn.Linear(64, 3)

    def forward(self, x):
        x = nn.functional.max_pool2d(torch.relu(self.norm(self.conv(x))), 2)
        return self.head(self.drop(x.flatten(1)))

    # END SOLUTION
    """ # BEGIN PROMPT
    ...
    """  # END PROMPT


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q1_parameters(Small):
    from coursekit import checks

    report = checks.module(Small(), "Small()")
    wanted = {"conv.weight": (4, 1, 3, 3), "norm.weight": (4,), "norm.bias": (4,)}
    wanted |= {"head.weight": (3, 64), "head.bias": (3,)}
    assert report.shapes == wanted, (
        f"The parameters of Small are {report.shapes}, they should be {wanted}. "
        "Parts are called conv, norm, drop and head."
    )


test_q1_parameters(Small)


# %%
def test_q1_learns(Small):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(1)
    images, labels = rng.normal(size=(50, 1, 8, 8)), rng.integers(0, 3, 50)
    report = checks.module(Small(), "Small()")
    assert "conv.weight" in report.shapes, "Small has no part called conv."
    idle = report.unreached(images, labels)
    assert not idle, f"{idle} get no gradient: use each part."
    trained = report.overfit(images, labels, steps=120, lr=0.01)
    assert trained.accuracy == 1, f"Small learnt {trained.accuracy:.0%} of fifty images by heart, not all."


test_q1_learns(Small)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Small computes other scores or gradients than a network of these parts.
"""  # END TEST CONFIG


def test_q1_values(Small):
    import numpy as np
    import torch
    from torch import nn

    from coursekit import checks

    class Right(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(1, 4, 3, padding=1, bias=False)
            self.norm = nn.BatchNorm2d(4)
            self.head = nn.Linear(64, 3)

        def forward(self, x):
            return self.head(nn.functional.max_pool2d(self.norm(self.conv(x)).relu(), 2).flatten(1))

    report = checks.module(Small(), "Small()")
    for batch in (1, 6):
        right = Right().eval()
        nn.init.uniform_(right.norm.running_mean)
        x = torch.randn(batch, 1, 8, 8)
        state = right.state_dict()
        scores = right(x)
        checks.Answer(report.forward(x, state=state), "the scores of Small").matches(scores.detach())
        up = torch.randn(batch, 3)
        scores.backward(up)
        found = report.gradients(x, up.numpy(), state=state)
        for name, parameter in right.named_parameters():
            assert found[name].shape == parameter.grad.shape
            np.testing.assert_allclose(found[name], parameter.grad, rtol=1e-4, atol=1e-5)


test_q1_values(Small)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Small must differ between training and evaluation as dropout and batch normalization do.
"""  # END TEST CONFIG


def test_q1_modes(Small):
    import torch

    from coursekit import checks

    modes = checks.module(Small(), "Small()").modes(torch.randn(20, 1, 8, 8))
    assert modes.drawn
    assert modes.settled
    assert {"norm.running_mean", "norm.running_var"} <= set(modes.moved)
    assert modes.spoilt == ()


test_q1_modes(Small)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 3

# %% [markdown]
# ### q2 · The loop &nbsp; ★★☆ · 15 minutes
#
# **Write** `train`, which takes any network and any optimizer on its parameters. In each step: the network's
# scores of the whole batch, their mean cross entropy, its gradient, and a step of the optimizer. Train in
# training mode, and leave the network in evaluation mode.

# %% [raw]
# # BEGIN SOLUTION


# %%
def train(net, optimizer, images, labels, steps):
    """Train a network on one batch.

    Parameters
    ----------
    net : nn.Module
    optimizer : torch.optim.Optimizer     of the network's parameters
    images : tensor                       the batch
    labels : tensor                       a class for each image
    steps : int                           how many steps

    Returns
    -------
    list of float                         the loss before each step
    """
    # BEGIN SOLUTION
    losses = []
    net.train()
    for _ in range(steps):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(net(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    net.eval()
    return losses
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q2_worked(train):
    from coursekit import checks

    def once(train, steps):
        import torch
        from torch import nn

        net = nn.Linear(2, 2)
        nn.init.zeros_(net.weight)
        nn.init.zeros_(net.bias)
        optimizer = torch.optim.SGD(net.parameters(), lr=1.0)
        x, labels = torch.tensor([[1.0, 2.0], [0.0, 1.0]]), torch.tensor([0, 1])
        losses = train(net, optimizer, x, labels, steps)
        return losses, net.weight.detach().numpy(), net.training

    losses, weight, training = checks.inside(once, train, 2)
    assert isinstance(losses, list), (
        f"train returned a {type(losses).__name__}. Return a list with the loss of each step."
    )
    assert len(losses) == 2, f"train returned {len(losses)} losses for 2 steps. Return one for each."
    checks.Answer(checks.inside(once, train, 1)[1], "The weight after one step").equals(
        [[0.25, 0.25], [-0.25, -0.25]], "Begin each step with optimizer.zero_grad()."
    )
    checks.Answer(weight, "The weight after two steps").equals(
        [[0.34121278, 0.12119588], [-0.34121278, -0.12119588]], "Begin each step with optimizer.zero_grad()."
    )
    assert abs(losses[0] - 0.693147) < 1e-5, (
        f"The loss of a network that knows nothing is log 2, yours is {losses[0]:.4f}."
    )
    assert not training, "Leave the network in evaluation mode: net.eval()."


test_q2_worked(train)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: train does not do the steps that it should with some network and optimizer.
"""  # END TEST CONFIG


def test_q2_drawn(train):
    import numpy as np
    import torch
    from torch import nn

    from coursekit import checks

    def run(train, state, images, labels, steps):
        import torch
        from torch import nn

        class Watched(nn.Module):
            def __init__(self):
                super().__init__()
                self.first, self.second = nn.Linear(4, 5), nn.Linear(5, 3)
                self.modes = []

            def forward(self, x):
                self.modes.append(self.training)
                return self.second(torch.tanh(self.first(x)))

        net = Watched()
        net.load_state_dict(state)
        optimizer = torch.optim.Adam(net.parameters(), lr=0.05)
        losses = train(net, optimizer, images, labels, steps)
        return [float(loss) for loss in losses], net.state_dict(), net.modes, net.training

    for steps in (1, 4):
        net = nn.ModuleDict({"first": nn.Linear(4, 5), "second": nn.Linear(5, 3)})
        images, labels = torch.randn(7, 4), torch.randint(0, 3, (7,))
        losses, state, modes, training = checks.inside(run, train, net.state_dict(), images, labels, steps)
        optimizer, right = torch.optim.Adam(net.parameters(), lr=0.05), []
        for _ in range(steps):
            optimizer.zero_grad()
            loss = nn.functional.cross_entropy(net["second"](net["first"](images).tanh()), labels)
            loss.backward()
            optimizer.step()
            right.append(loss.item())
        assert np.shape(losses) == (steps,)
        np.testing.assert_allclose(losses, right, rtol=1e-4)
        for name, value in net.state_dict().items():
            assert state[name].shape == value.shape
            np.testing.assert_allclose(state[name], value, rtol=1e-3, atol=1e-5)
        assert modes == [True] * steps
        assert not training


test_q2_drawn(train)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Hand in

# %%
grader.check_all()

# %%
grader.export()
