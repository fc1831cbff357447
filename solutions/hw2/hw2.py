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
#     seconds: {cell: 20, call: 30}

# %% [markdown]
# # Homework 2: optimizers and schedules
#
# In this homework you write the optimizers that train nearly every network, from plain gradient descent to
# AdamW. Then you find out when it matters which one you take.
#
# | part | questions | what you learn |
# |---|---|---|
# | A bowl | q1, q2 | which learning rates can work, and how fast, before anything runs |
# | Momentum | q3 to q5 | optimizers as classes that remember; three ways to write momentum |
# | A rate for each number | q6 to q8 | Adagrad, RMSProp, Adam, AdamW |
# | Schedules and noise | q9, q10 | rates that change over time; how noisy a mini-batch is |
# | Test, tune, explain | q11 to q13 | how to test an optimizer, tune one, and compare two honestly |
#
# Stars say how hard a question is, minutes how long it takes most people: 315 minutes, which is five hours
# and a quarter. NumPy is all you need.
#
# **How to work.** Put your code in the place of the `...`. Run the cell, then the check below it. The check
# runs the public tests and says what to do next. After you hand in, hidden tests run your code on other
# inputs, so read each contract (the docstring) to its end. Each check brings its own inputs, so you can go on
# when one fails. Arrays hold float64, and no function changes an array that it is given.

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

grader = Grader("hw2")

# %% [markdown]
# ## Part 1 · A bowl

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 6

# %% [markdown]
# ### q1 · How large may the rate be? &nbsp; ★☆☆ · 15 minutes
#
# **Why.** Near a minimum, a smooth loss looks like a bowl, $L(w) = \frac12 w^\top A\, w$ with $w$ counted
# from the minimum, unless its Hessian $A$, the matrix of second derivatives, has an eigenvalue of 0. What
# holds for a bowl tells you why training diverges, or crawls. In the book:
# [Curvature]({{book}}/optimization/curvature.html).
#
# The gradient is $A w$. Along an eigenvector of $A$ the curvature is the eigenvalue $\lambda$, and a step of
# gradient descent with rate $\eta$ multiplies that coordinate by $1 - \eta\lambda$. It shrinks as long as
# $0 < \eta\lambda < 2$. With momentum $\beta$ (in the form of q3) the limit is higher:
# $0 < \eta\lambda < 2(1 + \beta)$. A rate must suit all directions at once.
#
# **Write** `condition_number`, the largest eigenvalue divided by the smallest, and `largest_rate`, the rate
# below which every coordinate shrinks. Both raise `ValueError` where the surface is no bowl.
#
# <details><summary>Hint: "It has no answer: raise ValueError"</summary>
# An eigenvalue of 0 is a flat direction, one below 0 leads down for ever. <code>np.linalg.eigvalsh</code>
# returns the eigenvalues of a symmetric matrix, the smallest first.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def condition_number(hessian):
    """Largest curvature of a bowl, divided by the smallest.

    Parameters
    ----------
    hessian : array (n, n) of float64     symmetric

    Returns
    -------
    float

    Raises
    ------
    ValueError                            unless every eigenvalue is above 0; no test lets rounding decide
    """
    # BEGIN SOLUTION
    curvatures = np.linalg.eigvalsh(hessian)
    if curvatures[0] <= 0:
        raise ValueError(f"condition_number: the smallest eigenvalue is {curvatures[0]:g}, not above 0")
    return curvatures[-1] / curvatures[0]
    # END SOLUTION


# %%
def largest_rate(hessian, momentum=0.0):
    """Rate below which gradient descent with momentum comes to the bottom of a bowl.

    Parameters
    ----------
    hessian : array (n, n) of float64     symmetric
    momentum : float                      from 0 to below 1

    Returns
    -------
    float

    Raises
    ------
    ValueError                            unless every eigenvalue is above 0; no test lets rounding decide
    """
    # BEGIN SOLUTION
    curvatures = np.linalg.eigvalsh(hessian)
    if curvatures[0] <= 0:
        raise ValueError(f"largest_rate: the smallest eigenvalue is {curvatures[0]:g}, not above 0")
    return 2 * (1 + momentum) / curvatures[-1]
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q1_condition(condition_number):
    import numpy as np

    from coursekit import checks

    bowls = np.array([[1.0, 0], [0, 10]]), np.array([[2.0, -1], [-1, 2]])
    found = [checks.call("condition_number", condition_number, a).value for a in bowls]
    answer = checks.Answer(np.array(found, dtype=float), "condition_number of the two bowls")
    answer.equals([10, 3], "The second has the eigenvalues 1 and 3.")
    checks.refuses("condition_number", condition_number, np.array([[1.0, 2], [2, 1]]))
    checks.refuses("condition_number", condition_number, np.array([[0.0, 0], [0, 4]]))


test_q1_condition(condition_number)


# %%
def test_q1_rate(largest_rate):
    import numpy as np

    from coursekit import checks

    bowls = np.array([[1.0, 0], [0, 10]]), np.array([[2.0, -1], [-1, 2]])
    found = [checks.call("largest_rate", largest_rate, a).value for a in bowls]
    found += [checks.call("largest_rate", largest_rate, a, 0.5).value for a in bowls]
    answer = checks.Answer(
        np.array(found, dtype=float), "largest_rate of two bowls, without and with momentum"
    )
    answer.equals(
        [0.2, 2 / 3, 0.3, 1], "The largest eigenvalues are 10 and 3; momentum is 0.5 in the last two."
    )
    checks.refuses("largest_rate", largest_rate, np.array([[0.0, 0], [0, 4]]), 0.5)


test_q1_rate(largest_rate)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: condition_number was called with Hessians of one to seven directions, bowls and others, and
  must leave them as they are.
"""  # END TEST CONFIG


def test_q1_condition_drawn(condition_number):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21001)
    found, right = [], []
    for number in range(30):
        size = 1 + number % 7
        turn = np.linalg.qr(rng.normal(size=(size, size)))[0]
        curvatures = np.exp(rng.uniform(-6, 6, size=size))
        bowl = (turn * curvatures) @ turn.T
        bowl = (bowl + bowl.T) / 2
        found.append(checks.call("condition_number", condition_number, bowl).value)
        right.append(curvatures.max() / curvatures.min())
        checks.changes("condition_number", condition_number, bowl)[0].matches(bowl, exact=True)
        curvatures[: 1 + number % min(3, size)] *= -1  # one direction, two or three
        other = (turn * curvatures) @ turn.T
        checks.refuses("condition_number", condition_number, (other + other.T) / 2)
    found.append(checks.call("condition_number", condition_number, np.array([[5.0, -3], [-3, 5]])).value)
    shares = np.array(found, dtype=float) / [*right, 4]
    checks.Answer(shares, "condition_number of 31 bowls").matches(np.ones(31))
    for other in ([3.0, 0, 1], [-1.0, 5, -2], [-1.0, -2]):
        checks.refuses("condition_number", condition_number, np.diag(other))


test_q1_condition_drawn(condition_number)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: largest_rate was called with Hessians of one to seven directions, bowls and others, with and
  without momentum, and must leave them as they are.
"""  # END TEST CONFIG


def test_q1_rate_drawn(largest_rate):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21002)
    found, right = [], []
    for number in range(30):
        size = 1 + number % 7
        turn = np.linalg.qr(rng.normal(size=(size, size)))[0]
        curvatures = np.exp(rng.uniform(-6, 6, size=size))
        bowl = (turn * curvatures) @ turn.T
        bowl = (bowl + bowl.T) / 2
        momentum = (number % 3) * rng.uniform(0, 0.5)
        more = () if number % 4 == 0 else (momentum,)
        found.append(checks.call("largest_rate", largest_rate, bowl, *more).value)
        right.append(2 * (1 + sum(more)) / curvatures.max())
        checks.changes("largest_rate", largest_rate, bowl, *more)[0].matches(bowl, exact=True)
        curvatures[: 1 + number % min(3, size)] *= -1  # one direction, two or three
        other = (turn * curvatures) @ turn.T
        checks.refuses("largest_rate", largest_rate, (other + other.T) / 2, *more)
    found.append(checks.call("largest_rate", largest_rate, np.array([[5.0, -3], [-3, 5]])).value)
    shares = np.array(found, dtype=float) / [*right, 0.25]
    checks.Answer(shares, "largest_rate of 31 bowls").matches(np.ones(31))
    for other in ([3.0, 0, 1], [-1.0, 5, -2], [-1.0, -2]):
        checks.refuses("largest_rate", largest_rate, np.diag(other))


test_q1_rate_drawn(largest_rate)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 7
# forbids: [loops]

# %% [markdown]
# ### q2 · Where will it be? &nbsp; ★★☆ · 30 minutes
#
# **Why.** Whoever can say where an algorithm will be after a thousand steps has understood it. On a bowl you
# can, without a single step.
#
# Write the start in the eigenvectors of the Hessian. Each coordinate is multiplied by its own
# $1 - \eta\lambda$, $t$ times. Then write the result in the old axes again.
#
# **Write** `predict`, where gradient descent is after `steps` steps. It works on every surface
# $\frac12 w^\top A\, w$, bowl or not.
#
# Then **write** `steps_needed`. Some starts get near the bottom faster than others. How many steps are enough
# for *every* start to have at most `factor` times its first distance left? It is at least 1, and 1 where a
# single step leaves nothing. Where no number is enough, raise `ValueError`.
#
# `map`, `np.vectorize` and their like count as loops, too.
#
# <details><summary>Hint: "The first bowl has a turned eigenvector"</summary>
# <code>values, vectors = np.linalg.eigh(hessian)</code> has the eigenvectors in its columns. The coordinates
# of <code>w</code> in them are <code>vectors.T @ w</code>, and <code>vectors @ z</code> leads back.
# </details>
# <details><summary>Hint: "The slowest coordinate keeps"</summary>
# The slowest coordinate keeps the share $c = \max |1 - \eta\lambda|$ of itself in a step. Solve $c^t \le$
# factor for $t$.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def predict(hessian, start, rate, steps):
    """Point that gradient descent reaches on L(w) = ½ wᵀ A w, where A is the Hessian.

    Parameters
    ----------
    hessian : array (n, n) of float64     symmetric
    start : array (n,) of float64
    rate : float                          of any sign
    steps : int                           from 0 to a million

    Returns
    -------
    array (n,) of floats                  no test goes beyond what a float holds
    """
    # BEGIN SOLUTION
    curvatures, directions = np.linalg.eigh(hessian)
    shares = (1 - rate * curvatures) ** steps
    return directions @ (shares * (directions.T @ start))
    # END SOLUTION


# %%
def steps_needed(hessian, rate, factor):
    """Fewest steps after which each start has at most `factor` times its distance from 0 left.

    Parameters
    ----------
    hessian : array (n, n) of float64     symmetric
    rate : float                          of any sign; 0 takes no step at all
    factor : float                        above 0 and below 1; no test lets rounding decide

    Returns
    -------
    int                                   1 or more

    Raises
    ------
    ValueError                            where no number of steps is enough
    """
    # BEGIN SOLUTION
    slowest = np.abs(1 - rate * np.linalg.eigvalsh(hessian)).max()
    if slowest >= 1:
        raise ValueError(f"steps_needed: a step multiplies some coordinate by {slowest:g}")
    if slowest <= factor:
        return 1
    return int(np.ceil(np.log(factor) / np.log(slowest)))
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q2_predict(predict):
    import numpy as np

    from coursekit import checks

    turned, upright = np.array([[2.0, 0, -1], [0, 2, -1], [-1, -1, 3]]), np.array([[1.0, 0], [0, 8]])
    answer = checks.leaves_inputs("predict", predict, turned, np.array([3.0, 1, -1]), 0.5, 2)
    hint = "The first bowl has a turned eigenvector: (1, 1, 1), whose eigenvalue is 1. Others are 2 and 4."
    answer.equals([1.25, 1.25, -1.75], hint)
    answer = checks.call("predict", predict, upright, np.array([4.0, 1]), 0.5, 3)
    answer.equals([0.5, -27], "The coordinates are multiplied by 0.5 and by -3, three times.")


test_q2_predict(predict)


# %%
def test_q2_steps(steps_needed):
    import numpy as np

    from coursekit import checks

    bowl = np.array([[1.0, 0], [0, 8]])
    hint = "The slowest coordinate keeps 0.9 of itself in a step."
    checks.call("steps_needed", steps_needed, bowl, 0.1, 0.01).is_whole(44, hint)
    hint = "The slowest coordinate keeps 0.8 of itself in a step, and turns its sign."
    checks.call("steps_needed", steps_needed, np.array([[2.0, 1], [1, 2]]), 0.6, 0.1).is_whole(11, hint)
    hint = "A step halves the distance, so that two steps leave a quarter."
    checks.call("steps_needed", steps_needed, np.array([[1.0]]), 0.5, 0.26).is_whole(2, hint)
    checks.refuses("steps_needed", steps_needed, bowl, 0.3, 0.1)


test_q2_steps(steps_needed)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: predict was called with other surfaces of one to six directions, bowls and saddles, from no
  step up to a million, also where directions are equally steep or a step leaves nothing.
"""  # END TEST CONFIG


def test_q2_predict_drawn(predict):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21003)
    for number, steps in enumerate([0, 1, 2, 3, 5, 17, 40, 300, 20000, 1000000]):
        for size in (1 + number % 6, 3):
            turn = np.linalg.qr(rng.normal(size=(size, size)))[0]
            shares = rng.choice([-1, 1], size=size) * rng.uniform(0.3, 1.3, size=size) ** (1 / max(steps, 1))
            rate = rng.uniform(0.05, 0.9)
            surface = (turn * ((1 - shares) / rate)) @ turn.T
            surface, start = (surface + surface.T) / 2, rng.normal(size=size)
            right = turn @ (shares**steps * (turn.T @ start))
            checks.leaves_inputs("predict", predict, surface, start, rate, steps).matches(right)
        alike, start = np.array([[2.0, 1, 1], [1, 2, 1], [1, 1, 2]]), rng.normal(size=3)  # curvatures 1, 1, 4
        right = 0.9**steps * (start - start.mean()) + 0.6**steps * start.mean()
        checks.leaves_inputs("predict", predict, alike, start, 0.1, steps).matches(right)
        answer = checks.leaves_inputs("predict", predict, np.diag([1.0, 2]), start[:2], 1.0, steps)
        answer.matches([start[0] * (steps == 0), start[1] * (-1) ** steps])


test_q2_predict_drawn(predict)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: steps_needed was called with other surfaces, rates and factors, also such that never get
  near, get there at once or need many thousand steps, and must leave the Hessian as it is.
"""  # END TEST CONFIG


def test_q2_steps_drawn(steps_needed):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21004)
    for number in range(40):
        size = 1 + number % 5
        turn = np.linalg.qr(rng.normal(size=(size, size)))[0]
        shares = rng.uniform(-0.6, 0.6, size=size)
        shares[0] = rng.choice([-1, 1]) * rng.uniform(0.61, 0.995)
        steps = int(rng.integers(2, 300))
        factor = abs(shares[0]) ** (steps - rng.uniform(0.1, 0.9))  # far enough from where rounding decides
        rate = rng.uniform(0.01, 2)
        surface = (turn * ((1 - shares) / rate)) @ turn.T
        surface = (surface + surface.T) / 2
        checks.call("steps_needed", steps_needed, surface, rate, factor).is_whole(steps, secret=True)
        checks.changes("steps_needed", steps_needed, surface, rate, factor)[0].matches(surface, exact=True)
        shares[-1] = rng.choice([-1, 1]) * rng.uniform(1.01, 1.5)
        other = (turn * ((1 - shares) / rate)) @ turn.T
        checks.refuses("steps_needed", steps_needed, (other + other.T) / 2, rate, factor)
        if abs(shares[0]) > 0.9:
            checks.refuses("steps_needed", steps_needed, surface, -rate, factor)
            checks.refuses("steps_needed", steps_needed, surface, 0.0, factor)
    for curvatures, rate, factor, steps in [
        ([2.0], 0.5, 0.3, 1),  # a step leaves nothing
        ([4.0, 4.0], 0.25, 0.001, 1),
        ([1.0, 0.0], 0.5, 0.1, None),  # a coordinate stays
        ([2.0, 1.0], 1.0, 0.1, None),  # and one that jumps to and fro
        ([1.0, 5e-5], 1.0, 0.05, 59914),
        ([0.5], 1.0, 0.9, 1),
    ]:
        if steps is None:
            checks.refuses("steps_needed", steps_needed, np.diag(curvatures), rate, factor)
        else:
            answer = checks.call("steps_needed", steps_needed, np.diag(curvatures), rate, factor)
            answer.is_whole(steps, secret=True)


test_q2_steps_drawn(steps_needed)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Is it true? This cell takes the steps, with rates on both sides of the limit, and compares.

# %%
if grader.ready("q1", "q2"):
    bowl, start = np.array([[2.0, 0, -1], [0, 2, -1], [-1, -1, 3]]), np.array([3.0, 1, -1])
    limit = largest_rate(bowl)
    print(f"condition number {condition_number(bowl):.2f}, largest rate {limit:.4f}")
    for share in (0.5, 0.95, 1.05):
        w = start
        for _ in range(10):
            w = w - share * limit * (bowl @ w)
        foretold = predict(bowl, start, share * limit, 10)
        print(f"{share:.0%} of it, 10 steps: predicted {foretold.round(4)}, found {w.round(4)}")

# %% [markdown]
# ## Part 2 · Momentum
#
# A network hands its optimizer a list of parameters. As in torch, each has an array `data` and an array
# `grad` of the same shape.


# %%
class Parameter:
    """An array that is learned, and the gradient of the loss by it."""

    def __init__(self, data):
        self.data = np.array(data, dtype=float)
        self.grad = None


# %% [markdown]
# The six optimizers of this homework keep the promises that torch's keep:
#
# 1. They are made with a list of different parameters, and `step()` moves each of them once.
# 2. `step()` writes into the array `data` (`data -= …`), because the network holds that array, too. It may be
#    the transpose of another. `step()` leaves `grad` as it is: the next gradient may come in the same array.
# 3. The `grad` of a parameter may be `None`. Such a parameter stays as it is, and so does what the optimizer
#    remembers of it. A gradient of zeros is a gradient like others.
# 4. What an optimizer remembers starts at zero. Each parameter, and each optimizer, has its own, also where
#    two optimizers move the same parameters.
# 5. The rate stands in the attribute `lr`, which is read anew at every step, because schedules change it.
#    The other settings stay as they were given.
#
# You have not written a class for a while? Here is one that remembers: what it puts into `self` is there in
# the next call.


