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
#     seconds: {cell: 20, call: 10}
#     memory: 1 GiB
#     data: [held_out.npz]

# %% [markdown]
# # Homework 5: regularization and data
#
# A network that can learn its training set by heart needs something that holds it back, numbers of a size
# that can be trained, and data that say what it will be asked. In this homework you write all three, and
# then measure what they are worth where three of ten classes hardly occur.
#
# | part | questions | what you learn |
# |---|---|---|
# | Dropout | q1, q2 | one function for pixels, channels and pictures, and the noise it makes |
# | Normalization | q3 to q5 | batch normalization, both modes, both directions; one without a batch |
# | Data | q6, q7 | windows of pictures, and mixtures of pictures and labels |
# | Rare classes | q8 to q10 | weights, the focal loss, training judged by the rare classes |
# | A test of your own | q11 | how to find a mistake in a normalization that somebody else wrote |
# | Predict, measure, explain | q12 | which way helps the rare classes, and what it costs |
#
# Stars say how hard a question is, minutes how long it takes most people who have read the chapters: in all
# 360 minutes, which is six hours. NumPy is all you need. No graphics card, no other package.
#
# **How to work.** Put your code in the place of the `...`. Run the cell, then the check below it. After you
# hand in, hidden tests run your functions on other inputs: height and width that differ, a single image, a
# single channel. So read each contract (the docstring) to its end; what stands below is part of each. Every
# check brings its own inputs, so you can go on when one fails.
#
# ### What your functions will be given
#
# The tests keep within these bounds. An answer need not go beyond them, and must be right everywhere
# inside:
#
# - **Arrays.** The arrays of floats of one call are all float64 or all float32. Or the first of them holds
#   whole numbers (int64), and the others are float64 (in q6, `fill` always has x's dtype). In memory an
#   array may lie in any way: transposed, reversed, a slice of a larger one, read-only.
# - **Numbers** are finite; float64 and whole numbers are at most 100,000 in size, float32 at most 20 (1000 in
#   q6 and q7, which only move them).
# - **Sizes.** Each axis has length 1 or more. An array, also one that you return, has at most 20,000 numbers
#   (in q3 to q5 400, where it is float32; in q10 100,000).
# - **Shapes.** In `(N, C, ...)` any number of axes may follow, also none: at most five in all.
# - **Calls.** Arguments come by position or by name, and one that has a default may be left out. Functions
#   are called many times, and each answer depends on the arguments of its own call alone.
#
# ### What they must return
#
# - **Floats** at least as precise as what came in: float64 where one of the arrays was float64, otherwise
#   float32 or float64. No value may be further from the right one than a billionth (10⁻⁹), or 10⁻⁵ where
#   float32 came in, times 1 plus the size of the largest right value. Where float32 came in, you may compute
#   in float64 and return float64: that is always safe.
# - **What you return is new**: no input, no view of one, and nothing that a later call writes into.
# - **What you were given stays as it was.** Only a random generator moves on when it is used.

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
from IPython.display import display

from coursekit import data, plots
from coursekit.notebook import Grader

grader = Grader("hw5")

# %% [markdown]
# ## Part 1 · Dropout

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 8

# %% [markdown]
# ### q1 · One mask for several numbers &nbsp; ★☆☆ · 20 minutes
#
# **Why.** Dropout of pixels, of channels and of whole pictures differ in one thing: which numbers share a
# toss. In the book: [Dropout]({{book}}/regularization/dropout.html).
#
# So let the caller name the axes that share one. With `shared=()` each number has a toss of its own. With
# `shared=(2, 3)` all pixels of a channel are dropped or kept together. With `shared=(0,)` every picture of
# the batch gets the same mask.
#
# **Write** `dropout`. In training it draws `rng.random` once, in float64 and also with `p = 0`, in the shape
# of x with 1 in the place of each shared axis; where the number is below `p`, it drops, and elsewhere it
# divides by $1 - p$. In evaluation it draws nothing and changes nothing, and each factor is 1. It returns
# the result, and the `factor` by which it multiplied.
#
# Then **write** `dropout_backward`: the gradient by x, from the upstream gradient and that factor.
#
# <details><summary>Hint: "The draws are"</summary>
# The factor is 0 where it drops, and 1 / (1 - p) where it keeps. It has the shape of the draws, and NumPy
# broadcasts it over x.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def dropout(x, p, rng, training=True, shared=()):
    """Drop numbers by chance, and scale up the others.

    Parameters
    ----------
    x : array (N, C, H, W)
    p : float                         probability to be dropped
    rng : np.random.Generator
    training : bool                   False: evaluation, where nothing is drawn
    shared : tuple of int             axes of x along which one draw counts for all: from 0 to 3, in any
                                      order, none twice

    Returns
    -------
    out : array (N, C, H, W) of floats
    factor : array of floats          of the shape of x, with 1 in the place of each shared axis

    Raises
    ------
    ValueError                        unless p is from 0 to below 1, in evaluation, too
    """
    # BEGIN SOLUTION
    if not 0 <= p < 1:
        raise ValueError(f"dropout: p is {p}, not from 0 to below 1")
    shape = tuple(1 if axis in shared else size for axis, size in enumerate(x.shape))
    factor = (rng.random(shape) >= p) / (1 - p) if training else np.ones(shape)
    return x * factor, factor
    # END SOLUTION


# %%
def dropout_backward(grad_out, factor):
    """Gradient of dropout by x.

    Parameters
    ----------
    grad_out : array (N, C, H, W)     the upstream gradient
    factor : array                    as dropout returned it

    Returns
    -------
    array (N, C, H, W) of floats
    """
    # BEGIN SOLUTION
    return grad_out * factor
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q1_training(dropout):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[1.0, 2], [3, 4]], [[5, 6], [7, 8]]]])
    answer = checks.call("dropout", dropout, x, 0.6, np.random.default_rng(4))
    hint = "The draws are 0.943, 0.511, 0.976, 0.081, 0.607, 0.170, 0.962, 0.051."
    answer.part(0, "out").equals([[[[2.5, 0], [7.5, 0]], [[12.5, 0], [17.5, 0]]]], hint)
    hint = "The factors are 0 and 2.5, in the shape of x."
    answer.part(1, "factor").equals([[[[2.5, 0], [2.5, 0]], [[2.5, 0], [2.5, 0]]]], hint)
    answer = checks.call("dropout", dropout, x.astype(int) - 9, 0.25, np.random.default_rng(2), True)
    hint = "The draws are 0.262, 0.298, 0.814, 0.092, 0.600, 0.729, 0.188, 0.055."
    answer.part(0, "out").equals([[[[-10.6666667, -9.3333333], [-8, 0]], [[-5.3333333, -4], [0, 0]]]], hint)
    checks.refuses("dropout", dropout, x, 1.0, np.random.default_rng(0))


test_q1_training(dropout)


# %%
def test_q1_shared(dropout):
    import numpy as np

    from coursekit import checks

    x = np.arange(1.0, 13).reshape(2, 2, 1, 3)
    answer = checks.call("dropout", dropout, x, 0.6, np.random.default_rng(4), shared=(2, 3))
    hint = "The four draws are 0.943, 0.511, 0.976, 0.081: one for each channel of each picture."
    answer.part(0, "out").equals([[[[2.5, 5, 7.5]], [[0, 0, 0]]], [[[17.5, 20, 22.5]], [[0, 0, 0]]]], hint)
    answer.part(1, "factor").equals(
        [[[[2.5]], [[0]]], [[[2.5]], [[0]]]], "The factors are 2.5, 0, 2.5 and 0."
    )
    answer = checks.call("dropout", dropout, x, 0.5, np.random.default_rng(1), True, (0,))
    hint = "The six draws are 0.512, 0.950, 0.144, 0.949, 0.312, 0.423: one for each place of a picture."
    answer.part(0, "out").equals([[[[2, 4, 0]], [[8, 0, 0]]], [[[14, 16, 0]], [[20, 0, 0]]]], hint)


test_q1_shared(dropout)


# %%
def test_q1_backward(dropout, dropout_backward):
    import numpy as np

    from coursekit import checks

    grad_out = np.array([[[[1.0, -2]], [[3, 4]]], [[[5, 1]], [[-1, 2]]]])
    factor = np.array([[[[2.0, 0]], [[0, 2]]], [[[0, 2]], [[2, 2]]]])
    answer = checks.leaves_inputs("dropout_backward", dropout_backward, grad_out, factor)
    right = [[[[2, 0]], [[0, 8]]], [[[0, 2]], [[-2, 4]]]]
    answer.equals(right, "The gradient gets the factor that x had.")
    answer = checks.leaves_inputs(
        "dropout_backward", dropout_backward, grad_out, np.array([[[[0.0]], [[4]]]])
    )
    right = [[[[0, 0]], [[12, 16]]], [[[0, 0]], [[-4, 8]]]]
    answer.equals(right, "One factor for each channel.")
    x, rng = np.array([[[[2.0, -4]], [[6, 1]]]]), np.random.default_rng(0)
    answer = checks.call("dropout", dropout, x, 0.5, rng, False)
    answer.part(0, "out").equals(x, "In evaluation nothing is dropped and nothing is scaled.")
    answer.part(1, "factor").equals(np.ones(x.shape), "In evaluation every factor is 1.")


test_q1_backward(dropout, dropout_backward)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: dropout was called in training on batches of many shapes, with axes shared and not, and out
  and factor were compared; what it drew came from one call of rng.random.
"""  # END TEST CONFIG


def test_q1_training_drawn(dropout):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(51001)
    several = [(), (2, 3), (0,), (1,), (1, 2, 3), (3,), (0, 1, 2, 3), (2,), (0, 2), (3, 0)]
    shapes = [(2, 3, 4, 2), (1, 2, 3, 5), (3, 1, 2, 2), (4, 3, 1, 3), (1, 1, 3, 3)]
    cases = []
    for number, shared in enumerate(several * 2):
        shape = shapes[number % 5]
        for _ in range(3):
            x = 3 * rng.normal(size=shape)
            x = (
                np.round(x).astype(np.int64)
                if number % 3 == 2
                else x.astype(("float64", "float32")[number % 3])
            )
            more, seed = () if shared == () and number < 9 else (True, shared), int(rng.integers(1e6))
            p = {3: 0.0, 4: 0.99}.get(number, float(rng.uniform(0.05, 0.9)))
            if number == 6:  # one of the numbers that are drawn: it is not below p
                p = float(np.random.default_rng(seed).random())
            cases.append((x, p, np.random.default_rng(seed), *more))
    rights = []
    for x, p, source, *more in cases:
        shared = more[1] if more else ()
        shape = [1 if axis in shared else size for axis, size in enumerate(x.shape)]
        copy = np.random.Generator(type(source.bit_generator)())
        copy.bit_generator.state = source.bit_generator.state
        factor = np.where(copy.random(shape) < p, 0.0, 1 / (1 - p))
        rights.append((x.astype(float) * factor, factor))
    for answer, (out, factor) in zip(checks.in_turn("dropout", dropout, *cases), rights, strict=True):
        answer.part(0, "out").matches(out, fine=True)
        answer.part(1, "factor").matches(factor)
    for p in (1.0, 1.5, -0.1):
        checks.refuses("dropout", dropout, cases[0][0], p, np.random.default_rng(0))
    checks.refuses("dropout", dropout, cases[0][0], 1.0, np.random.default_rng(0), False)


test_q1_training_drawn(dropout)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: dropout was called in evaluation, where it must change nothing and draw nothing, beside
  calls in training, where it must draw once.
"""  # END TEST CONFIG


