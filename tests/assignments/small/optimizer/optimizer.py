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

# %% [markdown]
# # Small assignment: optimizers that remember
#
# Two optimizers in NumPy. Each keeps something from step to step. About half an hour.

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

grader = Grader("optimizer")

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 4

# %% [markdown]
# ### q1 · Momentum &nbsp; ★★☆ · 15 minutes
#
# A ball that rolls downhill keeps part of its speed. For each parameter $w$ with gradient $g$:
#
# $$v \leftarrow \mu v + g \qquad w \leftarrow w - \eta v$$
#
# **Write** the class `Momentum`. A parameter is an object with two attributes: `data`, an array, and `grad`,
# an array of the same shape, or `None` where there is no gradient. Put the new values into `data`. Speeds
# begin at zero, and each optimizer has its own.

# %% [raw]
# # BEGIN SOLUTION


# %%
class Momentum:
    """Gradient descent with momentum."""

    def __init__(self, parameters, lr, momentum=0.9):
        """Remember the parameters and settings; the speeds begin at zero.

        Parameters
        ----------
        parameters : list             objects with arrays `data` and `grad`
        lr : float                    learning rate
        momentum : float              part of the speed that is kept

        Raises
        ------
        ValueError                    when lr is not above 0
        """
        # BEGIN SOLUTION
        if lr <= 0:
            raise ValueError(f"Momentum: lr must be above 0, got {lr}")
        self.parameters = list(parameters)
        self.lr = lr
        self.momentum = momentum
        self.speeds = [np.zeros_like(p.data) for p in self.parameters]
        # END SOLUTION

    def step(self):
        """Move every parameter that has a gradient."""
        # BEGIN SOLUTION
        for k, p in enumerate(self.parameters):
            if p.grad is None:
                continue
            self.speeds[k] = self.momentum * self.speeds[k] + p.grad
            p.data -= self.lr * self.speeds[k]
        # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q1_worked(Momentum):
    import numpy as np

    from coursekit import checks

    start, gradients = np.array([1.0, 2.0]), [np.ones(2)] * 3
    path = checks.trajectory(Momentum, start, gradients, lr=0.1, momentum=0.5)
    right = [[1, 2], [0.9, 1.9], [0.75, 1.75], [0.575, 1.575]]
    answer = checks.Answer(path, "The path of Momentum with gradients of 1")
    answer.equals(right, "Row t holds the parameter after t steps.")
    path = checks.trajectory(Momentum, np.array([4.0]), lambda w: w / 2, steps=2, lr=1.0)
    checks.Answer(path, "The path of Momentum on a parabola").equals(
        [[4], [2], [-0.8]], "momentum is 0.9 where it is left out."
    )
    checks.refuses("Momentum", Momentum, [], 0.0)


test_q1_worked(Momentum)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Momentum walks another path for some start and settings, or two parameters share a speed.
"""  # END TEST CONFIG


def test_q1_drawn(Momentum):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(1)
    for lr, momentum in [(0.1, 0.0), (0.02, 0.7), (0.3, 0.95)]:
        start = [rng.normal(size=(2, 3)), rng.normal(size=4)]
        gradients = [[rng.normal(size=w.shape) for w in start] for _ in range(5)]
        paths = checks.trajectory(Momentum, start, gradients, lr=lr, momentum=momentum)
        for k, path in enumerate(paths):
            right, speed = [start[k]], 0.0
            for step in gradients:
                speed = momentum * speed + step[k]
                right.append(right[-1] - lr * speed)
            checks.Answer(path, f"The path of parameter {k}").matches(right)


test_q1_drawn(Momentum)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Two optimizers of the class Momentum disturb each other. Each needs speeds of its own.
"""  # END TEST CONFIG


def test_q1_apart(Momentum):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(2)
    start, gradients = rng.normal(size=3), list(rng.normal(size=(4, 3)))
    path = checks.trajectory(Momentum, start, gradients, beside=2, lr=0.1)
    right, speed = [start], 0.0
    for g in gradients:
        speed = 0.9 * speed + g
        right.append(right[-1] - 0.1 * speed)
    checks.Answer(path, "The path beside another optimizer").matches(right)