# %%
class Total:
    """Adds up the numbers that it is told."""

    def __init__(self):
        self.so_far = 0.0

    def add(self, number):
        """Add a number and return the total."""
        self.so_far += number
        return self.so_far


total = Total()
print(total.add(2.0), total.add(3.0))  # 2.0 5.0: the second call still knows of the 2

# %% [raw]
# # BEGIN QUESTION
# name: q3
# points: 9

# %% [markdown]
# ### q3 · Gradient descent that keeps its speed &nbsp; ★★☆ · 20 minutes
#
# **Why.** In a long valley gradient descent jumps from wall to wall and hardly moves along the bottom. With
# momentum, jumps cancel and the small pushes along the valley add up. In the book:
# [Momentum]({{book}}/optimization/momentum.html).
#
# For each parameter $w$ with gradient $g$, momentum $\beta$ and weight decay $d$:
#
# $$g' = g + d\,w \qquad v \leftarrow \beta v + g' \qquad w \leftarrow w - \eta v$$
#
# The term $d\,w$ is the gradient of an extra loss, $\frac d2 \lVert w \rVert^2$, which keeps weights small.
#
# **Write** the class `SGD`. Keep all five promises.
#
# <details><summary>Hint: "step() put a new array in the place of data"</summary>
# <code>p.data = p.data - x</code> makes a new array; <code>p.data -= x</code> writes into the old one.
# </details>
# <details><summary>Hint: "Row t holds the parameter after t steps"</summary>
# Work out two steps by hand. If only the first agrees, the speed is lost between the steps: keep an array for
# each parameter in <code>self</code>.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
class SGD:
    """Gradient descent with momentum and weight decay."""

    def __init__(self, parameters, lr, momentum=0.0, weight_decay=0.0):
        """Keep the parameters and the settings.

        Parameters
        ----------
        parameters : list         of objects with arrays `data` and `grad`
        lr : float                the rate η
        momentum : float          β, from 0 to below 1
        weight_decay : float      d, 0 or more
        """
        # BEGIN SOLUTION
        self.parameters, self.lr = parameters, lr
        self.momentum, self.weight_decay = momentum, weight_decay
        self.velocities = [np.zeros_like(p.data) for p in parameters]
        # END SOLUTION

    def step(self):
        """Move every parameter that has a gradient."""
        # BEGIN SOLUTION
        for p, velocity in zip(self.parameters, self.velocities, strict=True):
            if p.grad is not None:
                velocity *= self.momentum
                velocity += p.grad + self.weight_decay * p.data
                p.data -= self.lr * velocity
        # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q3_worked(SGD):
    import numpy as np

    from coursekit import checks

    path = checks.trajectory(SGD, np.array([1.0, -2]), [np.array([1.0, 2])] * 3, lr=0.1, momentum=0.5)
    hint = "Row t holds the parameter after t steps. The speeds are 1, 1.5 and 1.75 times the gradient."
    answer = checks.Answer(path, "The path of SGD")
    answer.equals([[1, -2], [0.9, -2.2], [0.75, -2.5], [0.575, -2.85]], hint)


test_q3_worked(SGD)


# %%
def test_q3_defaults(SGD):
    import numpy as np

    from coursekit import checks

    start, gradients = [np.array([4.0]), np.array([[2.0, 6]])], [[np.array([2.0]), np.array([[1.0, -1]])]] * 2
    first, second = checks.trajectory(SGD, start, gradients, lr=0.5)
    hint = (
        "Two parameters, each of which moves by its own gradient. Nothing is kept where momentum is left out."
    )
    checks.Answer(first, "SGD: the path of the first parameter").equals([[4], [3], [2]], hint)
    right = [[[2, 6]], [[1.5, 6.5]], [[1, 7]]]
    checks.Answer(second, "SGD: the path of the second parameter").equals(right, hint)
    settings = {"lr": 0.5, "momentum": 0.5, "weight_decay": 0.5}
    path = checks.trajectory(SGD, np.array([4.0, -8]), [np.zeros(2)] * 2, **settings)
    hint = (
        "The gradient is 0, so that g' is half the parameter: the speeds of the first number are 2 and 2.5."
    )
    checks.Answer(path, "The path of SGD with weight decay").equals([[4, -8], [3, -6], [1.75, -3.5]], hint)


test_q3_defaults(SGD)


# %%
def test_q3_promises(SGD):
    import numpy as np

    from coursekit import checks

    def walk(make, start, gradients, rates, settings):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data), None

        parameters = [Parameter(data) for data in start]
        arrays = [p.data for p in parameters]
        optimizer = make(list(parameters), rates[0], **settings)
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for now, rate in zip(gradients, rates, strict=True):
            optimizer.lr = rate
            for p, g in zip(parameters, now, strict=True):
                p.grad = None if g is None else g.copy()
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    start, rates = [np.array([1.0, 2]), np.array([-3.0, 4])], [0.1, 0.2, 0.1]
    gradients = [
        [np.array([1.0, -1]), None],
        [None, np.array([2.0, 1])],
        [np.array([1.0, 3]), np.array([0.0, 0])],
    ]
    (first, second), in_place, grads_stay, filled = checks.inside(
        walk, SGD, start, gradients, rates, {"momentum": 0.5, "weight_decay": 0.1}
    )
    assert in_place, "step() put a new array in the place of data. Write into the array that is there."
    assert not filled, "step() put a gradient where there was None."
    assert grads_stay, "step() changed a gradient. Compute with a new array."
    hint = (
        "The rates are 0.1, 0.2 and 0.1. The first parameter has no gradient in step 2, the second in step 1."
    )
    checks.Answer(first, "SGD: the path of the first parameter").equals(
        [[1, 2], [0.89, 2.08], [0.89, 2.08], [0.7261, 1.7992]], hint
    )
    checks.Answer(second, "SGD: the path of the second parameter").equals(
        [[-3, 4], [-3, 4], [-3.34, 3.72], [-3.3916, 3.6128]], hint
    )


test_q3_promises(SGD)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: SGD was compared on one and several parameters of other shapes, with and without momentum
  and weight decay, while another optimizer walked beside it.
"""  # END TEST CONFIG


def test_q3_drawn(SGD):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    rng = np.random.default_rng(21005)
    for number, settings in enumerate(
        [{}, {"momentum": 0.9}, {"weight_decay": 0.1}, {"momentum": 0.6, "weight_decay": 0.3}] * 3
    ):
        shapes = [(3,), (2, 4), (1,), (2, 1, 3, 3)][: 1 + number % 4]
        start = [rng.normal(size=shape) for shape in shapes]
        size = (1.0, 100.0, 0.01)[number // 4]
        gradients = [[size * rng.normal(size=shape) for shape in shapes] for _ in range(8)]
        lr = rng.uniform(0.01, 0.5)
        parameters = [SimpleNamespace(data=w.copy(), grad=None) for w in start]
        optimizer, right = optim.SGD(parameters, lr, **settings), [[w.copy() for w in start]]
        for now in gradients:
            for p, g in zip(parameters, now, strict=True):
                p.grad = g
            optimizer.step()
            right.append([p.data.copy() for p in parameters])
        paths = checks.trajectory(SGD, start, gradients, beside=number % 2, lr=lr, **settings)
        for k, path in enumerate(paths):
            checks.Answer(path, f"SGD: the path of parameter {k}").matches([row[k] for row in right])


test_q3_drawn(SGD)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: SGD was asked to keep its five promises, with parameters laid out as transposes are,
  other rates, settings by name and by place, some of them 0, with gradients that are missing or 0, and while
  another one moved the same parameters.
"""  # END TEST CONFIG


def test_q3_kept(SGD):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    def walk(make, start, gradients, rates, settings, count):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data, order="F"), None  # as a transposed array lies

        parameters = [Parameter(data) for data in start]
        arrays, room = [p.data for p in parameters], [np.empty_like(p.data) for p in parameters]
        by_name = settings if count == 1 else {}
        by_place = [] if count == 1 else list(settings.values())
        optimizers = [make(list(parameters), rates[0], *by_place, **by_name) for _ in range(count)]
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizer = optimizers[t % count]  # several move the same parameters in turn
            optimizer.lr = rate
            for p, g, array in zip(parameters, now, room, strict=True):
                p.grad = None if g is None else array
                array[...] = 0 if g is None else g
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    rng = np.random.default_rng(21040)
    for count, settings in [
        (1, {}),
        (1, {"momentum": 0.6}),
        (1, {"weight_decay": 0.2, "momentum": 0.7}),
        (2, {"momentum": 0.9, "weight_decay": 0.3}),
    ]:
        start = [rng.normal(size=shape) for shape in ((2, 3), (4,), (3, 1, 2, 2), (2, 3))]
        rates = rng.uniform(0.01, 0.5, size=16).tolist()
        gradients = [[rng.normal(size=w.shape) for w in start] for _ in rates]
        gradients[0][1] = gradients[3][0] = gradients[9][3] = None
        gradients[4] = [None] * 4
        for g in gradients[5:9]:  # a gradient of 0 is one, too
            g[1] = np.zeros(4)
            g[3][0] = 0
        gradients[11] = [np.zeros(w.shape) for w in start]
        parameters, right = [SimpleNamespace(data=w.copy(), grad=None) for w in start], [start]
        optimizers = [optim.SGD(parameters, 1.0, **settings) for _ in range(count)]
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizers[t % count].lr = rate
            for p, g in zip(parameters, now, strict=True):
                p.grad = g
            optimizers[t % count].step()
            right.append([p.data.copy() for p in parameters])
        paths, in_place, grads_stay, filled = checks.inside(
            walk, SGD, start, gradients, rates, settings, count
        )
        assert in_place, "step() put a new array in the place of data. Write into the array that is there."
        assert not filled, "step() put a gradient where there was None."
        assert grads_stay, "step() changed a gradient. Compute with a new array."
        said = "SGD" if count == 1 else "Two SGD in turn, made with settings by place"
        for k, path in enumerate(paths):
            checks.Answer(path, f"{said}: the path of parameter {k}").matches([row[k] for row in right])


test_q3_kept(SGD)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4
# points: 7

# %% [markdown]
# ### q4 · Three ways to write momentum &nbsp; ★★☆ · 25 minutes
#
# **Why.** Books and libraries write momentum in three ways. Between some of them a copied learning rate is
# off by a factor: ten, where $\beta = 0.9$. In the book:
# [Momentum]({{book}}/optimization/momentum.html).
#
# | form | velocity, which starts at 0 | step |
# |---|---|---|
# | `"sum"` | $v \leftarrow \beta v + g$ | $w \leftarrow w - \eta v$ |
# | `"average"` | $v \leftarrow \beta v + (1 - \beta)\, g$ | $w \leftarrow w - \eta v$ |
# | `"velocity"` | $v \leftarrow \beta v - \eta g$ | $w \leftarrow w + v$ |
#
# (The book calls the last one the step form.)
#
# **Write** `same_path`: which rate must another form have, to walk the same path?
#
# That holds while the rate stays. Under a schedule one of the three leaves the other two. To see where,
# unroll them: every move is a sum over the gradients so far,
#
# $$w_{t+1} = w_t - \sum_{s \le t} A_{t,s}\, g_s$$
#
# **Write** `shares`, which returns the matrix $A$. Its entries do not depend on the gradients.
#
# <details><summary>Hint: "Row 1 is the second move"</summary>
# Write $v$ after two steps, with letters: in the first form $v_1 = \beta g_0 + g_1$, and the move is
# $\eta_1 v_1$. So $A_{1,0} = \eta_1 \beta$ and $A_{1,1} = \eta_1$. Where does the rate stand in the third?
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def same_path(rate, momentum, form, other):
    """Rate with which momentum in the form `other` walks the path of `form`.

    Parameters
    ----------
    rate : float          the rate of `form`
    momentum : float      β of both, from 0 to below 1
    form : str            "sum", "average" or "velocity"
    other : str           "sum", "average" or "velocity"

    Returns
    -------
    float
    """
    # BEGIN SOLUTION
    factors = {"sum": 1.0, "average": 1 - momentum, "velocity": 1.0}
    return rate * factors[form] / factors[other]
    # END SOLUTION


# %%
def shares(rates, momentum, form):
    """Factors with which gradients enter the moves.

    Parameters
    ----------
    rates : array (T,) of float64, from 0     the rate of each step, which may be 0; T is 1 or more
    momentum : float                          β, from 0 to below 1
    form : str                                "sum", "average" or "velocity"

    Returns
    -------
    array (T, T) of floats                    row t, column s: how much of gradient s the move of step t holds
    """
    # BEGIN SOLUTION
    age = np.arange(len(rates))[:, None] - np.arange(len(rates))  # of gradient s in step t
    kept = np.where(age >= 0, momentum ** np.maximum(age, 0), 0.0)
    if form == "velocity":
        return kept * rates
    return kept * rates[:, None] * (1 - momentum if form == "average" else 1.0)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q4_same_path(same_path):
    import numpy as np

    from coursekit import checks

    cases = [("sum", "average"), ("average", "sum"), ("sum", "velocity"), ("velocity", "average")]
    found = [checks.call("same_path", same_path, 0.2, 0.75, form, other).value for form, other in cases]
    answer = checks.Answer(np.array(found, dtype=float), f"same_path(0.2, 0.75, …) for {cases}")
    answer.equals([0.8, 0.05, 0.2, 0.8], "Compare the first step of both forms: v starts at 0.")


test_q4_same_path(same_path)


# %%
def test_q4_shares(shares):
    import numpy as np

    from coursekit import checks

    rates = np.array([1.0, 0.4, 0.2])
    hint = "Row 1 is the second move: the rate is 0.4 there. Is the gradient of the step itself in its move?"
    answer = checks.leaves_inputs("shares", shares, rates, 0.5, "sum")
    answer.equals([[1, 0, 0], [0.2, 0.4, 0], [0.05, 0.1, 0.2]], hint)
    answer = checks.call("shares", shares, rates, 0.5, "average")
    answer.equals([[0.5, 0, 0], [0.1, 0.2, 0], [0.025, 0.05, 0.1]], hint)
    answer = checks.call("shares", shares, rates[1:], 0.5, "velocity")
    answer.equals([[0.4, 0], [0.2, 0.2]], "Row 1 is the second move: the rates are 0.4 and 0.2.")


test_q4_shares(shares)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: same_path was called with all pairs of forms, and other rates and momentum.
"""  # END TEST CONFIG


def test_q4_same_path_drawn(same_path):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21006)
    forms = ("sum", "average", "velocity")
    found, right = [], []
    for form in forms:
        for other in forms:
            for momentum in (0.0, rng.uniform(0.1, 0.5), rng.uniform(0.9, 0.99)):
                rate = rng.uniform(0.01, 1)
                factor = [1 - momentum if f == "average" else 1 for f in (form, other)]
                found.append(checks.call("same_path", same_path, rate, momentum, form, other).value)
                right.append(rate * factor[0] / factor[1])
    checks.Answer(np.array(found, dtype=float), "same_path for all pairs of forms").matches(right)


test_q4_same_path_drawn(same_path)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: shares was compared with the moves of each form along other schedules.
"""  # END TEST CONFIG


def test_q4_shares_drawn(shares):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21007)
    for form in ("sum", "average", "velocity"):
        for steps in (1, 2, 7, 30):
            rates, momentum = rng.uniform(0, 1, size=steps), rng.uniform(0.1, 0.95) * (steps != 2)
            rates[3::4] = 0  # some steps stand still
            right = np.zeros((steps, steps))
            for s in range(steps):  # a gradient of 1 in step s alone
                v = 0.0
                for t in range(steps):
                    g = float(t == s)
                    if form == "velocity":
                        v = momentum * v - rates[t] * g
                        right[t, s] = -v
                    else:
                        v = momentum * v + (g if form == "sum" else (1 - momentum) * g)
                        right[t, s] = rates[t] * v
            checks.leaves_inputs("shares", shares, rates, momentum, form).matches(right)


test_q4_shares_drawn(shares)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# A schedule that divides the rate by ten after ten steps: how long is a move, when all gradients are 1?

# %%
if grader.ready("q4"):
    rates = np.where(np.arange(20) < 10, 1.0, 0.1)
    moves = {form: shares(rates, 0.9, form).sum(axis=1) for form in ("sum", "velocity")}
    display(plots.curves(moves, x=range(20), xlabel="step", ylabel="length of the move"))

# %% [raw]
# # BEGIN QUESTION
# name: q5
# points: 6

# %% [markdown]
# ### q5 · Nesterov looks ahead &nbsp; ★★☆ · 10 minutes
#
# **Why.** Momentum will carry $w$ on by $-\eta\beta v$, with the velocity of q3, whatever the gradient says.
# So Nesterov takes the gradient there, where it will be needed, and brakes in time. In the book:
# [Momentum]({{book}}/optimization/momentum.html).
#
# Written so, an optimizer would have to ask for a gradient in the middle of its step. But `step()` finds
# gradients where `data` is. Libraries therefore keep the point *ahead* in `data`, and for this point the same
# method reads
#
# $$v \leftarrow \beta v + g \qquad w \leftarrow w - \eta\,(g + \beta v)$$
#
# with the *new* $v$ in both places.
#
# **Write** the class `Nesterov`. The five promises hold.
#
# <details><summary>Hint: "The first move is 1.5 times"</summary>
# After the first step v = g, so that the move is η(g + βg). Change v first, then use it.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
class Nesterov:
    """Nesterov's momentum, with the point ahead in `data`."""

    def __init__(self, parameters, lr, momentum=0.9):
        """Keep the parameters and the settings.

        Parameters
        ----------
        parameters : list         of objects with arrays `data` and `grad`
        lr : float                the rate η
        momentum : float          β, from 0 to below 1
        """
        # BEGIN SOLUTION
        self.parameters, self.lr, self.momentum = parameters, lr, momentum
        self.velocities = [np.zeros_like(p.data) for p in parameters]
        # END SOLUTION

    def step(self):
        """Move every parameter that has a gradient."""
        # BEGIN SOLUTION
        for p, velocity in zip(self.parameters, self.velocities, strict=True):
            if p.grad is not None:
                velocity *= self.momentum
                velocity += p.grad
                p.data -= self.lr * (p.grad + self.momentum * velocity)
        # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q5_worked(Nesterov):
    import numpy as np

    from coursekit import checks

    path = checks.trajectory(Nesterov, np.array([1.0, -2]), [np.array([1.0, 2])] * 3, lr=0.1, momentum=0.5)
    hint = "The first move is 1.5 times the rate and the gradient, the second 1.75 times."
    right = [[1, -2], [0.85, -2.3], [0.675, -2.65], [0.4875, -3.025]]
    checks.Answer(path, "The path of Nesterov").equals(right, hint)
    path = checks.trajectory(Nesterov, np.array([1.0]), [np.array([1.0])], lr=0.1)
    checks.Answer(path, "The path of Nesterov").equals([[1], [0.81]], "momentum is 0.9 where it is left out.")