def test_q1_evaluation_drawn(dropout):
    import numpy as np

    from coursekit import checks

    def after(dropout, x, p, seed, training, shared):
        import numpy as np

        rng = np.random.default_rng(seed)
        out, factor = dropout(x, p, rng, training, shared)
        return out, factor, rng.random(2)

    rng = np.random.default_rng(51002)
    for number, shape in enumerate([(2, 3, 4, 2), (1, 2, 3, 5), (3, 1, 2, 2), (1, 1, 1, 1)] * 3):
        x, p, seed = rng.normal(size=shape), float(rng.uniform(0.1, 0.8)), int(rng.integers(1e6))
        p = 0.0 if number == 4 else p
        shared = [(), (2, 3), (0, 3), (1,)][number // 3]
        drawn = np.random.default_rng(seed)
        small = [1 if axis in shared else size for axis, size in enumerate(shape)]
        factor = np.ones(small) if number % 2 else np.where(drawn.random(small) < p, 0.0, 1 / (1 - p))
        found = checks.inside(after, dropout, x, p, seed, number % 2 == 0, shared)
        label = "in evaluation" if number % 2 else "in training"
        checks.Answer(found[0], f"out {label}").matches(x * factor)
        checks.Answer(found[1], f"factor {label}").matches(factor)
        checks.Answer(found[2], f"what the generator draws after a call {label}").matches(drawn.random(2))
    cases = [(rng.normal(size=(2, 1, 3, 2)), 0.5, np.random.default_rng(1), False) for _ in range(3)]
    for case, answer in zip(cases, checks.in_turn("dropout", dropout, *cases), strict=True):
        answer.part(0, "out in evaluation").matches(case[0], fine=True)


test_q1_evaluation_drawn(dropout)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: dropout_backward was called with gradients of many shapes, and with factors that are shared
  along axes.
"""  # END TEST CONFIG


def test_q1_backward_drawn(dropout_backward):
    import numpy as np

    from coursekit import checks

    rng, cases = np.random.default_rng(51003), []
    shapes = [(2, 3, 4, 2), (1, 2, 3, 5), (3, 1, 2, 2), (4, 3, 1, 3), (1, 1, 3, 3)]
    for number, shared in enumerate([(), (2, 3), (0,), (1, 2, 3), (3,), (0, 1), (0, 1, 2, 3), ()]):
        shape = shapes[number % 5]
        small = [1 if axis in shared else size for axis, size in enumerate(shape)]
        for part in range(3):
            g, p = 3 * rng.normal(size=shape), rng.uniform(0.1, 0.8)
            factor = (rng.random(small) > p) / (1 - p) if part else np.ones(small)
            if number % 3 == 2:
                g = np.round(g).astype(np.int64)
            elif number % 3:
                g, factor = g.astype(np.float32), factor.astype(np.float32)
            cases.append((g, factor))
    rights = [g.astype(float) * factor.astype(float) for g, factor in cases]
    answers = checks.in_turn("dropout_backward", dropout_backward, *cases)
    for answer, right in zip(answers, rights, strict=True):
        answer.matches(right, fine=True)


test_q1_backward_drawn(dropout_backward)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# What is dropped? White is kept, black is dropped: a row for each of four values of `shared`. In a row stand
# two channels of one picture, then two of another.

# %%
if grader.ready("q1"):
    ones = np.ones((2, 2, 12, 12))
    titles, pictures = [], []
    for shared in ((), (2, 3), (0,), (1, 2, 3)):
        out, _ = dropout(ones, 0.5, np.random.default_rng(0), shared=shared)
        pictures += [channel / 2 for picture in out for channel in picture]
        titles += [str(shared), "", "", ""]
    display(plots.image_grid(pictures, titles=titles, columns=4, limits=(0, 1)))

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 7

# %% [markdown]
# ### q2 · How noisy is a score? &nbsp; ★★☆ · 25 minutes
#
# **Why.** A score is a sum over all numbers of a picture, $s_{nu} = \sum_{m,i,j} w_{u m i j}\, x_{n m i
# j}$. Dropout in front of it keeps its mean. How far does it scatter? This you can predict, without a
# single draw. In the book: [Dropout]({{book}}/regularization/dropout.html).
#
# A factor $f$ that is 0 with probability $p$ and $1/(1-p)$ otherwise has the variance $p / (1 - p)$.
# Independent variances add up. But numbers that share a toss move together: add them up first, and the
# square comes after.
#
# **Write** `score_variance`: the variance of each score over all masks, with `shared` as in q1. Axis 0 is
# not among the shared axes here: pictures that share a mask have the same variance as pictures that do not.
# An array of all products, (N, U, C, H, W), has at most a million numbers.
#
# <details><summary>Hint: "the numbers of a channel are dropped together"</summary>
# Multiply weights and pixels, sum over the shared axes, square, and sum over the other axes.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def score_variance(x, weight, p, shared=()):
    """Variance of linear scores of pictures that dropout has changed.

    Parameters
    ----------
    x : array (N, C, H, W)
    weight : array (U, C, H, W) of floats
    p : float                         probability to be dropped, from 0 to 0.95
    shared : tuple of int             axes of x along which one draw counts for all: from 1 to 3, in any
                                      order, none twice

    Returns
    -------
    array (N, U) of floats
    """
    # BEGIN SOLUTION
    terms = x[:, None] * weight
    sums = terms.sum(axis=tuple(axis + 1 for axis in shared))
    return p / (1 - p) * (sums**2).reshape(len(x), len(weight), -1).sum(axis=2)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q2_own(score_variance):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[1.0, 2]], [[3, -1]]], [[[0, 1]], [[2, 2]]]])
    weight = np.array([[[[1.0, 1]], [[2, 0]]], [[[1, -1]], [[0, 3]]]])
    hint = "With p = 0.5 it is the sum of the squares of 1, 2, 6 and 0, for the first score."
    checks.leaves_inputs("score_variance", score_variance, x, weight, 0.5).equals([[41, 14], [17, 37]], hint)
    hint = "With p = 0.2 a factor has the variance 0.25."
    checks.leaves_inputs("score_variance", score_variance, x[:1], weight, 0.2).equals([[10.25, 3.5]], hint)


test_q2_own(score_variance)


# %%
def test_q2_shared(score_variance):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[1.0, 2]], [[3, -1]]], [[[0, 1]], [[2, 2]]]])
    weight = np.array([[[[1.0, 1]], [[2, 0]]], [[[1, -1]], [[0, 3]]]])
    hint = "With shared=(2, 3) the numbers of a channel are dropped together: 3 and 6, for the first score."
    checks.leaves_inputs("score_variance", score_variance, x, weight, 0.5, (2, 3)).equals(
        [[45, 10], [17, 37]], hint
    )
    hint = "With shared=(1,) both channels of a pixel are dropped together: 7 and 2, for the first score."
    checks.leaves_inputs("score_variance", score_variance, x, weight, 0.75, shared=(1,)).equals(
        [[159, 78], [51, 75]], hint
    )


test_q2_shared(score_variance)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: score_variance was called with pictures and weights of many shapes, where each number has a
  toss of its own.
"""  # END TEST CONFIG


def test_q2_own_drawn(score_variance):
    import numpy as np

    from coursekit import checks

    rng, cases, rights = np.random.default_rng(51004), [], []
    shapes = [
        (2, 3, 4, 2, 3),
        (1, 2, 3, 5, 1),
        (3, 1, 2, 2, 2),
        (4, 3, 1, 3, 4),
        (1, 1, 3, 3, 2),
        (2, 2, 1, 1, 3),
    ]
    for number, (n, c, h, w, u) in enumerate(shapes):
        for _ in range(3):
            x, weight = 2 * rng.normal(size=(n, c, h, w)), rng.normal(size=(u, c, h, w))
            if number % 3 == 2:
                x = np.round(x).astype(np.int64)
            elif number % 3:
                x, weight = x.astype(np.float32), weight.astype(np.float32)
            p = {3: 0.0, 0: 0.95}.get(number, float(rng.uniform(0.05, 0.95)))
            cases.append((x, weight, p))
            squares = (x.astype(float) ** 2).reshape(n, -1) @ (weight.astype(float) ** 2).reshape(u, -1).T
            rights.append(p / (1 - p) * squares)
    for answer, right in zip(checks.in_turn("score_variance", score_variance, *cases), rights, strict=True):
        answer.matches(right, fine=True)


test_q2_own_drawn(score_variance)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: score_variance was called with one, two and all three axes shared, on pictures and weights
  of many shapes.
"""  # END TEST CONFIG


def test_q2_shared_drawn(score_variance):
    import numpy as np

    from coursekit import checks

    rng, cases, rights = np.random.default_rng(51005), [], []
    shapes = [(2, 3, 4, 2, 3), (1, 2, 3, 5, 1), (3, 1, 2, 2, 2), (4, 3, 1, 3, 4), (2, 3, 3, 3, 2)]
    several = [(2, 3), (1,), (2,), (1, 2, 3), (3,), (1, 3), (3, 2), (1, 2)]
    for number, shared in enumerate(several):
        n, c, h, w, u = shapes[number % 5]
        for _ in range(3):
            x, weight = 2 * rng.normal(size=(n, c, h, w)), rng.normal(size=(u, c, h, w))
            if number % 3 == 2:
                x = np.round(x).astype(np.int64)
            elif number % 3:
                x, weight = x.astype(np.float32), weight.astype(np.float32)
            p = 0.95 if number in (0, 3) else float(rng.uniform(0.05, 0.95))
            cases.append((x, weight, p, shared))
            letters = "".join("mij"[axis - 1] for axis in (1, 2, 3) if axis not in shared)
            sums = np.einsum(f"nmij,umij->nu{letters}", x.astype(float), weight.astype(float))
            rights.append(p / (1 - p) * (sums**2).sum(axis=tuple(range(2, sums.ndim))))
    for answer, right in zip(checks.in_turn("score_variance", score_variance, *cases), rights, strict=True):
        answer.matches(right, fine=True)


test_q2_shared_drawn(score_variance)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# You predicted it; now measure it. The score is the mean of a picture's edges, in three maps: one for each
# direction. The neighbours in such a map agree, so dropping pixels hides little, and dropping channels much.
# The mean of 2000 draws is itself uncertain: divide the ± by √2000. Where channels are dropped, this gives
# about 0.0008, so a mean that is off by 0.0012 is no contradiction.

# %%
if grader.ready("q1", "q2"):
    clothes = data.fashion_mnist("test")[0][:1].astype(float)
    edges = [np.abs(clothes - np.roll(clothes, step, axis=(2, 3))) for step in ((1, 0), (0, 1), (1, 1))]
    maps = np.concatenate(edges, axis=1)
    weight, rng = np.ones((1, *maps.shape[1:])) / maps.size, np.random.default_rng(0)
    for what, shared in (("pixels", ()), ("channels", (2, 3))):
        drawn = [(dropout(maps, 0.5, rng, shared=shared)[0] * weight).sum() for _ in range(2000)]
        told = float(score_variance(maps, weight, 0.5, shared)[0, 0])
        seen = f"measured ±{np.std(drawn):.5f}, mean {np.mean(drawn):.5f}"
        print(f"dropping {what:9} predicted ±{told**0.5:.5f}, {seen}")
    print(f"without dropout the score is {(maps * weight).sum():.5f}")

# %% [markdown]
# ## Part 2 · Normalization

# %% [raw]
# # BEGIN QUESTION
# name: q3
# points: 11

# %% [markdown]
# ### q3 · Batch normalization, in both modes &nbsp; ★★☆ · 30 minutes
#
# **Why.** It is the layer that behaves most differently in training and in evaluation, and forgetting
# that is among the most common mistakes there are. In the book:
# [Normalization]({{book}}/regularization/normalization.html).
#
# For each channel $m$, with all numbers of the channel as samples, from all pictures and all pixels:
#
# $$y = w_m\, \frac{x - \mu_m}{\sqrt{V_m + \varepsilon}} + b_m$$
#
# | | $\mu$ and $V$ | the running statistics |
# |---|---|---|
# | training | those of this batch, with the divisor $S$ | $(1 - a)$ · old $+\, a$ · new, divisor $S - 1$ |
# | evaluation | the running mean and variance | stay as they are |
#
# Here $S$ is the number of samples, and $a$ is `momentum`.
#
# **Write** `batch_norm` for any number of axes behind the channels: `(N, C)` behind a linear layer, `(N,
# C, L)` for signals, `(N, C, H, W)` for maps. It returns the output and the new running statistics, and
# changes none of its arguments. One sample has no variance: in training, raise `ValueError` there.
#
# Do not compute the variance as the mean of the squares minus the square of the mean: that loses digits where
# the mean is large. Subtract the mean first, then square. The table says how large the numbers may be,
# compared with $D = \sqrt{V_m + \varepsilon}$, by which you divide:
#
# | in q3 to q5 | float64, whole numbers | float32 |
# |---|---|---|
# | numbers of a channel (q5: of a group) | at most 100,000 $D$ (q4: 10,000 $D$) | at most 4 $D$ |
# | weights, and the upstream gradient of q4 | at most 10 | at most 3 |
# | $D$ in q4 | at least 0.1 | at least 0.5 |
#
# <details><summary>Hint: "Two pictures of two numbers"</summary>
# Means and variances run over axis 0 and all axes from 2 on: <code>(0, *range(2, x.ndim))</code>. To
# subtract a channel's mean, give it the shape (C, 1, 1), with as many ones as axes follow.
# </details>
# <details><summary>Hint: "the new running"</summary>
# <code>momentum</code> is the share of the new batch. <code>x.var</code> has the divisor S, and with
# <code>ddof=1</code> S - 1.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def batch_norm(x, weight, bias, mean, var, training=True, momentum=0.1, eps=1e-5):
    """Normalize each channel, and keep running statistics.

    Parameters
    ----------
    x : array (N, C, ...)
    weight : array (C,) of floats         scale of each channel
    bias : array (C,) of floats           shift of each channel
    mean : array (C,) of floats           running mean
    var : array (C,) of floats            running variance, at least 0.01
    training : bool                       False: evaluation, by the running statistics
    momentum : float                      share of this batch in the new running statistics, from 0 to 1
    eps : float                           ε, from 0.000001 to 10

    Returns
    -------
    out : array (N, C, ...) of floats
    new_mean : array (C,) of floats       running mean; in evaluation the old one
    new_var : array (C,) of floats        running variance, may be below 0.01; in evaluation the old one

    Raises
    ------
    ValueError                            in training, where a channel has a single number
    """
    # BEGIN SOLUTION
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    count = x.size // x.shape[1]
    here, spread, new_mean, new_var = mean, var, mean.copy(), var.copy()
    if training:
        if count == 1:
            raise ValueError("batch_norm: one number in a channel has no variance")
        here, spread = x.mean(axis=axes), x.var(axis=axes)
        new_mean = (1 - momentum) * mean + momentum * here
        new_var = (1 - momentum) * var + momentum * spread * count / (count - 1)
    normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
    return weight.reshape(shape) * normal + bias.reshape(shape), new_mean, new_var
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q3_training(batch_norm):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[1.0, 3]], [[2, 0]]], [[[5, 7]], [[4, 6]]]])
    weight, bias, mean, var = np.array([2.0, -1]), np.array([0.0, 10]), np.array([0.0, 1]), np.array([1.0, 4])
    answer = checks.call("batch_norm", batch_norm, x, weight, bias, mean, var)
    hint = "Two pictures of two numbers: the first channel has 1, 3, 5 and 7, with mean 4 and variance 5."
    answer.part(0, "out").equals(
        [
            [[[-2.6832789, -0.8944263]], [[10.4472131, 11.3416394]]],
            [[[0.8944263, 2.6832789]], [[9.5527869, 8.6583606]]],
        ],
        hint,
    )
    x = np.array([[1, 4], [2, 0], [6, -1]])
    answer = checks.call("batch_norm", batch_norm, x, weight, bias, mean, var, True, 0.1, 2.0)
    hint = "Three pictures of one number each, with ε = 2 under the root."
    answer.part(0, "out").equals(
        [[-1.5491933, 8.838105], [-0.7745967, 10.3872983], [2.32379, 10.7745967]], hint
    )
    one = np.ones(1)
    checks.refuses("batch_norm", batch_norm, np.array([[[3.0]]]), one, one, one, one)


test_q3_training(batch_norm)


# %%
def test_q3_running(batch_norm):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[1.0, 3]], [[2, 0]]], [[[5, 7]], [[4, 6]]]])
    weight, bias, mean, var = np.array([2.0, -1]), np.array([0.0, 10]), np.array([0.0, 1]), np.array([1.0, 4])
    for more, share in (((), 0.1), ((True, 0.75), 0.75)):
        x = x.reshape(2, 2, 1, 2, 1)  # five axes
        answer = checks.leaves_inputs("batch_norm", batch_norm, x, weight, bias, mean, var, *more)
        hint = f"The batch has the means 4 and 3, and its share is {share}."
        answer.part(1, "the new running mean").equals((1 - share) * mean + share * np.array([4, 3]), hint)
        hint = "With the divisor 3 the batch has the variances 6.6667 and 6.6667."
        answer.part(2, "the new running variance").equals((1 - share) * var + share * 20 / 3, hint)


test_q3_running(batch_norm)


# %%
def test_q3_evaluation(batch_norm):
    import numpy as np

    from coursekit import checks

    x = np.array([[[1.0, 3, 2]], [[5, 7, 0]]])
    weight, bias, mean, var = np.array([2.0]), np.array([1.0]), np.array([3.0]), np.array([3.0])
    answer = checks.leaves_inputs("batch_norm", batch_norm, x, weight, bias, mean, var, False, 0.1, 1.0)
    hint = "In evaluation the mean is 3 here, and the root of variance plus ε is 2."
    answer.part(0, "out").equals([[[-1, 1, 0]], [[3, 5, -2]]], hint)
    answer.part(1, "the running mean").equals([3], "In evaluation it stays as it is.")
    answer.part(2, "the running variance").equals([3], "In evaluation it stays as it is.")
    answer = checks.call("batch_norm", batch_norm, x[:1, :, :1] + 4, weight, bias, mean, var, training=False)
    answer.part(0, "out").equals([[[3.309397]]], "A single number is no problem in evaluation.")


test_q3_evaluation(batch_norm)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: batch_norm was called in training on batches with two to five axes, and the output was
  compared; it must raise ValueError where a channel has a single number.
"""  # END TEST CONFIG


def test_q3_training_drawn(batch_norm):
    import numpy as np

    from convnet import plain
    from coursekit import checks

    rng, cases = np.random.default_rng(51006), []
    shapes = [
        (4, 3),
        (1, 2, 5),
        (3, 1, 4, 2),
        (2, 3, 2, 5),
        (2, 2, 2, 3, 2),
        (1, 1, 1, 2),
        (5, 2, 3, 3),
        (2, 3, 3, 4),
    ]
    for number, shape in enumerate(shapes):
        for _ in range(3):
            x, rest = 2 * rng.normal(size=shape) + 1, list(rng.normal(size=(4, shape[1])))
            rest[3] = rest[3] ** 2 + 0.1
            if number % 3 == 2:
                x = np.round(3 * x).astype(np.int64)
            elif number % 3:
                x, rest = x.astype(np.float32), [part.astype(np.float32) for part in rest]
            more = [(), (True,), (True, 0.3, (0.5, 10.0)[number // 4]), (True, 0.1, 1e-6)][number % 4]
            cases.append((x, *rest, *more))
    for scale in (6e4, 3e4, 1e4):  # numbers whose mean is far larger than their spread, and none that differ
        x = 0.3 * rng.normal(size=(3, 3, 4, 2)) + scale * 0.3
        x[:, 1] = 7
        x[:, 2] = scale * np.sign(rng.normal(size=(3, 4, 2)))
        cases.append((x, np.array([1.0, -2, 3]), np.ones(3), np.zeros(3), np.ones(3)))
    for case, answer in zip(cases, checks.in_turn("batch_norm", batch_norm, *cases), strict=True):
        x, weight, bias = (part.astype(np.float64) for part in case[:3])
        eps = case[7] if len(case) > 7 else 1e-5
        right = plain.batch_norm(x.reshape(*x.shape[:2], -1, 1), weight, bias, eps).reshape(x.shape)
        answer.part(0, "out").matches(right, fine=True)
    for shape in ((1, 2), (1, 3, 1), (1, 1, 1, 1)):
        checks.refuses("batch_norm", batch_norm, np.ones(shape), *np.ones((4, shape[1])))


test_q3_training_drawn(batch_norm)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: batch_norm was called in training with other shares of the batch, and the running
  statistics were compared, also after several batches.
"""  # END TEST CONFIG


def test_q3_running_drawn(batch_norm):
    import numpy as np

    from convnet import plain
    from coursekit import checks

    rng, cases = np.random.default_rng(51007), []
    shapes = [
        (4, 3),
        (1, 2, 5),
        (3, 1, 4, 2),
        (2, 3, 2, 5),
        (2, 2, 2, 3, 2),
        (1, 1, 1, 2),
        (5, 2, 3, 3),
        (2, 3, 3, 4),
    ]
    for number, shape in enumerate(shapes):
        for part in range(3):
            x, rest = 2 * rng.normal(size=shape) + 1, list(rng.normal(size=(4, shape[1])))
            rest[3] = rest[3] ** 2 + 0.1
            if number % 3 == 2:
                x = np.round(3 * x).astype(np.int64)
            elif number % 3:
                x, rest = x.astype(np.float32), [part.astype(np.float32) for part in rest]
            momentum = (1.0, 0.0, 0.25)[part] if number == 3 else float(rng.uniform(0.02, 0.9))
            if number == 3:  # the new variance is small, too
                x, rest[3] = 0.01 * x, np.full(shape[1], 0.01)
            cases.append((x, *rest) if number == 0 else (x, *rest, True, momentum))
    for case, answer in zip(cases, checks.in_turn("batch_norm", batch_norm, *cases), strict=True):
        x, _, _, mean, var = (part.astype(np.float64) for part in case[:5])
        right = plain.update_running(mean, var, x.reshape(*x.shape[:2], -1, 1), *case[6:])
        answer.part(1, "new_mean").matches(right[0], fine=True)
        answer.part(2, "new_var").matches(right[1], fine=True)

    def several(batch_norm, batches, weight):
        import numpy as np

        mean, var = np.zeros(len(weight)), np.ones(len(weight))
        for x in batches:
            _, mean, var = batch_norm(x, weight, weight, mean, var)
        return mean, var

    batches, right = rng.normal(size=(12, 2, 3, 2, 2)) - 4, (np.zeros(3), np.ones(3))
    for x in batches:
        right = plain.update_running(*right, x)
    for found, wanted in zip(checks.inside(several, batch_norm, batches, np.ones(3)), right, strict=True):
        checks.Answer(found, "running statistics after twelve batches").matches(wanted)


test_q3_running_drawn(batch_norm)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: batch_norm was called in evaluation, also with a single number in a channel; it must go by
  the running statistics, and return them as they came.
"""  # END TEST CONFIG


def test_q3_evaluation_drawn(batch_norm):
    import numpy as np

    from convnet import plain
    from coursekit import checks

    rng, cases = np.random.default_rng(51008), []
    shapes = [
        (4, 3),
        (1, 2, 5),
        (3, 1, 4, 2),
        (1, 3, 1, 1),
        (1, 1),
        (2, 2, 2, 3, 2),
        (5, 2, 3, 3),
        (2, 3, 3, 4),
    ]
    for number, shape in enumerate(shapes):
        for _ in range(3):
            x, rest = 2 * rng.normal(size=shape) + 1, list(rng.normal(size=(4, shape[1])))
            rest[3] = rest[3] ** 2 + 0.1
            if number % 3 == 2:
                x = np.round(3 * x).astype(np.int64)
            elif number % 3:
                rest[3] += 4
                x, rest = x.astype(np.float32), [part.astype(np.float32) for part in rest]
            more = [(), (0.3, (0.5, 10.0)[number // 4]), (0.1, 1e-6)][number % 3]
            cases.append((x, *rest, False, *more))
    for case, answer in zip(cases, checks.in_turn("batch_norm", batch_norm, *cases), strict=True):
        x, weight, bias, mean, var = (part.astype(np.float64) for part in case[:5])
        eps = case[7] if len(case) > 7 else 1e-5
        right = plain.batch_norm_eval(x.reshape(*x.shape[:2], -1, 1), mean, var, weight, bias, eps)
        answer.part(0, "out").matches(right.reshape(x.shape), fine=True)
        answer.part(1, "new_mean").matches(mean, fine=True)
        answer.part(2, "new_var").matches(var, fine=True)


test_q3_evaluation_drawn(batch_norm)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4
# points: 12

# %% [markdown]
# ### q4 · Back through the statistics &nbsp; ★★★ · 40 minutes
#
# **Why.** In training each $x$ reaches the loss in three ways: directly, through the mean and through the
# variance. Whoever forgets two of them gets a gradient of the right shape that is wrong everywhere. In the
# book: [Normalization]({{book}}/regularization/normalization.html).
#
# With $h = w_m\, \partial L / \partial y$, and a bar for the mean over all samples of the channel:
#
# $$\frac{\partial L}{\partial x} = \frac{h - \overline{h} - \hat x\; \overline{h\, \hat x}}{\sqrt{V_m +
# \varepsilon}}, \qquad \frac{\partial L}{\partial w_m} = \sum \frac{\partial L}{\partial y}\, \hat x,
# \qquad \frac{\partial L}{\partial b_m} = \sum \frac{\partial L}{\partial y}$$
#
# In evaluation the statistics are constants, and no longer functions of x. Work out what is left of the
# first formula then. (A network is run backward in evaluation mode, too: when it is *fine-tuned* with its
# statistics frozen, or when you ask which pixels matter.)
#
# **Write** `batch_norm_backward` for both modes, and for any number of axes behind the channels.
#
# <details><summary>Hint: "grad_x of batch_norm_backward"</summary>
# Compute x̂ again, by the statistics of the mode. If you are not sure of your formula, compare with
# differences: (L(x + d) - L(x - d)) / 2d for one number of x, where L is the sum of grad_out times the
# output.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def batch_norm_backward(grad_out, x, weight, mean, var, training=True, eps=1e-5):
    """Gradients of batch_norm.

    Parameters
    ----------
    grad_out : array (N, C, ...)          the upstream gradient
    x : array (N, C, ...) of floats       in training at least two numbers in a channel
    weight : array (C,) of floats
    mean : array (C,) of floats           running mean, used in evaluation
    var : array (C,) of floats            running variance, at least 0.01, used in evaluation
    training : bool                       False: evaluation
    eps : float                           ε, from 0.000001 to 10

    Returns
    -------
    grad_x : array (N, C, ...) of floats
    grad_weight : array (C,) of floats
    grad_bias : array (C,) of floats
    """
    # BEGIN SOLUTION
    axes = (0, *range(2, x.ndim))
    shape = (-1, *[1] * (x.ndim - 2))
    if training:
        mean, var = x.mean(axis=axes), x.var(axis=axes)
    root = np.sqrt(var + eps).reshape(shape)
    normal = (x - mean.reshape(shape)) / root
    h = weight.reshape(shape) * grad_out
    if training:
        through_mean = h.mean(axis=axes, keepdims=True)
        through_var = (h * normal).mean(axis=axes, keepdims=True)
        h = h - through_mean - normal * through_var
    return h / root, (grad_out * normal).sum(axis=axes), 1.0 * grad_out.sum(axis=axes)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q4_training(batch_norm_backward):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[1.0, 3]], [[2, 0]]], [[[5, 7]], [[4, 6]]]])
    grad_out = np.array([[[[1.0, 0]], [[0, 3]]], [[[0, 2]], [[-1, 0]]]])
    weight, mean, var = np.array([2.0, -1]), np.array([0.0, 1]), np.array([1.0, 4])
    answer = checks.leaves_inputs("batch_norm_backward", batch_norm_backward, grad_out, x, weight, mean, var)
    hint = "In each channel the gradients by x add up to 0, and so do their products with x̂ (but for ε)."
    answer.part(0, "grad_x").equals(
        [
            [[[0.6260976, -0.536656]], [[0.4472127, -0.4472145]]],
            [[[-0.8049834, 0.7155418]], [[0.4472136, -0.4472118]]],
        ],
        hint,
    )
    answer.part(1, "grad_weight").equals([1.3416394, -4.4721315], "A sum for each channel.")
    answer.part(2, "grad_bias").equals([3, 2], "A sum for each channel.")
    x, grad_out = np.array([[1.0, 4], [2, 0], [6, -1]]), np.array([[1, 2], [0, 1], [-1, 0]])
    answer = checks.call(
        "batch_norm_backward", batch_norm_backward, grad_out, x, weight, mean, var, True, 2.0
    )
    answer.part(2, "grad_bias").equals([0, 3], "grad_out holds whole numbers here; the sums are floats.")
    hint = "Three pictures of one number each, with ε = 2 under both roots."
    answer.part(0, "grad_x").equals(
        [[0.3872983, -0.0968246], [-0.1936492, -0.0968246], [-0.1936492, 0.1936492]], hint
    )
    answer.part(1, "grad_weight").equals([-1.9364917, 1.9364917], hint)


test_q4_training(batch_norm_backward)


# %%
def test_q4_evaluation(batch_norm_backward):
    import numpy as np

    from coursekit import checks

    x, grad_out = np.array([[[1.0, 3, 2]], [[5, 7, 0]]]), np.array([[[1.0, 0, 2]], [[-1, 0, 3]]])
    weight, mean, var = np.array([2.0]), np.array([3.0]), np.array([3.0])
    answer = checks.leaves_inputs(
        "batch_norm_backward", batch_norm_backward, grad_out, x, weight, mean, var, False, 1.0
    )
    hint = "In evaluation the root of variance plus ε is 2 here, and no other x moves it."
    answer.part(0, "grad_x").equals(grad_out, hint)
    answer.part(1, "grad_weight").equals([-7.5], "By the running statistics x̂ is -1, 0, -0.5, 1, 2 and -1.5.")
    answer.part(2, "grad_bias").equals([5], "A sum for each channel.")
    x, grad_out = np.array([[4.0, 1]]), np.array([[2.0, -6]])
    weight, mean, var = np.array([3.0, -1]), np.array([1.0, 1]), np.array([8.0, 3])
    answer = checks.call(
        "batch_norm_backward", batch_norm_backward, grad_out, x, weight, mean, var, False, 1.0
    )
    answer.part(0, "grad_x").equals([[2, 3]], "A single picture, in evaluation.")
    answer.part(1, "grad_weight").equals([2, 0], "A single picture, in evaluation.")


test_q4_evaluation(batch_norm_backward)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: batch_norm_backward was called in training on batches with two to five axes, in float64,
  float32 and whole numbers, and grad_x was compared.
"""  # END TEST CONFIG


def test_q4_training_drawn(batch_norm_backward):
    import numpy as np

    from convnet import plain
    from coursekit import checks

    rng, cases = np.random.default_rng(51009), []
    shapes = [
        (4, 3),
        (1, 2, 5),
        (3, 1, 4, 2),
        (2, 3, 2, 5),
        (2, 2, 2, 3, 2),
        (1, 1, 1, 2),
        (5, 2, 3, 3),
        (2, 3, 3, 4),
    ]
    for number, shape in enumerate(shapes):
        for _ in range(3):
            g, x, rest = (
                rng.normal(size=shape),
                2 * rng.normal(size=shape) + 1,
                rng.normal(size=(3, shape[1])),
            )
            rest = [*rest[:2], rest[2] ** 2 + 0.1]
            if number % 3 == 2:
                g = np.round(3 * g).astype(np.int64)
            elif number % 3:
                g, x, *rest = (part.astype(np.float32) for part in (g, x, *rest))
            cases.append(
                (g, x, *rest, *[(), (True,), (True, (0.5, 10.0)[number // 4]), (True, 1e-6)][number % 4])
            )
    for scale in (990, -700, 400):  # numbers whose mean is far larger than their spread, and none that differ
        g, x = rng.normal(size=(2, 3, 3, 4, 2))
        x = 0.02 * x + scale
        x[:, 1] = 7
        x[:, 2] = 8 * scale * np.sign(rng.normal(size=(3, 4, 2)))
        cases.append((g, x, np.array([1.0, -2, 3]), np.zeros(3), np.ones(3), True, 0.01))
    answers = checks.in_turn("batch_norm_backward", batch_norm_backward, *cases)
    for case, answer in zip(cases, answers, strict=True):
        g, x, weight = (part.astype(np.float64) for part in case[:3])
        flat = (*x.shape[:2], -1, 1)
        eps = case[6] if len(case) > 6 else 1e-5
        right = plain.batch_norm_backward(g.reshape(flat), x.reshape(flat), weight, eps)[0]
        answer.part(0, "grad_x").matches(right.reshape(x.shape), fine=True)


test_q4_training_drawn(batch_norm_backward)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: batch_norm_backward was called in both modes on batches with two to five axes, and the
  gradients by weight and bias were compared.
"""  # END TEST CONFIG


def test_q4_parameters_drawn(batch_norm_backward):
    import numpy as np

    from convnet import plain
    from coursekit import checks

    rng, cases = np.random.default_rng(51010), []
    shapes = [
        (4, 3),
        (1, 2, 5),
        (3, 1, 4, 2),
        (2, 3, 2, 5),
        (2, 2, 2, 3, 2),
        (1, 1, 1, 2),
        (5, 2, 3, 3),
        (2, 3, 3, 4),
    ]
    for number, shape in enumerate(shapes):
        for part in range(3):
            g, x, rest = (
                rng.normal(size=shape),
                2 * rng.normal(size=shape) + 1,
                rng.normal(size=(3, shape[1])),
            )
            rest = [*rest[:2], rest[2] ** 2 + 0.1]
            rest[0][part::3] = 0  # a scale may be 0
            if number % 3 == 2:
                g = np.round(3 * g).astype(np.int64)
            elif number % 3:
                rest[2] += 4
                g, x, *rest = (part.astype(np.float32) for part in (g.clip(-3, 3), x, *rest))
            cases.append((g, x, *rest, part != 1, (1e-6, 0.5)[number % 2]))
    answers = checks.in_turn("batch_norm_backward", batch_norm_backward, *cases)
    for case, answer in zip(cases, answers, strict=True):
        g, x, weight, mean, var = (part.astype(np.float64) for part in case[:5])
        flat = (*x.shape[:2], -1, 1)
        if case[5]:
            right = plain.batch_norm_backward(g.reshape(flat), x.reshape(flat), weight, case[6])
        else:
            right = plain.batch_norm_eval_backward(
                g.reshape(flat), x.reshape(flat), mean, var, weight, case[6]
            )
        answer.part(1, "grad_weight").matches(right[1], fine=True)
        answer.part(2, "grad_bias").matches(right[2], fine=True)


test_q4_parameters_drawn(batch_norm_backward)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: batch_norm_backward was called in evaluation, also with a single picture and a single
  number in a channel, and grad_x was compared.
"""  # END TEST CONFIG


def test_q4_evaluation_drawn(batch_norm_backward):
    import numpy as np

    from convnet import plain
    from coursekit import checks

    rng, cases = np.random.default_rng(51011), []
    shapes = [
        (4, 3),
        (1, 2, 5),
        (3, 1, 4, 2),
        (1, 3, 1, 1),
        (1, 1),
        (2, 2, 2, 3, 2),
        (5, 2, 3, 3),
        (2, 3, 3, 4),
    ]
    for number, shape in enumerate(shapes):
        for _ in range(3):
            g, x, rest = (
                rng.normal(size=shape),
                2 * rng.normal(size=shape) + 1,
                rng.normal(size=(3, shape[1])),
            )
            rest = [*rest[:2], rest[2] ** 2 + 0.1]
            if number % 3 == 2:
                g = np.round(3 * g).astype(np.int64)
            elif number % 3:
                rest[2] += 4
                g, x, *rest = (part.astype(np.float32) for part in (g.clip(-3, 3), x, *rest))
            cases.append((g, x, *rest, False, *[(), ((0.5, 10.0)[number // 4],), (1e-6,)][number % 3]))
    answers = checks.in_turn("batch_norm_backward", batch_norm_backward, *cases)
    for case, answer in zip(cases, answers, strict=True):
        g, x, weight, mean, var = (part.astype(np.float64) for part in case[:5])
        flat = (*x.shape[:2], -1, 1)
        eps = case[6] if len(case) > 6 else 1e-5
        right = plain.batch_norm_eval_backward(g.reshape(flat), x.reshape(flat), mean, var, weight, eps)[0]
        answer.part(0, "grad_x").matches(right.reshape(x.shape), fine=True)


test_q4_evaluation_drawn(batch_norm_backward)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5
# points: 8

# %% [markdown]
# ### q5 · Without the batch &nbsp; ★★☆ · 20 minutes
#
# **Why.** Batch normalization makes a picture's answer depend on its company, and a batch of one picture is
# no company. *Layer normalization* takes mean and variance over all numbers of one picture, *instance
# normalization* over those of one channel of one picture. Both are ends of one scale. In the book:
# [Normalization]({{book}}/regularization/normalization.html).
#
# *Group normalization* puts channels that follow each other into groups of equal size, and takes mean and
# variance over all numbers of one group of one picture. One group is layer normalization; as many groups as
# channels are instance normalization. Scale and shift belong to the channels, as in q3.
#
# **Write** `group_norm`. Where the channels cannot be put into groups of equal size, raise `ValueError`.
#
# <details><summary>Hint: "One group has the numbers"</summary>
# Reshape x to (N, groups, all numbers of a group). Normalize along the last axis, and reshape back before
# you scale and shift.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def group_norm(x, groups, weight, bias, eps=1e-5):
    """Normalize each group of channels of each picture.

    Parameters
    ----------
    x : array (N, C, ...)
    groups : int                          at least 1
    weight : array (C,) of floats         scale of each channel
    bias : array (C,) of floats           shift of each channel
    eps : float                           ε, from 0.000001 to 10

    Returns
    -------
    array (N, C, ...) of floats

    Raises
    ------
    ValueError                            unless groups divides C
    """
    # BEGIN SOLUTION
    if x.shape[1] % groups:
        raise ValueError(f"group_norm: {groups} groups do not divide {x.shape[1]} channels")
    rows = x.reshape(len(x), groups, -1)
    rows = (rows - rows.mean(axis=2, keepdims=True)) / np.sqrt(rows.var(axis=2, keepdims=True) + eps)
    shape = (-1, *[1] * (x.ndim - 2))
    return weight.reshape(shape) * rows.reshape(x.shape) + bias.reshape(shape)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q5_ends(group_norm):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[1.0, 3]], [[2, 0]]], [[[5, 7]], [[4, 6]]]])
    weight, bias = np.array([2.0, -1]), np.array([0.0, 10])
    hint = "One group has the numbers 1, 3, 2 and 0 of the first picture, with mean 1.5 and variance 1.25."
    checks.leaves_inputs("group_norm", group_norm, x, 1, weight, bias).equals(
        [
            [[[-0.8944236, 2.6832708]], [[9.5527882, 11.3416354]]],
            [[[-0.8944236, 2.6832708]], [[11.3416354, 9.5527882]]],
        ],
        hint,
    )
    hint = "Two groups of one channel: 1 and 3, 2 and 0 in the first picture, with ε = 3 under the root."
    checks.leaves_inputs("group_norm", group_norm, x, 2, weight, bias, 3.0).equals(
        [[[[-1, 1]], [[9.5, 10.5]]], [[[-1, 1]], [[10.5, 9.5]]]], hint
    )


test_q5_ends(group_norm)


# %%
def test_q5_groups(group_norm):
    import numpy as np

    from coursekit import checks

    x = np.array([[1, 5, 2, 2, 3, 9], [0, 1, 4, 4, -3, 3]])
    weight, bias = np.array([1.0, 2, 3, 1, 1, -2]), np.array([0.0, 0, 1, 1, 5, 0])
    hint = "Three groups of two channels: 1 and 5, 2 and 2, 3 and 9 in the first picture."
    checks.on_views("group_norm", group_norm, x, 3, weight, bias, 1.0).equals(
        [
            [-0.8944272, 1.7888544, 1, 1, 4.0513167, -1.8973666],
            [-0.4472136, 0.8944272, 1, 1, 4.0513167, -1.8973666],
        ],
        hint,
    )
    checks.refuses("group_norm", group_norm, np.ones((2, 6, 2)), 4, weight, bias)


test_q5_groups(group_norm)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: group_norm was called with one group and with as many groups as channels, on batches with
  two to five axes, in float64, float32 and whole numbers.
"""  # END TEST CONFIG


def test_q5_ends_drawn(group_norm):
    import numpy as np

    from convnet import plain
    from coursekit import checks

    rng, cases = np.random.default_rng(51012), []
    shapes = [
        (4, 3),
        (1, 2, 5),
        (3, 1, 4, 2),
        (2, 3, 2, 5),
        (1, 1),
        (2, 2, 2, 3, 2),
        (5, 4, 3, 3),
        (2, 3, 3, 4),
    ]
    for number, shape in enumerate(shapes * 2):
        for _ in range(3):
            x, rest = 2 * rng.normal(size=shape) + 1, list(rng.normal(size=(2, shape[1])))
            if number % 3 == 2:
                x = np.round(3 * x).astype(np.int64)
            elif number % 3:
                x, rest = x.astype(np.float32), [part.astype(np.float32) for part in rest]
            groups = 1 if number < 8 else shape[1]
            cases.append((x, groups, *rest, *[(), ((0.5, 10.0)[number // 8],), (1e-6,)][number % 3]))
    for case, answer in zip(cases, checks.in_turn("group_norm", group_norm, *cases), strict=True):
        x, weight, bias = (case[part].astype(np.float64) for part in (0, 2, 3))
        right = plain.group_norm(x.reshape(*x.shape[:2], -1, 1), case[1], weight, bias, *case[4:])
        answer.matches(right.reshape(x.shape), fine=True)


test_q5_ends_drawn(group_norm)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: group_norm was called with groups of several channels, also of numbers whose mean is far
  larger than their spread; it must raise ValueError where the channels cannot be put into equal groups.
"""  # END TEST CONFIG


def test_q5_groups_drawn(group_norm):
    import numpy as np

    from convnet import plain
    from coursekit import checks

    rng, cases = np.random.default_rng(51013), []
    shapes = [(4, 6), (1, 4, 5), (3, 6, 4, 2), (2, 8, 2, 5), (2, 6, 2, 1, 3), (3, 9, 3, 3)]
    for number, (shape, groups) in enumerate(
        zip(shapes * 2, [3, 2, 2, 4, 3, 3, 2, 2, 3, 2, 2, 3], strict=True)
    ):
        for _ in range(3):
            x, rest = 2 * rng.normal(size=shape) + 1, list(rng.normal(size=(2, shape[1])))
            if number % 3 == 2:
                x = np.round(3 * x).astype(np.int64)
            elif number % 3:
                x, rest = x.astype(np.float32), [part.astype(np.float32) for part in rest]
            cases.append((x, groups, *rest))
    for scale in (6e4, 3e4, 1e4):
        cases.append((0.3 * rng.normal(size=(2, 4, 3, 2)) + scale * 0.3, 2, *rng.normal(size=(2, 4))))
    for case, answer in zip(cases, checks.in_turn("group_norm", group_norm, *cases), strict=True):
        x, weight, bias = (case[part].astype(np.float64) for part in (0, 2, 3))
        right = plain.group_norm(x.reshape(*x.shape[:2], -1, 1), case[1], weight, bias, *case[4:])
        answer.matches(right.reshape(x.shape), fine=True)
    for channels, groups in ((6, 4), (5, 2), (3, 6)):
        x = rng.normal(size=(2, channels, 4, 3))
        checks.refuses("group_norm", group_norm, x, groups, np.ones(channels), np.ones(channels))


test_q5_groups_drawn(group_norm)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# How much does a picture's answer depend on its company? Four batches hold the same first picture, and
# three others beside it. The table says how far the outputs for the first picture are apart.

# %%
if grader.ready("q3", "q5"):
    clothes, kinds = data.fashion_mnist("test")
    first, one, stats = clothes[:1].astype(float), np.ones(1), (np.zeros(1), np.ones(1))
    batches = [np.concatenate([first, clothes[kinds == k][:3].astype(float)]) for k in (1, 2, 5, 8)]
    ways = {
        "batch normalization, training": lambda x: batch_norm(x, one, 0 * one, *stats)[0],
        "batch normalization, evaluation": lambda x: batch_norm(x, one, 0 * one, *stats, training=False)[0],
        "layer normalization": lambda x: group_norm(x, 1, one, 0 * one),
    }
    for name, normalize in ways.items():
        outs = np.array([normalize(batch)[0] for batch in batches])
        print(f"{name:32} apart by up to {np.ptp(outs, axis=0).max():.3f}")

# %% [markdown]
# ## Part 3 · Data

# %% [raw]
# # BEGIN QUESTION
# name: q6
# points: 8
# forbids: [loops]

# %% [markdown]
# ### q6 · A window of each picture &nbsp; ★★☆ · 30 minutes
#
# **Why.** Crops, shifts, borders and mirror images are one operation: read a window of the picture,
# wherever it lies, and fill in what lies outside. A training loop does this for each batch, so it must be
# fast. In the
# book: [Augmentation]({{book}}/regularization/augmentation.html).
#
# For each picture, `top` and `left` say where the window's upper left pixel lies. Below 0, or beyond the
# picture, nothing is there: such pixels get the channel's number in `fill`, for instance the channel's
# mean. Where `mirrored` is true, the window is mirrored left to right *after* it was cut out.
#
# **Write** `windows`, without a loop: make arrays of the rows and columns to read, and index with them. What
# loops for you, such as `map`, `np.vectorize` or `np.apply_along_axis`, counts as a loop, too.
#
# <details><summary>Hint: "The first window"</summary>
# Rows are <code>top[:, None] + np.arange(h)</code>, of shape (N, h). Arrays of the shapes (N, 1, h, 1) and
# (N, 1, 1, w) broadcast to all pixels of all windows, and so do the numbers of the pictures and channels.
# Bring rows and columns into the picture before you index, and put <code>fill</code> where they were not.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def windows(x, top, left, size, mirrored, fill):
    """Read one window of each picture.

    Parameters
    ----------
    x : array (N, C, H, W)
    top : array (N,) of int           row of the window's first pixel, from -50 to 50
    left : array (N,) of int          column of the window's first pixel, from -50 to 50
    size : pair of int (h, w)         of the windows, each at least 1; larger or smaller than the pictures
    mirrored : array (N,) of bool     which windows are mirrored left to right
    fill : array (C,)                 of x's dtype: what stands outside the picture, for each channel

    Returns
    -------
    array (N, C, h, w)                of x's dtype
    """
    # BEGIN SOLUTION
    height, width = x.shape[2:]
    across = np.arange(size[1])
    rows = top[:, None] + np.arange(size[0])
    columns = left[:, None] + np.where(mirrored[:, None], across[::-1], across)
    rows, columns = rows[:, None, :, None], columns[:, None, None, :]
    inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
    image, channel = np.arange(len(x))[:, None, None, None], np.arange(x.shape[1])[:, None, None]
    picked = x[image, channel, rows.clip(0, height - 1), columns.clip(0, width - 1)]
    return np.where(inside, picked, fill[:, None, None])
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q6_inside(windows):
    import numpy as np

    from coursekit import checks

    x = np.arange(48.0).reshape(2, 2, 3, 4)
    arguments = np.array([1, 0]), np.array([0, 2]), (2, 2), np.array([False, False]), np.zeros(2)
    answer = checks.leaves_inputs("windows", windows, x, *arguments)
    hint = "The first window starts in row 1 and column 0 of the first picture, with 4, 5, 8 and 9."
    right = [[[[4, 5], [8, 9]], [[16, 17], [20, 21]]], [[[26, 27], [30, 31]], [[38, 39], [42, 43]]]]
    answer.equals(right, hint)
    arguments = np.array([0, 2]), np.array([1, 0]), (1, 3), np.array([True, False]), np.zeros(2)
    answer = checks.leaves_inputs("windows", windows, x, *arguments)
    hint = "The first window has 1, 2 and 3, and is then mirrored; the second is not."
    answer.equals([[[[3, 2, 1]], [[15, 14, 13]]], [[[32, 33, 34]], [[44, 45, 46]]]], hint)


test_q6_inside(windows)


# %%
def test_q6_outside(windows):
    import numpy as np

    from coursekit import checks

    x = np.arange(-2, 10).reshape(1, 2, 2, 3)
    arguments = np.array([-1]), np.array([1]), (2, 3), np.array([False]), np.array([-5, -6])
    answer = checks.leaves_inputs("windows", windows, x, *arguments)
    hint = (
        "The window lies one row too high and one column too far to the right. Each channel has its own fill."
    )
    answer.equals([[[[-5, -5, -5], [-1, 0, -5]], [[-6, -6, -6], [5, 6, -6]]]], hint, dtype=x.dtype)
    arguments = np.array([1]), np.array([-1]), (2, 3), np.array([True]), np.array([-5, -6])
    answer = checks.on_views("windows", windows, x, *arguments)
    hint = "The window lies too low and too far to the left; then it is mirrored, with what is filled in."
    answer.equals([[[[2, 1, -5], [-5, -5, -5]], [[8, 7, -6], [-6, -6, -6]]]], hint, dtype=x.dtype)


test_q6_outside(windows)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: windows was called with windows that lie inside of the pictures, mirrored and not, on
  pictures of many shapes and dtypes.
"""  # END TEST CONFIG


def test_q6_inside_drawn(windows):
    import numpy as np

    from coursekit import checks

    rng, cases, rights = np.random.default_rng(51014), [], []
    shapes = [(2, 3, 5, 4), (1, 2, 3, 6), (3, 1, 4, 4), (4, 2, 7, 3), (2, 3, 3, 3), (2, 1, 1, 1)]
    for number, (n, c, height, width) in enumerate(shapes):
        h, w = int(rng.integers(1, height + 1)), int(rng.integers(1, width + 1))
        if number == 2:
            h, w = 2, 2
        if number == 4:  # the whole pictures
            h, w = height, width
        for part in range(3):
            x = 50 * rng.normal(size=(n, c, height, width)) * (rng.random((n, c, height, width)) < 0.8)
            x = x.astype(("float64", "float32", "int64")[number % 3])
            top, left = rng.integers(0, height - h + 1, size=n), rng.integers(0, width - w + 1, size=n)
            mirrored = rng.random(n) < ((0.5, 1.0, 0.5)[part] if number != 4 else 0.0)
            fill = np.arange(1, c + 1).astype(x.dtype)
            cases.append((x, top, left, (h, w), mirrored, fill))
            cut = [p[:, t : t + h, k : k + w] for p, t, k in zip(x, top, left, strict=True)]
            rights.append(np.stack([p[:, :, ::-1] if m else p for p, m in zip(cut, mirrored, strict=True)]))
    for answer, right in zip(checks.in_turn("windows", windows, *cases), rights, strict=True):
        answer.matches(right, dtype=right.dtype, exact=True)


test_q6_inside_drawn(windows)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: windows was called with windows that lie partly or wholly outside of the pictures, on every
  side, and with windows larger than the pictures.
"""  # END TEST CONFIG


def test_q6_outside_drawn(windows):
    import numpy as np

    from coursekit import checks

    rng, cases, rights = np.random.default_rng(51015), [], []
    shapes = [
        (2, 3, 5, 4),
        (1, 2, 3, 6),
        (3, 1, 4, 4),
        (4, 3, 2, 3),
        (2, 3, 3, 3),
        (3, 2, 1, 1),
        (5, 2, 3, 2),
    ]
    sizes = [(3, 3), (4, 7), (2, 5), (6, 3), (8, 8), (3, 2), (2, 2)]
    for number, ((n, c, height, width), (h, w)) in enumerate(zip(shapes, sizes, strict=True)):
        for part in range(3):
            x = 50 * rng.normal(size=(n, c, height, width)) * (rng.random((n, c, height, width)) < 0.8)
            x = x.astype(("float64", "float32", "int64")[number % 3])
            top, left = rng.integers(-h - 1, height + 2, size=n), rng.integers(-w - 1, width + 2, size=n)
            if part == 2:
                top[0], left[0] = 50, -50
            mirrored = rng.random(n) < 0.5
            fill = (7 * rng.normal(size=c)).astype(x.dtype)
            cases.append((x, top, left, (h, w), mirrored, fill))
            wide = np.zeros((n, c, height + 120, width + 120), x.dtype) + fill[:, None, None]
            wide[:, :, 60 : 60 + height, 60 : 60 + width] = x
            cut = [
                p[:, t + 60 : t + 60 + h, k + 60 : k + 60 + w]
                for p, t, k in zip(wide, top, left, strict=True)
            ]
            rights.append(np.stack([p[:, :, ::-1] if m else p for p, m in zip(cut, mirrored, strict=True)]))
    for answer, right in zip(checks.in_turn("windows", windows, *cases), rights, strict=True):
        answer.matches(right, dtype=right.dtype, exact=True)


test_q6_outside_drawn(windows)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7
# points: 8

# %% [markdown]
# ### q7 · Two pictures in one &nbsp; ★★☆ · 25 minutes
#
# **Why.** Cutout throws pixels away. *CutMix* puts those of another picture there, and then the label
# does not stay: a picture that is three quarters shirt and one quarter bag is asked to be called just
# that. In the
# book: [Augmentation]({{book}}/regularization/augmentation.html).
#
# In picture $n$ of the batch, the window of `size` whose upper left pixel is at `(top[n], left[n])` is
# replaced by the same window of picture `partner[n]`, as that picture was given. What would lie beyond the
# border is not there. The target of each picture is a row with a number for each class: the share of its
# pixels that are its own goes to its label, the other share to its partner's label.
#
# **Write** `cutmix`.
#
# <details><summary>Hint: "The first target"</summary>
# A window that is cut off at the border covers fewer pixels. Count those that it covers, also where both
# pictures are alike. If both labels are the same class, it gets both shares.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def cutmix(x, labels, partner, top, left, size, classes):
    """Put a window of another picture into each picture, and mix the labels.

    Parameters
    ----------
    x : array (N, C, H, W)
    labels : array (N,) of int        from 0 to classes - 1
    partner : array (N,) of int       the other picture, from 0 to N - 1
    top : array (N,) of int           from 0 to H - 1
    left : array (N,) of int          from 0 to W - 1
    size : pair of int (h, w)         of the window, each at least 1
    classes : int

    Returns
    -------
    mixed : array (N, C, H, W)        of x's dtype
    targets : array (N, classes) of float64
    """
    # BEGIN SOLUTION
    mixed, targets = x.copy(), np.zeros((len(x), classes))
    for n, other in enumerate(partner):
        rows, columns = slice(top[n], top[n] + size[0]), slice(left[n], left[n] + size[1])
        mixed[n, :, rows, columns] = x[other, :, rows, columns]
        share = x[n, 0, rows, columns].size / x[n, 0].size
        targets[n, labels[n]] += 1 - share
        targets[n, labels[other]] += share
    return mixed, targets
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q7_pictures(cutmix):
    import numpy as np

    from coursekit import checks

    x = np.arange(1, 25).reshape(2, 2, 2, 3)
    arguments = np.array([2, 0]), np.array([1, 0]), np.array([0, 0]), np.array([1, 0]), (1, 2), 3
    answer = checks.leaves_inputs("cutmix", cutmix, x, *arguments)
    hint = "The first picture gets 14, 15, 20 and 21; the second gets 1, 2, 7 and 8, as the first was given."
    right = [[[[1, 14, 15], [4, 5, 6]], [[7, 20, 21], [10, 11, 12]]]]
    right += [[[[1, 2, 15], [16, 17, 18]], [[7, 8, 21], [22, 23, 24]]]]
    answer.part(0, "mixed").equals(right, hint, dtype=x.dtype)
    answer = checks.on_views(
        "cutmix", cutmix, x, arguments[0], np.array([1, 1]), np.array([1, 0]), np.array([2, 0]), (3, 2), 3
    )
    hint = "A window that goes beyond the border ends there. The second picture is its own partner."
    answer.part(0, "mixed").equals(
        [[[[1, 2, 3], [4, 5, 18]], [[7, 8, 9], [10, 11, 24]]], x[1].tolist()], hint, dtype=x.dtype
    )


test_q7_pictures(cutmix)


# %%
def test_q7_targets(cutmix):
    import numpy as np

    from coursekit import checks

    x = np.zeros((3, 2, 2, 4))
    top, left, labels = np.array([0, 1, 0]), np.array([0, 1, 3]), np.array([2, 0, 2])
    answer = checks.leaves_inputs("cutmix", cutmix, x, labels, np.array([1, 2, 1]), top, left, (1, 2), 4)
    hint = (
        "The first target is 6 of 8 pixels for class 2 and 2 of 8 for class 0. The third window is cut off."
    )
    answer.part(1, "targets").equals([[0.25, 0, 0.75, 0], [0.75, 0, 0.25, 0], [0.125, 0, 0.875, 0]], hint)
    answer = checks.leaves_inputs("cutmix", cutmix, x, labels, np.array([2, 1, 0]), top, left, (2, 3), 3)
    answer.part(1, "targets").equals(
        [[0, 0, 1], [1, 0, 0], [0, 0, 1]], "Both labels are the same class here."
    )


test_q7_targets(cutmix)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: cutmix was called on batches of many shapes and dtypes, with windows inside and cut off at
  the border, and the pictures were compared.
"""  # END TEST CONFIG


def test_q7_pictures_drawn(cutmix):
    import numpy as np

    from coursekit import checks

    rng, cases, rights = np.random.default_rng(51016), [], []
    shapes = [(3, 3, 5, 4), (1, 2, 3, 6), (4, 1, 4, 4), (4, 2, 7, 3), (2, 3, 3, 3), (3, 2, 1, 1)]
    sizes = [(3, 2), (2, 3), (2, 2), (9, 1), (1, 1), (1, 4)]
    for number, (shape, (h, w)) in enumerate(zip(shapes, sizes, strict=True)):
        n, _, height, width = shape
        for _ in range(3):
            x = (50 * rng.normal(size=shape)).astype(("float64", "float32", "int64")[number % 3])
            labels, partner = rng.integers(0, 5, size=n), rng.integers(0, n, size=n)
            top, left = rng.integers(0, height, size=n), rng.integers(0, width, size=n)
            cases.append((x, labels, partner, top, left, (h, w), 5))
            down, across = np.arange(height)[:, None], np.arange(width)
            t, k = top[:, None, None, None], left[:, None, None, None]
            window = (down >= t) & (down < t + h) & (across >= k) & (across < k + w)
            rights.append(np.where(window, x[partner], x))
    for answer, right in zip(checks.in_turn("cutmix", cutmix, *cases), rights, strict=True):
        answer.part(0, "mixed").matches(right, dtype=right.dtype, exact=True)


test_q7_pictures_drawn(cutmix)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: cutmix was called on batches of many shapes, with windows inside and cut off at the border,
  and the targets were compared.
"""  # END TEST CONFIG


def test_q7_targets_drawn(cutmix):
    import numpy as np

    from coursekit import checks

    rng, cases, rights = np.random.default_rng(51017), [], []
    shapes = [(3, 3, 5, 4), (1, 2, 3, 6), (4, 1, 4, 4), (4, 2, 7, 3), (2, 3, 3, 3), (3, 2, 1, 1)]
    sizes = [(3, 2), (2, 3), (2, 2), (9, 1), (1, 1), (1, 4)]
    for number, (shape, (h, w)) in enumerate(zip(shapes * 2, sizes * 2, strict=True)):
        n, _, height, width = shape
        classes = (2, 5, 1, 3)[number % 4]
        for _ in range(3):
            x = 50 * rng.normal(size=shape)
            if number > 5:  # in half of the pixels all pictures are alike
                x = x * (rng.random((height, width)) < 0.5)
            x = x.astype(("float64", "float32", "int64")[number % 3])
            labels, partner = rng.integers(0, classes, size=n), rng.integers(0, n, size=n)
            top, left = rng.integers(0, height, size=n), rng.integers(0, width, size=n)
            cases.append((x, labels, partner, top, left, (h, w), classes))
            share = np.minimum(height - top, h) * np.minimum(width - left, w) / (height * width)
            one = np.eye(classes)
            rights.append((1 - share)[:, None] * one[labels] + share[:, None] * one[labels[partner]])
    for answer, right in zip(checks.in_turn("cutmix", cutmix, *cases), rights, strict=True):
        answer.part(1, "targets").matches(right, dtype=np.float64, fine=True)


test_q7_targets_drawn(cutmix)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Look at what your functions make: four pictures, a window of each, and each mixed with
# the next. The last row says which share of its own label each keeps.

# %%
if grader.ready("q6", "q7"):
    clothes, kinds = data.fashion_mnist("train")
    four, labels, rng = clothes[[0, 1, 5, 9]], kinds[[0, 1, 5, 9]], np.random.default_rng(2)
    top, left = rng.integers(-5, 6, size=(2, 4))
    cut = windows(four, top, left, (28, 28), rng.random(4) < 0.5, four.mean(axis=(0, 2, 3)))
    top, left = rng.integers(0, 20, size=(2, 4))
    mixed, targets = cutmix(four, labels, np.array([1, 2, 3, 0]), top, left, (14, 14), 10)
    names = [data.FASHION_CLASSES[k] for k in labels]
    titles = [
        *names,
        *names,
        *(f"{row[k]:.0%} {name}" for row, k, name in zip(targets, labels, names, strict=True)),
    ]
    display(plots.image_grid([*four[:, 0], *cut[:, 0], *mixed[:, 0]], titles=titles, columns=4))


# %% [markdown]
# ## Part 4 · Rare classes
#
# Of most classes there are 200 pictures to learn from, of trousers, sandals and shirts eight each. The
# pictures are clothes again, as coarse as 7×7 pixels, so that training takes no time.


# %%
def coarse(images):
    """Average blocks of 4×4 pixels: (N, 1, 28, 28) to (N, 49)."""
    return images.reshape(len(images), 7, 4, 7, 4).mean(axis=(2, 4)).reshape(len(images), 49).astype(float)


# %%
RARE = (1, 5, 6)  # trousers, sandals, shirts


def lopsided(images, labels, rng):
    """All pictures of the common classes, and eight of each of the rare ones."""
    rows = [rng.permutation(np.flatnonzero(labels == k))[: 8 if k in RARE else None] for k in range(10)]
    rows = np.concatenate(rows)
    return images[rows], labels[rows]


# %%
all_images, all_labels = data.fashion_mnist("train")
test_images, test_labels = data.fashion_mnist("test")
train_x, train_labels = lopsided(coarse(all_images), all_labels, np.random.default_rng(0))
test_x = coarse(test_images)
print("to learn from:", np.bincount(train_labels), " to test on:", np.bincount(test_labels))

# %% [markdown]
# The network is given: 32 hidden units, gradient descent with momentum, a rate that rises and then falls.
# You say which rows make a batch, and what the gradient of the loss by the scores is.


# %%
def train(x, labels, seed, rows_of, gradient_of, steps=300):
    """Train a network with one hidden layer and ten classes; return a function from x to scores.

    rows_of(rng) returns the rows of a batch, gradient_of(scores, labels) the gradient by the scores.
    """
    rng = np.random.default_rng(seed)
    w = [rng.normal(size=(x.shape[1], 32)) * np.sqrt(2 / x.shape[1]), np.zeros(32)]
    w += [rng.normal(size=(32, 10)) * np.sqrt(0.02 / 32), np.zeros(10)]
    speeds = [np.zeros_like(part) for part in w]
    for step in range(steps):
        rows = rows_of(rng)
        hidden = np.maximum(x[rows] @ w[0] + w[1], 0)
        grad = gradient_of(hidden @ w[2] + w[3], labels[rows])
        back = grad @ w[2].T * (hidden > 0)
        gradients = x[rows].T @ back, back.sum(axis=0), hidden.T @ grad, grad.sum(axis=0)
        rate = 0.3 * min(1, (step + 1) / 30) * (1 - step / steps)
        for part, speed, gradient in zip(w, speeds, gradients, strict=True):
            speed *= 0.9
            speed += gradient
            part -= rate * speed
    return lambda x: np.maximum(x @ w[0] + w[1], 0) @ w[2] + w[3]


# %%
def cross_entropy_gradient(scores, labels):
    """Gradient of the mean cross-entropy by the scores (N, 10)."""
    p = np.exp(scores - scores.max(axis=1, keepdims=True))
    p /= p.sum(axis=1, keepdims=True)
    return (p - np.eye(10)[labels]) / len(labels)


# %%
def any_rows(labels):
    """Batches of 50 rows, each row equally likely."""
    return lambda rng: rng.integers(len(labels), size=50)


# %% [raw]
# # BEGIN QUESTION
# name: q8
# points: 8

# %% [markdown]
# ### q8 · What a class weighs, and what it gets &nbsp; ★☆☆ · 20 minutes
#
# **Why.** Of a hundred pictures of one class, the hundredth says less than the first. The *effective
# number* of $n$ pictures is $(1 - \beta^n) / (1 - \beta)$: with $\beta = 0$ it is 1, and as β goes to 1
# it becomes $n$. *Class-balanced weights* are its inverse, so that rare classes weigh more. They are due
# to Cui et al., *Class-balanced loss based on effective number of samples* (2019).
# In the book:
# [Class imbalance]({{book}}/regularization/imbalance.html).
#
# Scale the weights so that their mean over the *examples* is 1: then the loss stays as large as it was,
# and so does the rate that suits it. A class without examples weighs 0. And with $\beta = 1$ the weights
# are $1 / n$, scaled in the same way: the formula has no value there, but it has a limit.
#
# Accuracy hides the rare classes. So measure each class by itself: its *recall* is the share of its
# examples that were named right. The mean of the recalls counts all classes alike.
#
# **Write** `class_weights` and `recalls`.
#
# <details><summary>Hint: "The counts are"</summary>
# <code>np.bincount(labels, minlength=classes)</code> counts. The mean over the examples is that of
# <code>weights[labels]</code>.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def class_weights(labels, classes, beta):
    """Class-balanced weights, with mean 1 over the examples.

    Parameters
    ----------
    labels : array (N,) of int        from 0 to classes - 1
    classes : int
    beta : float                      from 0 to 0.9999, or 1: inverse counts

    Returns
    -------
    array (classes,) of float64       0 for a class that labels does not hold
    """
    # BEGIN SOLUTION
    counts = np.bincount(labels, minlength=classes)
    seen, weights = counts > 0, np.zeros(classes)
    weights[seen] = 1 / counts[seen] if beta == 1 else (1 - beta) / (1 - beta ** counts[seen])
    return weights / weights[labels].mean()
    # END SOLUTION


# %%
def recalls(labels, named, classes):
    """Share of the examples of each class that were named right.

    Parameters
    ----------
    labels : array (N,) of int        the right classes; each from 0 to classes - 1 occurs
    named : array (N,) of int         the classes that a network named, from 0 to 99: some may have no example
    classes : int

    Returns
    -------
    array (classes,) of float64
    """
    # BEGIN SOLUTION
    return np.array([np.mean(named[labels == k] == k) for k in range(classes)])
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q8_weights(class_weights):
    import numpy as np

    from coursekit import checks

    labels = np.array([0, 0, 1, 0, 0, 2, 1, 0])
    hint = "The counts are 5, 2 and 1. With β = 0.5 their effective numbers are 1.9375, 1.5 and 1."
    checks.leaves_inputs("class_weights", class_weights, labels, 3, 0.5).equals(
        [0.8402626, 1.0853392, 1.6280088], hint, dtype=np.float64
    )
    labels = np.array([3, 3, 0, 3])
    hint = "The counts are 1, 0, 0 and 3. The mean of the weights of the four examples is 1."
    checks.leaves_inputs("class_weights", class_weights, labels, 4, 0.9).equals(
        [1.8984238, 0, 0, 0.7005254], hint
    )
    hint = "With β = 1 a class weighs as much as all others that occur, whatever its count."
    checks.leaves_inputs("class_weights", class_weights, labels, 5, 1).equals([2, 0, 0, 2 / 3, 0], hint)


test_q8_weights(class_weights)


# %%
def test_q8_recalls(recalls):
    import numpy as np

    from coursekit import checks

    labels, named = np.array([0, 0, 1, 0, 0, 2, 1]), np.array([0, 1, 1, 0, 0, 1, 0])
    hint = "Of class 0, three of four are right; of class 1, one of two; of class 2, none."
    checks.leaves_inputs("recalls", recalls, labels, named, 3).equals([0.75, 0.5, 0], hint, dtype=np.float64)
    labels, named = np.array([1, 0, 1, 1]), np.array([1, 3, 1, 0])
    hint = "A class may be named that no example has. It takes away from the recall of the right one."
    checks.leaves_inputs("recalls", recalls, labels, named, 2).equals([0, 2 / 3], hint)


test_q8_recalls(recalls)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: class_weights was called with labels of one to twelve classes, some of which occur once or
  not at all, and with β from 0 to 1.
"""  # END TEST CONFIG


def test_q8_weights_drawn(class_weights):
    import numpy as np

    from coursekit import checks

    rng, cases, rights = np.random.default_rng(51018), [], []
    for number, classes in enumerate([1, 2, 3, 5, 10, 12, 4, 7]):
        for beta in (0.0, 1.0, float(rng.uniform(0.1, 0.99)), 0.9999):
            likely = rng.dirichlet(0.5 * np.ones(classes))
            labels = rng.choice(classes, size=(1, 30, 200)[number % 3], p=likely)
            cases.append((labels, classes, beta))
            weights = np.zeros(classes)
            for k in set(labels.tolist()):
                count = int((labels == k).sum())
                weights[k] = 1 / sum(beta**power for power in range(count))
            rights.append(weights / np.mean([weights[k] for k in labels]))
    for answer, right in zip(checks.in_turn("class_weights", class_weights, *cases), rights, strict=True):
        wide = checks.Answer(answer.value, answer.label, frozenset(["float64"]))  # to a billionth
        wide.matches(right, dtype=np.float64, fine=True)


test_q8_weights_drawn(class_weights)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: recalls was called with one to ten classes, whose examples were named right, wrong, and by
  classes that no example has.
"""  # END TEST CONFIG


def test_q8_recalls_drawn(recalls):
    import numpy as np

    from coursekit import checks

    rng, cases, rights = np.random.default_rng(51019), [], []
    for number, classes in enumerate([1, 2, 3, 5, 10, 4]):
        for _ in range(3):
            labels = np.concatenate(
                [np.arange(classes), rng.integers(0, classes, size=(0, 25, 60)[number % 3])]
            )
            labels = rng.permutation(labels)
            drawn = rng.integers(0, (classes + 1, classes + 4, 100)[number % 3], size=len(labels))
            named = np.where(rng.random(len(labels)) < 0.6, labels, drawn)
            cases.append((labels, named, classes))
            right = [np.sum((labels == k) & (named == k)) / np.sum(labels == k) for k in range(classes)]
            rights.append(right)
    for answer, right in zip(checks.in_turn("recalls", recalls, *cases), rights, strict=True):
        wide = checks.Answer(answer.value, answer.label, frozenset(["float64"]))  # to a billionth
        wide.matches(right, dtype=np.float64, fine=True)


test_q8_recalls_drawn(recalls)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# **The control comes first**: a network that knows nothing of rare classes. Look at the recalls of
# classes 1, 5 and 6. The last column is the accuracy on pictures that are as lopsided as the training set:
# it does not show that these classes fail. And look at the second row: how much does it help to train longer?

# %%
if grader.ready("q8"):
    print(f"{'':14}{'rare':>8}{'others':>8}{'all':>8}{'accuracy where rare classes are rare':>40}")
    for name, steps in (("300 steps", 300), ("600 steps", 600)):
        scores = train(train_x, train_labels, 0, any_rows(train_labels), cross_entropy_gradient, steps)
        found = recalls(test_labels, scores(test_x).argmax(axis=1), 10)
        rare, share = np.isin(np.arange(10), RARE), np.bincount(train_labels) / len(train_labels)
        means = found[rare].mean(), found[~rare].mean(), found.mean()
        print(f"{name:14}" + "".join(f"{mean:8.3f}" for mean in means) + f"{found @ share:40.3f}")
    print("recalls after 600 steps:", np.round(found, 2))

# %% [raw]
# # BEGIN QUESTION
# name: q9
# points: 11

# %% [markdown]
# ### q9 · The focal loss, with its gradient &nbsp; ★★★ · 40 minutes
#
# **Why.** Thousands of easy examples, each with a small loss, can outweigh a few hard ones. The *focal
# loss* makes an example's loss smaller, the more nearly it is right: cross-entropy times
# $(1 - p)^\gamma$, where $p$ is the probability of the right class. It is due to Lin et al., *Focal loss
# for dense object detection* (2017). In the book:
# [Class imbalance]({{book}}/regularization/imbalance.html).
#
# Your pictures of q7 have more than one right class. So here the target $t_{nk}$ is a row of shares, and
# each class has the weight $w_k$ of q8:
#
# $$L = \frac1N \sum_n \sum_k t_{nk}\, w_k\, (1 - p_{nk})^\gamma\, (-\log p_{nk}), \qquad p_n =
# \operatorname{softmax}(s_n)$$
#
# With $\gamma = 0$ it is cross-entropy. Between 0 and 1 the slope of $(1 - p)^\gamma$ has no bound where
# $p$ is 1: raise `ValueError` unless γ is 0 or at least 1.
#
# **Write** `focal_loss`, which returns the loss and its gradient by the scores. Go through the logarithms:
# first the derivative by $\log p_{nk}$, and note that $p = e^{\log p}$ depends on it, too. Then $\partial
# \log p_{nk} / \partial s_{nj} = [k = j] - p_{nj}$. Scores run from -1000 to 1000: no infinity may come up
# on the way, also where $p$ is 0 or 1 to the last digit.
#
# <details><summary>Hint: "The scores are 1000, -1000"</summary>
# log p is the score minus the largest score, minus the logarithm of the sum of the exponentials of these
# differences. Never take the logarithm of a probability. And with γ = 0 the factor (1 - p) to the power of
# γ - 1 has no value at p = 1: leave that term out.
# </details>
# <details><summary>Hint: "grad of focal_loss"</summary>
# Two factors depend on log p: (1 - p) to the power of γ, and log p itself. Call the derivative by the
# logarithm of class k a[k]. What it adds to the gradient by score j is a[k] ([k = j] - p[j]); sum over k.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def focal_loss(scores, targets, weights, gamma=2.0):
    """Focal loss of the softmax of scores, for targets that are shares, and its gradient.

    Parameters
    ----------
    scores : array (N, K)             numbers, also whole ones, up to 1000 in size, in float32 up to 20
    targets : array (N, K) of floats  from 0 to 1; each row adds up to 1
    weights : array (K,) of floats    from 0 to 20
    gamma : float                     γ, 0 or from 1 to 5

    Returns
    -------
    loss : float
    grad : array (N, K) of floats     the gradient by the scores

    Raises
    ------
    ValueError                        unless gamma is 0 or at least 1
    """
    # BEGIN SOLUTION
    if gamma != 0 and gamma < 1:
        raise ValueError(f"focal_loss: gamma is {gamma}, neither 0 nor at least 1")
    lowered = scores - scores.max(axis=1, keepdims=True)
    log_p = lowered - np.log(np.exp(lowered).sum(axis=1, keepdims=True))
    p, pull = np.exp(log_p), targets * weights / len(scores)
    focus = (1 - p) ** gamma
    slope = -focus
    if gamma:
        slope = slope + gamma * (1 - p) ** (gamma - 1) * p * log_p
    by_log = pull * slope
    loss = -(pull * focus * log_p).sum()
    return float(loss), by_log - p * by_log.sum(axis=1, keepdims=True)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q9_worked(focal_loss):
    import numpy as np

    from coursekit import checks

    scores, targets = np.log([[3.0, 1], [1, 1], [1, 9]]), np.array([[1.0, 0], [0, 1], [1, 0]])
    for weights, gamma in ((np.ones(2), 1.0), (np.array([1.0, 4]), 2.0), (np.array([0.5, 1]), 0.0)):
        answer = checks.leaves_inputs("focal_loss", focal_loss, scores, targets, weights, gamma)
        loss = answer.part(0, "the loss")
        assert isinstance(loss.value, (float, np.floating)), "The loss must be a float."
        p = np.array([0.75, 0.5, 0.1])
        right = np.mean(weights[[0, 1, 0]] * (1 - p) ** gamma * -np.log(p))
        hint = "The right classes have the probabilities 0.75, 0.5 and 0.1, and the sum is divided by N = 3."
        checks.Answer(np.array([loss.value], dtype=float), loss.label).equals([right], hint)
    scores, targets = np.log([[3.0, 1, 4], [1, 1, 2]]), np.array([[0.25, 0, 0.75], [0.5, 0.5, 0]])
    answer = checks.call("focal_loss", focal_loss, scores, targets, np.array([1.0, 2, 4]))
    loss = answer.part(0, "the loss")
    hint = "γ is 2 where it is left out. The first picture is a quarter class 0 and three quarters class 2."
    checks.Answer(np.array([loss.value], dtype=float), loss.label).equals([0.8926652], hint)
    checks.refuses("focal_loss", focal_loss, scores, targets, np.ones(3), 0.5)


test_q9_worked(focal_loss)


# %%
def test_q9_gradient(focal_loss):
    import numpy as np

    from coursekit import checks

    scores, targets = np.log([[3.0, 1, 4], [1, 1, 2]]), np.array([[1.0, 0, 0], [0, 1, 0]])
    answer = checks.leaves_inputs("focal_loss", focal_loss, scores, targets, np.array([1.0, 2, 1]), 0.0)
    hint = "With γ = 0 it is w (p - t) / N."
    answer.part(1, "grad").equals([[-0.3125, 0.0625, 0.25], [0.25, -0.75, 0.5]], hint)
    answer = checks.leaves_inputs("focal_loss", focal_loss, scores, targets, np.array([1.0, 2, 1]))
    hint = "The gradients of a picture add up to 0. γ is 2 where it is left out."
    answer.part(1, "grad").equals(
        [[-0.2657465, 0.0531493, 0.2125972], [0.2705901, -0.8117703, 0.5411802]], hint
    )
    targets = np.array([[0.25, 0, 0.75], [0.5, 0.5, 0]])
    answer = checks.leaves_inputs("focal_loss", focal_loss, scores, targets, np.array([1.0, 2, 4]), 3.0)
    hint = "Targets are shares here, and each class has its own weight."
    answer.part(1, "grad").equals(
        [[0.1637756, 0.0827239, -0.2464996], [-0.0629199, -0.3145994, 0.3775192]], hint
    )


test_q9_gradient(focal_loss)


# %%
def test_q9_large(focal_loss):
    import numpy as np

    from coursekit import checks

    scores, targets = np.array([[1000.0, -1000], [-1000, 0]]), np.array([[0.0, 1], [0, 1]])
    for gamma in (0.0, 1.0, 2.0):
        answer = checks.leaves_inputs("focal_loss", focal_loss, scores, targets, np.ones(2), gamma)
        loss = answer.part(0, "the loss")
        hint = "The scores are 1000, -1000 in the first row and -1000, 0 in the second: losses of 2000 and 0."
        checks.Answer(np.array([loss.value], dtype=float), loss.label).equals([1000], hint)
        answer.part(1, "grad").equals([[0.5, -0.5], [0, 0]], hint)


test_q9_large(focal_loss)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: focal_loss was called with many sizes, targets, weights and γ, in float64, float32 and
  whole numbers, and the loss was compared; it must raise ValueError where the contract says so.
"""  # END TEST CONFIG


def test_q9_loss_drawn(focal_loss):
    import numpy as np

    from convnet import plain
    from coursekit import checks

    rng, cases = np.random.default_rng(51020), []
    sizes = [(1, 2), (1, 7), (6, 3), (4, 4), (9, 10), (5, 2), (3, 1), (8, 5)]
    for number, (count, classes) in enumerate(sizes):
        for part in range(3):
            scores, weights = 2 * rng.normal(size=(count, classes)), 3 * rng.random(classes)
            weights[1 : 1 + number // 3] = 0  # classes without examples
            targets = np.eye(classes)[rng.integers(0, classes, size=count)]
            if part:
                targets = 0.6 * targets + 0.4 * rng.dirichlet(np.ones(classes), size=count)
            if number % 3 == 2:
                scores = np.round(scores).astype(np.int64)
            elif number % 3:
                scores, targets, weights = (a.astype(np.float32) for a in (scores, targets, weights))
            gamma = [0.0, 1.0, 2.0, 5.0, 1.5, float(rng.uniform(1, 4))][(number + part) % 6]
            cases.append((scores, targets, weights) if number == 1 else (scores, targets, weights, gamma))
    for case, answer in zip(cases, checks.in_turn("focal_loss", focal_loss, *cases), strict=True):
        scores, targets, weights = (a.astype(np.float64) for a in case[:3])
        one, right = np.ones(scores.shape[1]), 0.0
        for (n, k), share in np.ndenumerate(targets):
            right += share * weights[k] * plain.focal_loss(scores[n : n + 1], np.array([k]), one, *case[3:])
        loss = answer.part(0, "the loss")
        assert isinstance(loss.value, (float, np.floating)), "The loss must be a float."
        checks.Answer(np.array([loss.value], dtype=float), loss.label, answer.came).matches(
            [right / len(scores)], fine=True
        )
    for gamma in (0.5, -1.0, 0.99):
        checks.refuses("focal_loss", focal_loss, np.ones((2, 3)), np.full((2, 3), 1 / 3), np.ones(3), gamma)


test_q9_loss_drawn(focal_loss)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: focal_loss was called with many sizes, targets, weights and γ, in float64, float32 and
  whole numbers, and the gradient was compared.
"""  # END TEST CONFIG


def test_q9_gradient_drawn(focal_loss):
    import numpy as np

    from convnet import plain
    from coursekit import checks

    rng, cases = np.random.default_rng(51021), []
    sizes = [(1, 2), (1, 7), (6, 3), (4, 4), (9, 10), (5, 2), (8, 5)]
    for number, (count, classes) in enumerate(sizes):
        for part in range(3):
            scores, weights = 2 * rng.normal(size=(count, classes)), 3 * rng.random(classes)
            weights[1 : 1 + number // 3] = 0  # classes without examples
            targets = np.eye(classes)[rng.integers(0, classes, size=count)]
            if part:
                targets = 0.6 * targets + 0.4 * rng.dirichlet(np.ones(classes), size=count)
            if number % 3 == 2:
                scores = np.round(scores).astype(np.int64)
            elif number % 3:
                scores, targets, weights = (a.astype(np.float32) for a in (scores, targets, weights))
            gamma = [0.0, 1.0, 2.0, 5.0, 1.5, float(rng.uniform(1, 4))][(number + part) % 6]
            cases.append((scores, targets, weights) if number == 1 else (scores, targets, weights, gamma))
    for case, answer in zip(cases, checks.in_turn("focal_loss", focal_loss, *cases), strict=True):
        scores, targets, weights = (a.astype(np.float64) for a in case[:3])
        one, right = np.ones(scores.shape[1]), np.zeros(scores.shape)
        for (n, k), share in np.ndenumerate(targets):
            back = plain.focal_loss_backward(scores[n : n + 1], np.array([k]), one, *case[3:])
            right[n] += share * weights[k] * back[0]
        answer.part(1, "grad").matches(right / len(scores), fine=True)


test_q9_gradient_drawn(focal_loss)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: focal_loss was called with scores of hundreds, where probabilities are 0 and 1 to the last
  digit; loss and gradient must be right.
"""  # END TEST CONFIG


def test_q9_large_drawn(focal_loss):
    import numpy as np

    from coursekit import checks

    rng, cases, rights = np.random.default_rng(51022), [], []
    for number, gamma in enumerate([0.0, 1.0, 2.0, 3.5] * 3):
        count, classes = (3, 4) if number % 4 else (1, 3)
        order = np.argsort(rng.random((count, classes)), axis=1)
        apart = rng.uniform(100, 1000 / classes) if number % 3 else 2000 / (classes - 1)
        scores = (order - (classes - 1) / 2) * apart  # apart by a hundred and more, up to 1000 in size
        targets, weights = rng.dirichlet(np.ones(classes), size=count), 3 * rng.random(classes)
        if number >= 8:
            targets = np.eye(classes)[rng.integers(0, classes, size=count)]
        cases.append((scores, targets, weights, gamma))
        lowered = scores - scores.max(axis=1, keepdims=True)
        first = (lowered == 0).astype(float)  # probability 1; all others have 0, and (1 - p)^γ is 1
        pull = targets * weights * (np.ones_like(first) if gamma == 0 else 1 - first) / count
        rights.append((-(pull * lowered).sum(), first * pull.sum(axis=1, keepdims=True) - pull))
    for answer, (loss, grad) in zip(checks.in_turn("focal_loss", focal_loss, *cases), rights, strict=True):
        found = answer.part(0, "the loss")
        checks.Answer(np.array([found.value], dtype=float), found.label, answer.came).matches(
            [loss], fine=True
        )
        answer.part(1, "grad").matches(grad, fine=True)


test_q9_large_drawn(focal_loss)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Which examples move the network? This is the share of the gradient's size that the rare classes have,
# for the network of 300 steps above. They have 1.7 % of the examples.

# %%
if grader.ready("q8", "q9"):
    scores = train(train_x, train_labels, 0, any_rows(train_labels), cross_entropy_gradient)(train_x)
    targets, rare = np.eye(10)[train_labels], np.isin(train_labels, RARE)
    weighted = class_weights(train_labels, 10, 0.97)
    tried = [(f"γ = {gamma:g}", np.ones(10), gamma) for gamma in (0, 1, 2, 5)]
    for name, weights, gamma in [*tried, ("class weights", weighted, 0.0), ("both, γ = 2", weighted, 2.0)]:
        size = np.abs(focal_loss(scores, targets, weights, gamma)[1]).sum(axis=1)
        print(f"{name:14} {size[rare].sum() / size.sum():6.1%}")

# %% [raw]
# # BEGIN QUESTION
# name: q10
# points: 7
# builds_on: [q8, q9]

# %% [markdown]
# ### q10 · Train for the rare classes &nbsp; ★★☆ · 30 minutes
#
# **Why.** Now you know what the control reaches: of the rare classes hardly anything, and more with more
# steps. Do better.
#
# **Write** `fit`: train on `x` and `labels`, where some classes are rare, and on nothing else. Return a
# *function* that names classes, each picture by itself. It is judged by the mean of the recalls, in which a
# rare class counts as much as any other. The recipe is yours. You may call `train` from above, as it is, with
# rows and a gradient of your own; draw everything from the seed. Some ways: weights from q8 in the loss, the
# loss of q9, batches in which all classes are equally likely, more steps. A call may take 10 seconds; 300
# steps take a tenth of one.
#
# The hidden tests give `fit` clothes as above, whose classes have other numbers: seven classes with up to
# 200 pictures and three with 8. The network names pictures that no notebook has. A mean of the recalls of
# 0.66 earns 1.5 of the 7 points, and one of 0.69 two more. The control reaches about 0.62, and with twice the
# steps 0.68.
#
# The check below looks at the rare classes by themselves, too: it wants a quarter of them right, and 35 %
# of three other classes, which are easier. Twice the steps alone do not reach that.
#
# <details><summary>Hint: "of the rare classes are right"</summary>
# To draw a class first and then one of its pictures, give <code>rng.choice</code> probabilities: 1
# divided by the count of the row's class, scaled so that they add up to 1. Compute them once, before the
# training.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def fit(x, labels, seed):
    """Train a network on a set where some classes are rare, and return a function that names classes.

    Parameters
    ----------
    x : array (P, D) float64          numbers from 0 to 1; P is at least 20, and D up to 100
    labels : array (P,) of int        from 0 to 9; not all ten need to occur
    seed : int                        the same seed gives the same network, another one draws other numbers

    Returns
    -------
    function          of x, an array (M, D) float64; returns the classes, array (M,) of int
    """
    # BEGIN SOLUTION
    likely = 1 / np.bincount(labels, minlength=10)[labels]
    likely = likely / likely.sum()

    def rows_of(rng):
        return rng.choice(len(labels), 50, p=likely)

    scores = train(x, labels, seed, rows_of, cross_entropy_gradient)
    return lambda x: scores(x).argmax(axis=1)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1.5
"""  # END TEST CONFIG


def test_q10_clothes(fit):
    import numpy as np

    from coursekit import checks, data

    def coarse(images):
        return images.reshape(-1, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(-1, 49).astype(float)

    (images, labels), (new, right) = data.fashion_mnist("train"), data.fashion_mnist("test")
    for rare, least in (((0, 7, 9), 0.35), ((1, 5, 6), 0.25)):
        kept = [np.flatnonzero(labels == k)[: 8 if k in rare else 200] for k in range(10)]
        rows = np.concatenate(kept)
        classify = checks.leaves_inputs("fit", fit, coarse(images[rows]), labels[rows], 0).value
        assert classify is not None, "fit returned None. Let it return a function that names classes."
        kind = type(classify).__name__
        assert callable(classify), f"fit returned {kind}, not a function. Return one that takes x."
        named = checks.call("the function", classify, coarse(new)).array(right.shape, dtype=np.integer)
        found = np.array([np.mean(named[right == k] == k) for k in range(10)])
        mean, share = found.mean(), found[list(rare)].mean()
        assert mean > 0.6, f"The mean of the recalls is {mean:.3f}; more than 0.6 is wanted."
        assert share >= least, (
            f"{share:.0%} of the rare classes are right; at least {least:.0%} are wanted. "
            f"Here the rare ones are {rare}, and the mean of all recalls is {mean:.3f}."
        )


test_q10_clothes(fit)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 2
failure_message: fit was run on 48 pictures of six numbers each, with classes of other numbers; twice with
  one seed, once with another, and once with that seed and other labels. The same seed must give the same
  network, and another seed another; its function must name pictures in any order and one alone, also after
  later calls of fit; x and labels must stay as they were.
"""  # END TEST CONFIG


def test_q10_seeds(fit):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(51023)
    classes = rng.permutation(10)[:3]

    def drawn(counts):
        kinds = np.repeat([0, 1, 2], counts)
        x = 0.2 + 0.5 * np.eye(3, 6)[kinds] + 0.13 * rng.normal(size=(len(kinds), 6))
        return np.clip(x, 0, 1), classes[kinds]

    (x, labels), (new, right), named, functions = drawn((23, 19, 6)), drawn((100, 100, 100)), [], []
    others = rng.random((2000, 6))
    for seed, moved in ((3, 0), (3, 0), (4, 0), (3, 1)):  # in the end the same pictures, called otherwise
        classify = checks.leaves_inputs("fit", fit, x, (labels + moved) % 10, seed).value
        assert callable(classify), "What fit returns must be a function."
        functions.append(classify)
        answer = checks.leaves_inputs("the function", classify, new)
        named.append(answer.array(right.shape, secret=True, dtype=np.integer))
        for places in (slice(None, None, -1), slice(7, 8), slice(100), slice(207, 208)):
            checks.call("the function", classify, new[places]).matches(named[-1][places], dtype=np.integer)
        shares = [np.mean(named[-1][right == k] == (k + moved) % 10) for k in classes]
        assert min(shares) > 0.5, f"Of a class of three, {min(shares):.0%} are right."
        named[-1] = checks.call("the function", classify, others).array(
            (2000,), secret=True, dtype=np.integer
        )
    again = checks.call("the function of the first call", functions[0], others)
    again.matches(named[0], "Another call of fit must not change what it names.", dtype=np.integer)
    assert np.array_equal(named[0], named[1]), "fit gave another network with the same seed."
    assert not np.array_equal(named[0], named[2]), "fit gave the same network with two seeds."


test_q10_seeds(fit)

# %%
""" # BEGIN TEST CONFIG
hidden: true
bands: {0.66: 1.5, 0.69: 2}
failure_message: fit was run on clothes of 7×7 pixels, whose classes had other numbers and of which three
  were rare, and its function named clothes that no notebook has.
"""  # END TEST CONFIG


def test_q10_held_out(fit):
    import numpy as np

    from coursekit import checks, data

    rng, found = np.random.default_rng(51024), []
    images, labels = data.fashion_mnist("train")
    small = images.reshape(-1, 7, 4, 7, 4).mean(axis=(2, 4)).reshape(-1, 49).astype(float)
    held_out = checks.data("held_out.npz")
    new, right = held_out["images"].reshape(-1, 49) / 255, held_out["labels"].astype(int)
    for _ in range(3):
        numbers = (np.arange(10) + rng.integers(1, 10)) % 10  # who trains on other labels names none of these
        kept = [
            rng.permutation(np.flatnonzero(labels == k))[: 8 if k in (1, 5, 6) else None] for k in range(10)
        ]
        rows = rng.permutation(np.concatenate(kept))
        classify = checks.call("fit", fit, small[rows], numbers[labels[rows]], int(rng.integers(1000))).value
        assert callable(classify), "What fit returns must be a function."
        answer = checks.call("the function", classify, new)
        named = answer.array((len(new),), secret=True, dtype=np.integer)
        found.append(np.mean([np.mean(named[right == k] == numbers[k]) for k in range(10)]))
    return np.mean(found), "is the mean of the recalls on held-out clothes"


test_q10_held_out(fit)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Part 5 · A test of your own

# %% [raw]
# # BEGIN QUESTION
# name: q11
# points: 8

# %% [markdown]
# ### q11 · Is this batch normalization? &nbsp; ★★★ · 45 minutes
#
# **Why.** A network with a mistake in its normalization still trains, only worse, and nobody sees why. A
# good test passes every right function and no wrong one.
#
# **Write** `check_batch_norm`. It gets a function `norm(x, weight, bias, mean, var, training, momentum,
# eps)`, called by position (its own names may be others), that claims to do what q3 asks for maps `(N, C, H,
# W)`, and to return three arrays, the output, the new running mean and the new running variance, in a tuple
# or a list. It calls the function on float64 arrays, and says whether all three are right. Call it as often
# as you like: a hundred calls are plenty, and their time counts as yours.
#
# The hidden tests try it on right functions and on some thirty wrong ones. Some of the wrong functions have
# mistakes in the axes, the divisors, the modes, momentum, ε, scale, shift or shapes. Others change x, return
# None, or one array, two or four in the place of three, or raise: catch every `Exception`. Do not test which
# dtype comes back, what one sample in training does, or whether one of the arguments is returned as it is:
# right functions may differ there. No function writes into `mean` or `var`.
#
# Take inputs on which mistakes show: several pictures and channels; height and width that differ; scales,
# shifts and running statistics that are not 1 and 0; both modes; few samples, because the divisors $S$ and
# $S-1$ differ most there; an ε that matters. Work the right answer out in another way, and do not call your
# answer to q3: where it is wrong, your test would be wrong with it.
#
# <details><summary>Hint: "is wrong, and check_batch_norm returned True"</summary>
# Look at the list of calls in the message, and think of an input on which this mistake changes the answer.
# Compare shapes first: NumPy compares arrays of other shapes, too, if they broadcast. And keep a copy of x.
# </details>
# <details><summary>Hint: "is right, and check_batch_norm returned False"</summary>
# Work the expected answer out again, channel by channel. Compare by <code>np.allclose</code>: sums in
# another order differ in the last digits.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def check_batch_norm(norm):
    """Say whether a function is batch normalization as in q3.

    Parameters
    ----------
    norm : function           of (x, weight, bias, mean, var, training, momentum, eps)

    Returns
    -------
    bool                      True when it is right; False when it returns something else, changes x or raises
    """
    # BEGIN SOLUTION
    rng = np.random.default_rng(0)
    for shape, training, momentum, eps in [
        ((2, 3, 2, 3), True, 0.3, 0.5),
        ((2, 3, 4, 2), False, 0.3, 0.5),
        ((1, 2, 3, 2), True, 0.1, 1e-5),
        ((3, 1, 1, 2), True, 0.8, 1e-3),
        ((1, 2, 1, 1), False, 0.1, 1e-3),
        ((4, 4, 3, 3), True, 0.25, 1e-5),
        ((5, 2, 1, 1), True, 0.6, 0.1),
    ]:
        x = 2 * rng.normal(size=shape) + 3
        weight, bias, mean, var = rng.normal(size=(4, shape[1]))
        var = var**2 + 0.5
        out, new_mean, new_var = np.zeros(shape), mean.copy(), var.copy()
        for c in range(shape[1]):
            numbers = x[:, c].ravel()
            middle, spread = mean[c], var[c]
            if training:
                middle = sum(numbers) / len(numbers)
                squares = sum((numbers - middle) ** 2)
                spread = squares / len(numbers)
                new_mean[c] += momentum * (middle - mean[c])
                new_var[c] += momentum * (squares / (len(numbers) - 1) - var[c])
            out[:, c] = weight[c] * (x[:, c] - middle) / (spread + eps) ** 0.5 + bias[c]
        given = x.copy()
        try:
            found = norm(given, weight.copy(), bias.copy(), mean.copy(), var.copy(), training, momentum, eps)
        except Exception:
            return False
        if not isinstance(found, (tuple, list)) or len(found) != 3 or not np.array_equal(given, x):
            return False
        for value, wanted in zip(found, (out, new_mean, new_var), strict=True):
            if np.shape(value) != wanted.shape or not np.allclose(value, wanted):
                return False
    return True
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
""" # BEGIN TEST CONFIG
points: 0.75
"""  # END TEST CONFIG


def test_q11_plain(check_batch_norm):
    import numpy as np

    from coursekit import checks

    def right(*given):
        x, weight, bias, mean, var, training, momentum, eps = given
        here, spread, shape = mean, var, (-1, 1, 1)
        if training:
            count = len(x) * x.shape[2] * x.shape[3]
            here, spread = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
            mean = (1 - momentum) * mean + momentum * here
            var = (1 - momentum) * var + momentum * spread * count / (count - 1)
        normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
        return weight.reshape(shape) * normal + bias.reshape(shape), mean.copy(), var.copy()

    def zeros(x, weight, bias, mean, var, training, momentum, eps):
        return np.zeros(x.shape), np.zeros(mean.shape), np.ones(var.shape)

    def nothing(x, weight, bias, mean, var, training, momentum, eps):
        return None

    checks.judges("check_batch_norm", check_batch_norm, right, True, "This function")
    checks.judges("check_batch_norm", check_batch_norm, zeros, False, "A function that returns zeros")
    checks.judges("check_batch_norm", check_batch_norm, right, True, "This function")
    checks.judges("check_batch_norm", check_batch_norm, nothing, False, "A function that returns None")


test_q11_plain(check_batch_norm)


# %%
""" # BEGIN TEST CONFIG
points: 0.75
"""  # END TEST CONFIG


def test_q11_some(check_batch_norm):
    import numpy as np

    from coursekit import checks

    def right(x, weight, bias, mean, var, training, momentum, eps):
        here, spread, shape = mean, var, (-1, 1, 1)
        if training:
            count = len(x) * x.shape[2] * x.shape[3]
            here, spread = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
            mean = (1 - momentum) * mean + momentum * here
            var = (1 - momentum) * var + momentum * spread * count / (count - 1)
        normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
        return weight.reshape(shape) * normal + bias.reshape(shape), mean.copy(), var.copy()

    def still(x, weight, bias, mean, var, training, momentum, eps):
        return right(x, weight, bias, mean, var, training, momentum, eps)[0], mean, var

    def one_mode(x, weight, bias, mean, var, training, momentum, eps):
        return right(x, weight, bias, mean, var, True, momentum, eps)

    def by_picture(x, weight, bias, mean, var, training, momentum, eps):
        if not training:
            return right(x, weight, bias, mean, var, training, momentum, eps)
        outs = [right(x[n : n + 1], weight, bias, mean, var, True, momentum, eps)[0] for n in range(len(x))]
        return np.concatenate(outs), *right(x, weight, bias, mean, var, True, momentum, eps)[1:]

    for what, wrong in [
        ("that leaves the running statistics as they are", still),
        ("that takes the statistics of the batch in evaluation, too", one_mode),
        ("that normalizes each picture by its own statistics", by_picture),
    ]:
        checks.judges("check_batch_norm", check_batch_norm, right, True, "This function")
        checks.judges("check_batch_norm", check_batch_norm, wrong, False, f"A function {what}")


test_q11_some(check_batch_norm)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 2.25
failure_message: check_batch_norm was called with a right function and with ten whose output is wrong in
  training.
"""  # END TEST CONFIG


def test_q11_outputs(check_batch_norm):
    import numpy as np

    from coursekit import checks

    def right(x, weight, bias, mean, var, training, momentum, eps):
        here, spread, shape = mean, var, (-1, 1, 1)
        if training:
            count = len(x) * x.shape[2] * x.shape[3]
            here, spread = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
            mean = (1 - momentum) * mean + momentum * here
            var = (1 - momentum) * var + momentum * spread * count / (count - 1)
        normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
        return weight.reshape(shape) * normal + bias.reshape(shape), mean.copy(), var.copy()

    def normal(x, eps, axes=(0, 2, 3), ddof=0):
        count = np.prod([x.shape[axis] for axis in axes])
        ddof = ddof if count > ddof else 0
        return (x - x.mean(axis=axes, keepdims=True)) / np.sqrt(
            x.var(axis=axes, keepdims=True, ddof=ddof) + eps
        )

    def other(change):
        def norm(x, weight, bias, mean, var, training, momentum, eps):
            out, *kept = right(x, weight, bias, mean, var, training, momentum, eps)
            if training:
                out = change(x, weight[:, None, None], bias[:, None, None], eps, out)
            return out, *kept

        return norm

    changes = {
        "normalizes each place by itself": lambda x, w, b, e, y: w * normal(x, e, (0,)) + b,
        "normalizes each map of each picture by itself": lambda x, w, b, e, y: w * normal(x, e, (2, 3)) + b,
        "normalizes all channels together": lambda x, w, b, e, y: w * normal(x, e, (0, 1, 2, 3)) + b,
        "divides by the variance with the divisor S - 1": lambda x, w, b, e, y: w * normal(x, e, ddof=1) + b,
        "adds ε outside of the root": lambda x, w, b, e, y: w
        * (x - x.mean(axis=(0, 2, 3), keepdims=True)) / (x.std(axis=(0, 2, 3), keepdims=True) + e) + b,
        "ignores eps and takes 0.00001": lambda x, w, b, e, y: w * normal(x, 1e-5) + b,
        "divides by the variance and not by its root": lambda x, w, b, e, y: w
        * (x - x.mean(axis=(0, 2, 3), keepdims=True)) / (x.var(axis=(0, 2, 3), keepdims=True) + e) + b,
        "forgets to subtract the mean": lambda x, w, b, e, y: w
        * x / np.sqrt(x.var(axis=(0, 2, 3), keepdims=True) + e) + b,
        "shifts before it scales": lambda x, w, b, e, y: w * (normal(x, e) + b),
        "forgets the last picture": lambda x, w, b, e, y: np.concatenate([y[:-1], 0 * y[-1:]]),
    }  # fmt: skip
    wrong = {f"A function that, in training, {what}": other(change) for what, change in changes.items()}
    checks.judges_each("check_batch_norm", check_batch_norm, {"This function": right}, wrong, 51111)


test_q11_outputs(check_batch_norm)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 2.25
failure_message: check_batch_norm was called with a right function and with eleven whose running statistics
  are wrong, in training or in evaluation.
"""  # END TEST CONFIG


def test_q11_running(check_batch_norm):
    import numpy as np

    from coursekit import checks

    def right(x, weight, bias, mean, var, training, momentum, eps):
        here, spread, shape = mean, var, (-1, 1, 1)
        if training:
            count = len(x) * x.shape[2] * x.shape[3]
            here, spread = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
            mean = (1 - momentum) * mean + momentum * here
            var = (1 - momentum) * var + momentum * spread * count / (count - 1)
        normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
        return weight.reshape(shape) * normal + bias.reshape(shape), mean.copy(), var.copy()

    def other(change, modes=(True,)):
        def norm(x, weight, bias, mean, var, training, momentum, eps):
            out, new_mean, new_var = right(x, weight, bias, mean, var, training, momentum, eps)
            if training in modes:
                new_mean, new_var = change(x, mean, var, momentum, new_mean, new_var)
            return out, new_mean, new_var

        return norm

    def moved(x, mean, var, share, ddof=1, axes=(0, 2, 3)):
        here = x.mean(axis=axes)
        spread = x.var(axis=axes, ddof=ddof)
        return (1 - share) * mean + share * here, (1 - share) * var + share * spread

    changes = {
        "takes momentum for the share of the old": lambda x, m, v, q, a, b: moved(x, m, v, 1 - q),
        "keeps the variance with the divisor S": lambda x, m, v, q, a, b: moved(x, m, v, q, 0),
        "forgets the mean": lambda x, m, v, q, a, b: (m, b),
        "forgets the variance": lambda x, m, v, q, a, b: (a, v),
        "replaces them by those of the batch": lambda x, m, v, q, a, b: moved(x, m, v, 1.0),
        "always takes a momentum of 0.1": lambda x, m, v, q, a, b: moved(x, m, v, 0.1),
        "adds the batch to the old": lambda x, m, v, q, a, b: (m + q * x.mean(axis=(0, 2, 3)),
            v + q * x.var(axis=(0, 2, 3), ddof=1)),
        "keeps the standard deviation": lambda x, m, v, q, a, b: (a,
            (1 - q) * v + q * x.std(axis=(0, 2, 3), ddof=1)),
        "exchanges mean and variance": lambda x, m, v, q, a, b: (b, a),
        "keeps one mean for all channels": lambda x, m, v, q, a, b: (0 * a + a.mean(), b),
    }  # fmt: skip
    wrong = {f"A function that, in training, {what}": other(change) for what, change in changes.items()}

    def learns(x, mean, var, momentum, new_mean, new_var):
        return (1 - momentum) * mean + momentum * x.mean(axis=(0, 2, 3)), new_var

    wrong["A function that moves the running mean in evaluation"] = other(learns, (False,))
    checks.judges_each("check_batch_norm", check_batch_norm, {"This function": right}, wrong, 51211)


test_q11_running(check_batch_norm)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 2
failure_message: check_batch_norm was called with right functions and with twelve that are wrong in
  evaluation, in shapes, in how many arrays come back, or that raise or change x.
"""  # END TEST CONFIG


def test_q11_evaluation(check_batch_norm):
    import numpy as np

    from coursekit import checks

    def right(x, weight, bias, mean, var, training, momentum, eps):
        here, spread, shape = mean, var, (-1, 1, 1)
        if training:
            count = len(x) * x.shape[2] * x.shape[3]
            here, spread = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
            mean = (1 - momentum) * mean + momentum * here
            var = (1 - momentum) * var + momentum * spread * count / (count - 1)
        normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
        return weight.reshape(shape) * normal + bias.reshape(shape), mean.copy(), var.copy()

    def turned(x, weight, bias, mean, var, training, momentum, eps):
        return [
            np.asfortranarray(part) for part in right(x, weight, bias, mean, var, training, momentum, eps)
        ]

    def evaluated(change):
        def norm(x, weight, bias, mean, var, training, momentum, eps):
            out, *kept = right(x, weight, bias, mean, var, training, momentum, eps)
            if not training:
                out = change(x, *(part[:, None, None] for part in (weight, bias, mean, var)), eps)
            return out, *kept

        return norm

    def returned(change):
        def norm(x, weight, bias, mean, var, training, momentum, eps):
            return change(*right(x, weight, bias, mean, var, training, momentum, eps))

        return norm

    def square_alone(x, weight, bias, mean, var, training, momentum, eps):
        if x.shape[2] != x.shape[3]:
            raise IndexError("index 3 is out of bounds for axis 3 with size 3")
        return right(x, weight, bias, mean, var, training, momentum, eps)

    def refuses_one(x, weight, bias, mean, var, training, momentum, eps):
        if len(x) == 1:
            raise ValueError("a single picture")
        return right(x, weight, bias, mean, var, training, momentum, eps)

    def writes_into(check_batch_norm):  # beside the answer: under seal a test changes only a copy
        import numpy as np

        def right(x, weight, bias, mean, var, training, momentum, eps):
            here, spread, shape = mean, var, (-1, 1, 1)
            if training:
                count = len(x) * x.shape[2] * x.shape[3]
                here, spread = x.mean(axis=(0, 2, 3)), x.var(axis=(0, 2, 3))
                mean = (1 - momentum) * mean + momentum * here
                var = (1 - momentum) * var + momentum * spread * count / (count - 1)
            normal = (x - here.reshape(shape)) / np.sqrt(spread + eps).reshape(shape)
            return weight.reshape(shape) * normal + bias.reshape(shape), mean.copy(), var.copy()

        def overwrites(x, *others):
            found = right(x, *others)
            x -= 1
            return found

        return check_batch_norm(right), check_batch_norm(overwrites)

    wrong = {
        "ignores scale and shift in evaluation": evaluated(lambda x, w, b, m, v, e: (x - m) / np.sqrt(v + e)),
        "forgets the running mean in evaluation": evaluated(
            lambda x, w, b, m, v, e: w * x / np.sqrt(v + e) + b
        ),
        "forgets ε in evaluation": evaluated(lambda x, w, b, m, v, e: w * (x - m) / np.sqrt(v) + b),
        "divides by the running variance in evaluation": evaluated(
            lambda x, w, b, m, v, e: w * (x - m) / (v + e) + b
        ),
        "returns x as it is in evaluation": evaluated(lambda x, w, b, m, v, e: x.copy()),
        "returns the output alone": returned(lambda out, mean, var: out),
        "returns the output and the running mean alone": returned(lambda out, mean, var: (out, mean)),
        "returns a fourth array": returned(lambda out, mean, var: (out, mean, var, mean)),
        "returns the running mean with one axis more": returned(
            lambda out, mean, var: (out, mean[None], var)
        ),
        "returns the running variance as one number": returned(
            lambda out, mean, var: (out, mean, var.mean())
        ),
        "raises where height and width differ": square_alone,
        "raises where the batch holds a single picture": refuses_one,
    }
    correct = {"This function": right, "A function that returns a list, in another order in memory,": turned}
    wrong = {f"A function that {what}": function for what, function in wrong.items()}
    checks.judges_each("check_batch_norm", check_batch_norm, correct, wrong, 51311)
    first, second = checks.inside(writes_into, check_batch_norm)
    assert first, "This function is right, and check_batch_norm did not return True."
    assert second is not None, "check_batch_norm returned None."
    assert not second, "A function changes x, and check_batch_norm returned True."


test_q11_evaluation(check_batch_norm)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Part 6 · What helps the rare classes

# %% [raw]
# # BEGIN QUESTION
# name: q12
# points: 4
# manual: true

# %% [markdown]
# ### q12 · Predict, measure, explain &nbsp; ★★☆ · 35 minutes
#
# **Why.** "Focal loss is for imbalanced classes" is said often. Whoever measures against the right control
# finds out when it is true. A person reads what you write.
#
# The three cells below this question train the network of part 4 in seven ways, with six seeds each: as it
# is, with twice and four times the steps, with class weights (β = 0.97, and inverse counts), with the
# focal loss (γ = 2), and in batches in which all classes are equally likely.
#
# 1. **Before you run them**, write down what you expect, each with a reason: which way brings the rare
#    classes most, and about how much? Which costs the other classes most, and about how much? A wrong
#    prediction with a reason gets the point.
# 2. Run them, and answer 3 to 5 in this same cell, under your prediction, each with its numbers. Items 1
#    and 3 to 5 have a point each.
# 3. Which ways bring the rare classes more than "as it is" does, by more than the larger of the two spreads?
#    Four times the steps change neither loss nor batches. Which ways bring more than that, and what do they
#    cost the other classes? What do you answer a friend who compares 1200 steps of some way to 300 of none?
# 4. What did the focal loss alone bring? Explain it by the shares below q9. Besides the rare classes, which
#    examples get a larger part of the gradient? How large is the part of the rare ones even so? And why do
#    inverse counts cost the others so much, although the weights are 1 on average over the examples? (The
#    first of the three cells prints these weights. How many of 50 rows are rare?)
# 5. Suppose that your network has batch normalization, and you train it in batches in which all classes
#    are equally likely. Afterwards it is to name pictures as they come: mostly of common classes. Which
#    two things that it learnt belong to another mixture of classes than it will meet? Name a way out for
#    one of them.

# %% [raw]
# # BEGIN PROMPT

# %% [markdown]
# _Write your answers here, in the place of this line._

# %% [raw]
# # END PROMPT

# %% [raw]
# # BEGIN SOLUTION

# %% [markdown]
# 1. Any two predictions with reasons. For instance: the focal loss brings the rare classes most, because
#    it was made for imbalanced classes; inverse counts cost the others most, because they weigh the rare
#    ones most.
# 3. As it is, 2 ± 3 % of the rare classes are right (six seeds). The focal loss has 7 ± 6 %, which is
#    within the spread of both; all others are far ahead. But twice the steps bring 23 ± 7 %, and four
#    times the steps 29 ± 11 %, with nothing changed. Weights with β = 0.97 (41.5 ± 1.3 %) and even
#    batches (56 ± 6 %) bring more than that, and inverse counts (46 ± 15 %) ruin the other classes. A
#    report that compares 1200 steps of some way to 300 of none credits it with up to 27 points that steps
#    alone bring.
# 4. Between nothing and five points: no more than the spread. It makes all hard examples louder, and most
#    hard examples belong to common classes, such as coats and pullovers. The rare ones' share of the
#    gradient rises from 8 % to 13.5 % only, where class weights bring it to 29 %. With inverse counts a
#    picture of a rare class weighs 17.8 and one of a common class 0.71. Most batches of 50 hold no rare
#    picture, and one that does makes a step many times as long as the rate allows. Even batches bring the
#    same gradient on average, in equal portions.
# 5. The running statistics: they are means over even batches, and pictures as they come have other means.
#    And the scores, above all the last biases: the network has learnt that all classes are equally
#    likely. Ways out: run forward in training mode over pictures as they come, so that the running
#    statistics move, and leave the weights; or add the logarithm of the classes' shares to the scores.

# %% [raw]
# # END SOLUTION

# %% [raw]
# # END QUESTION

# %% [markdown]
# Have you written down your prediction? Then run these three cells. The first prints the weights by inverse
# counts; the last makes the table and takes three to ten seconds.


# %%
def even_rows(labels):
    """Batches of 50 rows, each class equally likely."""
    likely = 1 / np.bincount(labels, minlength=10)[labels]
    return lambda rng: rng.choice(len(labels), 50, p=likely / likely.sum())


if grader.ready("q8"):
    print("weights by inverse counts:", np.round(class_weights(train_labels, 10, 1), 2))


# %%
def by_loss(weights, gamma):
    """Gradient by the scores of the focal loss with these weights."""
    return lambda scores, labels: focal_loss(scores, np.eye(10)[labels], weights, gamma)[1]


# %%
if grader.ready("q8", "q9"):
    ways = {
        "as it is": lambda t: (any_rows(t), cross_entropy_gradient, 300),
        "twice the steps": lambda t: (any_rows(t), cross_entropy_gradient, 600),
        "four times the steps": lambda t: (any_rows(t), cross_entropy_gradient, 1200),
        "weights, β = 0.97": lambda t: (any_rows(t), by_loss(class_weights(t, 10, 0.97), 0.0), 300),
        "weights, inverse counts": lambda t: (any_rows(t), by_loss(class_weights(t, 10, 1), 0.0), 300),
        "focal loss, γ = 2": lambda t: (any_rows(t), by_loss(np.ones(10), 2.0), 300),
        "even batches": lambda t: (even_rows(t), cross_entropy_gradient, 300),
    }
    rare = np.isin(np.arange(10), RARE)
    print(f"{'recall':24}{'rare classes':>18}{'other classes':>18}{'all':>18}")
    for name, way in ways.items():
        found = []
        for seed in range(6):
            x, t = lopsided(coarse(all_images), all_labels, np.random.default_rng(seed))
            scores = train(x, t, seed, *way(t))
            each = recalls(test_labels, scores(test_x).argmax(axis=1), 10)
            found.append([each[rare].mean(), each[~rare].mean(), each.mean()])
        spread = zip(np.mean(found, axis=0), np.std(found, axis=0, ddof=1), strict=True)
        print(f"{name:24}" + "".join(f"{m:10.3f} ± {s:.3f}" for m, s in spread))

# %% [markdown]
# <details><summary>No table, because q8 or q9 is open? Read this one.</summary>
# Six seeds, as mean ± spread: the recall of the rare classes, that of the others, and that of all.
# As it is 0.022 ± 0.031, 0.879 ± 0.007 and 0.622 ± 0.010; twice the steps 0.228 ± 0.069, 0.888 ± 0.012 and
# 0.690 ± 0.023; four times the steps 0.289 ± 0.113, 0.889 ± 0.005 and 0.709 ± 0.036; weights with β = 0.97
# 0.415 ± 0.013, 0.871 ± 0.004 and 0.735 ± 0.005; weights by inverse counts 0.456 ± 0.154, 0.614 ± 0.191 and
# 0.567 ± 0.119; focal loss 0.070 ± 0.063, 0.873 ± 0.005 and 0.632 ± 0.020; even batches 0.556 ± 0.055,
# 0.838 ± 0.017 and 0.753 ± 0.011. Shares of the gradient, below q9: 8.0 % with γ = 0, 10.9 % with 1, 13.5 %
# with 2, 18.4 % with 5, and 28.6 % with class weights.
# </details>
#
# ## Hand in
#
# Choose *Restart and run all* first: what runs in order on a fresh kernel also runs at the grader's.
# Then check everything once more and write the file to hand in.

# %%
grader.check_all()

# %%
grader.export()