test_q1_apart(Momentum)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: A parameter without a gradient must stay where it is, and a rate not above 0 is refused.
"""  # END TEST CONFIG


def test_q1_none(Momentum):
    import numpy as np

    from coursekit import checks

    start, moves = [np.ones(2), np.ones(3)], np.ones(3)
    still, moved = checks.trajectory(Momentum, start, [[None, moves]] * 2, lr=1.0, momentum=0.0)
    checks.Answer(still, "The path of a parameter without gradient").matches(np.ones((3, 2)))
    checks.Answer(moved, "The path of the other").matches([[1] * 3, [0] * 3, [-1] * 3])
    checks.refuses("Momentum", Momentum, [], -0.1)
    checks.refuses("Momentum", Momentum, [], 0.0)


test_q1_none(Momentum)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 3

# %% [markdown]
# ### q2 · RMSProp as a function &nbsp; ★★☆ · 10 minutes
#
# Each number of a parameter has a rate of its own, from the mean of its squared gradients:
#
# $$s \leftarrow \beta s + (1 - \beta) g^2 \qquad w \leftarrow w - \eta \frac{g}{\sqrt{s} + \epsilon}$$
#
# **Write** the function `rmsprop`. It gets the state of the parameter, a dictionary that is empty before the
# first step, and returns the new array and the new state. $s$ begins at zero, and $\epsilon = 10^{-8}$.

# %% [raw]
# # BEGIN SOLUTION


# %%
def rmsprop(data, grad, state, lr, beta=0.9):
    """One step of RMSProp.

    Parameters
    ----------
    data : array (n,) of float64  the parameter, which is not changed
    grad : array (n,) of float64  its gradient
    state : dict                  what was returned by the last step; empty before the first
    lr : float                    learning rate
    beta : float                  weight of the past

    Returns
    -------
    tuple                         the new array of floats and the new state
    """
    # BEGIN SOLUTION
    mean = beta * state.get("mean", 0.0) + (1 - beta) * grad**2
    return data - lr * grad / (np.sqrt(mean) + 1e-8), {"mean": mean}
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q2_worked(rmsprop):
    import numpy as np

    from coursekit import checks

    path = checks.trajectory(
        rmsprop, np.array([1.0, 5.0]), [np.array([2.0, 4.0])] * 2, functional=True, lr=0.3, beta=0.75
    )
    checks.Answer(path, "The path of rmsprop").equals(
        [[1, 5], [0.4, 4.4], [-0.05355737, 3.94644263]],
        "A first gradient g has the mean g²/4.",
    )
    path = checks.trajectory(rmsprop, np.array([1.0]), [np.array([1.0])], functional=True, lr=1.0)
    checks.Answer(path, "The path of rmsprop").equals(
        [[1], [1 - 10**0.5]], "beta is 0.9 where it is left out."
    )


test_q2_worked(rmsprop)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: rmsprop walks another path for some start, gradients and settings.
"""  # END TEST CONFIG


def test_q2_drawn(rmsprop):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(3)
    for beta in (0.5, 0.99):
        start = [rng.normal(size=5), rng.normal(size=1)]
        gradients = [[rng.normal(size=w.shape) for w in start] for _ in range(6)]
        paths = checks.trajectory(rmsprop, start, gradients, functional=True, beside=1, lr=0.1, beta=beta)
        for k, path in enumerate(paths):
            right, mean = [start[k]], 0.0
            for step in gradients:
                mean = beta * mean + (1 - beta) * step[k] ** 2
                right.append(right[-1] - 0.1 * step[k] / (np.sqrt(mean) + 1e-8))
            checks.Answer(path, f"The path of parameter {k}").matches(right)


test_q2_drawn(rmsprop)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: rmsprop changes the array that it is given. Compute a new one.
"""  # END TEST CONFIG


def test_q2_new_array(rmsprop):
    import numpy as np

    from coursekit import checks

    data = np.array([1.0, 2.0])
    new, _ = checks.call("rmsprop", rmsprop, data, np.ones(2), {}, 0.1).value
    after = checks.changes("rmsprop", rmsprop, data, np.ones(2), {}, 0.1)[0]
    after.equals([1.0, 2.0])
    checks.Answer(new, "rmsprop").matches(np.array([1.0, 2.0]) - 0.1 * 10**0.5)


test_q2_new_array(rmsprop)

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