test_q5_worked(Nesterov)


# %%
def test_q5_promises(Nesterov):
    import numpy as np

    from coursekit import checks

    def walk(make, start, gradients, rates, settings):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data), None

        parameters = [Parameter(data) for data in start]
        arrays = [p.data for p in parameters]
        optimizer = make(list(parameters), rates[0], **settings)
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for now, rate in zip(gradients, rates, strict=True):
            optimizer.lr = rate
            for p, g in zip(parameters, now, strict=True):
                p.grad = None if g is None else g.copy()
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    start, rates = [np.array([1.0, 2]), np.array([-3.0, 4])], [0.1, 0.2, 0.1]
    gradients = [
        [np.array([1.0, -1]), None],
        [None, np.array([2.0, 1])],
        [np.array([1.0, 3]), np.array([0.0, 0])],
    ]
    (first, second), in_place, grads_stay, filled = checks.inside(walk, Nesterov, start, gradients, rates, {})
    assert in_place, "step() put a new array in the place of data. Write into the array that is there."
    assert not filled, "step() put a gradient where there was None."
    assert grads_stay, "step() changed a gradient. Compute with a new array."
    hint = (
        "The rates are 0.1, 0.2 and 0.1. The first parameter has no gradient in step 2, the second in step 1."
    )
    checks.Answer(first, "Nesterov: the path of the first parameter").equals(
        [[1, 2], [0.81, 2.19], [0.81, 2.19], [0.539, 1.701]], hint
    )
    checks.Answer(second, "Nesterov: the path of the second parameter").equals(
        [[-3, 4], [-3, 4], [-3.76, 3.62], [-3.922, 3.539]], hint
    )


test_q5_promises(Nesterov)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Nesterov was compared on the gradients of bowls and on drawn ones, with one and several
  parameters, while another optimizer walked beside it.
"""  # END TEST CONFIG


def test_q5_drawn(Nesterov):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    rng = np.random.default_rng(21008)
    for number, settings in enumerate([{}, {"momentum": 0.5}, {"momentum": 0.99}] * 3):
        shapes = [(3,), (2, 4), (2, 1, 3, 3)][: 1 + number % 3]
        start = [rng.normal(size=shape) for shape in shapes]
        size = (1.0, 100.0, 0.01)[number // 3]
        gradients = [[size * rng.normal(size=shape) for shape in shapes] for _ in range(8)]
        lr = rng.uniform(0.01, 0.5)
        parameters = [SimpleNamespace(data=w.copy(), grad=None) for w in start]
        momentum = settings.get("momentum", 0.9)
        optimizer = optim.SGD(parameters, lr, momentum=momentum, nesterov=True)
        right = [[w.copy() for w in start]]
        for now in gradients:
            for p, g in zip(parameters, now, strict=True):
                p.grad = g
            optimizer.step()
            right.append([p.data.copy() for p in parameters])
        paths = checks.trajectory(Nesterov, start, gradients, beside=number % 2, lr=lr, **settings)
        for k, path in enumerate(paths):
            checks.Answer(path, f"Nesterov: the path of parameter {k}").matches([row[k] for row in right])
    curvatures, start = np.array([0.3, 2.0, 7.0]), rng.normal(size=3)
    w, v, ahead = start, np.zeros(3), [start]  # as in the lectures: look ahead, then move
    for _ in range(12):
        v = 0.8 * v - 0.1 * curvatures * (w + 0.8 * v)
        w = w + v
        ahead.append(w + 0.8 * v)
    answer = np.array(ahead[:-1])
    gradients = list(curvatures * answer)
    path = checks.trajectory(Nesterov, start, gradients, lr=0.1, momentum=0.8)
    checks.Answer(path, "The path on a bowl").matches(ahead)


test_q5_drawn(Nesterov)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Nesterov was asked to keep its five promises, with parameters laid out as transposes are,
  other rates, settings by name and by place, some of them 0, with gradients that are missing or 0, and while
  another one moved the same parameters.
"""  # END TEST CONFIG


def test_q5_kept(Nesterov):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    def walk(make, start, gradients, rates, settings, count):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data, order="F"), None  # as a transposed array lies

        parameters = [Parameter(data) for data in start]
        arrays, room = [p.data for p in parameters], [np.empty_like(p.data) for p in parameters]
        by_name = settings if count == 1 else {}
        by_place = [] if count == 1 else list(settings.values())
        optimizers = [make(list(parameters), rates[0], *by_place, **by_name) for _ in range(count)]
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizer = optimizers[t % count]  # several move the same parameters in turn
            optimizer.lr = rate
            for p, g, array in zip(parameters, now, room, strict=True):
                p.grad = None if g is None else array
                array[...] = 0 if g is None else g
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    rng = np.random.default_rng(21041)
    for count, settings in [
        (1, {"momentum": 0.7}),
        (1, {"momentum": 0.0}),
        (2, {"momentum": 0.95}),
    ]:
        start = [rng.normal(size=shape) for shape in ((2, 3), (4,), (3, 1, 2, 2), (2, 3))]
        rates = rng.uniform(0.01, 0.5, size=16).tolist()
        gradients = [[rng.normal(size=w.shape) for w in start] for _ in rates]
        gradients[0][1] = gradients[3][0] = gradients[9][3] = None
        gradients[4] = [None] * 4
        for g in gradients[5:9]:  # a gradient of 0 is one, too
            g[1] = np.zeros(4)
            g[3][0] = 0
        gradients[11] = [np.zeros(w.shape) for w in start]
        parameters, right = [SimpleNamespace(data=w.copy(), grad=None) for w in start], [start]
        ahead = settings | {"nesterov": settings["momentum"] > 0}  # where it is 0 both are the same
        optimizers = [optim.SGD(parameters, 1.0, **ahead) for _ in range(count)]
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizers[t % count].lr = rate
            for p, g in zip(parameters, now, strict=True):
                p.grad = g
            optimizers[t % count].step()
            right.append([p.data.copy() for p in parameters])
        paths, in_place, grads_stay, filled = checks.inside(
            walk, Nesterov, start, gradients, rates, settings, count
        )
        assert in_place, "step() put a new array in the place of data. Write into the array that is there."
        assert not filled, "step() put a gradient where there was None."
        assert grads_stay, "step() changed a gradient. Compute with a new array."
        said = "Nesterov" if count == 1 else "Two Nesterov in turn, made with settings by place"
        for k, path in enumerate(paths):
            checks.Answer(path, f"{said}: the path of parameter {k}").matches([row[k] for row in right])


test_q5_kept(Nesterov)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Part 3 · A rate for each number

# %% [raw]
# # BEGIN QUESTION
# name: q6
# points: 9

# %% [markdown]
# ### q6 · Adagrad and RMSProp &nbsp; ★☆☆ · 15 minutes
#
# **Why.** One rate for all numbers is a compromise: q1 bounds it by the steepest direction, and the flattest
# waits. Adaptive methods measure how large the gradients of each number are, and divide by that. In the book:
# [A rate for each weight]({{book}}/optimization/adaptive-rates.html).
#
# Both keep squares of gradients. Adagrad adds them up, so that what it multiplies a gradient by,
# $\eta / \sqrt G$, never grows. RMSProp averages them, and forgets:
#
# | | squares, which start at 0 |
# |---|---|
# | Adagrad | $G \leftarrow G + g^2$ |
# | RMSProp | $G \leftarrow \alpha G + (1 - \alpha)\, g^2$ |
#
# Both divide by the root:
#
# $$w \leftarrow w - \eta\, \frac{g}{\sqrt G + \epsilon}$$
#
# **Write** the classes `Adagrad` and `RMSProp`. The five promises hold.
#
# <details><summary>Hint: "With gradients of 3 and 4"</summary>
# Each number of a parameter has a square of its own: an array of the parameter's shape. All operations go
# number by number.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
class Adagrad:
    """Gradient descent divided by the root of all squares so far."""

    def __init__(self, parameters, lr, eps=1e-10):
        """Keep the parameters and the settings.

        Parameters
        ----------
        parameters : list         of objects with arrays `data` and `grad`
        lr : float                the rate η
        eps : float               ε, above 0
        """
        # BEGIN SOLUTION
        self.parameters, self.lr, self.eps = parameters, lr, eps
        self.squares = [np.zeros_like(p.data) for p in parameters]
        # END SOLUTION

    def step(self):
        """Move every parameter that has a gradient."""
        # BEGIN SOLUTION
        for p, squares in zip(self.parameters, self.squares, strict=True):
            if p.grad is not None:
                squares += p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(squares) + self.eps)
        # END SOLUTION


# %%
class RMSProp:
    """Gradient descent divided by the root of a running mean of squares."""

    def __init__(self, parameters, lr, alpha=0.99, eps=1e-8):
        """Keep the parameters and the settings.

        Parameters
        ----------
        parameters : list         of objects with arrays `data` and `grad`
        lr : float                the rate η
        alpha : float             α, how much of the mean is kept, from 0 to below 1
        eps : float               ε, above 0
        """
        # BEGIN SOLUTION
        self.parameters, self.lr = parameters, lr
        self.alpha, self.eps = alpha, eps
        self.means = [np.zeros_like(p.data) for p in parameters]
        # END SOLUTION

    def step(self):
        """Move every parameter that has a gradient."""
        # BEGIN SOLUTION
        for p, mean in zip(self.parameters, self.means, strict=True):
            if p.grad is not None:
                mean *= self.alpha
                mean += (1 - self.alpha) * p.grad**2
                p.data -= self.lr * p.grad / (np.sqrt(mean) + self.eps)
        # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q6_adagrad(Adagrad):
    import numpy as np

    from coursekit import checks

    gradients = [np.array([3.0, 10]), np.array([4.0, 0])]
    path = checks.trajectory(Adagrad, np.array([1.0, 1]), gradients, lr=0.5)
    hint = "With gradients of 3 and 4 the divisors are 3 and 5. A large gradient makes no longer step."
    checks.Answer(path, "The path of Adagrad").equals([[1, 1], [0.5, 0.5], [0.1, 0.5]], hint)
    path = checks.trajectory(Adagrad, np.array([1.0]), [np.array([3.0])], lr=0.5, eps=3.0)
    checks.Answer(path, "The path of Adagrad with eps=3").equals([[1], [0.75]], "ε stands outside the root.")


test_q6_adagrad(Adagrad)


# %%
def test_q6_rmsprop(RMSProp):
    import numpy as np

    from coursekit import checks

    gradients = [np.array([3.0, 10]), np.array([4.0, 0])]
    path = checks.trajectory(RMSProp, np.array([1.0, 1]), gradients, lr=0.5, alpha=0.75)
    hint = "With gradients of 3 and 4 the means of the squares are 2.25 and 5.6875."
    checks.Answer(path, "The path of RMSProp").equals([[1, 1], [0, 0], [-0.838628, 0]], hint)
    path = checks.trajectory(RMSProp, np.array([1.0]), [np.array([30.0])], lr=0.5, eps=2.0)
    hint = "α is 0.99 where it is left out, and ε stands outside the root."
    checks.Answer(path, "The path of RMSProp with eps=2").equals([[1], [-2]], hint)


test_q6_rmsprop(RMSProp)


# %%
def test_q6_adagrad_promises(Adagrad):
    import numpy as np

    from coursekit import checks

    def walk(make, start, gradients, rates, settings):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data), None

        parameters = [Parameter(data) for data in start]
        arrays = [p.data for p in parameters]
        optimizer = make(list(parameters), rates[0], **settings)
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for now, rate in zip(gradients, rates, strict=True):
            optimizer.lr = rate
            for p, g in zip(parameters, now, strict=True):
                p.grad = None if g is None else g.copy()
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    start, rates = [np.array([1.0, 2]), np.array([-3.0, 4])], [0.1, 0.2, 0.1]
    gradients = [
        [np.array([1.0, -1]), None],
        [None, np.array([2.0, 1])],
        [np.array([1.0, 3]), np.array([0.0, 0])],
    ]
    (first, second), in_place, grads_stay, filled = checks.inside(walk, Adagrad, start, gradients, rates, {})
    assert in_place, "step() put a new array in the place of data. Write into the array that is there."
    assert not filled, "step() put a gradient where there was None."
    assert grads_stay, "step() changed a gradient. Compute with a new array."
    hint = (
        "The rates are 0.1, 0.2 and 0.1. The first parameter has no gradient in step 2, the second in step 1."
    )
    checks.Answer(first, "Adagrad: the path of the first parameter").equals(
        [[1, 2], [0.9, 2.1], [0.9, 2.1], [0.8292893, 2.0051317]], hint
    )
    checks.Answer(second, "Adagrad: the path of the second parameter").equals(
        [[-3, 4], [-3, 4], [-3.2, 3.8], [-3.2, 3.8]], hint
    )


test_q6_adagrad_promises(Adagrad)


# %%
def test_q6_rmsprop_promises(RMSProp):
    import numpy as np

    from coursekit import checks

    def walk(make, start, gradients, rates, settings):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data), None

        parameters = [Parameter(data) for data in start]
        arrays = [p.data for p in parameters]
        optimizer = make(list(parameters), rates[0], **settings)
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for now, rate in zip(gradients, rates, strict=True):
            optimizer.lr = rate
            for p, g in zip(parameters, now, strict=True):
                p.grad = None if g is None else g.copy()
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    start, rates = [np.array([1.0, 2]), np.array([-3.0, 4])], [0.1, 0.2, 0.1]
    gradients = [
        [np.array([1.0, -1]), None],
        [None, np.array([2.0, 1])],
        [np.array([1.0, 3]), np.array([0.0, 0])],
    ]
    (first, second), in_place, grads_stay, filled = checks.inside(walk, RMSProp, start, gradients, rates, {})
    assert in_place, "step() put a new array in the place of data. Write into the array that is there."
    assert not filled, "step() put a gradient where there was None."
    assert grads_stay, "step() changed a gradient. Compute with a new array."
    hint = (
        "The rates are 0.1, 0.2 and 0.1. The first parameter has no gradient in step 2, the second in step 1."
    )
    checks.Answer(first, "RMSProp: the path of the first parameter").equals(
        [[1, 2], [1e-07, 2.9999999], [1e-07, 2.9999999], [-0.7088811, 2.0508419]], hint
    )
    checks.Answer(second, "RMSProp: the path of the second parameter").equals(
        [[-3, 4], [-3, 4], [-4.9999999, 2.0000002], [-4.9999999, 2.0000002]], hint
    )


test_q6_rmsprop_promises(RMSProp)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Adagrad was compared on one and several parameters of other shapes, with other settings and
  with gradients large and tiny, while another optimizer walked beside it.
"""  # END TEST CONFIG


def test_q6_adagrad_drawn(Adagrad):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    rng = np.random.default_rng(21009)
    for number, settings in enumerate([{}, {"eps": 0.5}] * 3):
        shapes = [(3,), (2, 4), (2, 1, 3, 3)][: 1 + number % 3]
        start = [rng.normal(size=shape) for shape in shapes]
        size = (1e-10, 1.0, 100.0)[number // 2]
        gradients = [[size * rng.normal(size=shape) for shape in shapes] for _ in range(8)]
        lr = rng.uniform(0.01, 0.5)
        parameters = [SimpleNamespace(data=w.copy(), grad=None) for w in start]
        optimizer, right = optim.Adagrad(parameters, lr, **settings), [[w.copy() for w in start]]
        for now in gradients:
            for p, g in zip(parameters, now, strict=True):
                p.grad = g
            optimizer.step()
            right.append([p.data.copy() for p in parameters])
        paths = checks.trajectory(Adagrad, start, gradients, beside=number % 2, lr=lr, **settings)
        for k, path in enumerate(paths):
            checks.Answer(path, f"Adagrad: the path of parameter {k}").matches([row[k] for row in right])


test_q6_adagrad_drawn(Adagrad)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: RMSProp was compared on one and several parameters of other shapes, with other settings and
  with gradients large and tiny, while another optimizer walked beside it.
"""  # END TEST CONFIG


