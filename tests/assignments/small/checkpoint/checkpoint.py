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
#     modules: [numpy]
#     files:
#         - {name: weights.safetensors, kind: safetensors, most: 10 kB}
#         - {name: predictions.npy, kind: npy, most: 10 kB, shape: [200]}
#     data: [held_out.npz]

# %% [markdown]
# # Small assignment: weights and predictions
#
# A linear model of three kinds of points. What it learned is handed in beside the notebook. About half an
# hour.

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

coursekit.start.here(PACKAGE)

# %%
import numpy as np

from coursekit.notebook import Grader
from coursekit.safetensors import load, save

grader = Grader("checkpoint")


def sample(seed, count):
    """Draw points of the plane and the kind of each."""
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, 3, count)
    centres = np.array([[0.0, 2.0], [-1.8, -1.0], [1.8, -1.0]])
    return centres[labels] + rng.normal(scale=0.9, size=(count, 2)), labels


def learn(points, labels, steps):
    """Return the weights of a linear model after gradient descent on its cross-entropy.

    Parameters
    ----------
    points : array (N, D)
    labels : array (N,)           whole numbers from 0
    steps : int                   steps of gradient descent

    Returns
    -------
    dict                          "weight", an array (K, D), and "bias", an array (K,)
    """
    kinds = labels.max() + 1
    weight, bias = np.zeros((kinds, points.shape[1])), np.zeros(kinds)
    for _ in range(steps):
        scores = points @ weight.T + bias
        probabilities = np.exp(scores - scores.max(axis=1, keepdims=True))
        probabilities /= probabilities.sum(axis=1, keepdims=True)
        gradient = (probabilities - np.eye(kinds)[labels]) / len(points)
        weight, bias = weight - gradient.T @ points, bias - gradient.sum(axis=0)
    return {"weight": weight, "bias": bias}


points, labels = sample(0, 300)
queries = sample(1, 200)[0]

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 3

# %% [markdown]
# ### q1 · Predict &nbsp; ★☆☆ · 10 minutes
#
# **Write** the function `predict`: the scores of a point $x$ are $Wx + b$, and the kind is that
# of the largest.

# %% [raw]
# # BEGIN SOLUTION


# %%
def predict(weights, points):
    """Return the kind of each point.

    Parameters
    ----------
    weights : dict                "weight", an array (K, D), and "bias", an array (K,)
    points : array (N, D)

    Returns
    -------
    array (N,)                    whole numbers from 0 to K - 1
    """
    # BEGIN SOLUTION
    return (points @ weights["weight"].T + weights["bias"]).argmax(axis=1)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
"""  # END TEST CONFIG


def test_q1_few_points(predict):
    import numpy as np

    from coursekit import checks

    weights = {"weight": np.array([[1.0, 0.0], [0.0, 1.0], [-1.0, -2.0]]), "bias": np.array([0.0, 1.0, 0.0])}
    points = np.array([[3.0, 0.0], [0.0, 3.0], [-3.0, -3.0], [0.5, 0.0]])
    found = checks.leaves_inputs("predict", predict, weights, points).value
    assert np.array_equal(found, [0, 1, 2, 1]), f"predict returned {found}, expected [0, 1, 2, 1]."
    other = {"weight": np.array([[2.0], [-1.0]]), "bias": np.array([-1.0, 1.0])}
    found = predict(other, np.array([[1.0], [0.5]]))
    assert np.array_equal(found, [0, 1]), f"predict returned {found}, expected [0, 1]."


test_q1_few_points(predict)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 2
failure_message: predict gives other kinds than the largest of Wx + b for points and weights drawn at random.
"""  # END TEST CONFIG


def test_q1_drawn(predict):
    import numpy as np

    for kinds, sides, count in ((2, 3, 1), (5, 4, 40), (3, 2, 9)):
        weights = {"weight": np.random.normal(size=(kinds, sides)), "bias": np.random.normal(size=kinds)}
        drawn = np.random.normal(size=(count, sides)) * 3
        for points in (drawn, drawn.astype(np.float32), drawn.round().astype(int)):
            right = np.array([weights["weight"] @ x + weights["bias"] for x in points]).argmax(axis=1)
            assert np.array_equal(predict(weights, points), right)


test_q1_drawn(predict)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 7
# builds_on: [q1]

# %% [markdown]
# ### q2 · Learn &nbsp; ★★☆ · 20 minutes
#
# **Train** with `learn`, and hand in two files: `weights.safetensors` with what it returns, and
# `predictions.npy` with the kinds of `queries`, by `save` and `np.save`. They
# are judged by bands on points that you do not have: 50 %, 70 % and 85 % right.

# %% [raw]
# # BEGIN SOLUTION


# %%
weights = learn(points, labels, 200)  # SOLUTION
save("weights.safetensors", weights)  # SOLUTION
np.save("predictions.npy", predict(weights, queries))  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
"""  # END TEST CONFIG


def test_q2_files(predict, queries, weights):
    import numpy as np

    from coursekit import checks

    handed = checks.handed_in("weights.safetensors")
    assert {k: v.shape for k, v in handed.items()} == {"weight": (3, 2), "bias": (3,)}, (
        f"weights.safetensors holds {[*handed]}, it should hold weight (3, 2) and bias (3,)."
    )
    assert np.allclose(handed["weight"], weights["weight"]), (
        "weights.safetensors does not hold the weights that your notebook computes: write it again."
    )
    kinds = checks.handed_in("predictions.npy")
    agree = int((np.asarray(predict(handed, queries)) == kinds).sum()) if kinds.shape == (200,) else 0
    assert agree == 200, f"predict agrees with {agree} of the 200 predictions: write both files again."


test_q2_files(predict, queries, weights)

# %%
""" # BEGIN TEST CONFIG
hidden: true
bands: {0.5: 1, 0.7: 1, 0.85: 1}
failure_message: The points below tell how far your files reach.
"""  # END TEST CONFIG


def test_q2_weights(predict):
    import numpy as np

    from coursekit import checks

    held = checks.data("held_out.npz")
    weights = checks.handed_in("weights.safetensors")
    right = np.asarray(predict(weights, held["points"])) == held["labels"]
    return right.mean(), f"of {right.size} points right with your weights"


test_q2_weights(predict)

# %%
""" # BEGIN TEST CONFIG
hidden: true
bands: {0.5: 1, 0.7: 1, 0.85: 1}
failure_message: The points below tell how far your files reach.
"""  # END TEST CONFIG


def test_q2_predictions(queries):
    from coursekit import checks

    right = checks.handed_in("predictions.npy") == checks.data("held_out.npz")["asked"]
    return right.mean(), f"of {right.size} predictions right"


test_q2_predictions(queries)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %%
grader.export()
