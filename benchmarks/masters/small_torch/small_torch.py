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
# run_tests: false
# tests:
#     files: true
#     ok_format: false
# course:
#     modules: [numpy, torch]

# %% [markdown]
# # A small network in torch
#
# What a week's assignment in torch looks like; only benchmarks use it.

# %%
import torch
from torch import nn

from coursekit.notebook import Grader

grader = Grader("small_torch")

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 1

# %% [markdown]
# **q1.** Write a function that standardizes each channel of images (N, C, H, W).

# %% [raw]
# # BEGIN SOLUTION


# %%
def standardize(x):
    # BEGIN SOLUTION
    mean = x.mean(dim=(0, 2, 3), keepdim=True)
    return (x - mean) / (x.std(dim=(0, 2, 3), keepdim=True, correction=0) + 1e-5)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q1_example(standardize):
    import torch

    assert standardize(torch.ones(2, 1, 3, 3)).abs().max() == 0


test_q1_example(standardize)

# %%
""" # BEGIN TEST CONFIG
hidden: true
"""  # END TEST CONFIG


def test_q1_drawn(standardize):
    import torch

    x = 3 * torch.randn(4, 3, 8, 8, generator=torch.manual_seed(1)) + 2
    z = standardize(x)
    assert z.mean((0, 2, 3)).abs().max() < 1e-4
    assert (z.std((0, 2, 3)) - 1).abs().max() < 1e-2


test_q1_drawn(standardize)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 3

# %% [markdown]
# **q2.** Write `make_network`: a convolution of 1 to 8 maps, 3 x 3 with padding 1, a rectified
# linear unit, 2 x 2 max pooling, and a linear layer to 10 classes, for images of 28 x 28.

# %% [raw]
# # BEGIN SOLUTION


# %%
def make_network():
    # BEGIN SOLUTION
    return nn.Sequential(
        nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(8 * 14 * 14, 10)
    )
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q2_example(make_network):
    import torch

    assert make_network()(torch.zeros(2, 1, 28, 28)).shape == (2, 10)


test_q2_example(make_network)

# %%
""" # BEGIN TEST CONFIG
hidden: true
"""  # END TEST CONFIG


def test_q2_drawn(make_network):
    network = make_network()
    assert sum(p.numel() for p in network.parameters()) == 15770


test_q2_drawn(make_network)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3
# points: 2

# %% [markdown]
# **q3.** Train a new network for 30 steps of Adam on a batch of images and labels; return the losses.

# %% [raw]
# # BEGIN SOLUTION


# %%
def train(images, labels):
    # BEGIN SOLUTION
    torch.manual_seed(0)
    network = make_network()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-2)
    losses = []
    for _ in range(30):
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(network(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    return losses
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q3_example(train):
    import torch

    assert len(train(torch.zeros(2, 1, 28, 28), torch.tensor([0, 1]))) == 30


test_q3_example(train)

# %%
""" # BEGIN TEST CONFIG
hidden: true
"""  # END TEST CONFIG


def test_q3_drawn(train):
    import torch

    from coursekit import data

    images, labels = data.fashion_mnist("train")
    losses = train(torch.from_numpy(images[::40].copy()), torch.from_numpy(labels[::40].copy()))
    assert losses[0] > 2
    assert losses[-1] < 0.8


test_q3_drawn(train)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4
# points: 1

# %% [markdown]
# **q4.** Return the share of right answers among scores (N, C) for labels (N,).

# %% [raw]
# # BEGIN SOLUTION


# %%
def accuracy(scores, labels):
    # BEGIN SOLUTION
    return (scores.argmax(dim=1) == labels).float().mean().item()
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q4_example(accuracy):
    import torch

    assert accuracy(torch.eye(3), torch.tensor([0, 1, 0])) > 0.6


test_q4_example(accuracy)

# %%
""" # BEGIN TEST CONFIG
hidden: true
"""  # END TEST CONFIG


def test_q4_drawn(accuracy):
    import torch

    scores = torch.randn(50, 4, generator=torch.manual_seed(2))
    labels = torch.arange(50) % 4
    right = (scores.argmax(1) == labels).float().mean().item()
    assert abs(accuracy(scores, labels) - right) < 1e-6


test_q4_drawn(accuracy)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