def test_q6_rmsprop_drawn(RMSProp):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    rng = np.random.default_rng(21010)
    for number, settings in enumerate([{}, {"alpha": 0.5}, {"alpha": 0.9, "eps": 0.5}] * 3):
        shapes = [(3,), (2, 4), (2, 1, 3, 3)][: 1 + number % 3]
        start = [rng.normal(size=shape) for shape in shapes]
        size = (1e-8, 1.0, 100.0)[number // 3]
        gradients = [[size * rng.normal(size=shape) for shape in shapes] for _ in range(8)]
        lr = rng.uniform(0.01, 0.5)
        parameters = [SimpleNamespace(data=w.copy(), grad=None) for w in start]
        optimizer, right = optim.RMSprop(parameters, lr, **settings), [[w.copy() for w in start]]
        for now in gradients:
            for p, g in zip(parameters, now, strict=True):
                p.grad = g
            optimizer.step()
            right.append([p.data.copy() for p in parameters])
        paths = checks.trajectory(RMSProp, start, gradients, beside=number % 2, lr=lr, **settings)
        for k, path in enumerate(paths):
            checks.Answer(path, f"RMSProp: the path of parameter {k}").matches([row[k] for row in right])


test_q6_rmsprop_drawn(RMSProp)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Adagrad was asked to keep its five promises, with parameters laid out as transposes are,
  other rates, settings by name and by place, some of them 0, with gradients that are missing or 0, and while
  another one moved the same parameters.
"""  # END TEST CONFIG


def test_q6_kept_adagrad(Adagrad):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    def walk(make, start, gradients, rates, settings, count):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data, order="F"), None  # as a transposed array lies

        parameters = [Parameter(data) for data in start]
        arrays, room = [p.data for p in parameters], [np.empty_like(p.data) for p in parameters]
        by_name = settings if count == 1 else {}
        by_place = [] if count == 1 else list(settings.values())
        optimizers = [make(list(parameters), rates[0], *by_place, **by_name) for _ in range(count)]
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizer = optimizers[t % count]  # several move the same parameters in turn
            optimizer.lr = rate
            for p, g, array in zip(parameters, now, room, strict=True):
                p.grad = None if g is None else array
                array[...] = 0 if g is None else g
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    rng = np.random.default_rng(21042)
    for count, settings in [
        (1, {}),
        (1, {"eps": 0.3}),
        (2, {"eps": 0.2}),
    ]:
        start = [rng.normal(size=shape) for shape in ((2, 3), (4,), (3, 1, 2, 2), (2, 3))]
        rates = rng.uniform(0.01, 0.5, size=16).tolist()
        gradients = [[rng.normal(size=w.shape) for w in start] for _ in rates]
        gradients[0][1] = gradients[3][0] = gradients[9][3] = None
        gradients[4] = [None] * 4
        for g in gradients[5:9]:  # a gradient of 0 is one, too
            g[1] = np.zeros(4)
            g[3][0] = 0
        gradients[11] = [np.zeros(w.shape) for w in start]
        parameters, right = [SimpleNamespace(data=w.copy(), grad=None) for w in start], [start]
        optimizers = [optim.Adagrad(parameters, 1.0, **settings) for _ in range(count)]
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizers[t % count].lr = rate
            for p, g in zip(parameters, now, strict=True):
                p.grad = g
            optimizers[t % count].step()
            right.append([p.data.copy() for p in parameters])
        paths, in_place, grads_stay, filled = checks.inside(
            walk, Adagrad, start, gradients, rates, settings, count
        )
        assert in_place, "step() put a new array in the place of data. Write into the array that is there."
        assert not filled, "step() put a gradient where there was None."
        assert grads_stay, "step() changed a gradient. Compute with a new array."
        said = "Adagrad" if count == 1 else "Two Adagrad in turn, made with settings by place"
        for k, path in enumerate(paths):
            checks.Answer(path, f"{said}: the path of parameter {k}").matches([row[k] for row in right])


test_q6_kept_adagrad(Adagrad)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: RMSProp was asked to keep its five promises, with parameters laid out as transposes are,
  other rates, settings by name and by place, some of them 0, with gradients that are missing or 0, and while
  another one moved the same parameters.
"""  # END TEST CONFIG


def test_q6_kept_rmsprop(RMSProp):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    def walk(make, start, gradients, rates, settings, count):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data, order="F"), None  # as a transposed array lies

        parameters = [Parameter(data) for data in start]
        arrays, room = [p.data for p in parameters], [np.empty_like(p.data) for p in parameters]
        by_name = settings if count == 1 else {}
        by_place = [] if count == 1 else list(settings.values())
        optimizers = [make(list(parameters), rates[0], *by_place, **by_name) for _ in range(count)]
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizer = optimizers[t % count]  # several move the same parameters in turn
            optimizer.lr = rate
            for p, g, array in zip(parameters, now, room, strict=True):
                p.grad = None if g is None else array
                array[...] = 0 if g is None else g
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    rng = np.random.default_rng(21043)
    for count, settings in [
        (1, {"alpha": 0.9}),
        (1, {"eps": 0.3, "alpha": 0.0}),
        (2, {"alpha": 0.8, "eps": 0.3}),
    ]:
        start = [rng.normal(size=shape) for shape in ((2, 3), (4,), (3, 1, 2, 2), (2, 3))]
        rates = rng.uniform(0.01, 0.5, size=16).tolist()
        gradients = [[rng.normal(size=w.shape) for w in start] for _ in rates]
        gradients[0][1] = gradients[3][0] = gradients[9][3] = None
        gradients[4] = [None] * 4
        for g in gradients[5:9]:  # a gradient of 0 is one, too
            g[1] = np.zeros(4)
            g[3][0] = 0
        gradients[11] = [np.zeros(w.shape) for w in start]
        parameters, right = [SimpleNamespace(data=w.copy(), grad=None) for w in start], [start]
        optimizers = [optim.RMSprop(parameters, 1.0, **settings) for _ in range(count)]
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizers[t % count].lr = rate
            for p, g in zip(parameters, now, strict=True):
                p.grad = g
            optimizers[t % count].step()
            right.append([p.data.copy() for p in parameters])
        paths, in_place, grads_stay, filled = checks.inside(
            walk, RMSProp, start, gradients, rates, settings, count
        )
        assert in_place, "step() put a new array in the place of data. Write into the array that is there."
        assert not filled, "step() put a gradient where there was None."
        assert grads_stay, "step() changed a gradient. Compute with a new array."
        said = "RMSProp" if count == 1 else "Two RMSProp in turn, made with settings by place"
        for k, path in enumerate(paths):
            checks.Answer(path, f"{said}: the path of parameter {k}").matches([row[k] for row in right])


test_q6_kept_rmsprop(RMSProp)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7
# points: 8

# %% [markdown]
# ### q7 · Adam &nbsp; ★★☆ · 15 minutes
#
# **Why.** Most networks that you read about were trained with Adam. It is momentum, divided as in RMSProp,
# and one correction that is easily left out. In the book:
# [A rate for each weight]({{book}}/optimization/adaptive-rates.html).
#
# $$v \leftarrow \beta_1 v + (1 - \beta_1)\, g \qquad G \leftarrow \beta_2 G + (1 - \beta_2)\, g^2$$
#
# Both start at 0. So in step $t = 1$, with the usual $\beta_1 = 0.9$ and $\beta_2 = 0.999$, they hold only a
# tenth of the gradient and a thousandth of its square. Adam divides this out. In step $t$:
#
# $$\hat v = \frac{v}{1 - \beta_1^t} \qquad \hat G = \frac{G}{1 - \beta_2^t} \qquad
# w \leftarrow w - \eta\, \frac{\hat v}{\sqrt{\hat G} + \epsilon}$$
#
# **Write** the class `Adam`. The five promises hold; by the third, $t$ counts the steps of each parameter.
#
# <details><summary>Hint: "The first step is as long as the rate"</summary>
# In the first step the corrected means are the gradient and its square, so that the step is η·g/|g|, nearly.
# Does your t begin at 1?
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
class Adam:
    """Momentum divided by the root of a running mean of squares, both corrected for their start."""

    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8):
        """Keep the parameters and the settings.

        Parameters
        ----------
        parameters : list         of objects with arrays `data` and `grad`
        lr : float                the rate η
        betas : pair of float     β₁ and β₂, from 0 to below 1
        eps : float               ε, above 0
        """
        # BEGIN SOLUTION
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.means = [np.zeros_like(p.data) for p in parameters]
        self.squares = [np.zeros_like(p.data) for p in parameters]
        self.times = [0 for _ in parameters]
        # END SOLUTION

    def step(self):
        """Move every parameter that has a gradient."""
        # BEGIN SOLUTION
        one, two = self.betas
        for k, p in enumerate(self.parameters):
            if p.grad is not None:
                self.times[k] += 1
                self.means[k] = one * self.means[k] + (1 - one) * p.grad
                self.squares[k] = two * self.squares[k] + (1 - two) * p.grad**2
                mean = self.means[k] / (1 - one ** self.times[k])
                square = self.squares[k] / (1 - two ** self.times[k])
                p.data -= self.lr * mean / (np.sqrt(square) + self.eps)
        # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q7_first_step(Adam):
    import numpy as np

    from coursekit import checks

    path = checks.trajectory(Adam, np.array([1.0, 1, 1]), [np.array([3.0, -100, 0.01])], lr=0.5)
    hint = "The first step is as long as the rate, however large the gradient is."
    checks.Answer(path, "The path of Adam").equals([[1, 1, 1], [0.5, 1.5, 0.5000005]], hint)


test_q7_first_step(Adam)


# %%
def test_q7_worked(Adam):
    import numpy as np

    from coursekit import checks

    gradients = [np.array([3.0, -1]), np.array([4.0, 0]), np.array([-4.0, 2])]
    path = checks.trajectory(Adam, np.array([1.0, 1]), gradients, lr=0.5, betas=(0.5, 0.75))
    hint = "In the second step the first v and G are 2.75 and 5.6875, divided by 0.75 and 0.4375."
    right = [[1, 1], [0.5, 1.5], [-0.0084752, 1.7545875], [0.0859777, 1.3986208]]
    checks.Answer(path, "The path of Adam").equals(right, hint)
    path = checks.trajectory(Adam, np.array([1.0]), [np.array([3.0])], lr=0.5, eps=3.0)
    checks.Answer(path, "The path of Adam with eps=3").equals([[1], [0.75]], "ε stands outside the root.")


test_q7_worked(Adam)


# %%
def test_q7_promises(Adam):
    import numpy as np

    from coursekit import checks

    def walk(make, start, gradients, rates, settings):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data), None

        parameters = [Parameter(data) for data in start]
        arrays = [p.data for p in parameters]
        optimizer = make(list(parameters), rates[0], **settings)
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for now, rate in zip(gradients, rates, strict=True):
            optimizer.lr = rate
            for p, g in zip(parameters, now, strict=True):
                p.grad = None if g is None else g.copy()
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    start, rates = [np.array([1.0, 2]), np.array([-3.0, 4])], [0.1, 0.2, 0.1]
    gradients = [
        [np.array([1.0, -1]), None],
        [None, np.array([2.0, 1])],
        [np.array([1.0, 3]), np.array([0.0, 0])],
    ]
    (first, second), in_place, grads_stay, filled = checks.inside(walk, Adam, start, gradients, rates, {})
    assert in_place, "step() put a new array in the place of data. Write into the array that is there."
    assert not filled, "step() put a gradient where there was None."
    assert grads_stay, "step() changed a gradient. Compute with a new array."
    hint = (
        "The rates are 0.1, 0.2 and 0.1. The first parameter has no gradient in step 2, the second in step 1."
    )
    checks.Answer(first, "Adam: the path of the first parameter").equals(
        [[1, 2], [0.9, 2.1], [0.9, 2.1], [0.8, 2.050581]], hint
    )
    checks.Answer(second, "Adam: the path of the second parameter").equals(
        [[-3, 4], [-3, 4], [-3.2, 3.8], [-3.2670058, 3.7329942]], hint
    )


test_q7_promises(Adam)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Adam was compared on one and several parameters of other shapes, with other settings and
  with gradients large and tiny, while another optimizer walked beside it.
"""  # END TEST CONFIG


def test_q7_drawn(Adam):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    rng = np.random.default_rng(21011)
    for number, settings in enumerate([{}, {"betas": (0.5, 0.9)}, {"betas": (0.9, 0.5), "eps": 0.5}] * 3):
        shapes = [(3,), (2, 4), (2, 1, 3, 3)][: 1 + number % 3]
        start = [rng.normal(size=shape) for shape in shapes]
        size = (1e-8, 1.0, 100.0)[number // 3]
        gradients = [[size * rng.normal(size=shape) for shape in shapes] for _ in range(60)]
        lr = rng.uniform(0.01, 0.5)
        parameters = [SimpleNamespace(data=w.copy(), grad=None) for w in start]
        optimizer, right = optim.Adam(parameters, lr, **settings), [[w.copy() for w in start]]
        for now in gradients:
            for p, g in zip(parameters, now, strict=True):
                p.grad = g
            optimizer.step()
            right.append([p.data.copy() for p in parameters])
        paths = checks.trajectory(Adam, start, gradients, beside=number % 2, lr=lr, **settings)
        for k, path in enumerate(paths):
            checks.Answer(path, f"Adam: the path of parameter {k}").matches([row[k] for row in right])


test_q7_drawn(Adam)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Adam was asked to keep its five promises, with parameters laid out as transposes are,
  other rates, settings by name and by place, some of them 0, with gradients that are missing or 0, and while
  another one moved the same parameters.
"""  # END TEST CONFIG


def test_q7_kept(Adam):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    def walk(make, start, gradients, rates, settings, count):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data, order="F"), None  # as a transposed array lies

        parameters = [Parameter(data) for data in start]
        arrays, room = [p.data for p in parameters], [np.empty_like(p.data) for p in parameters]
        by_name = settings if count == 1 else {}
        by_place = [] if count == 1 else list(settings.values())
        optimizers = [make(list(parameters), rates[0], *by_place, **by_name) for _ in range(count)]
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizer = optimizers[t % count]  # several move the same parameters in turn
            optimizer.lr = rate
            for p, g, array in zip(parameters, now, room, strict=True):
                p.grad = None if g is None else array
                array[...] = 0 if g is None else g
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    rng = np.random.default_rng(21044)
    for count, settings in [
        (1, {}),
        (1, {"eps": 0.3, "betas": (0.8, 0.0)}),
        (1, {"betas": (0.0, 0.9)}),
        (2, {"betas": (0.8, 0.9), "eps": 0.2}),
    ]:
        start = [rng.normal(size=shape) for shape in ((2, 3), (4,), (3, 1, 2, 2), (2, 3))]
        rates = rng.uniform(0.01, 0.5, size=16).tolist()
        gradients = [[rng.normal(size=w.shape) for w in start] for _ in rates]
        gradients[0][1] = gradients[3][0] = gradients[9][3] = None
        gradients[4] = [None] * 4
        for g in gradients[5:9]:  # a gradient of 0 is one, too
            g[1] = np.zeros(4)
            g[3][0] = 0
        gradients[11] = [np.zeros(w.shape) for w in start]
        parameters, right = [SimpleNamespace(data=w.copy(), grad=None) for w in start], [start]
        optimizers = [optim.Adam(parameters, 1.0, **settings) for _ in range(count)]
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizers[t % count].lr = rate
            for p, g in zip(parameters, now, strict=True):
                p.grad = g
            optimizers[t % count].step()
            right.append([p.data.copy() for p in parameters])
        paths, in_place, grads_stay, filled = checks.inside(
            walk, Adam, start, gradients, rates, settings, count
        )
        assert in_place, "step() put a new array in the place of data. Write into the array that is there."
        assert not filled, "step() put a gradient where there was None."
        assert grads_stay, "step() changed a gradient. Compute with a new array."
        said = "Adam" if count == 1 else "Two Adam in turn, made with settings by place"
        for k, path in enumerate(paths):
            checks.Answer(path, f"{said}: the path of parameter {k}").matches([row[k] for row in right])


test_q7_kept(Adam)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q8
# points: 9
# builds_on: [q7]

# %% [markdown]
# ### q8 · AdamW, with a limit on the gradient &nbsp; ★★★ · 25 minutes
#
# **Why.** This is what large networks are trained with today. Weight decay as in q3 would go through Adam's
# division, so that numbers with large gradients would hardly decay. AdamW takes it off the weights directly.
# And now and then a mini-batch has a gradient so long that one step ruins a week of training. So its length
# is limited. The book has Adam alone; decay and clipping are explained here.
#
# 1. *Clip.* Let $\lVert g \rVert$ be the length of the gradients of all parameters *together*, as if they
#    were one long vector. Where it is above `max_norm`, all of them are multiplied by
#    $\text{max\_norm} / \lVert g \rVert$.
# 2. *Decay.* $w \leftarrow (1 - \eta d)\, w$, with the weight decay $d$.
# 3. *Move* as Adam does, with the clipped gradients.
#
# **Write** the class `AdamW`. The five promises hold: so `grad` itself is not clipped, and a parameter
# without gradient does not decay. You may use your `Adam`, or begin anew.
#
# <details><summary>Hint: "Both gradients are multiplied by 0.2"</summary>
# The length is <code>np.sqrt(sum((p.grad**2).sum() for p in …))</code>, over all parameters that have a
# gradient. Work it out before the loop that moves them.
# </details>
# <details><summary>Hint: "The rates are 0.1, 0.2 and 0.1"</summary>
# Where you use your <code>Adam</code>: does the one inside hear of a new <code>lr</code>?
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
class AdamW:
    """Adam with decoupled weight decay, and gradients that are clipped by their common length."""

    def __init__(self, parameters, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.01, max_norm=None):
        """Keep the parameters and the settings.

        Parameters
        ----------
        parameters : list           of objects with arrays `data` and `grad`
        lr : float                  the rate η
        betas : pair of float       β₁ and β₂, from 0 to below 1
        eps : float                 ε, above 0
        weight_decay : float        d, 0 or more
        max_norm : float or None    the largest length of the gradient, above 0; None sets no limit
        """
        # BEGIN SOLUTION
        self.parameters, self.lr, self.betas, self.eps = parameters, lr, betas, eps
        self.weight_decay, self.max_norm = weight_decay, max_norm
        self.states = [{"m": 0.0, "s": 0.0, "t": 0} for _ in parameters]
        # END SOLUTION

    def step(self):
        """Move every parameter that has a gradient."""
        # BEGIN SOLUTION
        moving = [
            (p, state) for p, state in zip(self.parameters, self.states, strict=True) if p.grad is not None
        ]
        length = np.sqrt(sum((p.grad**2).sum() for p, _ in moving))
        share = 1.0 if self.max_norm is None or length <= self.max_norm else self.max_norm / length
        one, two = self.betas
        for p, state in moving:
            g = share * p.grad
            state["t"] += 1
            state["m"] = one * state["m"] + (1 - one) * g
            state["s"] = two * state["s"] + (1 - two) * g**2
            mean, square = state["m"] / (1 - one ** state["t"]), state["s"] / (1 - two ** state["t"])
            p.data *= 1 - self.lr * self.weight_decay
            p.data -= self.lr * mean / (np.sqrt(square) + self.eps)
        # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q8_decay(AdamW):
    import numpy as np

    from coursekit import checks

    start, gradients = np.array([1.0, -2]), [np.array([3.0, 0.01])] * 2
    path = checks.trajectory(AdamW, start, gradients, lr=0.5, weight_decay=0.2)
    hint = "Each step takes a tenth of the weight off, whatever the gradient is, and then moves as Adam."
    checks.Answer(path, "The path of AdamW").equals([[1, -2], [0.4, -2.3], [-0.14, -2.57]], hint)
    path = checks.trajectory(AdamW, np.array([200.0]), [np.array([3.0])], lr=0.5)
    hint = "weight_decay is 0.01 where it is left out."
    checks.Answer(path, "The path of AdamW").equals([[200], [198.5]], hint)


test_q8_decay(AdamW)


