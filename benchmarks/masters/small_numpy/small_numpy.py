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

# %% [markdown]
# # Four functions of a small network
#
# What a week's assignment in NumPy looks like; only benchmarks use it.

# %%
import numpy as np

from coursekit.notebook import Grader

grader = Grader("small_numpy")

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 1

# %% [markdown]
# **q1.** Write the rectified linear unit.

# %% [raw]
# # BEGIN SOLUTION


# %%
def relu(x):
    # BEGIN SOLUTION
    return np.maximum(x, 0)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q1_example(relu):
    import numpy as np

    assert relu(np.array([-1.0, 2.0])).tolist() == [0.0, 2.0]


test_q1_example(relu)

# %%
""" # BEGIN TEST CONFIG
hidden: true
"""  # END TEST CONFIG


def test_q1_drawn(relu):
    import numpy as np

    x = np.random.default_rng(1).standard_normal((4, 7))
    np.testing.assert_allclose(relu(x.copy()), x * (x > 0))


test_q1_drawn(relu)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 3

# %% [markdown]
# **q2.** Write a convolution of one image (C, H, W) with kernels (F, C, k, k), without padding.

# %% [raw]
# # BEGIN SOLUTION


# %%
def conv2d(x, weight):
    # BEGIN SOLUTION
    kernels, _, size, _ = weight.shape
    height, width = x.shape[1] - size + 1, x.shape[2] - size + 1
    out = np.empty((kernels, height, width))
    for f in range(kernels):
        for i in range(height):
            for j in range(width):
                out[f, i, j] = np.sum(x[:, i : i + size, j : j + size] * weight[f])
    return out
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q2_example(conv2d):
    import numpy as np

    assert conv2d(np.ones((1, 3, 4)), np.ones((1, 1, 2, 2))).tolist() == [[[4.0] * 3] * 2]


test_q2_example(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
"""  # END TEST CONFIG


def test_q2_drawn(conv2d):
    import numpy as np

    from convnet.functional import conv2d_forward

    rng = np.random.default_rng(2)
    for channels, kernels, size in ((1, 2, 3), (3, 4, 5), (2, 1, 1)):
        x = rng.standard_normal((channels, 14, 11))
        weight = rng.standard_normal((kernels, channels, size, size))
        right = conv2d_forward(x[None], weight)[0][0]
        np.testing.assert_allclose(conv2d(x.copy(), weight.copy()), right, atol=1e-10)


test_q2_drawn(conv2d)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3
# points: 2

# %% [markdown]
# **q3.** Write max pooling of maps (C, H, W) over windows of 2 x 2 with stride 2.

# %% [raw]
# # BEGIN SOLUTION


# %%
def max_pool(x):
    # BEGIN SOLUTION
    maps, height, width = x.shape
    x = x[:, : height // 2 * 2, : width // 2 * 2]
    return x.reshape(maps, height // 2, 2, width // 2, 2).max(axis=(2, 4))
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q3_example(max_pool):
    import numpy as np

    assert max_pool(np.arange(16.0).reshape(1, 4, 4)).tolist() == [[[5.0, 7.0], [13.0, 15.0]]]


test_q3_example(max_pool)

# %%
""" # BEGIN TEST CONFIG
hidden: true
"""  # END TEST CONFIG


def test_q3_drawn(max_pool):
    import numpy as np

    from convnet.functional import max_pool2d_forward

    x = np.random.default_rng(3).standard_normal((3, 9, 12))
    np.testing.assert_allclose(max_pool(x.copy()), max_pool2d_forward(x[None], 2)[0][0])


test_q3_drawn(max_pool)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4
# points: 2

# %% [markdown]
# **q4.** Fit a softmax classifier to points x (N, D) of classes y in 300 steps of gradient
# descent; return its accuracy on them.

# %% [raw]
# # BEGIN SOLUTION


# %%
def fit(x, y, classes):
    # BEGIN SOLUTION
    weight = np.zeros((x.shape[1], classes))
    for _ in range(300):
        scores = np.exp(x @ weight - (x @ weight).max(axis=1, keepdims=True))
        share = scores / scores.sum(axis=1, keepdims=True)
        share[np.arange(len(y)), y] -= 1
        weight -= 0.5 * x.T @ share / len(y)
    return float(np.mean((x @ weight).argmax(axis=1) == y))
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q4_example(fit):
    import numpy as np

    assert fit(np.eye(3), np.arange(3), 3) == 1.0


test_q4_example(fit)

# %%
""" # BEGIN TEST CONFIG
hidden: true
"""  # END TEST CONFIG


def test_q4_drawn(fit):
    import numpy as np

    rng = np.random.default_rng(4)
    centers = 4 * rng.standard_normal((3, 5))
    y = rng.integers(0, 3, 200)
    x = centers[y] + rng.standard_normal((200, 5))
    assert fit(x, y, 3) > 0.95


test_q4_drawn(fit)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