# %%
def test_q8_clip(AdamW):
    import numpy as np

    from coursekit import checks

    start, gradients = [np.array([1.0, 1]), np.array([[1.0]])], [[np.array([3.0, 0]), np.array([[-4.0]])]]
    settings = {"lr": 0.5, "eps": 1.0, "weight_decay": 0.0}
    hint = "The length of (3, 0, -4) is 5. Both gradients are multiplied by 0.2, and become 0.6 and -0.8."
    first, second = checks.trajectory(AdamW, start, gradients, max_norm=1.0, **settings)
    checks.Answer(first, "AdamW: the path of the first parameter").equals([[1, 1], [0.8125, 1]], hint)
    checks.Answer(second, "AdamW: the path of the second parameter").equals([[[1]], [[1.2222222]]], hint)
    hint = "A length of 5 is below the limit of 6, so that nothing is clipped."
    first, second = checks.trajectory(AdamW, start, gradients, max_norm=6.0, **settings)
    checks.Answer(first, "AdamW: the path of the first parameter").equals([[1, 1], [0.625, 1]], hint)
    checks.Answer(second, "AdamW: the path of the second parameter").equals([[[1]], [[1.4]]], hint)


test_q8_clip(AdamW)


# %%
def test_q8_promises(AdamW):
    import numpy as np

    from coursekit import checks

    def walk(make, start, gradients, rates, settings):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data), None

        parameters = [Parameter(data) for data in start]
        arrays = [p.data for p in parameters]
        optimizer = make(list(parameters), rates[0], **settings)
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for now, rate in zip(gradients, rates, strict=True):
            optimizer.lr = rate
            for p, g in zip(parameters, now, strict=True):
                p.grad = None if g is None else g.copy()
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    start, rates = [np.array([1.0, 2]), np.array([-3.0, 4])], [0.1, 0.2, 0.1]
    gradients = [
        [np.array([1.0, -1]), None],
        [None, np.array([2.0, 1])],
        [np.array([1.0, 3]), np.array([0.0, 0])],
    ]
    (first, second), in_place, grads_stay, filled = checks.inside(
        walk, AdamW, start, gradients, rates, {"weight_decay": 0.5, "max_norm": 2.0, "eps": 0.5}
    )
    assert in_place, "step() put a new array in the place of data. Write into the array that is there."
    assert not filled, "step() put a gradient where there was None."
    assert grads_stay, "step() changed a gradient. Compute with a new array."
    hint = (
        "The rates are 0.1, 0.2 and 0.1. The first parameter has no gradient in step 2, the second in step 1."
    )
    checks.Answer(first, "AdamW: the path of the first parameter").equals(
        [[1, 2], [0.8833333, 1.9666667], [0.8833333, 1.9666667], [0.7788215, 1.8423053]], hint
    )
    checks.Answer(second, "AdamW: the path of the second parameter").equals(
        [[-3, 4], [-3, 4], [-2.85631, 3.471714], [-2.7615142, 3.2607109]], hint
    )


test_q8_promises(AdamW)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: AdamW was compared with and without decay and clipping, on one and several parameters, with
  gradients and limits large and tiny, while another optimizer walked beside it.
"""  # END TEST CONFIG


def test_q8_drawn(AdamW):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    rng = np.random.default_rng(21012)
    for number, (settings, limit) in enumerate(
        [
            ({}, None),
            ({"betas": (0.7, 0.9), "weight_decay": 0.0}, 1.5),
            ({"weight_decay": 0.5, "eps": 0.3}, 4.0),
            ({"betas": (0.5, 0.99), "eps": 0.1}, 0.01),
            ({"eps": 0.5, "weight_decay": 0.2}, None),
        ]
        * 4
    ):
        shapes = [(3,), (2, 4), (2, 1, 3, 3)][: 1 + number % 3]
        start = [rng.normal(size=shape) for shape in shapes]
        size = (1e-8, 1.0, 30.0, 1e-5)[number // 5]
        if number >= 15:  # a tiny gradient, and limits that are tiny, too
            limit, settings = size if limit else None, settings | {"eps": size}
        gradients = [[size * rng.normal(size=shape) for shape in shapes] for _ in range(6)]
        lr = rng.uniform(0.01, 0.5)
        parameters = [SimpleNamespace(data=w.copy(), grad=None) for w in start]
        optimizer, right = optim.AdamW(parameters, lr, **settings), [[w.copy() for w in start]]
        for now in gradients:
            length = np.sqrt(sum((g**2).sum() for g in now))
            share = 1.0 if limit is None else min(1.0, limit / length)
            for p, g in zip(parameters, now, strict=True):
                p.grad = share * g
            optimizer.step()
            right.append([p.data.copy() for p in parameters])
        more = settings if limit is None else settings | {"max_norm": limit}
        paths = checks.trajectory(AdamW, start, gradients, beside=number % 2, lr=lr, **more)
        for k, path in enumerate(paths):
            checks.Answer(path, f"AdamW: the path of parameter {k}").matches([row[k] for row in right])


test_q8_drawn(AdamW)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: AdamW was asked to keep its five promises, with parameters laid out as transposes are,
  other rates, settings by name and by place, some of them 0, with gradients that are missing or 0, and while
  another one moved the same parameters.
"""  # END TEST CONFIG


def test_q8_kept(AdamW):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    def walk(make, start, gradients, rates, settings, count):
        import numpy as np

        class Parameter:
            def __init__(self, data):
                self.data, self.grad = np.array(data, order="F"), None  # as a transposed array lies

        parameters = [Parameter(data) for data in start]
        arrays, room = [p.data for p in parameters], [np.empty_like(p.data) for p in parameters]
        by_name = settings if count == 1 else {}
        by_place = [] if count == 1 else list(settings.values())
        optimizers = [make(list(parameters), rates[0], *by_place, **by_name) for _ in range(count)]
        path, grads_stay, filled = [[a.copy() for a in arrays]], True, False
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizer = optimizers[t % count]  # several move the same parameters in turn
            optimizer.lr = rate
            for p, g, array in zip(parameters, now, room, strict=True):
                p.grad = None if g is None else array
                array[...] = 0 if g is None else g
            given = [p.grad for p in parameters]
            optimizer.step()
            for p, g, array in zip(parameters, now, given, strict=True):
                filled = filled or (g is None and p.grad is not None)
                grads_stay = grads_stay and p.grad is array and (g is None or np.array_equal(g, array))
            path.append([a.copy() for a in arrays])
        in_place = all(p.data is a for p, a in zip(parameters, arrays, strict=True))
        return [np.array(one) for one in zip(*path, strict=True)], in_place, bool(grads_stay), filled

    rng = np.random.default_rng(21045)
    for count, settings in [
        (1, {"weight_decay": 0.3}),
        (1, {"max_norm": 1.0, "eps": 0.3, "betas": (0.0, 0.9), "weight_decay": 0.0}),
        (2, {"betas": (0.8, 0.9), "eps": 0.3, "weight_decay": 3.0, "max_norm": 2.0}),
    ]:
        start = [rng.normal(size=shape) for shape in ((2, 3), (4,), (3, 1, 2, 2), (2, 3))]
        rates = rng.uniform(0.01, 0.5, size=16).tolist()
        gradients = [[rng.normal(size=w.shape) for w in start] for _ in rates]
        gradients[0][1] = gradients[3][0] = gradients[9][3] = None
        gradients[4] = [None] * 4
        for g in gradients[5:9]:  # a gradient of 0 is one, too
            g[1] = np.zeros(4)
            g[3][0] = 0
        gradients[11] = [np.zeros(w.shape) for w in start]
        parameters, right = [SimpleNamespace(data=w.copy(), grad=None) for w in start], [start]
        named = {k: v for k, v in settings.items() if k != "max_norm"}
        optimizers = [optim.AdamW(parameters, 1.0, **named) for _ in range(count)]
        for t, (now, rate) in enumerate(zip(gradients, rates, strict=True)):
            optimizers[t % count].lr = rate
            length = np.sqrt(sum((g**2).sum() for g in now if g is not None))
            limit = settings.get("max_norm", np.inf)
            for p, g in zip(parameters, now, strict=True):
                p.grad = g if g is None or length <= limit else limit / length * g
            optimizers[t % count].step()
            right.append([p.data.copy() for p in parameters])
        paths, in_place, grads_stay, filled = checks.inside(
            walk, AdamW, start, gradients, rates, settings, count
        )
        assert in_place, "step() put a new array in the place of data. Write into the array that is there."
        assert not filled, "step() put a gradient where there was None."
        assert grads_stay, "step() changed a gradient. Compute with a new array."
        said = "AdamW" if count == 1 else "Two AdamW in turn, made with settings by place"
        for k, path in enumerate(paths):
            checks.Answer(path, f"{said}: the path of parameter {k}").matches([row[k] for row in right])


test_q8_kept(AdamW)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Part 4 · Schedules and noise

# %% [raw]
# # BEGIN QUESTION
# name: q9
# points: 10

# %% [markdown]
# ### q9 · Five schedules &nbsp; ★★☆ · 30 minutes
#
# **Why.** A large rate goes far, a small one settles. Training wants both, one after the other. In the book:
# [Schedules]({{book}}/optimization/schedules.html).
#
# A schedule is a function of the step, which is counted from 0. Here each of your functions takes the
# settings and *returns a schedule*: another function, made inside, which takes the step and returns the rate.
# It may be asked for any step, in any order, and twice. (In Python, a function that is made inside another
# remembers the variables around it.)
#
# - `step_decay`: the rate is $\eta$ at first, and is multiplied by `factor` every `every` steps.
# - `exponential`: it is $\eta$ at first, and is multiplied by `factor` in every step.
# - `warm_cosine`: it is $\eta\,(t + 1)/K$ in the first $K$ steps, the warm-up. Then half a cosine follows,
#   $\frac\eta2 \bigl(1 + \cos \pi \frac{t - K}{T - K}\bigr)$, and from step $T$ on it is 0.
# - `cyclical`: it goes up from `low` to `high` along a line, in `half` steps, down again in `half` steps, and
#   so on. Each peak stands `shrink` times as high above `low` as the one before.
# - `one_cycle`: it goes from $\eta/25$ in step 0 to $\eta$ in step $K$, and on to $\eta/250{,}000$ in step
#   $T - 1$. Both ways follow half a cosine: after a share $u$ of the steps, $\frac12 (1 - \cos \pi u)$ of the
#   way is done.
#
# <details><summary>Hint: "is no function"</summary>
# Define a function inside, <code>def rate(step): …</code>, and end with <code>return rate</code>, without
# parentheses.
# </details>
# <details><summary>Hint: "The second peak stands"</summary>
# <code>cycle, place = divmod(step, 2 * half)</code> counts the cycles and the steps in the current one.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def step_decay(lr, factor, every):
    """Schedule that falls in steps.

    Parameters
    ----------
    lr : float            η
    factor : float        above 0, also above 1
    every : int           1 or more

    Returns
    -------
    function              of the step, from 0 on; returns the rate
    """
    # BEGIN SOLUTION
    return lambda step: lr * factor ** (step // every)
    # END SOLUTION


# %%
def exponential(lr, factor):
    """Schedule that falls by the same factor in each step.

    Parameters
    ----------
    lr : float            η
    factor : float        above 0, also above 1

    Returns
    -------
    function              of the step, from 0 on; returns the rate
    """
    # BEGIN SOLUTION
    return lambda step: lr * factor**step
    # END SOLUTION


# %%
def warm_cosine(lr, steps, warm_up=0):
    """Schedule that rises along a line and falls along half a cosine.

    Parameters
    ----------
    lr : float            η
    steps : int           T, more than `warm_up`
    warm_up : int         K, from 0 on

    Returns
    -------
    function              of the step, from 0 on; returns the rate
    """

    # BEGIN SOLUTION
    def rate(step):
        if step < warm_up:
            return lr * (step + 1) / warm_up
        done = min(1.0, (step - warm_up) / (steps - warm_up))
        return lr / 2 * (1 + np.cos(np.pi * done))

    return rate
    # END SOLUTION


# %%
def cyclical(low, high, half, shrink=1.0):
    """Schedule that goes up and down.

    Parameters
    ----------
    low, high : float     the rates at the bottom and at the first peak
    half : int            steps up, and steps down, 1 or more
    shrink : float        above 0: height of a peak above `low`, relative to the one before

    Returns
    -------
    function              of the step, from 0 on; returns the rate
    """

    # BEGIN SOLUTION
    def rate(step):
        cycle, place = divmod(step, 2 * half)
        height = 1 - abs(place / half - 1)
        return low + (high - low) * height * shrink**cycle

    return rate
    # END SOLUTION


# %%
def one_cycle(lr, steps, rise):
    """Schedule that rises to its peak and falls to almost nothing, both along half a cosine.

    Parameters
    ----------
    lr : float            η, the peak
    steps : int           T, more than `rise` + 1
    rise : int            K, the step of the peak, 1 or more

    Returns
    -------
    function              of the step, from 0 to T - 1; returns the rate
    """

    # BEGIN SOLUTION
    def rate(step):
        if step <= rise:
            first, last, done = lr / 25, lr, step / rise
        else:
            first, last, done = lr, lr / 250000, (step - rise) / (steps - 1 - rise)
        return first + (last - first) * (1 - np.cos(np.pi * done)) / 2

    return rate
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q9_step_decay(step_decay):
    import numpy as np

    from coursekit import checks

    for settings, right, hint in [
        ((0.8, 0.5, 3), [0.8, 0.8, 0.8, 0.4, 0.4, 0.4, 0.2], "The rate falls in the steps 3 and 6."),
        ((0.3, 0.1, 1), [0.3, 0.03, 0.003], "The rate falls in every step."),
    ]:
        schedule = checks.call("step_decay", step_decay, *settings).value
        assert callable(schedule), f"step_decay{settings} returned {schedule!r:.40}, which is no function."
        steps = range(len(right))  # asked from the last one back
        rates = [checks.call("the schedule", schedule, step).value for step in reversed(steps)][::-1]
        answer = checks.Answer(np.array(rates, dtype=float), f"step_decay{settings} in the steps from 0 on")
        answer.equals(right, hint)


test_q9_step_decay(step_decay)


# %%
def test_q9_exponential(exponential):
    import numpy as np

    from coursekit import checks

    for settings, right, hint in [
        ((0.8, 0.5), [0.8, 0.4, 0.2, 0.1], "The rate is 0.8 in step 0."),
        ((0.1, 0.9), [0.1, 0.09, 0.081], "The rate is 0.1 in step 0."),
    ]:
        schedule = checks.call("exponential", exponential, *settings).value
        assert callable(schedule), f"exponential{settings} returned {schedule!r:.40}, which is no function."
        steps = range(len(right))  # asked from the last one back
        rates = [checks.call("the schedule", schedule, step).value for step in reversed(steps)][::-1]
        answer = checks.Answer(np.array(rates, dtype=float), f"exponential{settings} in the steps from 0 on")
        answer.equals(right, hint)


test_q9_exponential(exponential)


# %%
def test_q9_warm_cosine(warm_cosine):
    import numpy as np

    from coursekit import checks

    for settings, right, hint in [
        ((1.0, 4), [1, 0.8535534, 0.5, 0.1464466, 0, 0], "Half a cosine from 1 to 0, and 0 from step 4 on."),
        ((0.6, 7, 3), [0.2, 0.4, 0.6, 0.6, 0.5121320, 0.3, 0.0878680, 0, 0], "Three steps up, four down."),
    ]:
        schedule = checks.call("warm_cosine", warm_cosine, *settings).value
        assert callable(schedule), f"warm_cosine{settings} returned {schedule!r:.40}, which is no function."
        steps = range(len(right))  # asked from the last one back
        rates = [checks.call("the schedule", schedule, step).value for step in reversed(steps)][::-1]
        answer = checks.Answer(np.array(rates, dtype=float), f"warm_cosine{settings} in the steps from 0 on")
        answer.equals(right, hint)


test_q9_warm_cosine(warm_cosine)


# %%
def test_q9_cyclical(cyclical):
    import numpy as np

    from coursekit import checks

    for settings, right, hint in [
        ((0.1, 0.5, 2), [0.1, 0.3, 0.5, 0.3, 0.1, 0.3, 0.5], "Two steps up, two down."),
        (
            (1.0, 4.0, 3, 0.5),
            [1, 2, 3, 4, 3, 2, 1, 1.5, 2, 2.5, 2],
            "The second peak stands 1.5 above 1, not 3.",
        ),
    ]:
        schedule = checks.call("cyclical", cyclical, *settings).value
        assert callable(schedule), f"cyclical{settings} returned {schedule!r:.40}, which is no function."
        steps = range(len(right))  # asked from the last one back
        rates = [checks.call("the schedule", schedule, step).value for step in reversed(steps)][::-1]
        answer = checks.Answer(np.array(rates, dtype=float), f"cyclical{settings} in the steps from 0 on")
        answer.equals(right, hint)


test_q9_cyclical(cyclical)


# %%
def test_q9_one_cycle(one_cycle):
    import numpy as np

    from coursekit import checks

    for settings, right, hint in [
        (
            (1.0, 8, 3),
            [0.04, 0.28, 0.76, 1, 0.8535540, 0.500002, 0.1464500, 0.000004],
            "The peak is in step 3, the end in step 7.",
        ),
        ((500.0, 4, 1), [20, 500, 250.001, 0.002], "The peak is in step 1; the end, in step 3, is 0.002."),
    ]:
        schedule = checks.call("one_cycle", one_cycle, *settings).value
        assert callable(schedule), f"one_cycle{settings} returned {schedule!r:.40}, which is no function."
        steps = range(len(right))  # asked from the last one back
        rates = [checks.call("the schedule", schedule, step).value for step in reversed(steps)][::-1]
        answer = checks.Answer(np.array(rates, dtype=float), f"one_cycle{settings} in the steps from 0 on")
        answer.equals(right, hint)


test_q9_one_cycle(one_cycle)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: step_decay was called with other settings, and its schedules with many steps, in any order.
"""  # END TEST CONFIG


def test_q9_step_decay_drawn(step_decay):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21020)
    found = []
    for _ in range(12):
        settings = rng.uniform(0.01, 1), rng.uniform(0.3, 1.2), int(rng.integers(1, 30))
        steps = rng.integers(0, 20 * settings[2], size=12).tolist()
        right = [settings[0] * settings[1] ** (t // settings[2]) for t in steps]
        found.append((checks.call("step_decay", step_decay, *settings).value, steps, right))
    for settings in [(0.7, 0.999, 1), (3e-6, 0.9, 2)]:  # many falls, and tiny rates
        steps = [300, 3, 0, 150, 300]
        right = [settings[0] * settings[1] ** (t // settings[2]) for t in steps]
        found.append((checks.call("step_decay", step_decay, *settings).value, steps, right))
    for schedule, steps, right in found:  # each remembers its own settings
        rates = [checks.call("the schedule", schedule, step).value for step in steps]
        checks.Answer(np.array(rates, dtype=float), "the schedule of step_decay").matches(
            right, unit=max(right)
        )


test_q9_step_decay_drawn(step_decay)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: exponential was called with other settings, and its schedules with many steps, in any order.
"""  # END TEST CONFIG


def test_q9_exponential_drawn(exponential):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21021)
    found = []
    for _ in range(12):
        settings = rng.uniform(0.01, 1), rng.uniform(0.5, 1.1)
        steps = rng.integers(0, 60, size=12).tolist()
        right = [settings[0] * settings[1] ** t for t in steps]
        found.append((checks.call("exponential", exponential, *settings).value, steps, right))
    for settings in [(0.7, 0.999), (3e-6, 0.9)]:  # many falls, and tiny rates
        steps = [300, 3, 0, 150, 300]
        right = [settings[0] * settings[1] ** t for t in steps]
        found.append((checks.call("exponential", exponential, *settings).value, steps, right))
    for schedule, steps, right in found:  # each remembers its own settings
        rates = [checks.call("the schedule", schedule, step).value for step in steps]
        checks.Answer(np.array(rates, dtype=float), "the schedule of exponential").matches(
            right, unit=max(right)
        )


test_q9_exponential_drawn(exponential)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: warm_cosine was called with other settings, and its schedules with many steps, in any order.
"""  # END TEST CONFIG


def test_q9_warm_cosine_drawn(warm_cosine):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21022)
    found = []
    for _ in range(12):
        warm_up = int(rng.integers(0, 9)) * int(rng.integers(0, 2))
        settings = rng.uniform(0.01, 1), warm_up + int(rng.integers(1, 80)), warm_up
        settings = settings if warm_up else settings[:2]
        steps = [
            0,
            settings[1] - 1,
            settings[1],
            settings[1] + 1,
            warm_up,
            *rng.integers(0, 90, size=9).tolist(),
        ]
        right = []
        for t in steps:
            fall = (1 + np.cos(np.pi * (t - warm_up) / (settings[1] - warm_up))) / 2
            share = (t + 1) / warm_up if t < warm_up else fall if t < settings[1] else 0.0
            right.append(settings[0] * share)
        found.append((checks.call("warm_cosine", warm_cosine, *settings).value, steps, right))
    for schedule, steps, right in found:  # each remembers its own settings
        rates = [checks.call("the schedule", schedule, step).value for step in steps]
        checks.Answer(np.array(rates, dtype=float), "the schedule of warm_cosine").matches(
            right, unit=max(right)
        )


test_q9_warm_cosine_drawn(warm_cosine)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: cyclical was called with other settings, and its schedules with many steps, in any order.
"""  # END TEST CONFIG


def test_q9_cyclical_drawn(cyclical):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    rng = np.random.default_rng(21023)
    found = []
    for number in range(12):
        low, half = rng.uniform(0, 0.5), int(rng.integers(1, 20))
        high, shrink = low + rng.uniform(0.1, 2), (1.0, 0.5, 0.8, 1.3)[number % 4]
        settings = (low, high, half) if shrink == 1 else (low, high, half, shrink)
        steps = rng.integers(0, 6 * half + 2, size=15).tolist()
        mode = "triangular2" if shrink == 0.5 else "triangular"
        optimizer = optim.SGD([SimpleNamespace(data=np.zeros(1), grad=None)], 1.0)
        reference = optim.CyclicLR(optimizer, low, high, half, mode=mode, cycle_momentum=False)
        right = [reference.rate(t) for t in steps]
        if mode == "triangular":
            right = [low + shrink ** (t // (2 * half)) * (r - low) for t, r in zip(steps, right, strict=True)]
        found.append((checks.call("cyclical", cyclical, *settings).value, steps, right))
    for schedule, steps, right in found:  # each remembers its own settings
        rates = [checks.call("the schedule", schedule, step).value for step in steps]
        checks.Answer(np.array(rates, dtype=float), "the schedule of cyclical").matches(
            right, unit=max(right)
        )


test_q9_cyclical_drawn(cyclical)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: one_cycle was called with other settings, and its schedules with many steps, in any order.
"""  # END TEST CONFIG


def test_q9_one_cycle_drawn(one_cycle):
    from types import SimpleNamespace

    import numpy as np

    from convnet import optim
    from coursekit import checks

    rng = np.random.default_rng(21024)
    found = []
    for _ in range(12):
        rise = int(rng.integers(1, 30))
        settings = rng.uniform(0.01, 3), rise + int(rng.integers(2, 60)), rise
        steps = [0, rise, settings[1] - 1, *rng.integers(0, settings[1], size=12).tolist()]
        optimizer = optim.SGD([SimpleNamespace(data=np.zeros(1), grad=None)], 1.0)
        share = (rise + 1) / settings[1]
        reference = optim.OneCycleLR(optimizer, settings[0], settings[1], share, cycle_momentum=False)
        right = [reference.rate(t) for t in steps]
        found.append((checks.call("one_cycle", one_cycle, *settings).value, steps, right))
    for schedule, steps, right in found:  # each remembers its own settings
        rates = [checks.call("the schedule", schedule, step).value for step in steps]
        checks.Answer(np.array(rates, dtype=float), "the schedule of one_cycle").matches(
            right, unit=max(right)
        )


test_q9_one_cycle_drawn(one_cycle)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %%
if grader.ready("q9"):
    lines = {
        "step_decay": step_decay(1.0, 0.5, 20),
        "exponential": exponential(1.0, 0.97),
        "warm_cosine": warm_cosine(1.0, 100, 10),
        "cyclical": cyclical(0.1, 1.0, 15, 0.7),
        "one_cycle": one_cycle(1.0, 100, 30),
    }
    rates = {name: [schedule(step) for step in range(100)] for name, schedule in lines.items()}
    display(plots.curves(rates, x=range(100), xlabel="step", ylabel="rate", above=True))

# %% [raw]
# # BEGIN QUESTION
# name: q10
# points: 7

# %% [markdown]
# ### q10 · How noisy is a mini-batch? &nbsp; ★★☆ · 15 minutes
#
# **Why.** Nobody computes the gradient of a million examples for one step. The gradient of a mini-batch is
# right on average, and wrong each time. By how much decides how far the rate must fall. In the book:
# [Landscapes and noise]({{book}}/optimization/landscapes.html).
#
# **Write** `measure_noise`. You are given the gradient of each example. Draw mini-batches, each anew from all
# examples, without drawing an example twice into one batch, and average the gradients in each. Return the
# mean of these averages, and their variance: the mean *squared distance* from the gradient of all examples.
#
# Can you foretell what it measures? Let $S^2$ be the mean squared distance of the single gradients from the
# gradient of all $D$ examples. A batch of $N$ different examples has the variance
#
# $$\frac{S^2}{N} \cdot \frac{D - N}{D - 1}$$
#
# **Write** `expected_noise`, which computes this.
#
# <details><summary>Hint: "With one batch of all examples"</summary>
# A batch without repetitions: <code>rng.choice(len(gradients), size, replace=False)</code>.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def measure_noise(gradients, size, draws, rng):
    """Mean and variance of the gradient of mini-batches, measured.

    Parameters
    ----------
    gradients : array (D, n) of float64     the gradient of each example, of n numbers
    size : int                              examples in a batch, from 1 to D
    draws : int                             batches to draw, 1 or more
    rng : np.random.Generator               where all randomness comes from

    Returns
    -------
    mean : array (n,) of floats             mean of the batches' gradients
    variance : float                        mean squared distance of the batches' gradients from that of all
    """
    # BEGIN SOLUTION
    batches = [rng.choice(len(gradients), size, replace=False) for _ in range(draws)]
    averages = np.array([gradients[batch].mean(axis=0) for batch in batches])
    distances = averages - gradients.mean(axis=0)
    return averages.mean(axis=0), (distances**2).sum(axis=1).mean()
    # END SOLUTION


# %%
def expected_noise(gradients, size):
    """Variance of the gradient of a mini-batch, by the formula.

    Parameters
    ----------
    gradients : array (D, n) of float64     the gradient of each example; D is 2 or more
    size : int                              examples in a batch, from 1 to D

    Returns
    -------
    float
    """
    # BEGIN SOLUTION
    n = len(gradients)
    spread = ((gradients - gradients.mean(axis=0)) ** 2).sum() / n
    return spread / size * (n - size) / (n - 1)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q10_measured(measure_noise):
    import numpy as np

    from coursekit import checks

    gradients = np.array([[1.0, 0], [3, 0], [0, 4], [0, 8]])
    found = checks.call("measure_noise", measure_noise, gradients[:3], 3, 1, np.random.default_rng(0)).value
    assert type(found) in (tuple, list), "measure_noise must return a mean and a variance."
    answer = checks.Answer(np.array([*found[0], found[1]], dtype=float), "mean and variance of measure_noise")
    answer.equals([4 / 3, 4 / 3, 0], "With one batch of all examples nothing is left to chance.")
    rng = np.random.default_rng(1)
    found = checks.call("measure_noise", measure_noise, gradients, 1, 1, rng).value
    mean, variance = checks.Answer(found[0], "mean of measure_noise").array((2,)), float(found[1])
    assert abs(variance - ((mean - [1, 3]) ** 2).sum()) < 1e-6, (
        f"The only batch has the gradient {mean}, and the variance is {variance:.3f}. With one batch the "
        "variance is the squared distance of its gradient from that of all examples, (1, 3)."
    )
    found = checks.call("measure_noise", measure_noise, gradients, 1, 2000, np.random.default_rng(0)).value
    answer = checks.Answer(np.array([*found[0], found[1]], dtype=float), "mean and variance of measure_noise")
    near = answer.array((3,)) - [1, 3, 12.5]
    assert np.abs(near[:2]).max() < 0.5, (
        f"The mean is {found[0]}, too far from (1, 3), in 2000 batches of one."
    )
    assert abs(near[2]) < 1.5, (
        f"The variance is {found[1]:.2f} in 2000 batches of one, too far from 12.5: "
        "the squared distances of the four gradients from (1, 3) are 9, 13, 2 and 26."
    )
    many = np.arange(60.0).reshape(30, 2) ** 2
    drawn = [
        checks.call("measure_noise", measure_noise, many, 3, 20, np.random.default_rng(k)).value
        for k in (2, 3, 2)
    ]
    assert drawn[0][1] != drawn[1][1], (
        f"With two different rng the variance is {drawn[0][1]:.3f} both times. "
        "Draw from the rng that is given."
    )
    assert drawn[0][1] == drawn[2][1], (
        f"With the same rng the variance is {drawn[0][1]:.3f} once, and {drawn[2][1]:.3f} then. "
        "All randomness comes from the rng that is given."
    )


test_q10_measured(measure_noise)


# %%
def test_q10_expected(expected_noise):
    import numpy as np

    from coursekit import checks

    gradients = np.array([[1.0, 0], [3, 0], [0, 4], [0, 8]])
    cases = [(gradients, 1), (gradients, 2), (gradients, 4), (gradients[:2], 1)]
    found = [checks.call("expected_noise", expected_noise, *case).value for case in cases]
    answer = checks.Answer(
        np.array(found, dtype=float), "expected_noise for batches of 1, 2 and 4, and of 1 of 2"
    )
    answer.equals([12.5, 25 / 6, 0, 1], "S² is 12.5 for the first three, and 1 for the last.")


test_q10_expected(expected_noise)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: measure_noise was called with other gradients, sizes and numbers of batches, also with
  batches of all examples, and compared with what theory says; the same rng must give the same answer,
  another one another.
"""  # END TEST CONFIG


def test_q10_measured_drawn(measure_noise):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21030)
    for n, width, size in [(12, 3, 1), (12, 3, 6), (40, 8, 10), (40, 8, 35), (9, 1, 2)]:
        gradients = rng.normal(size=(n, width)) * rng.uniform(1, 5, size=width) + 3
        whole = gradients.mean(axis=0)
        spread = ((gradients - whole) ** 2).sum() / n
        right = spread / size * (n - size) / (n - 1)
        found = []
        for seed, draws in [(1, 1500), (1, 1500), (2, 1500), (3, 1), (4, 1), (5, 2)]:
            rng_given = np.random.default_rng(seed)
            value = checks.call("measure_noise", measure_noise, gradients, size, draws, rng_given).value
            mean = checks.Answer(value[0], "mean of measure_noise").array((width,), secret=True)
            found.append(np.array([*mean, value[1]], dtype=float))
            assert np.isfinite(found[-1]).all()
        assert np.array_equal(found[0], found[1])
        assert not np.array_equal(found[0], found[2])
        for value in found[:3]:  # 1500 batches: within five standard errors
            assert np.abs(value[:-1] - whole).max() < 5 * np.sqrt(right / 1500)
            assert abs(value[-1] - right) < 0.2 * right
        for value in found[3:5]:  # a single batch: the variance is its squared distance
            distance = ((value[:-1] - whole) ** 2).sum()
            assert abs(value[-1] - distance) < 1e-9 * (1 + distance)
        assert found[5][-1] >= ((found[5][:-1] - whole) ** 2).sum()
        if size == 1:  # two batches of one: which examples they are can be told from the mean
            pairs = (gradients[:, None] + gradients) / 2 - found[5][:-1]
            drawn = np.unravel_index(np.abs(pairs).max(axis=2).argmin(), (n, n))
            assert np.abs(pairs[drawn]).max() < 1e-9
            distances = ((gradients[list(drawn)] - whole) ** 2).sum(axis=1)
            assert abs(found[5][-1] - distances.mean()) < 1e-9 * (1 + distances.mean())
        after = checks.changes("measure_noise", measure_noise, gradients, size, 3, np.random.default_rng(6))
        after[0].matches(gradients, exact=True)
    for n, width, draws in [
        (1, 4, 1),
        (7, 2, 3),
        (15, 1, 2),
    ]:  # batches of all examples: nothing is left to chance
        gradients = rng.normal(size=(n, width)) + 2
        value = checks.call(
            "measure_noise", measure_noise, gradients, n, draws, np.random.default_rng(7)
        ).value
        checks.Answer(value[0], "mean of measure_noise").matches(gradients.mean(axis=0))
        assert abs(float(value[1])) < 1e-9


test_q10_measured_drawn(measure_noise)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: expected_noise was called with other gradients and sizes, and must leave the gradients as
  they are.
"""  # END TEST CONFIG


def test_q10_expected_drawn(expected_noise):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21032)
    found, right = [], []
    for number in range(20):
        n, width = rng.integers([2, 1], [50, 9]).tolist()
        n += 200 * (number < 5)
        size = int(rng.integers(1, n + 1)) if number >= 5 else 2 + number
        gradients = 3 * rng.normal(size=(n, width)) + 1
        found.append(checks.call("expected_noise", expected_noise, gradients, size).value)
        spread = np.var(gradients, axis=0).sum()
        right.append(spread / size * (n - size) / (n - 1))
        checks.changes("expected_noise", expected_noise, gradients, size)[0].matches(gradients, exact=True)
    checks.Answer(np.array(found, dtype=float), "expected_noise for 20 sets of gradients").matches(right)


test_q10_expected_drawn(expected_noise)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Now measure on real gradients: those of the 1797 handwritten digits, in a linear layer whose weights are
# still 0. The last column hardly changes at first (twice the batch, half the variance). It falls where a
# batch is a good part of all examples.

# %%
if grader.ready("q10"):
    images, labels = data.digits()
    pixels, errors = images.reshape(-1, 64).astype(float), 0.1 - np.eye(10)[labels]  # of the ten scores
    gradients = (pixels[:, :, None] * errors[:, None, :]).reshape(-1, 640)
    print("batch size   measured   expected   measured × size")
    for size in (1, 4, 16, 64, 256, 1024):
        measured = measure_noise(gradients, size, 100, np.random.default_rng(0))[1]
        print(f"{size:10}{measured:11.4f}{expected_noise(gradients, size):11.4f}{measured * size:18.2f}")

# %% [markdown]
# ## Part 5 · Test, tune, explain

# %% [raw]
# # BEGIN QUESTION
# name: q11
# points: 8

# %% [markdown]
# ### q11 · Is this Adam? &nbsp; ★★★ · 45 minutes
#
# **Why.** Six optimizers were tested for you. Who tests the next one, that somebody writes from a paper? A
# network trains a little worse with a wrong Adam, and nobody notices. A test is good when it lets every right
# optimizer pass and no wrong one.
#
# **Write** `check_adam`. It gets a function that claims to walk the path of Adam as in q7, calls it on
# starts, gradients and settings of its own, and says whether the path is right. The graders hand in right
# functions and some thirty that are wrong: in the first step, in later ones, or with some settings only. The
# seven wrong ones in the check below are the easy ones.
#
# Work the right path out in another way than with your `Adam`: if that is wrong, your test believes the same
# mistake. Take several numbers, gradients that change from step to step in size and sign, and settings other
# than the usual: with β₂ = 0.999 and a tiny ε many mistakes are too small to see.
#
# <details><summary>Hint: "is wrong, and check_adam returned True"</summary>
# Which setting makes this mistake large? Compare the whole path, not only its end.
# </details>
# <details><summary>Hint: "is right, and check_adam returned False"</summary>
# Is your own path right? As in q4, unroll: after step t, v is the sum of (1 − β₁) β₁^(t−s) g_s over the
# steps s from 1 to t, and G likewise.
# Two right functions round differently: compare with <code>np.allclose</code>. And give each call fresh
# arrays.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def check_adam(walk):
    """Say whether a function walks the path of Adam.

    Parameters
    ----------
    walk : function           called as walk(start, gradients, lr, betas, eps), by position, with an array
                              (n,), an array (T, n) whose row t is the gradient of step t + 1, and settings
                              in the ranges of q7, T, n and lr above 0; it claims to return the path, an
                              array (T + 1, n) that begins with the start

    Returns
    -------
    bool                      True when it is right; False when it returns something else, such as None,
                              changes an array that it is given, or raises
    """
    # BEGIN SOLUTION
    rng = np.random.default_rng(0)
    for lr, betas, eps in [(0.1, (0.9, 0.999), 1e-8), (0.3, (0.5, 0.8), 0.2), (0.05, (0.8, 0.3), 1.0)]:
        start = rng.normal(size=4)
        gradients = rng.normal(size=(6, 4)) * [0.1, 1, 10, 1]
        right = [start]
        for t in range(1, 7):
            age = np.arange(t)[::-1, None]
            mean = ((1 - betas[0]) * betas[0] ** age * gradients[:t]).sum(axis=0) / (1 - betas[0] ** t)
            square = ((1 - betas[1]) * betas[1] ** age * gradients[:t] ** 2).sum(axis=0) / (1 - betas[1] ** t)
            right.append(right[-1] - lr * mean / (square**0.5 + eps))
        given = start.copy(), gradients.copy()
        try:
            path = walk(*given, lr, betas, eps)
        except Exception:
            return False
        if not isinstance(path, np.ndarray) or path.shape != (7, 4) or not np.allclose(path, right):
            return False
        if not (np.array_equal(given[0], start) and np.array_equal(given[1], gradients)):
            return False
    return True
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q11_plain(check_adam):
    import numpy as np

    from coursekit import checks

    def adam(start, gradients, lr, betas, eps):
        m, s, path = 0.0, 0.0, [np.array(start)]
        for t, g in enumerate(gradients, start=1):
            m, s = betas[0] * m + (1 - betas[0]) * g, betas[1] * s + (1 - betas[1]) * g**2
            corrected = m / (1 - betas[0] ** t), s / (1 - betas[1] ** t)
            path.append(path[-1] - lr * corrected[0] / (np.sqrt(corrected[1]) + eps))
        return np.array(path)

    def still(start, gradients, lr, betas, eps):
        return np.array([start] * (len(gradients) + 1))

    def descent(start, gradients, lr, betas, eps):
        return np.concatenate([[start], start - lr * np.cumsum(gradients, axis=0)])

    def nothing(start, gradients, lr, betas, eps):
        return None

    checks.judges("check_adam", check_adam, adam, True, "A function")
    checks.judges("check_adam", check_adam, still, False, "A function that stays at the start")
    checks.judges("check_adam", check_adam, adam, True, "A function")
    checks.judges("check_adam", check_adam, descent, False, "A function that descends without Adam's divisor")
    checks.judges("check_adam", check_adam, nothing, False, "A function that returns None")


test_q11_plain(check_adam)


# %%
def test_q11_some(check_adam):
    import numpy as np

    from coursekit import checks

    def adam(correct=(True, True), forget=False, up=False):
        def walk(start, gradients, lr, betas, eps):
            m, s, path = 0.0, 0.0, [np.array(start)]
            for t, g in enumerate(gradients, start=1):
                m, s = betas[0] * m + (1 - betas[0]) * g, betas[1] * s + (1 - betas[1]) * g**2
                t = 1 if forget else t
                mean = m / (1 - betas[0] ** t) if correct[0] else m
                square = s / (1 - betas[1] ** t) if correct[1] else s
                move = lr * mean / (np.sqrt(square) + eps)
                path.append(path[-1] + move if up else path[-1] - move)
            return np.array(path)

        return walk

    for what, wrong in [
        ("without bias correction", adam((False, False))),
        ("that corrects v alone, and not G", adam((True, False))),
        ("that corrects as in the first step, always", adam(forget=True)),
        ("that goes up the gradient", adam(up=True)),
    ]:
        checks.judges("check_adam", check_adam, adam(), True, "A function")
        checks.judges("check_adam", check_adam, wrong, False, f"A function {what}")


test_q11_some(check_adam)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: check_adam was called with a right function and with seven that are wrong from the first step
  on.
"""  # END TEST CONFIG


def test_q11_first(check_adam):
    import numpy as np

    from coursekit import checks

    def walk_by(move):
        def walk(start, gradients, lr, betas, eps):
            m, s, path = np.zeros(len(start)), np.zeros(len(start)), [np.array(start)]
            for t, g in enumerate(gradients, start=1):
                m, s = betas[0] * m + (1 - betas[0]) * g, betas[1] * s + (1 - betas[1]) * g**2
                mean, square = m / (1 - betas[0] ** t), s / (1 - betas[1] ** t)
                path.append(path[-1] - lr * move(m, s, mean, square, eps))
            return np.array(path)

        return walk

    def exchanged(start, gradients, lr, betas, eps):
        return right(start, gradients, lr, betas[::-1], eps)

    right = walk_by(lambda m, s, mean, square, eps: mean / (np.sqrt(square) + eps))
    wrong = {
        "with ε inside the root": walk_by(lambda m, s, mean, square, eps: mean / np.sqrt(square + eps)),
        "without ε": walk_by(lambda m, s, mean, square, eps: mean / np.sqrt(square)),
        "without the root": walk_by(lambda m, s, mean, square, eps: mean / (square + eps)),
        "that corrects G alone, and not v": walk_by(
            lambda m, s, mean, square, eps: m / (np.sqrt(square) + eps)
        ),
        "with one divisor for all numbers": walk_by(
            lambda m, s, mean, square, eps: mean / (np.sqrt(square.mean()) + eps)
        ),
        "that goes by the signs": walk_by(lambda m, s, mean, square, eps: np.sign(mean)),
        "with β₁ and β₂ exchanged": exchanged,
    }
    wrong = {f"A function {what}": function for what, function in wrong.items()}
    checks.judges_each("check_adam", check_adam, {"A function": right}, wrong, 21141)


test_q11_first(check_adam)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: check_adam was called with a right function and with nine whose mistake shows in later steps.
"""  # END TEST CONFIG


def test_q11_later(check_adam):
    import numpy as np

    from coursekit import checks

    def walk_by(moments, correct=lambda beta, t: 1 - beta**t, rate=lambda lr, t: lr):
        def walk(start, gradients, lr, betas, eps):
            m, s, path = np.zeros(len(start)), np.zeros(len(start)), [np.array(start)]
            for t, g in enumerate(gradients, start=1):
                m, s = moments(m, s, g, *betas, t)
                divisor = np.sqrt(s / correct(betas[1], t)) + eps
                path.append(path[-1] - rate(lr, t) * m / correct(betas[0], t) / divisor)
            return np.array(path)

        return walk

    def usual(m, s, g, one, two, t):
        return one * m + (1 - one) * g, two * s + (1 - two) * g**2

    def largest(start, gradients, lr, betas, eps):
        m, s, top, path = 0.0, 0.0, 0.0, [np.array(start)]
        for t, g in enumerate(gradients, start=1):
            m, s = usual(m, s, g, *betas, t)
            top = np.maximum(top, s / (1 - betas[1] ** t))
            path.append(path[-1] - lr * m / (1 - betas[0] ** t) / (np.sqrt(top) + eps))
        return np.array(path)

    def last_missing(start, gradients, lr, betas, eps):
        path = walk_by(usual)(start, gradients, lr, betas, eps)
        path[-1] = path[-2]
        return path

    wrong = {
        "that forgets v": walk_by(
            lambda m, s, g, one, two, t: ((1 - one**t) * g, two * s + (1 - two) * g**2)
        ),
        "that forgets G": walk_by(
            lambda m, s, g, one, two, t: (one * m + (1 - one) * g, (1 - two**t) * g**2)
        ),
        "whose v only adds up": walk_by(
            lambda m, s, g, one, two, t: (m + (1 - one) * g, two * s + (1 - two) * g**2)
        ),
        "whose G only adds up": walk_by(
            lambda m, s, g, one, two, t: (one * m + (1 - one) * g, s + (1 - two) * g**2)
        ),
        "whose corrections lag a step behind": walk_by(usual, lambda beta, t: 1 - beta ** max(1, t - 1)),
        "that corrects in the first two steps only": walk_by(
            usual, lambda beta, t: 1 - beta**t if t < 3 else 1.0
        ),
        "whose rate falls from step to step": walk_by(usual, rate=lambda lr, t: lr / np.sqrt(t)),
        "whose divisor never falls": largest,
        "that leaves out the last step": last_missing,
    }
    wrong = {f"A function {what}": function for what, function in wrong.items()}
    checks.judges_each("check_adam", check_adam, {"A function": walk_by(usual)}, wrong, 21142)


test_q11_later(check_adam)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: check_adam was called with two right functions and with nine that ignore a setting, change
  the rest of the path, change their input or raise.
"""  # END TEST CONFIG


def test_q11_settings(check_adam):
    import numpy as np

    from coursekit import checks

    def right(start, gradients, lr, betas, eps):
        m, s, path = np.zeros(len(start)), np.zeros(len(start)), [np.array(start)]
        for t, g in enumerate(gradients, start=1):
            m, s = betas[0] * m + (1 - betas[0]) * g, betas[1] * s + (1 - betas[1]) * g**2
            mean, square = m / (1 - betas[0] ** t), s / (1 - betas[1] ** t)
            path.append(path[-1] - lr * mean / (np.sqrt(square) + eps))
        return np.array(path)

    def as_in_the_paper(w, grads, rate, beta, small):  # the factors outside, as the paper's section 2 says
        m, s, path = np.zeros(len(w)), np.zeros(len(w)), [np.array(w)]
        for t, g in enumerate(grads, start=1):
            m, s = m + (1 - beta[0]) * (g - m), s + (1 - beta[1]) * (g**2 - s)
            root = np.sqrt(1 - beta[1] ** t)
            path.append(path[-1] - rate * root / (1 - beta[0] ** t) * m / (np.sqrt(s) + root * small))
        return np.array(path)

    def raises(start, gradients, lr, betas, eps):
        raise FloatingPointError("underflow")

    def decays(start, gradients, lr, betas, eps):
        path = [start]
        for t in range(1, len(gradients) + 1):
            move = right(path[0], gradients[:t], lr, betas, eps)
            path.append(0.999 * path[-1] + move[-1] - move[-2])
        return np.array(path)

    wrong = {
        "that ignores the rate": lambda w, g, lr, betas, eps: right(w, g, 0.1, betas, eps),
        "that ignores the betas": lambda w, g, lr, betas, eps: right(w, g, lr, (0.9, 0.999), eps),
        "that ignores ε": lambda w, g, lr, betas, eps: right(w, g, lr, betas, 1e-8),
        "that takes β₁ twice": lambda w, g, lr, betas, eps: right(w, g, lr, (betas[0],) * 2, eps),
        "that begins at 0": lambda w, g, lr, betas, eps: right(0 * w, g, lr, betas, eps),
        "that leaves out the start": lambda w, g, lr, betas, eps: right(w, g, lr, betas, eps)[1:],
        "that returns the last point alone": lambda w, g, lr, betas, eps: right(w, g, lr, betas, eps)[-1],
        "with weight decay": decays,
        "that raises an error": raises,
    }
    wrong = {f"A function {what}": function for what, function in wrong.items()}
    correct = {"A function": right, "A function in the form of the paper": as_in_the_paper}
    checks.judges_each("check_adam", check_adam, correct, wrong, 21143)


test_q11_settings(check_adam)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: check_adam was called with functions that walk the right path and change an array that they
  are given, and with others that are right and wrong.
"""  # END TEST CONFIG


def test_q11_changes(check_adam):
    import numpy as np

    from coursekit import checks

    def right(start, gradients, lr, betas, eps):
        m, s, path = np.zeros(len(start)), np.zeros(len(start)), [np.array(start)]
        for t, g in enumerate(gradients, start=1):
            m, s = betas[0] * m + (1 - betas[0]) * g, betas[1] * s + (1 - betas[1]) * g**2
            mean, square = m / (1 - betas[0] ** t), s / (1 - betas[1] ** t)
            path.append(path[-1] - lr * mean / (np.sqrt(square) + eps))
        return np.array(path)

    def twice(start, gradients, lr, betas, eps):
        return right(start, gradients, 2 * lr, betas, eps)

    def half(start, gradients, lr, betas, eps):
        return right(start, gradients, lr / 2, betas, eps)

    # What runs beside the answer can be read by it, so that alone is no proof.
    wrong = {"A function with twice the rate": twice, "A function with half the rate": half}
    checks.judges_each("check_adam", check_adam, {"A function": right}, wrong, 21144)

    def verdicts(check_adam):  # beside the answer: under seal a test changes only a copy of its arguments
        import numpy as np

        def changing(change):
            def walk(start, gradients, lr, betas, eps):
                m, s, path = np.zeros(len(start)), np.zeros(len(start)), [np.array(start)]
                for t, g in enumerate(gradients, start=1):
                    m, s = betas[0] * m + (1 - betas[0]) * g, betas[1] * s + (1 - betas[1]) * g**2
                    mean, square = m / (1 - betas[0] ** t), s / (1 - betas[1] ** t)
                    path.append(path[-1] - lr * mean / (np.sqrt(square) + eps))
                change(start, gradients, path[-1])
                return np.array(path)

            return walk

        def leave(start, gradients, last):
            pass

        def move(start, gradients, last):
            start[...] = last

        def clear(start, gradients, last):
            gradients[...] = 0

        return [check_adam(changing(change)) for change in (leave, move, clear)]

    first, *others = checks.inside(verdicts, check_adam)
    assert first, "A function is right, and check_adam did not return True."
    for what, said in zip(("moves the start", "clears the gradients"), others, strict=True):
        assert said is not None, "check_adam returned None."
        assert not said, f"A function walks the right path and {what}, and check_adam returned True."


test_q11_changes(check_adam)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# For the last two questions here is a small network: 64 pixels of a handwritten digit, 32 hidden units with
# tanh, ten scores and their cross-entropy. It meets the digits in three kinds of `units`:
#
# - `"own"`: pixels from 0 to 1
# - `"mixed"`: each of the 64 pixels is multiplied by a factor of its own, between 0.1 and 10, as if each were
#   measured in another unit
# - `"standard"`: the mixed pixels again, after each had its mean taken off and was divided by its standard
#   deviation


# %%
def problem(seed, units="mixed"):
    """Return a mini-batch gradient, the starting weights, and a test on new images, or some of them."""
    rng = np.random.default_rng(seed)
    images, labels = data.digits()
    order = rng.permutation(len(images))
    pixels, labels = images[order].reshape(-1, 64).astype(float), labels[order]
    if units != "own":
        pixels = pixels * 10 ** rng.uniform(-1, 1, size=64)
    if units == "standard":
        pixels = (pixels - pixels[:1400].mean(axis=0)) / (pixels[:1400].std(axis=0) + 1e-3)
    start = [rng.normal(size=(64, 32)) / 8, np.zeros(32), rng.normal(size=(32, 10)) / 32**0.5, np.zeros(10)]

    def outputs(weights, chosen):
        hidden = np.tanh(pixels[chosen] @ weights[0] + weights[1])
        scores = hidden @ weights[2] + weights[3]
        exps = np.exp(scores - scores.max(axis=1, keepdims=True))
        return hidden, exps / exps.sum(axis=1, keepdims=True)

    def gradient(weights):
        chosen = rng.choice(1400, 32, replace=False)
        hidden, error = outputs(weights, chosen)
        error[np.arange(32), labels[chosen]] -= 1
        error /= 32
        back = error @ weights[2].T * (1 - hidden**2)
        return [pixels[chosen].T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]

    def test(weights, first=1400, end=1797):
        chosen = np.arange(first, end)
        probabilities = outputs(weights, chosen)[1]
        loss = -np.log(probabilities[np.arange(len(chosen)), labels[chosen]] + 1e-12).mean()
        return loss, (probabilities.argmax(axis=1) == labels[chosen]).mean()

    return gradient, start, test


# %% [raw]
# # BEGIN QUESTION
# name: q12
# points: 8
# builds_on: [q3, q5, q6, q7, q8, q9]

# %% [markdown]
# ### q12 · Tune, then beat it &nbsp; ★★☆ · 35 minutes
#
# **Why.** Many papers beat a baseline that nobody had tuned. An honest comparison gives the old method its
# best chance first. In the book:
# [The race]({{book}}/optimization/race.html).
#
# **Write** `best_rate`, which tries each rate with each seed. A rate that diverges for one seed, to `nan`,
# `inf` or `-inf`, is no good rate, however well it does for the others. (Beware of `min` and `np.argmin`
# where a `nan` is among the numbers.)
#
# The cell below this question then finds the best rate of plain gradient descent on the mixed digits. That is
# your baseline.
#
# **Write** `train`, which does better with the same 150 mini-batches. Take whichever of your optimizers and
# schedules you like, and tune them with `problem`. The graders run `train` on mixed digits with six other
# seeds, where plain gradient descent gets the best rate of the same grid. Divide its mean loss on new images
# by yours: from 1.15, 1.4 and 1.6 on you get 2, 3.5 and 5 points.
#
# <details><summary>Hint: "One with nan or inf is no good rate"</summary>
# <code>np.isfinite(losses).all()</code> tells whether all losses of a rate are numbers.
# </details>
# <details><summary>Hint: "The loss of plain SGD is"</summary>
# Make a list of <code>Parameter</code>. In each step call <code>gradient</code> once with the list of all
# <code>p.data</code>, put what it returns into <code>p.grad</code>, set <code>optimizer.lr</code> to the
# schedule's rate, and call <code>step()</code>. Then try rates, as <code>best_rate</code> does. What did q6
# say about pixels whose gradients differ in size?
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def best_rate(run, rates, seeds):
    """Rate with the smallest mean loss.

    Parameters
    ----------
    run : function            called as run(rate, seed), by position; returns the loss at the end: a float of
                              any size, also 0 or below, or nan, inf or -inf
    rates : list of float     in rising order
    seeds : list of int

    Returns
    -------
    rate : float              the smaller one of two equally good rates
    loss : float              its mean loss over the seeds

    Raises
    ------
    ValueError                where each rate gives nan, inf or -inf for some seed
    """
    # BEGIN SOLUTION
    means = {rate: np.mean([run(rate, seed) for seed in seeds]) for rate in rates}
    finite = {rate: mean for rate, mean in means.items() if np.isfinite(mean)}
    if not finite:
        raise ValueError(f"best_rate: each of the rates {rates} diverges")
    best = min(finite, key=finite.get)
    return best, finite[best]
    # END SOLUTION


# %%
def train(gradient, start, steps):
    """Train with an optimizer and a schedule of your choice.

    Parameters
    ----------
    gradient : function       called with a list of arrays like `start`; returns the list of their gradients
                              on the next mini-batch; it may be called at most `steps` times
    start : list of arrays    the parameters at the beginning
    steps : int               50 or more

    Returns
    -------
    list of arrays            the trained parameters
    """
    # BEGIN SOLUTION
    parameters = [Parameter(weight) for weight in start]
    optimizer, schedule = Adam(parameters, 0.03), warm_cosine(0.03, steps, 10)
    for t in range(steps):
        for p, g in zip(parameters, gradient([p.data for p in parameters]), strict=True):
            p.grad = g
        optimizer.lr = schedule(t)
        optimizer.step()
    return [p.data for p in parameters]
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
""" # BEGIN TEST CONFIG
points: 0.5
"""  # END TEST CONFIG


def test_q12_grid(best_rate):
    import numpy as np

    from coursekit import checks

    nan, inf = float("nan"), float("inf")
    losses = {0.01: (0.7, 0.7, 0.7), 0.1: (0.5, 0.4, 0.9), 1.0: (0.1, nan, 0.1), 3.0: (0.2, inf, 0.3)}
    losses[0.03] = (0.4, 0.4, 1.3)

    def run(rate, seed):
        return losses[rate][seed]

    found = checks.call("best_rate", best_rate, run, [0.01, 0.03, 0.1, 1.0, 3.0], [0, 1, 2]).value
    assert type(found) in (tuple, list), "best_rate must return a rate and a loss."
    hint = "The mean losses of 0.01, 0.03 and 0.1 are 0.7, 0.7 and 0.6. One with nan or inf is no good rate."
    checks.Answer(np.array(found, dtype=float), "rate and loss of best_rate").equals([0.1, 0.6], hint)
    found = checks.call("best_rate", best_rate, run, [1.0], [0]).value
    checks.Answer(np.array(found, dtype=float), "rate and loss of best_rate").equals([1.0, 0.1], "One run.")
    checks.refuses("best_rate", best_rate, run, [1.0, 3.0], [0, 1, 2])


test_q12_grid(best_rate)

# %%
""" # BEGIN TEST CONFIG
points: 1
"""  # END TEST CONFIG


def test_q12_beats(train):
    import numpy as np

    from coursekit import checks, data

    images, labels = data.digits()

    def problem(seed):
        rng = np.random.default_rng(seed)
        order = rng.permutation(len(images))
        pixels, right = images[order].reshape(-1, 64).astype(float), labels[order]
        pixels = pixels * 10 ** rng.uniform(-1, 1, size=64)
        start = [
            rng.normal(size=(64, 32)) / 8,
            np.zeros(32),
            rng.normal(size=(32, 10)) / 32**0.5,
            np.zeros(10),
        ]
        calls = []

        def outputs(weights, chosen):
            hidden = np.tanh(pixels[chosen] @ weights[0] + weights[1])
            scores = hidden @ weights[2] + weights[3]
            exps = np.exp(scores - scores.max(axis=1, keepdims=True))
            return hidden, exps / exps.sum(axis=1, keepdims=True)

        def gradient(weights):
            calls.append(1)
            assert len(calls) <= 150, "train calls gradient more than steps times, which is 150 here."
            chosen = rng.choice(1400, 32, replace=False)
            hidden, error = outputs(weights, chosen)
            error[np.arange(32), right[chosen]] -= 1
            error /= 32
            back = error @ weights[2].T * (1 - hidden**2)
            return [pixels[chosen].T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]

        def loss(weights):
            probabilities = outputs(weights, np.arange(1400, len(pixels)))[1]
            return -np.log(probabilities[np.arange(len(right) - 1400), right[1400:]] + 1e-12).mean()

        return gradient, start, loss

    def plain(rate, seed):
        gradient, weights, loss = problem(seed)
        for _ in range(150):
            weights = [w - rate * g for w, g in zip(weights, gradient(weights), strict=True)]
        return loss(weights)

    def trained(seed):
        gradient, start, loss = problem(seed)
        answer = checks.leaves_inputs("train", train, gradient, start, 150)
        assert type(answer.value) in (list, tuple), "train must return a list of arrays."
        assert [np.shape(w) for w in answer.value] == [w.shape for w in start], (
            "train must return arrays of the shapes of start."
        )
        return loss([checks.Answer(w, "an array that train returned").array() for w in answer.value])

    start = [np.array([0.5, -0.3])]  # a bowl with the curvature 1
    (end,) = checks.leaves_inputs("train", train, lambda weights: [1.0 * weights[0]], start, 150).value
    left = np.abs(checks.Answer(end, "what train returned for a bowl").array((2,))).max()
    assert left < 0.2, f"From (0.5, -0.3) in a bowl with the curvature 1, train comes to {end} in 150 steps."
    calls = []

    def counted(weights):
        calls.append(1)
        return [1.0 * weights[0]]

    checks.call("train", train, counted, start, 60)
    assert len(calls) <= 60, f"train calls gradient {len(calls)} times, where steps is 60."
    baseline, mine = plain(0.3, 0), trained(0)
    assert mine < baseline, (
        f"The loss of plain SGD is {baseline:.3f} at its best rate, 0.3. That of train is {mine:.3f}; "
        f"the first points for it need {baseline / 1.15:.3f} here."
    )


test_q12_beats(train)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 1.5
failure_message: best_rate was called with other losses, rates and seeds, some of the losses tiny, large, 0 or
  below, nan or infinite.
"""  # END TEST CONFIG


def test_q12_grid_drawn(best_rate):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(21050)
    for number in range(20):
        count, draws = rng.integers([1, 1], [7, 5]).tolist()
        rates = np.sort(rng.uniform(0.001, 3, size=count)).tolist()
        losses = rng.uniform(0.1, 5, size=(count, draws))
        losses = (losses - 2.5 * (number % 5 == 2)) * (1.0, 1e-4, 1.0, 1e4)[
            number % 4
        ]  # also tiny, large, < 0
        if number % 3 == 0:
            losses[:] = losses[::-1] if count > 1 else losses
            losses[count // 2 :] = losses[count // 2]  # equally good ones
        bad = rng.uniform(size=losses.shape) < 0.1 * (number % 4)
        losses[bad] = rng.choice([np.nan, np.inf, -np.inf], size=bad.sum())
        seeds = rng.integers(0, 1000, size=draws)
        seeds = (seeds + 1000 * np.arange(draws)).tolist()

        def run(eta, draw, rates=rates, seeds=seeds, losses=losses):
            return float(losses[rates.index(eta), seeds.index(draw)])

        with np.errstate(invalid="ignore"):
            means = losses.mean(axis=1)
        good = [k for k in range(count) if np.isfinite(means[k])]
        if not good:
            checks.refuses("best_rate", best_rate, run, rates, seeds)
            continue
        best = min(good, key=lambda k, means=means: means[k])
        rate, loss = checks.call("best_rate", best_rate, run, rates, seeds).value
        checks.Answer(np.array([rate], dtype=float), "the rate of best_rate").matches([rates[best]])
        answer = checks.Answer(np.array([loss], dtype=float), "the loss of best_rate")
        answer.matches([means[best]], unit=abs(means[best]))
    rate, loss = checks.call("best_rate", best_rate, lambda rate, seed: 0.0, [0.1, 0.2], [3, 4]).value
    checks.Answer(np.array([rate, loss], dtype=float), "rate and loss of best_rate").matches([0.1, 0])
    checks.refuses("best_rate", best_rate, lambda rate, seed: float("nan"), [0.1, 0.2], [3])


test_q12_grid_drawn(best_rate)

# %%
""" # BEGIN TEST CONFIG
hidden: true
bands: {1.15: 2, 1.4: 1.5, 1.6: 1.5}
failure_message: train was run on mixed digits with other seeds, and compared with plain gradient descent at
  its best rate.
"""  # END TEST CONFIG


def test_q12_other_seeds(train):
    import numpy as np

    from coursekit import checks, data

    images, labels = data.digits()

    def problem(seed):
        rng = np.random.default_rng(seed)
        order = rng.permutation(len(images))
        pixels, right = images[order].reshape(-1, 64).astype(float), labels[order]
        pixels = pixels * 10 ** rng.uniform(-1, 1, size=64)
        start = [
            rng.normal(size=(64, 32)) / 8,
            np.zeros(32),
            rng.normal(size=(32, 10)) / 32**0.5,
            np.zeros(10),
        ]
        calls = []

        def outputs(weights, chosen):
            hidden = np.tanh(pixels[chosen] @ weights[0] + weights[1])
            scores = hidden @ weights[2] + weights[3]
            exps = np.exp(scores - scores.max(axis=1, keepdims=True))
            return hidden, exps / exps.sum(axis=1, keepdims=True)

        def gradient(weights):
            calls.append(1)
            assert len(calls) <= 150, "train calls gradient more than steps times, which is 150 here."
            chosen = rng.choice(1400, 32, replace=False)
            hidden, error = outputs(weights, chosen)
            error[np.arange(32), right[chosen]] -= 1
            error /= 32
            back = error @ weights[2].T * (1 - hidden**2)
            return [pixels[chosen].T @ back, back.sum(axis=0), hidden.T @ error, error.sum(axis=0)]

        def loss(weights):
            probabilities = outputs(weights, np.arange(1400, len(pixels)))[1]
            return -np.log(probabilities[np.arange(len(right) - 1400), right[1400:]] + 1e-12).mean()

        return gradient, start, loss

    def plain(rate, seed):
        gradient, weights, loss = problem(seed)
        for _ in range(150):
            weights = [w - rate * g for w, g in zip(weights, gradient(weights), strict=True)]
        return loss(weights)

    def trained(seed):
        gradient, start, loss = problem(seed)
        answer = checks.leaves_inputs("train", train, gradient, start, 150)
        assert type(answer.value) in (list, tuple), "train must return a list of arrays."
        assert [np.shape(w) for w in answer.value] == [w.shape for w in start], (
            "train must return arrays of the shapes of start."
        )
        return loss([checks.Answer(w, "an array that train returned").array() for w in answer.value])

    seeds = (220, 221, 222, 223, 224, 225)
    with np.errstate(all="ignore"):
        means = [np.mean([plain(rate, seed) for seed in seeds]) for rate in (0.1, 0.3, 1.0)]
    baseline = min(mean for mean in means if np.isfinite(mean))
    mine = np.mean([trained(seed) for seed in seeds])
    return baseline / mine, "times your loss is the loss of plain SGD at its best rate"


test_q12_other_seeds(train)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %%
RATES, STEPS = [0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0], 150


def plain_descent(rate, seed):
    """Return the loss of plain gradient descent on the mixed digits."""
    gradient, weights, test = problem(seed)
    for _ in range(STEPS):
        weights = [w - rate * g for w, g in zip(weights, gradient(weights), strict=True)]
    return test(weights)[0]


# %%
if grader.ready("q12"):
    trials = list(range(100, 106))  # seeds; with others the quotient may differ by a fifth
    with np.errstate(all="ignore"):
        rate, loss = best_rate(plain_descent, RATES, trials)
    print(f"baseline: plain gradient descent is best at {rate}, with a loss of {loss:.3f} on new images")
    mine = []
    for seed in trials:
        gradient, start, test = problem(seed)
        mine.append(test(train(gradient, start, STEPS))[0])
    print(f"train comes to {np.mean(mine):.3f}, so that the quotient is {loss / np.mean(mine):.2f}")

# %% [raw]
# # BEGIN QUESTION
# name: q13
# points: 6
# manual: true

# %% [markdown]
# ### q13 · Predict, race, explain &nbsp; ★★☆ · 35 minutes
#
# **Why.** "Adam is the best optimizer" is said often, and is wrong as often. Whoever predicts first learns
# from the answer, above all where it is a surprise. A person reads what you write. In the book:
# [The race]({{book}}/optimization/race.html).
#
# In the cells below your optimizers race, with rates from one grid for all. The first table counts steps to
# the bottom of a valley with curvatures 1 and 100, of the same valley turned by 45 degrees, and of a plateau,
# each at the rate that needs the fewest. The second is of the network of q12 in the three kinds of units,
# trained with three seeds. Each rate there is the one with the lowest loss on 200 validation images; the
# other 197 new images give the accuracy.
#
# 1. (1 point) **Before you run them**, write down with a reason which optimizer you expect to be first in the
#    valley, and which on the mixed digits. Will it be first on the digits in their own units, too? A wrong
#    prediction with a reason gets the point.
# 2. (2 points) Run them. What happened in the two valleys? Which optimizers do not notice that the valley is
#    turned, and why do the others? (Look at the formulas of q3 and q6.)
# 3. (1 point) What do the three kinds of units say about when Adam is worth it? The third kind holds the same
#    pixels as the second. What does its column refute?
# 4. (1 point) The last column of the second table is with the rate 0.01 for all. A friend reads from it that
#    Adam beats gradient descent on the digits in their own units. What do you answer?
# 5. (1 point) At a constant rate the loss of a network stops falling long before the gradient of the whole
#    training set is 0. Explain that with q10. Name two ways out, one from q9 and one from q10.

# %% [raw]
# # BEGIN PROMPT

# %% [markdown]
# _Write your answers here, in the place of this line._

# %% [raw]
# # END PROMPT

# %% [raw]
# # BEGIN SOLUTION

# %% [markdown]
# 1. Any prediction with a reason. For instance: Adam is first everywhere, because it divides by the size of
#    the gradients.
# 2. In the upright valley Adagrad and RMSProp need 4 steps, Adam 39, gradient descent 448. Turned by 45
#    degrees, gradient descent, momentum and Nesterov need as many steps as before: they add gradients and
#    scale them, as vectors, which turn with the valley. Adagrad, RMSProp and Adam divide number by number,
#    and need 384, 231 and 61 steps. Dividing evens the curvatures out where the axes are the directions of
#    the valley. In the turned valley both numbers of the gradient hold the steep direction, and are divided
#    by about the same. So Nesterov wins there, with 24 steps.
# 3. On the mixed digits the adaptive methods name about 92 % right, momentum and Nesterov 84 %, gradient
#    descent 77 %. The scale of a pixel is the scale of its gradients: this is the upright valley. In their
#    own units no family leads. Nor does one in the control, `"standard"`, which holds the same mixed
#    pixels, divided by hand: all name between 96 and 98 % right. It refutes that Adam is better in itself.
#    What helps is a scale of its own for each number.
# 4. 0.01 is a good rate for Adam (95 %) and a hundredth of a good one for gradient descent (46 %). At its
#    own best rate gradient descent reaches 96 %, no less than Adam. A comparison needs the best rate of
#    each, from one grid, over several seeds.
# 5. The gradient of a mini-batch is that of the whole set plus noise, whose variance $S^2/N$ does not go to 0
#    near the minimum. At a constant rate the moves stay as long as rate times noise, and the weights wander
#    around the minimum. A falling schedule shortens the moves; a larger batch lowers the variance (twice the
#    batch, half the variance).

# %% [raw]
# # END SOLUTION

# %% [raw]
# # END QUESTION

# %% [markdown]
# Have you written down your prediction? Then run these cells. The last takes some fifteen seconds. Optimizers
# whose checks fail do not race.


# %%
def racers():
    """Return the optimizers that race: those that pass their checks, as functions of parameters and rate."""
    passed = {question for question in ("q3", "q5", "q6", "q7") if grader.ready(question)}
    entered = {
        "SGD": ("q3", SGD),
        "momentum": ("q3", lambda parameters, lr: SGD(parameters, lr, momentum=0.9)),
        "Nesterov": ("q5", Nesterov),
        "Adagrad": ("q6", Adagrad),
        "RMSProp": ("q6", RMSProp),
        "Adam": ("q7", Adam),
    }
    return {name: make for name, (question, make) in entered.items() if question in passed}


# %%
def steps_down(make, rate, gradient, loss, start):
    """Return how many steps it takes until the loss is below 0.001; inf where 3000 are not enough."""
    w = Parameter(start)
    optimizer = make([w], rate)
    for step in range(3000):
        if loss(w.data) < 1e-3:
            return step
        if not np.isfinite(w.data).all():
            break
        w.grad = gradient(w.data)
        optimizer.step()
    return np.inf


# %%
field = racers()
if field:
    upright, turn = np.diag([1.0, 100.0]), np.array([[1, 1], [-1, 1]]) / 2**0.5
    turned = turn @ upright @ turn.T
    surfaces = {
        "valley": (lambda w: upright @ w, lambda w: w @ upright @ w / 2, [-4.0, 0.3]),
        "turned": (lambda w: turned @ w, lambda w: w @ turned @ w / 2, turn @ [-4.0, 0.3]),
        "plateau": (lambda w: 2 * w / (1 + w @ w) ** 2, lambda w: w @ w / (1 + w @ w), [6.0, 4.0]),
    }
    print(f"{'steps to the bottom':20}" + "".join(f"{name:>18}" for name in surfaces))
    with np.errstate(all="ignore"):
        for name, make in field.items():
            found = [
                min((steps_down(make, rate, *surface), rate) for rate in RATES)
                for surface in surfaces.values()
            ]
            print(f"{name:20}" + "".join(f"{steps:8} at {rate:6}" for steps, rate in found))


# %%
def network(make, rate, seed, units):
    """Train with a constant rate; return the loss on validation images and the accuracy on test images."""
    gradient, start, test = problem(seed, units)
    weights = [Parameter(w) for w in start]
    optimizer = make(weights, rate)
    for _ in range(STEPS):
        for p, g in zip(weights, gradient([p.data for p in weights]), strict=True):
            p.grad = g
        optimizer.step()
    trained = [p.data for p in weights]
    return test(trained, 1400, 1600)[0], test(trained, 1600, 1797)[1]


# %%
if field:
    kinds = ("own", "mixed", "standard")
    print(
        f"{'right, of new images':20}" + "".join(f"{units:>24}" for units in kinds) + f"{'own, at 0.01':>18}"
    )
    with np.errstate(all="ignore"):
        for name, make in field.items():
            row = f"{name:20}"
            for units in kinds:
                tried = np.array([[network(make, rate, seed, units) for seed in (0, 1, 2)] for rate in RATES])
                best = np.nanargmin(tried[:, :, 0].mean(axis=1))
                right = tried[best, :, 1]
                row += f"{right.mean():9.3f} ± {right.std(ddof=1):.3f} at {RATES[best]:<4}"
                if units == "own":
                    same = tried[RATES.index(0.01), :, 1].mean()
            print(row + f"{same:18.3f}")

# %% [markdown]
# ## Hand in
#
# Choose *Restart and run all* first: what runs in order on a fresh kernel also runs at the grader's.
# Then check everything once more and write the file to hand in.

# %%
grader.check_all()

# %%
grader.export()
