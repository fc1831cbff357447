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
#     data: [held_out.npz]

# %% [markdown]
# # Homework 3: convolution and pooling, forward
#
# In this homework you write the layers of a convolutional network with nothing but NumPy arrays.
# At the end you put them together and let them tell shirts from shoes.
#
# You climb one ladder, and each rung holds the next:
#
# | rung | question | what you learn |
# |---|---|---|
# | one channel, by hand | q1 to q4 | what the operation *is*, on numbers you can check by hand |
# | the layers | q5 to q9 | many images, channels and kernels at once, and how to make them fast |
# | arithmetic | q10, q11 | what a layer costs and how far it sees |
# | sanity, overfit, train, look | q12, q13 | the order in which to bring any network to life |
# | predict, measure, explain | q14 | what edges and pooling are good for, and what they are not |
# | a test of your own | q15 | how to find a mistake that you did not make |
#
# Stars say how hard a question is, minutes how long it takes most people: 300 minutes, which is five hours.
# NumPy is all you need. No graphics card, no other package.
#
# **How to work.** Put your code in the place of the `...`. Run the cell, then the check below it. The check
# runs the public tests and says what to do next. After you hand in, hidden tests run your functions on other
# inputs: other sizes, height and width that differ, strides that leave pixels over. So read each contract
# (the docstring) to its end; what stands below is part of each. Every check brings its own inputs, so you
# can go on when one fails.
#
# ### What your functions will be given
#
# The tests keep within these bounds. An answer need not go beyond them, and must be right everywhere inside:
#
# - **Arrays** are NumPy's. An "array of floats" holds float64, float32 or whole numbers (int64), and two
#   arrays of one call may differ in that. Labels are int64. In q4 and q6 float16, bool and integers of 8 to
#   64 bits come, too. In memory it may lie in any way: transposed, reversed, a slice with gaps, read-only.
# - **Numbers** in an array of floats are 0, or between 0.001 and 1000 in size, with either sign; whole
#   numbers (int64) go from -1,000,000 to 1,000,000. In q4, q6 and q8, which only move and compare numbers,
#   they may be any that are finite.
# - **Sizes.** Each axis has at least 1 place, and an array at most 200,000 numbers, or 500,000 with its
#   padding (2 million in q12 and q13, in float32). An int is Python's, from 1 to 500 (to 10,000 in q10, and
#   to 2000 as `steps`); a padding may be 0. A pair is a tuple.
# - **Work.** An answer holds at most 2.5 million numbers, and needs at most 310 million multiply-adds (2
#   million in q2 and q3). The rules of this homework say how long a call may run, and in how much memory.
# - **Fit.** The kernel or window fits into the padded image at least once. Only q1 asks what to do where it
#   does not.
# - **Calls.** Arguments come by position or by name, and one that has a default may be left out. Functions
#   are called many times. Each answer depends on the arguments of its own call alone: the next call may
#   change one of them only, or bring the same array or list with other numbers in it.
#
# ### What they must return
#
# - **Floats**: float64 where an array of float64 came in; otherwise float32 or float64, as you like. Rounding
#   may put them off by a billionth of the largest number in the answer. Where an array of float32 came in, or
#   no float64, a hundred-thousandth will do. Where large terms cancel, the largest term counts instead: a
#   bias, a pixel times a weight, or in q9 a pixel.
# - **Ints, bools, pairs and lists**: an int or bool of Python's or NumPy's (no int reaches 10**15); a tuple
#   or a list, as you like, but no array. Where an array is asked for, return an `np.ndarray`, writeable or
#   not, and no list.
# - **What you were given stays as it was.**
# - **What you return is new**: no input, no view of an input, and nothing that a later call writes into.
#   Nobody else writes into it, so two calls with equal arguments may return the same object.

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
import time

import numpy as np
from IPython.display import display

from coursekit import data, plots
from coursekit.notebook import Grader

grader = Grader("hw3")

# %% [markdown]
# ## Part 1 · One channel, worked by hand

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 2

# %% [markdown]
# ### q1 · How large is the output? &nbsp; ★☆☆ · 15 minutes
#
# **Why.** Many errors in a new network are shapes that do not fit. Know each shape before you run anything.
# In the book:
# [Padding, stride and dilation]({{book}}/convolution/padding-stride-dilation.html).
#
# There $p$ pixels of padding stood on each side. Here the two sides may differ: a pair `(before, after)`.
# With 7 pixels, 3 taps and stride 2, the kernel starts at pixels 0, 2 and 4: three outputs. Where the stride
# does not fit, the last pixels are never read.
#
# **Write** `output_size`. Where the kernel does not fit even once, raise `ValueError`.
#
# Then turn the question round. **Write** `same_padding`: how much padding keeps the size, with stride 1?
# Where the two sides cannot be equal, the extra pixel stands after the last.
#
# <details><summary>Hint: "a float. Return an int"</summary>
# In Python <code>/</code> always makes a float, <code>//</code> divides and rounds down.
# </details>
# <details><summary>Hint: "It has no answer: raise ValueError"</summary>
# The dilated kernel covers dilation·(kernel_size − 1) + 1 pixels. Compare that with the padded size first.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    """Number of outputs along one axis of a convolution.

    Parameters
    ----------
    size : int                pixels of the input
    kernel_size : int         taps of the kernel
    stride : int              pixels from one window to the next
    padding : pair of int     pixels added (before the first, after the last)
    dilation : int            pixels from one tap to the next

    Returns
    -------
    int

    Raises
    ------
    ValueError                when the kernel does not fit once
    """
    # BEGIN SOLUTION
    before, after = padding
    room = size + before + after - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError(f"output_size: a kernel of {kernel_size} does not fit into {size} pixels")
    return room // stride + 1
    # END SOLUTION


# %%
def same_padding(kernel_size, dilation=1):
    """Padding with which a convolution of stride 1 keeps the size of its input.

    Parameters
    ----------
    kernel_size : int         taps of the kernel
    dilation : int            pixels from one tap to the next

    Returns
    -------
    pair of int               (before, after); after is the larger where they differ
    """
    # BEGIN SOLUTION
    missing = dilation * (kernel_size - 1)
    return missing // 2, missing - missing // 2
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q1_worked(output_size):
    from coursekit import checks

    checks.call("output_size", output_size, 7, 3, stride=2).is_whole(3, "It starts at pixels 0, 2 and 4.")
    checks.call("output_size", output_size, 8, 3, stride=2).is_whole(3, "It starts at pixels 0, 2 and 4.")
    checks.call("output_size", output_size, 7, 4, stride=2).is_whole(2, "It starts at pixels 0 and 2.")


test_q1_worked(output_size)


# %%
def test_q1_padding(output_size):
    from coursekit import checks

    checks.call("output_size", output_size, 32, 5, padding=(2, 2)).is_whole(
        32, "The padded row has 36 pixels."
    )
    checks.call("output_size", output_size, 6, 3, 2, (0, 3)).is_whole(4, "The padded row has 9 pixels.")


test_q1_padding(output_size)


# %%
def test_q1_dilation(output_size):
    from coursekit import checks

    checks.call("output_size", output_size, 9, 3, dilation=2).is_whole(5, "Three taps cover 5 pixels.")


test_q1_dilation(output_size)


# %%
def test_q1_refuses_worked(output_size):
    from coursekit import checks

    checks.call("output_size", output_size, 3, 3).is_whole(1, "It fits exactly once.")
    checks.refuses("output_size", output_size, 2, 3)
    checks.refuses("output_size", output_size, 6, 3, stride=2, dilation=3)
    checks.refuses("output_size", output_size, 3, 8, stride=4, padding=(3, 1))


test_q1_refuses_worked(output_size)


# %%
def test_q1_same(same_padding):
    from coursekit import checks

    checks.call("same_padding", same_padding, 3).is_whole((1, 1), "Unpadded, 3 taps lose two pixels.")
    checks.call("same_padding", same_padding, 4).is_whole(
        (1, 2), "Unpadded, 4 taps lose three pixels; the extra one stands after the last."
    )
    checks.call("same_padding", same_padding, 4, dilation=3).is_whole(
        (4, 5), "Unpadded, 4 taps that lie 3 pixels apart lose nine pixels."
    )


test_q1_same(same_padding)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: output_size was called with many sizes, kernels, strides, paddings and dilations.
"""  # END TEST CONFIG


def test_q1_drawn(output_size):
    import numpy as np

    from convnet import arithmetic
    from coursekit import checks

    rng, cases = np.random.default_rng(31001), []
    for number in range(60):
        kernel, stride, dilation, before, after = rng.integers([1, 1, 1, 0, 0], [9, 8, 5, 9, 9]).tolist()
        least = max(1, dilation * (kernel - 1) + 1 - before - after)
        size = least + int(rng.integers(0, 20 if number % 5 else 400))  # a right answer may be recursive
        cases.append((size, kernel, stride, (before, after), dilation))
    cases += [
        (500, 1, 1, (99, 200), 1),
        (500, 500, 1, (0, 0), 1),
        (500, 4, 500, (0, 2), 167),
        (1, 2, 3, (0, 500), 500),
        (3, 2, 500, (0, 1), 1),  # the stride is larger than all pixels
        (2, 2, 7, (0, 0), 1),
        (4, 2, 9, (1, 0), 3),
    ]
    for bounds in (
        [9, 5, 4, 5, 5, 4],
        [60, 9, 9, 9, 9, 5],
    ):  # a single argument changes, so no call tells the next
        for _ in range(12):
            first, other = rng.integers([1, 1, 1, 0, 0, 1], bounds, size=(2, 6)).tolist()
            many = checks.one_changed([30 + first[0], *first[1:]], [30 + other[0], *other[1:]])
            cases += [(size, kernel, stride, (one, two), gap) for size, kernel, stride, one, two, gap in many]
    answers = checks.in_turn("output_size", output_size, *cases)
    for answer, (size, kernel, stride, sides, dilation) in zip(answers, cases, strict=True):
        right = arithmetic.conv_output_size(size + sum(sides), kernel, stride, 0, dilation)
        answer.is_whole(right, secret=True)
    named = {"padding": (1, 2), "dilation": 3, "stride": 2, "kernel_size": 4, "size": 23}
    checks.call("output_size", output_size, **named).is_whole(9, secret=True)


test_q1_drawn(output_size)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Kernels that just fit must give 1, and kernels one pixel too large must raise ValueError.
"""  # END TEST CONFIG


def test_q1_refuses(output_size):
    import numpy as np

    from coursekit import checks

    checks.call("output_size", output_size, 5, 3, dilation=2).is_whole(1, secret=True)
    checks.call("output_size", output_size, 2, 7, 3, (1, 4)).is_whole(1, secret=True)
    checks.refuses("output_size", output_size, 4, 3, dilation=2)
    checks.refuses("output_size", output_size, 2, 7, stride=3, padding=(1, 3))
    checks.refuses("output_size", output_size, 2, 9, stride=1, padding=(3, 0))
    rng = np.random.default_rng(31021)
    for _ in range(20):
        size, stride, dilation, before, after, missing = rng.integers([1, 1, 1, 0, 0, 1], 5).tolist()
        taps = -(-(size + before + after + missing - 1) // dilation) + 1
        checks.refuses("output_size", output_size, size, taps, stride, (before, after), dilation)


test_q1_refuses(output_size)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: same_padding was called with many kernels and dilations.
"""  # END TEST CONFIG


def test_q1_same_drawn(same_padding):
    from coursekit import checks

    cases = []
    for kernel in (1, 2, 3, 5, 6, 8, 11, 32):
        for dilation in (1, 2, 3, 4, 7):
            cases.append((kernel, dilation))
    checks.call("same_padding", same_padding, dilation=4, kernel_size=6).is_whole((10, 10), secret=True)
    for kernel, dilation in ((4, 500), (500, 8)):  # a right answer may search
        missing = dilation * (kernel - 1)
        answer = checks.call("same_padding", same_padding, kernel, dilation)
        answer.is_whole((missing // 2, missing - missing // 2), secret=True)
    cases += [(500, 1), (60, 9), *((kernel, dilation) for kernel in range(1, 9) for dilation in (1, 2, 3))]
    answers = checks.in_turn("same_padding", same_padding, *cases, *cases[::-1])
    for answer, (kernel, dilation) in zip(answers, cases + cases[::-1], strict=True):
        missing = dilation * (kernel - 1)
        answer.is_whole((missing // 2, missing - missing // 2), secret=True)


test_q1_same_drawn(same_padding)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 2
# forbids: [np.convolve, np.correlate]

# %% [markdown]
# ### q2 · Slide a window: cross-correlation &nbsp; ★☆☆ · 20 minutes
#
# **Why.** This is the whole idea. Everything later in the course is this operation, made wider and faster.
# In the book: [Convolution by hand]({{book}}/convolution/worked-examples.html).
#
# Put the kernel on the top left corner of the image. Multiply each weight by the pixel below it and add the
# products: that is one output. Move one pixel and do it again. Here several kernels $w_f$ of one size look at
# the same image, and each makes a map of its own:
#
# $$y[f, r, c] = \sum_{i}\sum_{j} w_f[i, j]\; x[r + i,\, c + j]$$
#
# Only windows that lie wholly inside the image count ("valid"). The picture shows the first window,
# a kernel, and their products. These add up to 12.

# %%
IMAGE = np.array(
    [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]], dtype=float
)
KERNEL = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2]], dtype=float)
products = IMAGE[:3, :3] * KERNEL
print("the products add up to", products.sum())
plots.row(
    plots.matrix(IMAGE, window=(0, 0, 3, 3), title="image, first window"),
    "×",
    plots.matrix(KERNEL, title="kernel"),
    "→",
    plots.matrix(products, title="products"),
)

# %% [markdown]
# **Write** `correlate2d` with loops. Short and clear beats fast here.
#
# <details><summary>Hint: "the right shape is (2, 3, 3)"</summary>
# Height and width each have their own size. Name them: <code>H, W = image.shape</code>, <code>F, kh, kw =
# kernels.shape</code>.
# </details>
# <details><summary>Hint: "Return floating-point numbers"</summary>
# <code>np.zeros_like(image)</code> copies the dtype of the image, and an integer array cuts off what is
# written into it. <code>np.zeros(shape)</code> makes floats.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def correlate2d(image, kernels):
    """Cross-correlation of one channel with several kernels, where they lie wholly inside.

    Parameters
    ----------
    image : array (H, W) of floats
    kernels : array (F, kh, kw) of floats

    Returns
    -------
    array (F, H - kh + 1, W - kw + 1) of floats
    """
    # BEGIN SOLUTION
    height, width = image.shape
    count, kh, kw = kernels.shape
    out = np.zeros((count, height - kh + 1, width - kw + 1))
    for f in range(count):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q2_worked(correlate2d):
    import numpy as np

    from coursekit import checks

    image = np.array([[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1.0]])
    kernels = np.array([[[0, 1, 2], [2, 2, 0], [0, 1, 2.0]], [[0, 0, 0], [0, 0, 1], [0, 0, 0]]])
    answer = checks.leaves_inputs("correlate2d", correlate2d, image, kernels)
    answer.equals(
        [[[12, 12, 17], [10, 17, 19], [9, 6, 14]], [[1, 3, 1], [2, 2, 3], [0, 2, 2]]],
        "The first number of map 0 is the sum that is drawn above.",
    )


test_q2_worked(correlate2d)


# %%
def test_q2_shapes(correlate2d):
    import numpy as np

    from coursekit import checks

    image = np.arange(12).reshape(3, 4)  # whole numbers
    answer = checks.call("correlate2d", correlate2d, image, np.array([[[1.0, -1.0]], [[0.0, 2.0]]]))
    answer.equals(
        [[[-1, -1, -1]] * 3, [[2, 4, 6], [10, 12, 14], [18, 20, 22]]],
        "The kernel (1, -1) measures left minus right.",
    )
    answer = checks.call("correlate2d", correlate2d, image, np.array([[[1.0], [-1.0]]]))
    answer.equals(-4 * np.ones((1, 2, 4)), "2 rows and 1 column measure upper minus lower.")


test_q2_shapes(correlate2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: correlate2d was called with images and kernels of many sizes, also one kernel and kernels
  1×1.
"""  # END TEST CONFIG


def test_q2_drawn(correlate2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31002)
    for height, width, count, kh, kw in [
        (6, 9, 2, 3, 3), (9, 6, 3, 2, 4), (7, 7, 1, 5, 1), (4, 8, 2, 4, 8), (5, 6, 4, 1, 1),
        (8, 5, 2, 3, 3), (5, 8, 2, 2, 2), (9, 4, 1, 2, 2), (4, 5, 131, 2, 3), (41, 53, 2, 13, 2),
    ]:  # fmt: skip
        image, kernels = checks.drawn(rng, (height, width)), checks.drawn(rng, (count, kh, kw))
        right = F.conv2d_forward(image[None, None], kernels[:, None])[0][0]
        checks.call("correlate2d", correlate2d, kernels=kernels, image=image).matches(right, fine=True)
    for number in range(21):
        height, width, count = rng.integers(1, [14, 14, 10])
        kh, kw = rng.integers(1, [height + 1, width + 1])
        scale = (0, 1, 400)[number % 3]  # the least numbers, and the largest
        image, kernels = (checks.drawn(rng, size, scale) for size in ((height, width), (count, kh, kw)))
        if number % 4 == 1:  # rows and columns that add up to 0
            image = rng.integers(-9, 9, size=(height, width)) * 1.0
            image, kernels = image - image[:, ::-1], rng.integers(-9, 9, size=(count, kh, kw)) * 1.0
            image, kernels = image - image[::-1], kernels - kernels[:, ::-1, ::-1]
        right = F.conv2d_forward(image[None, None], kernels[:, None])[0][0]
        term = np.abs(image).max() * np.abs(kernels).max()  # a sum of such may be 0, or nearly
        checks.call("correlate2d", correlate2d, image, kernels).matches(right, fine=True, unit=term)
    large, wide = checks.drawn(rng, (2, 20000)), checks.drawn(rng, (1, 2, 19990))
    right = [[[np.vdot(large[:, j : j + 19990], wide[0]) for j in range(11)]]]
    checks.call("correlate2d", correlate2d, large, wide).matches(right, fine=True)
    image = checks.drawn(rng, (7, 6))
    for little in (1e-3, 1e-6):  # nearly of rank one
        kernels = checks.drawn(rng, (2, 4, 1), 9) * checks.drawn(rng, (2, 1, 4), 9)
        kernels *= 1 + little * rng.uniform(size=(2, 4, 4))
        right = F.conv2d_forward(image[None, None], kernels[:, None])[0][0]
        checks.call("correlate2d", correlate2d, image, kernels).matches(right, fine=True)
    whole = rng.integers(-(10**6), 10**6, size=(7, 6)), rng.integers(-(10**6), 10**6, size=(2, 3, 4))
    right = F.conv2d_forward(whole[0][None, None] * 1.0, whole[1][:, None] * 1.0)[0][0]
    checks.call("correlate2d", correlate2d, *whole).matches(right)


test_q2_drawn(correlate2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: correlate2d was called with float64, float32 and whole numbers in all combinations; it
  must give floats, as precise as what came in.
"""  # END TEST CONFIG


def test_q2_numbers(correlate2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31032)
    shapes = [(rng.integers(3, 7, size=2), (2, *rng.integers(1, 4, size=2))) for _ in range(27)]
    for case in checks.mixed(
        [(checks.drawn(rng, one, 30), checks.drawn(rng, other)) for one, other in shapes]
    ):
        image, kernels = checks.in_float64(case)
        right = F.conv2d_forward(image[None, None], kernels[:, None])[0][0]
        checks.call("correlate2d", correlate2d, *case).matches(right, fine=True)
    bright = (903.3 + 1e-3 * rng.normal(size=(31, 60))).astype(np.float32)  # its sum leaves no digits
    equal = np.full((1, 2, 2), 0.7, np.float32)
    right = F.conv2d_forward(bright[None, None].astype(float), equal[:, None].astype(float))[0][0]
    checks.call("correlate2d", correlate2d, bright, equal).matches(right)


test_q2_numbers(correlate2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: correlate2d was called many times in turn. Each time it must leave its input as
  it is, and return a new array, which stays as it is.
"""  # END TEST CONFIG


def test_q2_inputs(correlate2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31012)
    image, kernels = checks.drawn(rng, (5, 4)), checks.drawn(rng, (2, 2, 3))
    cases = checks.one_changed((image, kernels), (checks.drawn(rng, (5, 4)), checks.drawn(rng, (2, 2, 3))))
    cases = [case for case in cases for _ in range(3)]  # each in one piece, with gaps and transposed
    for _ in range(40):  # small, so that much is the same in two calls, and something is not
        kh, kw = rng.integers(1, 4, size=2)
        cases.append((checks.drawn(rng, rng.integers(3, 6, size=2)), checks.drawn(rng, (2, kh, kw))))
    for dtype in checks.DTYPES:  # the answer equals the image
        cases += 3 * [(image.astype(dtype), np.ones((1, 1, 1), dtype))]
    for one, other in (((5, 4), (2, 3, 2)), ((4, 5), (1, 3, 4)), ((10, 2), (6, 1, 2)), ((5, 4), (2, 2, 3))):
        cases.append((image.reshape(one), kernels.reshape(other)))  # the same bytes in other shapes
        cases.append((image, kernels))
    cases += [(image[::-1], kernels), (image, kernels), (image, kernels[::-1]), (image[:, ::-1], kernels)]
    large, middle = checks.drawn(rng, (35, 30)), np.zeros((35, 30))
    middle[17, 15] = 1
    cases += [(large + much * middle, kernels[:1, :, :1]) for much in (0, 1, 2)]  # nearly equal
    for answer, case in zip(checks.in_turn("correlate2d", correlate2d, *cases), cases, strict=True):
        x, k = checks.in_float64(case)
        answer.matches(F.conv2d_forward(x[None, None], k[:, None])[0][0])


test_q2_inputs(correlate2d)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Look at what two kernels see in a photograph. The first answers to edges that stand upright, the second to
# edges that lie flat. White is a strong answer from dark to bright, black from bright to dark.

# %%
SOBEL_X = np.array([[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]], dtype=float)
photograph = data.photograph("camera")[::4, ::4]
if grader.ready("q2"):
    edges = correlate2d(photograph, np.stack([SOBEL_X, SOBEL_X.T]))
    pictures = [photograph[1:-1, 1:-1], *edges]
    display(plots.image_grid(pictures, titles=["photograph", "upright edges", "flat edges"]))

# %% [raw]
# # BEGIN QUESTION
# name: q3
# points: 2
# forbids: [np.convolve, np.correlate]

# %% [markdown]
# ### q3 · Stamp the kernel: convolution &nbsp; ★★☆ · 20 minutes
#
# **Why.** Mathematics calls something else a convolution. Networks use cross-correlation and keep the name,
# so you must know the difference when you read a paper, or when you use a library of signal processing.
# In the book: [Convolution and cross-correlation]({{book}}/convolution/convolution.html).
#
# Here is the other way to see it. Every pixel *stamps* a copy of the kernel into the output, scaled by the
# pixel's value, with the kernel's top left corner at the pixel. Where stamps overlap, they add up:
#
# $$y[r, c] = \sum_{i}\sum_{j} w[i, j]\; x[r - i,\, c - j]$$
#
# The signs are minus now. That is the same as sliding a kernel that is rotated by 180°. The output
# is larger than the image, because the stamps of the last pixels stick out:
# $(H + k_h - 1) \times (W + k_w - 1)$.
#
# A single 1 in an image of zeros shows the rule: the output is the kernel itself, unflipped.
#
# **Write** `convolve2d`, by stamping or by flipping and sliding. Both are right.
#
# <details><summary>Hint: "A single 1 at (0, 1) must copy the kernel, unflipped"</summary>
# If your answer has the kernel turned round, you slide it without flipping it. Flip both axes,
# <code>kernel[::-1, ::-1]</code>, or stamp it as it is.
# </details>
# <details><summary>Hint: "the right shape is (3, 5)"</summary>
# The output is larger than the image. Stamping needs zeros of shape (H + kh − 1, W + kw − 1). Sliding
# needs kh − 1 and kw − 1 zeros on each side first.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def convolve2d(image, kernel):
    """Full convolution of one channel; pixels outside the image count as 0.

    Parameters
    ----------
    image : array (H, W) of floats
    kernel : array (kh, kw) of floats

    Returns
    -------
    array (H + kh - 1, W + kw - 1) of floats
    """
    # BEGIN SOLUTION
    height, width = image.shape
    kh, kw = kernel.shape
    out = np.zeros((height + kh - 1, width + kw - 1))
    for i in range(height):
        for j in range(width):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q3_impulse(convolve2d):
    import numpy as np

    from coursekit import checks

    image = np.zeros((2, 3))
    image[0, 1] = 1.0
    right = np.zeros((3, 5))
    right[0:2, 1:4] = [[1, 2, 3], [4, 5, 6]]
    answer = checks.call("convolve2d", convolve2d, image, np.array([[1.0, 2, 3], [4, 5, 6]]))
    answer.equals(right, "A single 1 at (0, 1) must copy the kernel, unflipped, to that place.")


test_q3_impulse(convolve2d)


# %%
def test_q3_worked(convolve2d):
    import numpy as np

    from coursekit import checks

    image = np.array([[0, 1, 3], [1, 2, 2], [0, 0, 0.0]])
    kernel = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2.0]])
    answer = checks.leaves_inputs("convolve2d", convolve2d, image, kernel)
    right = [[0, 0, 1, 5, 6], [0, 3, 12, 12, 4], [2, 6, 9, 9, 6], [0, 1, 4, 6, 4], [0, 0, 0, 0, 0]]
    answer.equals(right, "At (0, 3) two stamps meet: 1·2 + 3·1.")


test_q3_worked(convolve2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: convolve2d was called with images and kernels of many sizes, also kernels larger than the
  image and 1×1.
"""  # END TEST CONFIG


def test_q3_drawn(convolve2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31003)
    for height, width, kh, kw in [
        (5, 7, 3, 3), (7, 4, 2, 4), (3, 6, 5, 1), (2, 3, 4, 5), (1, 1, 3, 2), (4, 3, 1, 1), (4, 4, 2, 3),
        (41, 53, 13, 2),
    ]:  # fmt: skip
        image, kernel = checks.drawn(rng, (height, width)), checks.drawn(rng, (kh, kw))
        right = F.convolve2d(image, kernel, "full")
        checks.call("convolve2d", convolve2d, kernel=kernel, image=image).matches(right, fine=True)
    checks.call("convolve2d", convolve2d, np.zeros((3, 4)), np.ones((2, 2))).matches(np.zeros((4, 5)))
    for number in range(21):
        scale = (0, 1, 400)[number % 3]  # the least numbers, and the largest
        image, kernel = (checks.drawn(rng, rng.integers(1, 9, size=2), scale) for _ in range(2))
        image[rng.uniform(size=image.shape) < 0.2] = 0
        if number % 4 == 1:  # rows and columns that add up to 0
            image, kernel = np.round(image), np.round(9 * kernel)
            image, kernel = image - image[:, ::-1], kernel - kernel[:, ::-1]
            image, kernel = image - image[::-1], kernel - kernel[::-1]
        right = F.convolve2d(image, kernel, "full")
        term = np.abs(image).max() * np.abs(kernel).max()  # a sum of such may be 0, or nearly
        checks.call("convolve2d", convolve2d, image, kernel).matches(right, fine=True, unit=term)
    large, few = checks.drawn(rng, (60, 80)), checks.drawn(rng, (1, 2))  # a right answer may slide the larger
    for one, other in (
        (checks.drawn(rng, (110, 156)), few),
        (checks.drawn(rng, (2, 999)), few),
        (few, large),
    ):
        right = F.convolve2d(one, other, "full")
        checks.call("convolve2d", convolve2d, one, other).matches(right, fine=True)
    for little in (1e-3, 1e-6):
        rank_one = checks.drawn(rng, (4, 1), 9) * checks.drawn(rng, (1, 4), 9)
        symmetric = checks.drawn(rng, (3, 4), 9)
        for kernel in (rank_one, symmetric + symmetric[::-1, ::-1]):  # nearly so
            kernel = kernel * (1 + little * rng.uniform(size=kernel.shape))
            right = F.convolve2d(large[:5, :3], kernel, "full")
            checks.call("convolve2d", convolve2d, large[:5, :3], kernel).matches(right, fine=True)
    one = checks.drawn(rng, (3, 3))
    for kernel in (
        one + one.T,
        one - one.T,
        one + one[::-1],
        one + one[:, ::-1],
        one - one[::-1],
        one - one[:, ::-1],
        one + one[::-1, ::-1].T,
        np.diag([1.0, 2, 3]),
        one[:1],
        one[:, :1],
        np.arange(9.0).reshape(3, 3),
        np.diag([5.0]),
    ):
        for image in (large[:4, :6], large[:3, :3], large[:2, :3]):
            right = F.convolve2d(image, kernel, "full")
            checks.call("convolve2d", convolve2d, image, kernel).matches(right, fine=True)
    whole = rng.integers(-(10**6), 10**6, size=(7, 6)), rng.integers(-(10**6), 10**6, size=(3, 4))
    right = F.convolve2d(whole[0] * 1.0, whole[1] * 1.0, "full")
    checks.call("convolve2d", convolve2d, *whole).matches(right)


test_q3_drawn(convolve2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: convolve2d was called with float64, float32 and whole numbers in all combinations; it
  must give floats, as precise as what came in.
"""  # END TEST CONFIG


def test_q3_numbers(convolve2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31013)
    sizes = rng.integers(1, 6, size=(27, 2, 2))
    for case in checks.mixed(
        [(checks.drawn(rng, one, 30), checks.drawn(rng, other)) for one, other in sizes]
    ):
        right = F.convolve2d(*checks.in_float64(case), "full")
        checks.call("convolve2d", convolve2d, *case).matches(right, fine=True)
    bright = (903.3 + 1e-3 * rng.normal(size=(31, 60))).astype(np.float32)  # its sum leaves no digits
    equal = np.full((2, 2), 0.7, np.float32)
    right = F.convolve2d(bright.astype(float), equal.astype(float), "full")
    checks.call("convolve2d", convolve2d, bright, equal).matches(right)


test_q3_numbers(convolve2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: convolve2d was called many times in turn. Each time it must leave its input as
  it is, and return a new array, which stays as it is.
"""  # END TEST CONFIG


def test_q3_inputs(convolve2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31023)
    image, kernel, one = checks.drawn(rng, (4, 3)), checks.drawn(rng, (2, 5)), np.ones((1, 1))
    cases = checks.one_changed((image, kernel), (checks.drawn(rng, (4, 3)), checks.drawn(rng, (2, 5))))
    cases = [case for case in cases for _ in range(3)]  # each in one piece, with gaps and transposed
    for _ in range(40):  # small, so that much is the same in two calls, and something is not
        cases.append(tuple(checks.drawn(rng, rng.integers(2, 5, size=2)) for _ in range(2)))
    for dtype in checks.DTYPES:  # the answer equals the image, or the kernel
        cases += 3 * [(image.astype(dtype), one.astype(dtype))]
        cases += 3 * [(one.astype(dtype), kernel.astype(dtype))]
    for shape, taps in (((3, 4), (2, 5)), ((4, 3), (5, 2)), ((2, 6), (2, 5)), ((4, 3), (1, 10))):
        cases.append((image.reshape(shape), kernel.reshape(taps)))  # the same bytes in other shapes
        cases.append((image, kernel))
    cases += [(image[::-1], kernel), (image, kernel), (image, kernel[:, ::-1]), (image[:, ::-1], kernel)]
    large, middle = checks.drawn(rng, (35, 30)), np.zeros((35, 30))
    middle[17, 15] = 1
    cases += [(large + much * middle, kernel[:1, :2]) for much in (0, 1, 2)]  # nearly equal
    for answer, case in zip(checks.in_turn("convolve2d", convolve2d, *cases), cases, strict=True):
        answer.matches(F.convolve2d(*checks.in_float64(case), "full"))


test_q3_inputs(convolve2d)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Both functions at once: correlating with the rotated kernel gives the inner part of the convolution.
# When a network *learns* its kernel, it can as well learn the rotated one. That is why nobody misses the
# flip.

# %%
if grader.ready("q2", "q3"):
    full = convolve2d(IMAGE, KERNEL)
    inner = correlate2d(IMAGE, KERNEL[None, ::-1, ::-1])[0]
    print("largest difference:", np.abs(full[2:-2, 2:-2] - inner).max())

# %% [raw]
# # BEGIN QUESTION
# name: q4
# points: 2

# %% [markdown]
# ### q4 · Padding &nbsp; ★☆☆ · 15 minutes
#
# **Why.** Every valid convolution eats a border. Ten layers of 3×3 kernels eat ten pixels on each side.
# Padding gives the border back, and what you put there is a choice: zeros draw a dark frame that the
# network can see; a mirror image does not.
# In the book: [Borders and gaps]({{book}}/convolution/borders-and-gaps.html).
#
# Mirroring leaves the border pixel itself out: with two pixels of padding, `1 2 3` becomes `3 2 1 2 3 2 1`.
#
# **Write** `pad2d` for a batch of images in the layout (N, C, H, W): number of images, channels, height,
# width. This is the layout of PyTorch.
#
# <details><summary>Hint: "the right shape is (2, 2, 4, 5)"</summary>
# Only the last two axes get longer. Zeros: make the large array first, then write x into its middle.
# </details>
# <details><summary>Hint: "Left of column 0 stand columns 2 and 1"</summary>
# The mirror stands on the border pixel, not beside it. Left of column 0 stands column 1, then column 2.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def pad2d(x, padding, mode="zeros"):
    """Add a border around height and width.

    Parameters
    ----------
    x : array (N, C, H, W), of floats of any precision, integers or bool
    padding : int             pixels added on each of the four sides, 0 or more
    mode : str                "zeros" or "reflect" (mirror, without repeating the border pixel)

    Returns
    -------
    array (N, C, H + 2 padding, W + 2 padding), dtype as x

    Raises
    ------
    ValueError                for another mode, at padding 0 too
    ValueError                for "reflect" when padding >= H or padding >= W
    """
    # BEGIN SOLUTION
    if mode not in ("zeros", "reflect"):
        raise ValueError(f"pad2d: mode must be 'zeros' or 'reflect', got {mode!r}")
    batch, channels, height, width = x.shape
    if mode == "reflect":
        if padding >= min(height, width):
            raise ValueError(f"pad2d: cannot reflect {padding} pixels of an image of {height}x{width}")
        rows = [abs(i) if i < height else 2 * (height - 1) - i for i in range(-padding, height + padding)]
        columns = [abs(j) if j < width else 2 * (width - 1) - j for j in range(-padding, width + padding)]
        return x[:, :, rows][:, :, :, columns]
    out = np.zeros((batch, channels, height + 2 * padding, width + 2 * padding), dtype=x.dtype)
    out[:, :, padding : padding + height, padding : padding + width] = x
    return out
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q4_zeros(pad2d):
    import numpy as np

    from coursekit import checks

    x = np.arange(1.0, 25.0).reshape(2, 2, 2, 3)
    right = np.zeros((2, 2, 4, 5))
    right[:, :, 1:3, 1:4] = x
    checks.leaves_inputs("pad2d", pad2d, x, 1).equals(right, "Zeros all around, x in the middle.")
    checks.call("pad2d", pad2d, x.astype(np.int32), 1).equals(right, "dtype as x.", dtype=np.int32)
    checks.call("pad2d", pad2d, x, 0).equals(x, "Padding 0 adds nothing.")


test_q4_zeros(pad2d)


# %%
def test_q4_reflect(pad2d):
    import numpy as np

    from coursekit import checks

    first = np.arange(1.0, 13.0).reshape(3, 4)
    above, middle, below = [3, 2, 1, 2, 3, 4, 3, 2], [7, 6, 5, 6, 7, 8, 7, 6], [11, 10, 9, 10, 11, 12, 11, 10]
    one = np.array([below, middle, above, middle, below, middle, above])
    x = np.array([[first, 10 + first], [20 + first, 30 + first]])
    right = [[one, 10 + one], [20 + one, 30 + one]]
    hint = "Left of column 0 stand columns 2 and 1, above row 0 rows 2 and 1."
    checks.call("pad2d", pad2d, x, 2, "reflect").equals(right, hint)


test_q4_reflect(pad2d)


# %%
def test_q4_refuses_worked(pad2d):
    import numpy as np

    from coursekit import checks

    x = np.arange(12.0).reshape(2, 2, 1, 3)
    right = np.zeros((2, 2, 3, 5))
    right[:, :, 1:2, 1:4] = x
    checks.call("pad2d", pad2d, x, 1).equals(right, "Zeros fit around an image of any size.")
    checks.refuses("pad2d", pad2d, x, 1, "reflect")
    checks.refuses("pad2d", pad2d, x.swapaxes(2, 3), 1, "reflect")
    low = np.arange(6.0).reshape(1, 1, 2, 3)
    checks.refuses("pad2d", pad2d, low, 2, "reflect")
    checks.refuses("pad2d", pad2d, low.swapaxes(2, 3), 2, "reflect")
    checks.refuses("pad2d", pad2d, low[:, :, :1], 2, "reflect")
    checks.refuses("pad2d", pad2d, x, 1, "mirror")


test_q4_refuses_worked(pad2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: pad2d was called with zeros, with many shapes and paddings, also paddings larger than the
  image.
"""  # END TEST CONFIG


def test_q4_zeros_drawn(pad2d):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(31004)
    for shape, p in [
        ((2, 3, 5, 4), 1),
        ((1, 2, 4, 7), 3),
        ((3, 1, 2, 5), 6),
        ((2, 2, 4, 4), 4),
        ((1, 1, 3, 3), 0),
        ((131, 67, 2, 3), 1),
        *((rng.integers(1, [4, 4, 8, 8]), int(rng.integers(0, 9))) for _ in range(15)),
    ]:
        x = rng.normal(size=shape)
        right = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
        checks.call("pad2d", pad2d, mode="zeros", padding=p, x=x).matches(right, exact=True)
    odd = [-1, 1, -2, 0, 9, -9, 99, -99, 100, -100, 127, -128, 255, -999, 999, 1000, -1000, 9999, -9999]
    odd += [10**6, -(10**6), 10**9, -(10**9), 2**31 - 1, -(2**31), 12345, -12345, 2**53, -(2**53), 2, -3]
    finite = [np.nextafter(0, 1), -0.5, 0.5, 1e-12, 1e30, -1e30, 1e300, -1e300]
    limits = [1e307, -1e307, np.finfo(np.float32).max, np.finfo(np.float32).min]
    whole = [np.iinfo(np.int64).min, np.iinfo(np.int64).max, -(2**62), 10**18]
    for values, dtype in (
        (odd + finite + limits, float),
        (odd + whole, np.int64),
        (range(-128, 128), np.int8),
        (range(256), np.uint8),
        ([-1, 1, -999, 32767, -32768, 0, 9999], np.int16),
        ([-1, 0, 65504, -65504, -1000, 1], np.float16),
    ):  # a border is no place for a number that an image may hold
        x = np.array(values, dtype).reshape(1, 1, 1, -1)
        right = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)))
        checks.call("pad2d", pad2d, x, 1).matches(right, exact=True, dtype=dtype)


test_q4_zeros_drawn(pad2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: pad2d was called with reflect, with many shapes and paddings up to the largest that fits.
"""  # END TEST CONFIG


def test_q4_reflect_drawn(pad2d):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(31014)
    shapes = [
        (2, 3, 5, 4),
        (1, 2, 4, 7),
        (3, 1, 6, 5),
        (2, 2, 4, 4),
        (1, 1, 5, 5),
        (2, 1, 1, 3),
        (1, 1, 1, 1),
        (131, 67, 2, 3),
    ]
    for shape in [*shapes, *rng.integers(1, [4, 4, 8, 8], size=(12, 4)).tolist()]:
        largest = min(shape[2:]) - 1
        for p in {0, largest // 2, largest}:
            x = rng.normal(size=shape)
            right = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect")
            checks.call("pad2d", pad2d, x, p, "reflect").matches(right, exact=True)


test_q4_reflect_drawn(pad2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: pad2d was called with whole numbers, float16, float32 and bool, and asked for the same dtype.
"""  # END TEST CONFIG


def test_q4_dtype(pad2d):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[1, 0, 1], [0, 1, 1]], [[1, 1, 1], [0, 0, 1]]]])
    for mode, name in [("zeros", "constant"), ("reflect", "reflect")]:
        right = np.pad(x, ((0, 0), (0, 0), (1, 1), (1, 1)), mode=name)
        for dtype in (np.int8, np.uint8, np.int16, np.int32, np.int64, np.float16, np.float32, np.bool_):
            checks.call("pad2d", pad2d, x.astype(dtype), 1, mode).matches(right, dtype=dtype)
            checks.call("pad2d", pad2d, x.astype(dtype), 0, mode).matches(x, dtype=dtype)
        large = x * (2**60 + 1)  # floats cannot hold it
        right = np.pad(large, ((0, 0), (0, 0), (1, 1), (1, 1)), mode=name)
        checks.call("pad2d", pad2d, large, 1, mode).matches(right, dtype=np.int64, exact=True)


test_q4_dtype(pad2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Modes that the contract does not name, and mirrors larger than the image, must raise
  ValueError; the largest mirror that fits must not.
"""  # END TEST CONFIG


def test_q4_refuses(pad2d):
    import numpy as np

    from coursekit import checks

    x = np.arange(15.0).reshape(1, 1, 3, 5)
    right = np.pad(x, ((0, 0), (0, 0), (2, 2), (2, 2)), mode="reflect")
    checks.call("pad2d", pad2d, x, 2, "reflect").matches(right)
    checks.refuses("pad2d", pad2d, x, 3, "reflect")
    checks.refuses("pad2d", pad2d, x.swapaxes(2, 3), 3, "reflect")
    checks.refuses("pad2d", pad2d, x, 4, "reflect")
    checks.refuses("pad2d", pad2d, x, 5, "reflect")
    rng = np.random.default_rng(31044)
    shapes = [(1, 1, 1, 1), (2, 3, 1, 4), (3, 1, 4, 1), *rng.integers(1, [4, 4, 7, 7], size=(12, 4)).tolist()]
    for shape in shapes:
        for more in (0, 1, int(rng.integers(2, 9))):
            checks.refuses("pad2d", pad2d, np.ones(shape), min(shape[2:]) + more, "reflect")
    checks.refuses("pad2d", pad2d, np.ones((2, 1, 3, 2), np.uint8), 2, "reflect")
    foreign = ("edge", "wrap", "symmetric", "constant", "replicate", "mean", "circular", "same", "mirror", "")
    for mode in (*foreign, "ZEROS", "Reflect", "zero", "zeros ", "reflection", "s", "r", "z", "none"):
        checks.refuses("pad2d", pad2d, x, 1, mode)
        checks.refuses("pad2d", pad2d, x, 0, mode)
        checks.refuses("pad2d", pad2d, np.ones((2, 2, 1, 1), np.int64), 4, mode)


test_q4_refuses(pad2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: pad2d was called many times in turn. Each time it must leave its input as
  it is, and return a new array, which stays as it is.
"""  # END TEST CONFIG


def test_q4_inputs(pad2d):
    import numpy as np

    from coursekit import checks

    rng, names = np.random.default_rng(31024), {"zeros": "constant", "reflect": "reflect"}
    x = rng.normal(size=(2, 2, 4, 3))
    cases = [(y, p, mode) for mode in names for p in (0, 1, 2) for y in (x, x + 1, -x)]
    cases += checks.one_changed((x, 1, "zeros"), (1 - x, 2, "reflect"))
    cases = [case for case in cases for _ in range(3)]  # each in one piece, with gaps and transposed
    for _ in range(60):  # small, so that much is the same in two calls, and something is not
        given = rng.normal(size=(2, 1, *rng.integers(3, 7, size=2)))
        cases.append((given, int(rng.integers(0, 3)), ("zeros", "reflect")[rng.integers(2)]))
    for shape in ((2, 2, 3, 4), (4, 1, 3, 4), (1, 4, 4, 3), (2, 1, 4, 6)):
        for mode in names:  # the same bytes in other shapes
            cases += [(x.reshape(shape), 2, mode), (x, 2, mode)]
    cases += [(x[::-1], 1, "zeros"), (x, 1, "zeros"), (x[..., ::-1], 1, "zeros"), (x[:, :, ::-1], 1, "zeros")]
    large, middle = rng.normal(size=(1, 1, 35, 30)), np.zeros((1, 1, 35, 30))
    middle[..., 17, 15] = 1
    cases += [(large + much * middle, 1, "reflect") for much in (0, 1, 2)]  # nearly equal
    for answer, (given, p, mode) in zip(checks.in_turn("pad2d", pad2d, *cases), cases, strict=True):
        answer.matches(np.pad(given, ((0, 0), (0, 0), (p, p), (p, p)), mode=names[mode]), exact=True)


test_q4_inputs(pad2d)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Part 2 · The layers of a network

# %% [raw]
# # BEGIN QUESTION
# name: q5
# points: 4

# %% [markdown]
# ### q5 · The convolution layer &nbsp; ★★★ · 30 minutes
#
# **Why.** Now for real: many images, many input channels, many kernels. A kernel is as deep as its input.
# It looks at all channels at once and gives one map. $F$ kernels give $F$ maps.
# In the book: [Channels: kernels with depth]({{book}}/convolution/channels.html).
#
# $$y[n, f, r, c] = b[f] + \sum_{m}\sum_{i}\sum_{j} w[f, m, i, j]\;
#   x_\text{padded}[n,\, m,\, s\,r + d\,i,\, s\,c + d\,j]$$
#
# Read the indices slowly. The stride $s$ multiplies the place in the *output*, the dilation $d$ the place
# in the *kernel*.
#
# **Write** `conv2d`. Loop over the output places `r` and `c`, and let NumPy do the sums over channels and
# taps. A slice with a step, `x[:, :, start : stop : d]`, takes dilated windows out. The largest layer of the
# tests takes 300 million multiply-adds: too many for Python to do one by one within 10 seconds, and to keep
# all products at once in 2 GiB.
#
# <details><summary>Hint: "could not be broadcast together"</summary>
# A window has shape (N, C, kh, kw), the weight (F, C, kh, kw). Give each an axis of length 1:
# <code>window[:, None] * weight[None]</code> has shape (N, F, C, kh, kw). Then sum over the last three
# axes. Or use
# <code>np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))</code>.
# </details>
# <details><summary>Hint: "each map has its own bias"</summary>
# There is one bias for each kernel. To add it along axis 1 it needs the shape (1, F, 1, 1).
# </details>
# <details><summary>Hint: "The taps lie 3 pixels apart"</summary>
# A window covers d·(k − 1) + 1 pixels, and the slice over it takes every d-th.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Convolution layer, forward: cross-correlation with zeros as padding.

    Parameters
    ----------
    x : array (N, C, H, W) of floats
    weight : array (F, C, kh, kw) of floats
    bias : array (F,) of floats, or None
    stride : int              pixels from one window to the next, down and across
    padding : int             zeros added on each of the four sides
    dilation : int            pixels from one tap to the next, down and across

    Returns
    -------
    array (N, F, H', W') of floats, H' and W' as in q1

    Raises
    ------
    ValueError                when weight and x differ in the number of channels C
    """
    # BEGIN SOLUTION
    if x.shape[1] != weight.shape[1]:
        raise ValueError(f"conv2d: weight expects {weight.shape[1]} input channels, x has {x.shape[1]}")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    batch, _, height, width = x.shape
    filters, _, kh, kw = weight.shape
    cover_h, cover_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    out = np.zeros((batch, filters, (height - cover_h) // stride + 1, (width - cover_w) // stride + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + cover_h : dilation, left : left + cover_w : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias[None, :, None, None]
    return out
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.25
"""  # END TEST CONFIG


def test_q5_worked(conv2d):
    import numpy as np

    from coursekit import checks

    image = np.array([[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1.0]])
    kernel = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2.0]])
    x = np.array([[image, 2 * image], [image, -image]])
    weight = np.array([[kernel, kernel], [kernel, 0 * kernel]])
    once = np.array([[12, 12, 17], [10, 17, 19], [9, 6, 14.0]])
    answer = checks.leaves_inputs("conv2d", conv2d, x, weight)
    answer.equals(
        [[3 * once, once], [0 * once, once]],
        "Channel 1 is the double of channel 0, and its negative in image 1; kernel 1 leaves it out.",
    )


test_q5_worked(conv2d)

# %%
""" # BEGIN TEST CONFIG
points: 0.5
"""  # END TEST CONFIG


def test_q5_stride(conv2d):
    import numpy as np

    from coursekit import checks

    x = np.arange(80.0).reshape(2, 2, 4, 5)
    weight = np.array([[[[1.0, 0.0]], [[0.0, 1.0]]]])
    answer = checks.call("conv2d", conv2d, x, weight, stride=2)
    answer.equals(
        [[[[21, 25], [41, 45]]], [[[101, 105], [121, 125]]]],
        "Windows start at rows 0 and 2, columns 0 and 2; kernel 0 adds two neighbours of two channels.",
    )


test_q5_stride(conv2d)

# %%
""" # BEGIN TEST CONFIG
points: 0.25
"""  # END TEST CONFIG


def test_q5_padding(conv2d):
    import numpy as np

    from coursekit import checks

    first = np.arange(1.0, 13.0).reshape(1, 3, 4)
    answer = checks.call("conv2d", conv2d, np.stack([first, 2 * first]), np.ones((1, 1, 3, 3)), padding=1)
    one = np.array([[14, 24, 30, 22], [33, 54, 63, 45], [30, 48, 54, 38]])
    answer.equals([[one], [2 * one]], "The first window holds 1, 2, 5, 6 and five zeros.")


test_q5_padding(conv2d)

# %%
""" # BEGIN TEST CONFIG
points: 0.25
"""  # END TEST CONFIG


def test_q5_bias(conv2d):
    import numpy as np

    from coursekit import checks

    x = np.arange(12.0).reshape(3, 1, 2, 2)
    weight = np.array([[[[1.0]]], [[[-1.0]]]])
    answer = checks.leaves_inputs("conv2d", conv2d, x, weight, np.array([10.0, 20.0]))
    right = [[10 + image, 20 - image] for image in x[:, 0]]
    answer.equals(right, "Kernels copy x and turn its sign; each map has its own bias, 10 and 20.")
    answer = checks.call("conv2d", conv2d, x, weight, np.array([-5, 5]))
    answer.equals([[image - 5, 5 - image] for image in x[:, 0]], "The biases are -5 and 5, whole numbers.")


test_q5_bias(conv2d)

# %%
""" # BEGIN TEST CONFIG
points: 0.25
"""  # END TEST CONFIG


def test_q5_dilation(conv2d):
    import numpy as np

    from coursekit import checks

    x = np.arange(60.0).reshape(2, 1, 5, 6)
    weight = np.array([[[[1.0, 0.0], [0.0, -1.0]]]])
    answer = checks.call("conv2d", conv2d, x, weight, dilation=3)
    answer.equals(-21 * np.ones((2, 1, 2, 3)), "The taps lie 3 pixels apart, down and to the right.")


test_q5_dilation(conv2d)

# %%
""" # BEGIN TEST CONFIG
points: 0.25
"""  # END TEST CONFIG


def test_q5_refuses_worked(conv2d):
    import numpy as np

    from coursekit import checks

    x, weight = np.arange(8.0).reshape(1, 2, 2, 2), np.ones((1, 2, 2, 2))
    checks.call("conv2d", conv2d, x, weight).equals([[[[28]]]], "Two channels of four pixels, added up.")
    checks.refuses("conv2d", conv2d, x, weight[:, :1])
    checks.refuses("conv2d", conv2d, x[:, :1], weight)


test_q5_refuses_worked(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.25
failure_message: conv2d was called without bias and dilation, with many shapes, strides and paddings.
"""  # END TEST CONFIG


def test_q5_drawn(conv2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31005)
    for shape, kernel, stride, padding in [
        ((2, 3, 6, 9), (4, 3, 3, 3), 1, 0),
        ((1, 2, 9, 5), (3, 2, 2, 4), 2, 1),
        ((3, 1, 8, 7), (1, 1, 5, 3), 3, 2),
        ((2, 4, 5, 5), (2, 4, 1, 1), 2, 0),
        ((2, 2, 6, 7), (3, 2, 3, 2), 1, 2),
        ((1, 1, 4, 6), (2, 1, 4, 6), 1, 0),
        ((1, 3, 4, 5), (2, 3, 2, 2), 3, 4),
        ((2, 9, 5, 4), (10, 9, 3, 1), 1, 1),
        ((1, 2, 30, 35), (2, 2, 7, 11), 4, 3),
        ((131, 2, 3, 4), (2, 2, 2, 3), 1, 0),
        ((2, 131, 3, 4), (67, 131, 2, 3), 1, 0),
    ]:
        x, weight = checks.drawn(rng, shape), checks.drawn(rng, kernel)
        right = F.conv2d_forward(x, weight, None, stride, padding)[0]
        checks.call("conv2d", conv2d, x, weight, None, stride, padding).matches(right, fine=True)
    x = checks.drawn(rng, (2, 2, 9, 8))
    for little in (1e-3, 1e-6):  # nearly of rank one
        weight = checks.drawn(rng, (2, 1, 4, 1), 9) * checks.drawn(rng, (2, 1, 1, 4), 9)
        weight = weight * (1 + little * rng.uniform(size=(2, 2, 4, 4)))
        checks.call("conv2d", conv2d, x, weight).matches(F.conv2d_forward(x, weight)[0], fine=True)
    x, weight = checks.drawn(rng, (10, 6, 51, 52)), checks.drawn(rng, (20, 6, 40, 40))  # 300 million
    checks.call("conv2d", conv2d, x, weight).matches(F.conv2d_forward(x, weight)[0], fine=True)


test_q5_drawn(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.25
failure_message: conv2d was called with bias, stride, padding and dilation together, and many shapes.
"""  # END TEST CONFIG


def test_q5_together(conv2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31065)
    for number in range(24):
        count, channels, maps, kh, kw = rng.integers(1, [4, 5, 7, 5, 5]).tolist()
        stride, padding, dilation = rng.integers([1, 0, 1], [5, 5, 4]).tolist()
        least = [max(1, dilation * (k - 1) + 1 - 2 * padding) for k in (kh, kw)]
        scale = (1, 0, 120)[number % 3]  # the least numbers, and large ones
        x = checks.drawn(rng, (count, channels, *(least + rng.integers(0, 8, size=2))), scale)
        weight, bias = checks.drawn(rng, (maps, channels, kh, kw), scale), checks.drawn(rng, maps, scale)
        if number % 8 == 0:  # rows, columns and kernels that add up to 0
            x, weight = np.round(x), np.round(9 * weight)
            x, weight = x - x[..., ::-1], weight - weight[..., ::-1]
        bias = (
            bias,
            None,
            np.round(bias) - np.round(bias)[::-1],
            np.where(bias > 0, bias, 0),
            0 * bias,
            -np.abs(bias),
        )[number % 6]
        right = F.conv2d_forward(x, weight, bias, stride, padding, dilation)[0]
        named = {
            "dilation": dilation,
            "bias": bias,
            "padding": padding,
            "stride": stride,
            "weight": weight,
            "x": x,
        }
        term = np.abs(x).max() * np.abs(weight).max()  # a sum of such may be 0, or nearly
        checks.call("conv2d", conv2d, **named).matches(right, fine=True, unit=term)


test_q5_together(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.5
failure_message: conv2d was called with a bias, with as many images as kernels and with others, and with a
  bias of whole numbers.
"""  # END TEST CONFIG


def test_q5_drawn_bias(conv2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31045)
    for shape, kernel in [
        ((3, 2, 5, 4), (3, 2, 2, 3)),
        ((1, 1, 4, 5), (2, 1, 3, 2)),
        ((2, 3, 6, 5), (1, 3, 3, 3)),
    ]:
        x, weight, bias = checks.drawn(rng, shape), checks.drawn(rng, kernel), checks.drawn(rng, kernel[0])
        right = F.conv2d_forward(x, weight, bias)[0]
        checks.call("conv2d", conv2d, x, weight, bias).matches(right, fine=True)
        whole = rng.integers(-3, 4, size=kernel[0])
        right = F.conv2d_forward(x, weight, whole.astype(float))[0]
        checks.call("conv2d", conv2d, x, weight, whole).matches(right, fine=True)
        for most, other in ((3, bias), (10**6, None), (10**6, rng.integers(-(10**6), 10**6, size=kernel[0]))):
            x, weight = rng.integers(-most, most, size=shape), rng.integers(-most, most, size=kernel)
            other_floats = None if other is None else other.astype(float)
            right = F.conv2d_forward(x.astype(float), weight.astype(float), other_floats)[0]
            checks.call("conv2d", conv2d, x, weight, other).matches(right, fine=True)


test_q5_drawn_bias(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.5
failure_message: conv2d was called with dilation together with stride and padding.
"""  # END TEST CONFIG


def test_q5_drawn_dilation(conv2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31015)
    for shape, kernel, stride, padding, dilation in [
        ((2, 2, 9, 11), (3, 2, 3, 3), 1, 0, 2),
        ((1, 3, 12, 8), (2, 3, 2, 3), 2, 2, 3),
        ((2, 1, 7, 10), (4, 1, 3, 2), 3, 1, 2),
        ((2, 2, 8, 9), (3, 2, 2, 2), 2, 0, 2),  # the stride is that of windows which lie side by side
        ((2, 2, 9, 12), (3, 2, 2, 2), 3, 0, 2),
        ((1, 2, 10, 11), (2, 2, 3, 3), 3, 2, 2),
        ((1, 2, 10, 15), (2, 2, 3, 3), 5, 0, 2),
    ]:
        x, weight = checks.drawn(rng, shape), checks.drawn(rng, kernel)
        right = F.conv2d_forward(x, weight, None, stride, padding, dilation)[0]
        answer = checks.call("conv2d", conv2d, x, weight, None, stride, padding, dilation)
        answer.matches(right, fine=True)


test_q5_drawn_dilation(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.25
failure_message: conv2d was called with float64, float32 and whole numbers in all combinations; it
  must give floats, as precise as what came in.
"""  # END TEST CONFIG


def test_q5_numbers(conv2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng, cases = np.random.default_rng(31055), []
    for number in range(54):
        x = checks.drawn(rng, (2, 2, *rng.integers(3, 6, size=2)), 30)
        weight = checks.drawn(rng, (3, 2, 2, 3))
        bias = None if number > 40 else checks.drawn(rng, 3)
        cases.append((x, weight, bias, *rng.integers([1, 0, 1], [3, 2, 2]).tolist()))
    for case in checks.mixed(cases):
        right = F.conv2d_forward(*checks.in_float64(case))[0]
        checks.call("conv2d", conv2d, *case).matches(right, fine=True)
    x, weight = (a.astype(np.float32) for a in cases[0][:2])
    right = F.conv2d_forward(x, weight)[0]  # zeros have a dtype, too
    checks.call("conv2d", conv2d, x, weight, np.zeros(3)).matches(right)
    bright = (903.3 + 1e-3 * rng.normal(size=(1, 1, 83, 82))).astype(np.float32)  # long sums of equal terms
    for part, taps in ((bright[:, :, :31, :60], (2, 2)), (bright, (80, 80))):
        weight = np.full((1, 1, *taps), 0.7, np.float32)
        right = F.conv2d_forward(part.astype(float), weight.astype(float))[0]
        checks.call("conv2d", conv2d, part, weight).matches(right)


test_q5_numbers(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.25
failure_message: conv2d was called many times in turn. Each time it must leave its input as
  it is, and return a new array, which stays as it is.
"""  # END TEST CONFIG


def test_q5_inputs(conv2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31025)
    x, weight, bias = checks.drawn(rng, (2, 2, 6, 5)), checks.drawn(rng, (3, 2, 3, 3)), checks.drawn(rng, 3)
    first, other = (x, weight, bias, 1, 1, 1), (x + 1, 1 - weight, 2 * bias, 2, 0, 2)
    cases = checks.one_changed(first, other, (*first[:2], None, 3, 2, 1))
    cases = [case for case in cases for _ in range(3)]  # each in one piece, with gaps and transposed
    for dtype in checks.DTYPES:  # the answer equals x
        copying = np.eye(2).reshape(2, 2, 1, 1)
        cases += [(x.astype(dtype), copying.astype(dtype), b) for b in 3 * [None] + 3 * [np.zeros(2, dtype)]]
    side_by_side = checks.drawn(rng, (2, 2, 6, 6))
    cases += [(side_by_side, weight, b, 3) for b in (bias, None, -bias)]
    for _ in range(90):  # small, so that much is the same in two calls, and something is not
        x = checks.drawn(rng, (2, 2, *rng.integers(5, 9, size=2)))
        weight = checks.drawn(rng, (3, 2, *((2, 3), (3, 2), (1, 1))[rng.integers(3)]))
        b = (None, None, bias)[rng.integers(3)]
        cases.append((x, weight, b, *rng.integers([1, 0, 1], [4, 3, 3]).tolist()))
    x, weight = checks.drawn(rng, (2, 2, 6, 8)), checks.drawn(rng, (3, 2, 2, 3))
    for shape, kernel in (
        ((2, 2, 8, 6), (3, 2, 2, 3)),
        ((2, 2, 6, 8), (3, 2, 3, 2)),
        ((2, 2, 4, 12), (3, 2, 1, 6)),
        ((1, 4, 6, 8), (3, 4, 1, 3)),
        ((4, 1, 6, 8), (6, 1, 2, 3)),
    ):  # the same bytes in other shapes
        cases += [(x.reshape(shape), weight.reshape(kernel)), (x, weight)]
    cases += [(x[::-1], weight), (x, weight), (x, weight[..., ::-1]), (x[..., ::-1], weight)]
    large, middle = checks.drawn(rng, (1, 1, 35, 30)), np.zeros((1, 1, 35, 30))
    middle[..., 17, 15] = 1
    cases += [(large + much * middle, weight[:, :1]) for much in (0, 1, 2)]  # nearly equal
    for answer, case in zip(checks.in_turn("conv2d", conv2d, *cases), cases, strict=True):
        answer.matches(F.conv2d_forward(*checks.in_float64(case))[0])


test_q5_inputs(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.25
failure_message: A weight with fewer or with more channels than x must raise ValueError.
"""  # END TEST CONFIG


def test_q5_refuses(conv2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31035)
    x, weight = checks.drawn(rng, (2, 3, 5, 5)), checks.drawn(rng, (2, 6, 3, 3))
    checks.call("conv2d", conv2d, x, weight[:, :3]).matches(F.conv2d_forward(x, weight[:, :3])[0])
    for channels in (1, 2, 4, 6):
        checks.refuses("conv2d", conv2d, x, weight[:, :channels])
    checks.refuses("conv2d", conv2d, x[:, :1], weight[:, :3])
    for number in range(16):
        count, channels, maps, kh, kw = rng.integers(1, [4, 6, 6, 4, 4]).tolist()
        x = checks.drawn(rng, (count, channels, 6, 7))
        other = (
            channels + int(rng.integers(1, 5))
            if number % 2 or channels == 1
            else int(rng.integers(1, channels))
        )
        bias = checks.drawn(rng, maps) if number % 3 else None
        more = rng.integers([1, 0, 1], [3, 3, 3]).tolist()
        checks.refuses("conv2d", conv2d, x, checks.drawn(rng, (maps, other, kh, kw)), bias, *more)
    checks.refuses("conv2d", conv2d, checks.drawn(rng, (2, 4, 1, 1)), checks.drawn(rng, (4, 2, 1, 1)))
    checks.refuses(
        "conv2d", conv2d, checks.drawn(rng, (2, 4, 6, 2)), checks.drawn(rng, (4, 2, 6, 4)), None, 1, 1
    )


test_q5_refuses(conv2d)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Your layer has a property that no test above asked for. Move the picture by three pixels, and away from the
# border its map moves by three pixels: nothing else changes. q14 comes back to this.

# %%
if grader.ready("q5"):
    picture = data.photograph("camera")[None, None, ::4, ::4]
    edge = SOBEL_X[None, None]
    here, there = conv2d(picture, edge), conv2d(np.roll(picture, 3, axis=3), edge)
    print("largest difference after the move:", np.abs(there[..., 3:] - here[..., :-3]).max())

# %% [raw]
# # BEGIN QUESTION
# name: q6
# points: 3

# %% [markdown]
# ### q6 · Lay the windows out: im2col &nbsp; ★★★ · 25 minutes
#
# **Why.** Python loops are slow, matrix products are the fastest thing a computer does. So write all windows
# side by side into one matrix, and the layer becomes one product. In the book:
# [Convolution as a matrix]({{book}}/convolution/convolution-as-matrix.html).
#
# Each *column* is one window, flattened: channel first, then kernel row, then kernel column. The columns
# stand in the order of the outputs: row by row. For one channel of 3×3 and a 2×2 kernel:
#
# ```
# 0 1 2        0 1 3 4    <- top left pixel of each of the four windows
# 3 4 5   ->   1 2 4 5    <- top right
# 6 7 8        3 4 6 7    <- bottom left
#              4 5 7 8    <- bottom right
# ```
#
# Look at the *rows*: each is the image itself, shifted and cut. So you need no loop over windows.
# Loop over the taps instead (nine for a 3×3 kernel), and take one strided slice for each.
#
# **Write** `im2col`.
#
# <details><summary>Hint: "Column 0 of image 0 is 0, 1, 10, 11"</summary>
# Fill an array of shape (N, C, kh, kw, H', W') with <code>columns[:, :, i, j] = slice</code>, and reshape
# at the very end to (N, C·kh·kw, H'·W'). The reshape then gives the order that is asked for.
# </details>
# <details><summary>Hint: "could not broadcast input array"</summary>
# Where does the slice end? Tap (i, j) starts at pixel (d·i, d·j), steps by the stride, and is taken H' times
# down: it ends before d·i + stride·H'.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    """Lay every window of a convolution out as a column.

    Parameters
    ----------
    x : array (N, C, H, W), of floats of any precision, integers or bool
    kernel_size : pair of int             (kh, kw)
    stride : int              pixels from one window to the next, down and across
    padding : int             zeros added on each of the four sides
    dilation : int            pixels from one tap to the next, down and across

    Returns
    -------
    array (N, C * kh * kw, H' * W')       dtype as x; rows: channel, kernel row, kernel column; columns:
                                          output row by row
    """
    # BEGIN SOLUTION
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    batch, channels, height, width = x.shape
    out_h = (height - dilation * (kh - 1) - 1) // stride + 1
    out_w = (width - dilation * (kw - 1) - 1) // stride + 1
    columns = np.zeros((batch, channels, kh, kw, out_h, out_w), dtype=x.dtype)
    for i in range(kh):
        for j in range(kw):
            top, left = dilation * i, dilation * j
            columns[:, :, i, j] = x[
                :, :, top : top + stride * out_h : stride, left : left + stride * out_w : stride
            ]
    return columns.reshape(batch, channels * kh * kw, out_h * out_w)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q6_worked(im2col):
    import numpy as np

    from coursekit import checks

    first = np.arange(9.0).reshape(3, 3)
    x = np.array([[first, 10 + first], [20 + first, 30 + first]])
    rows = np.array(
        [[0, 1, 3, 4, 6, 7], [1, 2, 4, 5, 7, 8], [10, 11, 13, 14, 16, 17], [11, 12, 14, 15, 17, 18]]
    )
    answer = checks.leaves_inputs("im2col", im2col, x, (1, 2))
    answer.equals([rows, 20 + rows], "Column 0 of image 0 is 0, 1, 10, 11: its first window.")
    answer = checks.call("im2col", im2col, x[:1, :1], (2, 2))
    answer.equals([[[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]], "This is the picture above.")


test_q6_worked(im2col)


# %%
def test_q6_stride(im2col):
    import numpy as np

    from coursekit import checks

    x = np.arange(12.0).reshape(1, 1, 3, 4)
    answer = checks.call("im2col", im2col, x, (2, 2), stride=2, padding=1)
    right = [[[0, 0, 0, 0, 5, 7], [0, 0, 0, 4, 6, 0], [0, 1, 3, 0, 9, 11], [0, 2, 0, 8, 10, 0]]]
    answer.equals(right, "Pad first; then every second window.")
    answer = checks.call("im2col", im2col, x.astype(np.int32), (2, 2), stride=2, padding=1)
    answer.equals(right, "x is of dtype int32, and so are the columns.", dtype=np.int32)


test_q6_stride(im2col)


# %%
def test_q6_dilation(im2col):
    import numpy as np

    from coursekit import checks

    x = np.arange(24.0).reshape(2, 1, 3, 4)
    answer = checks.call("im2col", im2col, x, (2, 2), dilation=2)
    right = np.array([[0, 1], [2, 3], [8, 9], [10, 11]])
    answer.equals([right, 12 + right], "With dilation 2 the taps lie 2 pixels apart.")


test_q6_dilation(im2col)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: im2col was called with many shapes, kernels, strides and paddings.
"""  # END TEST CONFIG


def test_q6_drawn(im2col):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31006)
    for shape, kernel, stride, padding in [
        ((2, 3, 6, 9), (3, 3), 1, 0),
        ((1, 2, 9, 5), (2, 4), 2, 1),
        ((3, 1, 8, 7), (5, 3), 3, 2),
        ((2, 2, 5, 5), (3, 2), 1, 1),
        ((2, 2, 5, 4), (1, 1), 2, 0),
        ((1, 1, 6, 6), (1, 6), 1, 0),
        ((1, 1, 6, 6), (6, 1), 1, 0),
        ((1, 3, 4, 5), (2, 2), 3, 4),
        ((1, 2, 24, 31), (5, 7), 4, 3),
        ((131, 67, 3, 4), (2, 3), 1, 0),
        ((1, 1, 400, 500), (2, 3), 5, 1),  # as large as they get
        ((2, 3, 4, 5), (4, 5), 1, 0),  # a single window
        ((2, 1, 1, 1), (1, 1), 1, 0),
        ((1, 2, 3, 2), (3, 2), 2, 0),
        ((2, 2, 3, 4), (5, 6), 1, 1),
        ((2, 2, 4, 5), (3, 3), 5, 0),
        ((1, 1, 1, 4), (1, 3), 2, 0),
    ]:
        x = rng.normal(size=shape)
        right = F.unfold_forward(x, kernel, padding=padding, stride=stride)[0]
        checks.call("im2col", im2col, x, kernel, stride, padding).matches(right, exact=True)


test_q6_drawn(im2col)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: im2col was called with dilation together with stride and padding.
"""  # END TEST CONFIG


def test_q6_drawn_dilation(im2col):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31016)
    for shape, kernel, stride, padding, dilation in [
        ((2, 2, 9, 11), (3, 3), 1, 0, 2),
        ((1, 3, 12, 8), (2, 3), 2, 2, 3),
        ((2, 2, 8, 9), (2, 2), 2, 0, 2),  # the stride is that of windows which lie side by side
        ((2, 2, 9, 12), (2, 2), 3, 0, 2),
        ((1, 2, 10, 11), (3, 3), 3, 2, 2),
        ((1, 2, 10, 15), (3, 3), 5, 0, 2),
    ]:
        x = rng.normal(size=shape)
        right = F.unfold_forward(x, kernel, dilation, padding, stride)[0]
        named = {"padding": padding, "dilation": dilation, "stride": stride, "kernel_size": kernel, "x": x}
        checks.call("im2col", im2col, **named).matches(right, exact=True)
    for _ in range(20):
        kernel = tuple(rng.integers(1, 5, size=2).tolist())
        stride, padding, dilation = rng.integers([1, 0, 1], [5, 5, 4]).tolist()
        least = [max(1, dilation * (k - 1) + 1 - 2 * padding) for k in kernel]
        x = rng.normal(size=(*rng.integers(1, [6, 6]), *(least + rng.integers(0, 8, size=2))))
        right = F.unfold_forward(x, kernel, dilation, padding, stride)[0]
        checks.call("im2col", im2col, x, kernel, stride, padding, dilation).matches(right, exact=True)


test_q6_drawn_dilation(im2col)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: im2col was called with several dtypes, and many times in turn. Each time it must keep the
  dtype, leave x as it is, and return a new array, which stays as it is.
"""  # END TEST CONFIG


def test_q6_keeps(im2col):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31026)
    x, cases = rng.integers(0, 100, size=(2, 2, 4, 5)), []
    for dtype in (np.float64, np.float32, np.float16, np.int8, np.uint8, np.int32, np.int64, np.bool_):
        for kernel, padding in (((2, 3), 0), ((2, 3), 1), ((1, 1), 0)):
            cases += 3 * [(x.astype(dtype), kernel, 1, padding, 1)]
    for answer, case in zip(checks.in_turn("im2col", im2col, *cases), cases, strict=True):
        right = F.unfold_forward(case[0].astype(float), case[1], padding=case[3])[0]
        answer.matches(right, dtype=case[0].dtype)
    wide = rng.normal(size=(2, 2, 4, 6))
    cases = [(y, (2, 2), 2, 0, 1) for y in (wide, wide + 1, -wide)]
    cases += checks.one_changed((wide, (2, 3), 1, 1, 1), (1 - wide, (3, 2), 2, 0, 2), (wide, (2, 1), 3, 2, 1))
    cases = [case for case in cases for _ in range(3)]  # each in one piece, with gaps and transposed
    for _ in range(120):  # small, so that much is the same in two calls, and something is not
        given, kernel = rng.normal(size=(2, 1, *rng.integers(5, 9, size=2))), (2, 3)[:: rng.choice([1, -1])]
        cases.append((given, kernel, *rng.integers([1, 0, 1], [4, 3, 3]).tolist()))
    for shape in ((2, 2, 6, 4), (4, 1, 4, 6), (1, 4, 4, 6), (2, 2, 3, 8)):  # the same bytes in other shapes
        cases += [(wide.reshape(shape), (2, 3), 1, 1, 1), (wide, (2, 3), 1, 1, 1)]
    cases += [(y, (2, 3), 1, 1, 1) for y in (wide[::-1], wide, wide[..., ::-1], wide[:, :, ::-1])]
    large, middle = rng.normal(size=(1, 1, 35, 30)), np.zeros((1, 1, 35, 30))
    middle[..., 17, 15] = 1
    cases += [(large + much * middle, (2, 3), 1, 0, 1) for much in (0, 1, 2)]  # nearly equal
    answers = checks.in_turn("im2col", im2col, *cases)
    for answer, (given, kernel, stride, padding, dilation) in zip(answers, cases, strict=True):
        answer.matches(F.unfold_forward(given, kernel, dilation, padding, stride)[0], exact=True)
    large, bits = x * (2**54) + 1, x % 2 == 1  # floats cannot hold the large ones
    for given, dtype in ((large, np.int64), (bits, np.bool_)):
        right = np.stack([given[:, :, u : u + 3, v : v + 3] for u in range(2) for v in range(3)], axis=2)
        answer = checks.call("im2col", im2col, given, (2, 3))
        answer.matches(right.reshape(2, 12, 9), dtype=dtype, exact=True)
    odd = [-1, 1, -2, 0, 9, -9, 99, -99, 100, -100, 127, -128, 255, -999, 999, 1000, -1000, 9999, -9999]
    odd += [10**6, -(10**6), 10**9, -(10**9), 2**31 - 1, -(2**31), 12345, -12345, 2**53, -(2**53), 2, -3]
    for dtype in (np.float64, np.int64):  # padding is no place for a number that an image may hold
        given = np.array(odd, dtype).reshape(1, 1, 1, -1)
        right = np.pad(given[0, 0], 1)
        right = np.stack([right[u : u + 2, v : v + 33].ravel() for u in range(2) for v in range(1)])
        answer = checks.call("im2col", im2col, given, (2, 1), padding=1)
        answer.matches(right[None], dtype=dtype, exact=True)


test_q6_keeps(im2col)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7
# points: 2

# %% [markdown]
# ### q7 · The layer as one matrix product &nbsp; ★★☆ · 10 minutes
#
# **Why.** With the windows in columns, each kernel is a row: `weight.reshape(F, C*kh*kw)`. Row times column
# is a window's sum. All rows times all columns are all outputs. In the book:
# [Convolution as a matrix]({{book}}/convolution/convolution-as-matrix.html).
#
# **Write** `conv2d_from_columns`. The tests bring their own columns, so you can solve this even if q6 still
# fails. The largest case takes 310 million multiply-adds: a moment as one product, more than 10 seconds one
# by one, and more than 2 GiB where all are kept.
#
# <details><summary>Hint: "mismatch in its core dimension"</summary>
# (F, K) @ (N, K, L) gives (N, F, L): NumPy repeats the first matrix for every image. Print both shapes.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def conv2d_from_columns(columns, weight, bias, output_shape):
    """Convolution layer from the windows that im2col laid out.

    Parameters
    ----------
    columns : array (N, C * kh * kw, H' * W') of floats
    weight : array (F, C, kh, kw) of floats
    bias : array (F,) of floats, or None
    output_shape : pair of int            (H', W')

    Returns
    -------
    array (N, F, H', W') of floats
    """
    # BEGIN SOLUTION
    filters = weight.shape[0]
    dtype = np.result_type(columns, weight, np.float32)  # floats, as precise as what came in
    out = weight.reshape(filters, -1).astype(dtype) @ columns  # (N, F, H' W')
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(columns.shape[0], filters, *output_shape)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q7_worked(conv2d_from_columns):
    import numpy as np

    from coursekit import checks

    first = np.array([[0, 1, 3, 4, 6, 7], [1, 2, 4, 5, 7, 8.0]])
    weight = np.array([[[[1.0]], [[1.0]]], [[[1.0]], [[-1.0]]], [[[0.0]], [[2.0]]]])
    columns = np.array([first, 10 + first])
    arguments = (columns, weight, None, (3, 2))
    answer = checks.leaves_inputs("conv2d_from_columns", conv2d_from_columns, *arguments)
    total, second = np.array([[1, 3], [7, 9], [13, 15]]), np.array([[2, 4], [8, 10], [14, 16]])
    less = -np.ones((3, 2))
    answer.equals(
        [[total, less, second], [20 + total, less, 20 + second]], "Each kernel, flattened, is one row."
    )


test_q7_worked(conv2d_from_columns)


# %%
def test_q7_bias(conv2d_from_columns):
    import numpy as np

    from coursekit import checks

    columns = np.array([[[1.0, 2, 3]], [[4, 5, 6]]])
    weight, bias = np.array([[[[1.0]]], [[[-1.0]]]]), np.array([0.5, 10.0])
    answer = checks.call("conv2d_from_columns", conv2d_from_columns, columns, weight, bias, (1, 3))
    right = [[[[1.5, 2.5, 3.5]], [[9, 8, 7]]], [[[4.5, 5.5, 6.5]], [[6, 5, 4]]]]
    answer.equals(right, "The bias belongs to the kernel, 0.5 to the first and 10 to the second.")
    arguments = (columns.astype(int), weight.astype(int), np.array([-2, 2]), (3, 1))
    answer = checks.call("conv2d_from_columns", conv2d_from_columns, *arguments)
    right = [[[[-1], [0], [1]], [[1], [0], [-1]]], [[[2], [3], [4]], [[-2], [-3], [-4]]]]
    answer.equals(right, "All numbers are whole here; the biases are -2 and 2.")


test_q7_bias(conv2d_from_columns)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: conv2d_from_columns was called without bias, with many shapes, also one kernel and kernels
  1×1; then with float64, float32 and whole numbers. It must give floats, as precise as what came in.
"""  # END TEST CONFIG


def test_q7_drawn(conv2d_from_columns):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31007)
    for shape, kernel in [
        ((2, 3, 6, 9), (4, 3, 3, 2)), ((3, 2, 7, 5), (3, 2, 2, 3)), ((1, 2, 4, 5), (1, 2, 1, 1)),
        ((2, 1, 3, 4), (2, 1, 3, 4)), ((131, 2, 3, 4), (2, 2, 2, 3)), ((1, 67, 3, 4), (131, 67, 2, 3)),
    ]:  # fmt: skip
        x, weight = checks.drawn(rng, shape), checks.drawn(rng, kernel)
        right = F.conv2d_forward(x, weight)[0]
        columns = F.unfold_forward(x, kernel[2:])[0]
        named = {"output_shape": right.shape[2:], "bias": None, "weight": weight, "columns": columns}
        checks.call("conv2d_from_columns", conv2d_from_columns, **named).matches(right, fine=True)
    large = [((2, 1000, 100), (2, 10, 10, 10), (5, 20)), ((4, 2, 25000), (3, 2, 1, 1), (100, 250))]
    large += [((1, 100000, 2), (2, 2, 125, 400), (2, 1))]  # as large as they get
    for size, kernel, shape in large:
        columns, weight = checks.drawn(rng, size), checks.drawn(rng, kernel)
        right = (weight.reshape(kernel[0], -1) @ columns).reshape(size[0], kernel[0], *shape)
        arguments = (columns, weight, None, shape)
        checks.call("conv2d_from_columns", conv2d_from_columns, *arguments).matches(right, fine=True)
    columns, weight = checks.drawn(rng, (1, 128, 1560)), checks.drawn(rng, (1560, 2, 8, 8))
    right = (weight.reshape(1560, -1) @ columns).reshape(1, 1560, 39, 40)  # 310 million multiply-adds
    answer = checks.call("conv2d_from_columns", conv2d_from_columns, columns, weight, None, (39, 40))
    value = answer.array(right.shape, secret=True)
    assert np.abs(value - right).max() < 1e-9 * np.abs(right).max(), "Values of the largest case are wrong."
    for number in range(20):
        count, channels, maps, kh, kw, height, width = rng.integers(1, [6, 5, 8, 4, 4, 7, 7]).tolist()
        scale = (0, 1, 400)[number % 3]  # the least numbers, and the largest
        columns = checks.drawn(rng, (count, channels * kh * kw, height * width), scale)
        weight = checks.drawn(rng, (maps, channels, kh, kw), scale)
        right = np.einsum("fk,nkl->nfl", weight.reshape(maps, -1), columns)
        arguments = (columns, weight, None, (height, width))
        answer = checks.call("conv2d_from_columns", conv2d_from_columns, *arguments)
        term = np.abs(columns).max() * np.abs(weight).max()  # a sum of such may be 0, or nearly
        answer.matches(right.reshape(count, maps, height, width), fine=True, unit=term)
    whole = rng.integers(-(10**6), 10**6, size=(2, 6, 4)), rng.integers(-(10**6), 10**6, size=(3, 3, 2, 1))
    right = (whole[1].reshape(3, 6) * 1.0) @ (whole[0] * 1.0)
    answer = checks.call("conv2d_from_columns", conv2d_from_columns, *whole, None, (2, 2))
    answer.matches(right.reshape(2, 3, 2, 2))
    drawn = [
        (checks.drawn(rng, (2, 6, 4), 30), checks.drawn(rng, (3, 3, 2, 1)), None, (2, 2)) for _ in range(9)
    ]
    for case in checks.mixed(drawn):  # whole numbers and floats
        columns, weight, _, shape = checks.in_float64(case)
        right = (weight.reshape(3, 6) @ columns).reshape(2, 3, *shape)
        checks.call("conv2d_from_columns", conv2d_from_columns, *case).matches(right, fine=True)


test_q7_drawn(conv2d_from_columns)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: conv2d_from_columns was called with many biases, with as many images as kernels and with
  others; then with float64, float32 and whole numbers. It must give floats, as precise as what came in.
"""  # END TEST CONFIG


def test_q7_drawn_bias(conv2d_from_columns):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31017)
    for shape, kernel in [
        ((3, 2, 6, 6), (3, 2, 3, 3)),
        ((1, 1, 4, 6), (2, 1, 2, 2)),
        ((2, 3, 4, 5), (1, 3, 2, 2)),
    ]:
        x, weight, bias = checks.drawn(rng, shape), checks.drawn(rng, kernel), checks.drawn(rng, kernel[0])
        columns = F.unfold_forward(x, kernel[2:])[0]
        right = F.conv2d_forward(x, weight, bias)[0]
        arguments = (columns, weight, bias, right.shape[2:])
        checks.call("conv2d_from_columns", conv2d_from_columns, *arguments).matches(right, fine=True)
        whole = np.arange(len(bias)) - 1
        for other in (np.zeros_like(bias), bias - bias.mean(), whole, -np.abs(bias)):
            right = F.conv2d_forward(x, weight, other.astype(float))[0]
            arguments = (columns, weight, other, right.shape[2:])
            checks.call("conv2d_from_columns", conv2d_from_columns, *arguments).matches(right, fine=True)
        least = [checks.drawn(rng, one.shape, 0) for one in (columns, weight, bias)]
        right = least[1].reshape(len(bias), -1) @ least[0] + least[2][:, None]
        right = right.reshape(F.conv2d_forward(x, weight)[0].shape)
        answer = checks.call("conv2d_from_columns", conv2d_from_columns, *least, right.shape[2:])
        answer.matches(right, fine=True, unit=1e-6)
    drawn = [
        (
            checks.drawn(rng, (2, 6, 4), 30),
            checks.drawn(rng, (3, 3, 2, 1)),
            checks.drawn(rng, 3) * some,
            (1, 4),
        )
        for some in 18 * [0, 1, 1]  # zeros have a dtype, too
    ]
    for case in checks.mixed(drawn):  # whole numbers and floats
        columns, weight, bias, shape = checks.in_float64(case)
        right = (weight.reshape(3, 6) @ columns + bias[:, None]).reshape(2, 3, *shape)
        checks.call("conv2d_from_columns", conv2d_from_columns, *case).matches(right, fine=True)


test_q7_drawn_bias(conv2d_from_columns)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: conv2d_from_columns was called many times in turn. Each time it must leave its input as
  it is, and return a new array, which stays as it is.
"""  # END TEST CONFIG


def test_q7_inputs(conv2d_from_columns):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(31027)
    columns, weight, bias = (
        checks.drawn(rng, (2, 12, 6)),
        checks.drawn(rng, (3, 2, 2, 3)),
        checks.drawn(rng, 3),
    )
    cases = [(columns, weight, b, (3, 2)) for b in (None, bias, -bias)]
    cases += checks.one_changed((columns, weight, bias, (3, 2)), (columns + 1, 1 - weight, -bias, (2, 3)))
    cases = [case for case in cases for _ in range(3)]  # each in one piece, with gaps and transposed
    copying = np.eye(12).reshape(12, 3, 2, 2)
    for dtype in checks.DTYPES:  # the answer holds the columns
        for b in (None, np.zeros(12, dtype)):
            cases += 3 * [(columns.astype(dtype), copying.astype(dtype), b, (3, 2))]
    for _ in range(40):  # small, so that much is the same in two calls, and something is not
        shape = ((2, 3), (3, 2), (1, 6), (6, 1))[rng.integers(4)]
        kernel = ((2, 2, 3), (2, 3, 2), (3, 2, 2), (1, 3, 4))[rng.integers(4)]
        weight = checks.drawn(rng, (3, *kernel)).round()
        cases.append((checks.drawn(rng, (2, 12, 6)), weight - weight[:, ::-1], checks.drawn(rng, 3), shape))
    weight = checks.drawn(rng, (3, 2, 2, 3))
    for size, kernel, shape in (
        ((2, 6, 12), (6, 1, 2, 3), (3, 4)),
        ((1, 12, 12), (3, 2, 2, 3), (3, 4)),
        ((1, 12, 12), (3, 2, 2, 3), (2, 6)),
        ((4, 6, 6), (6, 1, 2, 3), (3, 2)),
    ):  # the same bytes in other shapes
        cases += [
            (columns.reshape(size), weight.reshape(kernel), None, shape),
            (columns, weight, None, (3, 2)),
        ]
    cases += [(c, weight, None, (3, 2)) for c in (columns[::-1], columns, columns[..., ::-1])]
    large, middle = checks.drawn(rng, (1, 12, 99)), np.zeros((1, 12, 99))
    middle[0, 6, 50] = 1
    cases += [(large + much * middle, weight, None, (9, 11)) for much in (0, 1, 2)]  # nearly equal
    answers = checks.in_turn("conv2d_from_columns", conv2d_from_columns, *cases)
    for answer, case in zip(answers, cases, strict=True):
        c, w, b, shape = checks.in_float64(case)
        right = w.reshape(len(w), -1) @ c + (0 if b is None else b[:, None])
        answer.matches(right.reshape(len(c), len(w), *shape))


test_q7_inputs(conv2d_from_columns)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Put q6 and q7 together, and compare with the loops of q5: the same numbers, in a small part of the time.


# %%
def fast_conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Compute conv2d by one matrix product."""
    kh, kw = weight.shape[2:]
    room = [size + 2 * padding - dilation * (k - 1) for size, k in zip(x.shape[2:], (kh, kw), strict=True)]
    shape = tuple(len(range(0, r, stride)) for r in room)  # one output for each start that fits
    return conv2d_from_columns(im2col(x, (kh, kw), stride, padding, dilation), weight, bias, shape)


# %%
if grader.ready("q5", "q6", "q7"):
    rng = np.random.default_rng(0)
    x, weight, bias = rng.normal(size=(4, 3, 48, 48)), rng.normal(size=(6, 3, 5, 5)), rng.normal(size=6)
    start = time.perf_counter()
    slow_out = conv2d(x, weight, bias, padding=2)
    middle = time.perf_counter()
    fast_out = fast_conv2d(x, weight, bias, padding=2)
    end = time.perf_counter()
    print(f"loops {middle - start:.3f} s, matrix product {end - middle:.3f} s")
    print("largest difference:", np.abs(slow_out - fast_out).max())

# %% [raw]
# # BEGIN QUESTION
# name: q8
# points: 3

# %% [markdown]
# ### q8 · Max pooling &nbsp; ★★☆ · 20 minutes
#
# **Why.** A feature map says *where* something was seen. Often the next layer only needs to know that it
# was seen *about here*. Pooling keeps the strongest answer of each window and forgets the exact place. It
# has no weights. In the book: [Pooling]({{book}}/convolution/pooling.html).
#
# Pooling works on each channel alone. Without a `stride` the windows stand side by side: the stride is the
# kernel size.
#
# Take care at the border. Padding must never win, so it counts as $-\infty$ and not as 0. (Think of a map
# whose values are all negative.)
#
# **Write** `max_pool2d`.
#
# <details><summary>Hint: "The corner window holds -1 alone"</summary>
# Pad with <code>-np.inf</code>: <code>np.pad(..., constant_values=-np.inf)</code>. An integer array cannot
# hold it, so turn x into floats first.
# </details>
# <details><summary>Hint: "With stride 1 the windows overlap"</summary>
# A reshape into blocks cannot overlap. Loop over the outputs, or take the maximum of shifted slices as in q6.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def max_pool2d(x, kernel_size, stride=None, padding=0):
    """Maximum of each window of each channel.

    Parameters
    ----------
    x : array (N, C, H, W) of floats
    kernel_size : int         height and width of a window
    stride : int or None      None means kernel_size
    padding : int             on each side, at most kernel_size // 2; padded places never win

    Returns
    -------
    array (N, C, H', W') of floats, H' and W' as in q1
    """
    # BEGIN SOLUTION
    stride = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x if x.dtype.kind == "f" else x.astype(float), sides, constant_values=-np.inf)
    out_h, out_w = ((size - kernel_size) // stride + 1 for size in x.shape[2:])
    out = np.full((*x.shape[:2], out_h, out_w), -np.inf, dtype=x.dtype)
    for u in range(kernel_size):
        for v in range(kernel_size):
            np.maximum(
                out, x[:, :, u : u + stride * out_h : stride, v : v + stride * out_w : stride], out=out
            )
    return out
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.25
"""  # END TEST CONFIG


def test_q8_worked(max_pool2d):
    import numpy as np

    from coursekit import checks

    first = np.array([[1.0, 3, 2, 4], [5, 0, 1, 1], [2, 2, 8, 6]])
    x = np.array([[first, 10 + first], [-first, first[:, ::-1]]])
    right = [[[[5, 4]], [[15, 14]]], [[[0, -1]], [[4, 5]]]]
    hint = "Row 2 is left over: it starts no window."
    checks.leaves_inputs("max_pool2d", max_pool2d, x, 2).equals(right, hint)
    checks.call("max_pool2d", max_pool2d, x.astype(int), 2).equals(right, hint)


test_q8_worked(max_pool2d)

# %%
""" # BEGIN TEST CONFIG
points: 0.25
"""  # END TEST CONFIG


def test_q8_overlap(max_pool2d):
    import numpy as np

    from coursekit import checks

    first = np.array([[1.0, 3, 2, 4], [5, 0, 1, 1], [2, 2, 8, 6]])
    answer = checks.call("max_pool2d", max_pool2d, np.array([[first], [-first]]), 2, 1)
    answer.equals(
        [[[[5, 3, 4], [5, 8, 8]]], [[[0, 0, -1], [0, 0, -1]]]], "With stride 1 the windows overlap."
    )


test_q8_overlap(max_pool2d)

# %%
""" # BEGIN TEST CONFIG
points: 0.5
"""  # END TEST CONFIG


def test_q8_negative(max_pool2d):
    import numpy as np

    from coursekit import checks

    first = -np.arange(1.0, 17.0).reshape(4, 4)
    answer = checks.call("max_pool2d", max_pool2d, np.array([[first], [first - 2000]]), 2, 2, 1)
    one = np.array([[-1, -2, -4], [-5, -6, -8], [-13, -14, -16]])
    answer.equals([[one], [one - 2000]], "The corner window holds -1 alone, and padding.")


test_q8_negative(max_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.5
failure_message: max_pool2d was called with many shapes, kernels, strides and paddings.
"""  # END TEST CONFIG


def test_q8_drawn(max_pool2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31008)
    for shape, kernel, stride, padding in [
        ((2, 3, 6, 9), 2, None, 0),
        ((1, 2, 9, 7), 3, 2, 1),
        ((3, 1, 8, 5), 3, 1, 0),
        ((2, 2, 7, 10), 2, 3, 1),
        ((2, 2, 5, 6), 3, 1, 1),
        ((2, 3, 4, 5), 1, None, 0),
        ((1, 2, 5, 6), 1, 2, 0),
        ((2, 1, 6, 9), 4, None, 2),
        ((1, 1, 4, 4), 4, None, 0),
        ((2, 1, 7, 9), 4, 3, 1),
        ((1, 2, 30, 37), 5, 4, 2),
        ((1, 2, 5, 8), 6, 1, 3),
        ((131, 67, 3, 4), 2, 1, 1),
    ]:
        x = rng.normal(size=shape) - 3
        right = F.max_pool2d_forward(x, kernel, stride, padding)[0]
        named = {"padding": padding, "stride": stride, "kernel_size": kernel, "x": x}
        checks.call("max_pool2d", max_pool2d, **named).matches(right, fine=True)
    for number in range(30):
        kernel, stride = int(rng.integers(1, 7)), (None, 1, 2, 3, 5, 7)[number % 6]
        padding = int(rng.integers(0, kernel // 2 + 1))
        height, width = (max(1, kernel - 2 * padding) + rng.integers(0, 12, size=2)).tolist()
        scale = 10.0 ** (-9, -3, 0, 2, 5)[number % 5]  # small numbers and large ones
        x = rng.normal(size=(*rng.integers(1, [6, 6]), height, width)) * scale
        x += (-5, 0, 5)[number % 3] * np.abs(x).max()
        right = F.max_pool2d_forward(x, kernel, stride, padding)[0]
        answer = checks.call("max_pool2d", max_pool2d, x, kernel, stride, padding)
        answer.matches(right, fine=True, unit=scale)


test_q8_drawn(max_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.5
failure_message: max_pool2d was called with padding and with values far below zero.
"""  # END TEST CONFIG


def test_q8_far_below(max_pool2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31018)
    for far in (1e3, 1e6, 1e9, 1e30, 1e300):
        x = -far * rng.uniform(1, 2, size=(2, 2, 5, 4))
        right = F.max_pool2d_forward(x, 3, 2, 1)[0]
        checks.call("max_pool2d", max_pool2d, x, 3, 2, 1).matches(right)
    for far in (-1e9, -1e30, -1e100):  # beside small numbers, and beside large ones
        x = rng.normal(size=(2, 2, 7, 8))
        x[rng.uniform(size=x.shape) < 0.3] = far
        x[:, :, 2, 3:] = far
        for one in (x, np.where(x == x.max(), -far, x)):
            for padding in (0, 1):
                right = F.max_pool2d_forward(one, 3, 2, padding)[0]
                checks.call("max_pool2d", max_pool2d, one, 3, 2, padding).matches(right, fine=True)


test_q8_far_below(max_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.5
failure_message: max_pool2d was called with float64, float32 and whole numbers; it
  must give floats, as precise as what came in.
"""  # END TEST CONFIG


def test_q8_numbers(max_pool2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng, cases = np.random.default_rng(31038), []
    for number in range(36):
        arguments = ((2, None, 0), (3, 2, 1), (1, None, 0), (2, 3, 1), (4, 1, 2))[number % 5]
        x = 30 * rng.normal(size=(2, 3, *rng.integers(4, 8, size=2))) + (-99, 0, 99)[number // 3 % 3]
        cases.append((np.round(x) if number % 4 == 0 else x, *arguments))  # equal values in a window, too
    for case in checks.mixed(cases):
        right = F.max_pool2d_forward(*checks.in_float64(case))[0]
        checks.call("max_pool2d", max_pool2d, *case).matches(right, fine=True)
    far = -(10**15) - rng.integers(0, 9, size=(1, 2, 4, 4)) * 10**14
    far[0, 0, 0] = np.iinfo(np.int64).min
    right = F.max_pool2d_forward(far.astype(float), 3, 2, 1)[0]
    checks.call("max_pool2d", max_pool2d, far, 3, 2, 1).matches(right)


test_q8_numbers(max_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.5
failure_message: max_pool2d was called many times in turn. Each time it must leave its input as
  it is, and return a new array, which stays as it is.
"""  # END TEST CONFIG


def test_q8_inputs(max_pool2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31028)
    x, cases = rng.normal(size=(2, 3, 6, 12)), []
    for arguments in [(2, None, 0), (3, 3, 0), (2, 1, 0), (3, 2, 1)]:
        cases += [(y, *arguments) for y in (x, x + 1, -x) for _ in range(3)]  # in each layout
    changed = checks.one_changed((x - 9, 3, 2, 1), (1 - x, 4, None, 0), (x, 2, 1, 0))
    cases += [case for case in changed for _ in range(3)]
    for dtype in checks.DTYPES:  # the answer equals x
        cases += [(x.astype(dtype), 1, stride, 0) for stride in 3 * [None] + 3 * [1]]
    for _ in range(120):  # small, so that much is the same in two calls, and something is not
        x, kernel = rng.normal(size=(2, 1, *rng.integers(4, 9, size=2))), int(rng.integers(1, 5))
        cases.append((x, kernel, (None, 1, 2, 3)[rng.integers(4)], int(rng.integers(0, kernel // 2 + 1))))
    x = rng.normal(size=(2, 3, 4, 6))
    for shape in ((2, 3, 6, 4), (3, 2, 4, 6), (1, 6, 4, 6), (2, 3, 3, 8)):  # the same bytes in other shapes
        cases += [(x.reshape(shape), 2, 1, 1), (x, 2, 1, 1)]
    cases += [(y, 2, 1, 1) for y in (x[::-1], x, x[..., ::-1], x[:, :, ::-1])]
    large, middle = rng.normal(size=(1, 1, 35, 30)), np.zeros((1, 1, 35, 30))
    middle[..., 17, 15] = 9
    cases += [(large + much * middle, 2, 1, 1) for much in (0, 1, 2)]  # nearly equal
    for answer, case in zip(checks.in_turn("max_pool2d", max_pool2d, *cases), cases, strict=True):
        answer.matches(F.max_pool2d_forward(*checks.in_float64(case))[0])


test_q8_inputs(max_pool2d)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q9
# points: 2

# %% [markdown]
# ### q9 · Average pooling, and one number per map &nbsp; ★☆☆ · 15 minutes
#
# **Why.** The mean of a window is a convolution with equal weights. Taken over the *whole* map it leaves one
# number for each channel, whatever the image size. That is why modern networks end with it and accept
# images of any size. In the book: [Pooling]({{book}}/convolution/pooling.html).
#
# The border again is a choice. PyTorch counts the padded zeros (`count_include_pad=True`): a corner window
# of 2×2 with three padded places divides its one pixel by 4. Without them it divides by 1.
#
# **Write** `avg_pool2d` and `global_avg_pool2d`.
#
# <details><summary>Hint: "divide by the number of real pixels"</summary>
# Count the real pixels of each window: pool an image of ones in the same way, and divide sums by counts.
# </details>
# <details><summary>Hint: "the right shape is (2, 2, 1, 1)"</summary>
# <code>x.mean(axis=(2, 3), keepdims=True)</code> keeps the two axes with length 1.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Mean of each window of each channel.

    Parameters
    ----------
    x : array (N, C, H, W) of floats
    kernel_size : int         height and width of a window
    stride : int or None      None means kernel_size
    padding : int             zeros added on each side, at most kernel_size // 2
    count_include_pad : bool  whether padded zeros count when the sum is divided

    Returns
    -------
    array (N, C, H', W') of floats, H' and W' as in q1
    """
    # BEGIN SOLUTION
    stride = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    real = np.pad(np.ones(x.shape), sides, constant_values=1.0 if count_include_pad else 0.0)
    x = np.pad(x.astype(float), sides)
    out_h, out_w = ((size - kernel_size) // stride + 1 for size in x.shape[2:])
    total, count = np.zeros((2, *x.shape[:2], out_h, out_w))
    for u in range(kernel_size):
        for v in range(kernel_size):
            rows, columns = slice(u, u + stride * out_h, stride), slice(v, v + stride * out_w, stride)
            total += x[:, :, rows, columns]
            count += real[:, :, rows, columns]
    return total / count
    # END SOLUTION


# %%
def global_avg_pool2d(x):
    """Mean of each channel.

    Parameters
    ----------
    x : array (N, C, H, W) of floats

    Returns
    -------
    array (N, C, 1, 1) of floats
    """
    # BEGIN SOLUTION
    return x.mean(axis=(2, 3), keepdims=True)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q9_worked(avg_pool2d):
    import numpy as np

    from coursekit import checks

    first = np.array([[1.0, 3, 2, 4, 9], [5, 1, 0, 2, 9]])
    x = np.array([[first, 4 + first], [-first, 2 * first]])
    right = [[[[2.5, 2]], [[6.5, 6]]], [[[-2.5, -2]], [[5, 4]]]]
    checks.leaves_inputs("avg_pool2d", avg_pool2d, x, 2).equals(right, "Sum each window of 2×2, divide by 4.")
    checks.call("avg_pool2d", avg_pool2d, x.astype(int), 2).equals(right, "The same in whole numbers.")


test_q9_worked(avg_pool2d)


# %%
def test_q9_padding_counts(avg_pool2d):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[9.0, 27, 18, 36], [45, 9, 0, 18]]], [[[36, 36, 36, 36], [36, 36, 36, 36]]]])
    right = [[[[10, 12, 12, 8]] * 2], [[[16, 24, 24, 16]] * 2]]
    hint = "The first window holds 9, 27, 45, 9 and five zeros: 90 over 9."
    checks.call("avg_pool2d", avg_pool2d, x, 3, 1, 1).equals(right, hint)
    checks.call("avg_pool2d", avg_pool2d, x, 3, 1, 1, count_include_pad=True).equals(right, hint)


test_q9_padding_counts(avg_pool2d)


# %%
def test_q9_padding_left_out(avg_pool2d):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[1.0, 3, 2, 4], [5, 1, 0, 2]]], [[[4, 4, 4, 4], [4, 4, 4, 4]]]])
    answer = checks.call("avg_pool2d", avg_pool2d, x, 3, 1, 1, count_include_pad=False)
    right = [[[[2.5, 2, 2, 2]] * 2], [[[4, 4, 4, 4]] * 2]]
    answer.equals(right, "Without padded zeros: divide by the number of real pixels, here 4 or 6.")


test_q9_padding_left_out(avg_pool2d)


# %%
def test_q9_global(global_avg_pool2d):
    import numpy as np

    from coursekit import checks

    x = np.arange(24.0).reshape(2, 2, 2, 3)
    answer = checks.leaves_inputs("global_avg_pool2d", global_avg_pool2d, x)
    answer.equals([[[[2.5]], [[8.5]]], [[[14.5]], [[20.5]]]], "One mean for each image and channel.")
    answer = checks.call("global_avg_pool2d", global_avg_pool2d, x[:1, :, :1])
    answer.equals([[[[1]], [[7]]]], "The mean of 0, 1, 2, and that of 6, 7, 8.")


test_q9_global(global_avg_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: avg_pool2d was called with many shapes, kernels and strides, padded zeros counted.
"""  # END TEST CONFIG


def test_q9_drawn(avg_pool2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31009)
    for shape, kernel, stride, padding in [
        ((2, 3, 6, 9), 2, None, 0),
        ((1, 2, 9, 7), 3, 2, 1),
        ((3, 1, 8, 5), 3, 1, 0),
        ((2, 2, 5, 5), 3, 1, 1),
        ((2, 2, 4, 5), 1, None, 0),
        ((1, 2, 5, 6), 1, 2, 0),
        ((2, 1, 7, 10), 5, 1, 2),
        ((1, 2, 5, 8), 6, 1, 3),
        ((131, 67, 3, 4), 2, 1, 1),
    ]:
        x = checks.drawn(rng, shape)
        right = F.avg_pool2d_forward(x, kernel, stride, padding, False, True)[0]
        checks.call("avg_pool2d", avg_pool2d, x, kernel, stride, padding).matches(right, fine=True)
        checks.call("avg_pool2d", avg_pool2d, x, kernel, stride, padding, True).matches(right, fine=True)
    large = checks.drawn(rng, (1, 1, 90, 110))  # large; a right answer may take time for each pair of places
    for kernel, stride in ((80, 10), (2, 3)):
        right = F.avg_pool2d_forward(large, kernel, stride, 0, False, True)[0]
        checks.call("avg_pool2d", avg_pool2d, large, kernel, stride).matches(right, fine=True)
    for number in range(21):
        kernel, stride = int(rng.integers(1, 7)), (None, 1, 2, 3, 5, 7)[number % 6]
        padding = int(rng.integers(0, kernel // 2 + 1))
        height, width = (max(1, kernel - 2 * padding) + rng.integers(0, 12, size=2)).tolist()
        scale = (0, 1, 400)[number // 2 % 3]  # the least numbers, and the largest
        x = checks.drawn(rng, (*rng.integers(1, [6, 6]), height, width), scale)
        right = F.avg_pool2d_forward(x, kernel, stride, padding, False, True)[0]
        named = {"padding": padding, "stride": stride, "kernel_size": kernel, "x": x}
        checks.call("avg_pool2d", avg_pool2d, **named).matches(right, fine=True, unit=1e-3)


test_q9_drawn(avg_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: avg_pool2d was called with count_include_pad=False, with windows that overlap and with
  paddings up to half a window.
"""  # END TEST CONFIG


def test_q9_drawn_left_out(avg_pool2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31029)
    for shape, kernel, stride, padding in [
        ((2, 3, 6, 9), 2, None, 0),
        ((1, 2, 9, 7), 3, 2, 1),
        ((2, 2, 6, 7), 3, 1, 1),
        ((1, 2, 7, 10), 5, 1, 2),
        ((2, 1, 8, 6), 4, 1, 2),
        ((2, 1, 9, 6), 5, 3, 2),
        ((1, 1, 4, 4), 4, None, 2),
        ((1, 2, 5, 8), 6, 1, 3),
        ((131, 67, 3, 4), 2, 1, 1),
    ]:
        x = checks.drawn(rng, shape)
        right = F.avg_pool2d_forward(x, kernel, stride, padding, False, False)[0]
        checks.call("avg_pool2d", avg_pool2d, x, kernel, stride, padding, False).matches(right, fine=True)
    for number in range(20):
        kernel, stride = int(rng.integers(1, 7)), (None, 1, 2, 3, 5, 7)[number % 6]
        padding = int(rng.integers(0, kernel // 2 + 1))
        height, width = (max(1, kernel - 2 * padding) + rng.integers(0, 12, size=2)).tolist()
        x = rng.integers(-2, 3, size=(*rng.integers(1, [6, 6]), height, width)) / 2  # real zeros, too
        if number % 3 == 0:
            x = checks.drawn(rng, x.shape, 0)  # the least numbers
        right = F.avg_pool2d_forward(x, kernel, stride, padding, False, False)[0]
        named = {
            "count_include_pad": False,
            "padding": padding,
            "stride": stride,
            "kernel_size": kernel,
            "x": x,
        }
        checks.call("avg_pool2d", avg_pool2d, **named).matches(right, fine=True, unit=1e-3)


test_q9_drawn_left_out(avg_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: avg_pool2d was called with float64, float32 and whole numbers; it
  must give floats, as precise as what came in.
"""  # END TEST CONFIG


def test_q9_numbers(avg_pool2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng, cases = np.random.default_rng(31039), []
    for number in range(36):
        arguments = ((2, None, 0), (3, 1, 1), (1, None, 0), (2, 3, 1), (4, 1, 2))[number % 5]
        x = checks.drawn(rng, (2, 2, *rng.integers(4, 8, size=2)), 30) + (-99, 0, 99)[number // 3 % 3]
        cases.append((x, *arguments, number % 7 < 3))
    for case in checks.mixed(cases):
        x, kernel, stride, padding, count = checks.in_float64(case)
        right = F.avg_pool2d_forward(x, kernel, stride, padding, False, count)[0]
        checks.call("avg_pool2d", avg_pool2d, *case).matches(right, fine=True)
    picture = (900 + checks.drawn(rng, (1, 1, 120, 150))).astype(np.float32)  # its sum leaves no digits
    for count in (True, False):
        right = F.avg_pool2d_forward(picture.astype(float), 3, 3, 1, False, count)[0]
        checks.call("avg_pool2d", avg_pool2d, picture, 3, 3, 1, count).matches(right)
        whole = rng.integers(-(10**6), 10**6, size=(2, 1, 7, 8)) - 10**6 // 2
        right = F.avg_pool2d_forward(np.maximum(whole, -(10**6)) * 1.0, 4, 2, 2, False, count)[0]
        checks.call("avg_pool2d", avg_pool2d, np.maximum(whole, -(10**6)), 4, 2, 2, count).matches(right)


test_q9_numbers(avg_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: avg_pool2d was called many times in turn. Each time it must leave its input as
  it is, and return a new array, which stays as it is.
"""  # END TEST CONFIG


def test_q9_inputs(avg_pool2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31049)
    x, cases = checks.drawn(rng, (2, 3, 6, 12)), []
    for arguments in [(2, None, 0, True), (3, 3, 0, False), (3, 2, 1, False), (3, 2, 1, True)]:
        cases += [(y, *arguments) for y in (x, x + 1, -x) for _ in range(3)]  # in each layout
    changed = checks.one_changed((x - 9, 3, 2, 1, False), (1 - x, 4, None, 0, True), (x, 2, 1, 0, False))
    cases += [case for case in changed for _ in range(3)]
    for dtype in checks.DTYPES:  # the answer equals x
        cases += [(x.astype(dtype), 1, stride, 0, stride is None) for stride in 3 * [None] + 3 * [1]]
    for _ in range(120):  # small, so that much is the same in two calls, and something is not
        x, kernel = checks.drawn(rng, (2, 1, *rng.integers(4, 9, size=2))), int(rng.integers(1, 5))
        stride, padding = (None, 1, 2, 3)[rng.integers(4)], int(rng.integers(0, kernel // 2 + 1))
        cases.append((x, kernel, stride, padding, bool(rng.integers(2))))
    x = checks.drawn(rng, (2, 3, 4, 6))
    for shape in ((2, 3, 6, 4), (3, 2, 4, 6), (1, 6, 4, 6), (2, 3, 3, 8)):  # the same bytes in other shapes
        cases += [(x.reshape(shape), 2, 1, 1, False), (x, 2, 1, 1, False)]
    cases += [(y, 2, 1, 1, False) for y in (x[::-1], x, x[..., ::-1], x[:, :, ::-1])]
    large, middle = checks.drawn(rng, (1, 1, 35, 30)), np.zeros((1, 1, 35, 30))
    middle[..., 17, 15] = 9
    cases += [(large + much * middle, 2, 1, 1, False) for much in (0, 1, 2)]  # nearly equal
    for answer, case in zip(checks.in_turn("avg_pool2d", avg_pool2d, *cases), cases, strict=True):
        x, kernel, stride, padding, count = checks.in_float64(case)
        answer.matches(F.avg_pool2d_forward(x, kernel, stride, padding, False, count)[0])


test_q9_inputs(avg_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: global_avg_pool2d was called with many shapes, with float64, float32 and whole numbers. Each
  time it must give floats, as precise as what came in, leave x as it is, and return a new array.
"""  # END TEST CONFIG


def test_q9_global_drawn(global_avg_pool2d):
    import numpy as np

    from coursekit import checks

    def right(x):
        return x.sum(axis=(2, 3)).reshape(*x.shape[:2], 1, 1) / (x.shape[2] * x.shape[3])

    rng, cases = np.random.default_rng(31019), []
    for shape in [(3, 4, 5, 2), (1, 1, 6, 6), (4, 1, 3, 7), (2, 2, 1, 1), (1, 9, 1, 8), (2, 1, 40, 30)]:
        cases += [(checks.drawn(rng, shape, 10.0 ** rng.integers(-1, 4)),) for _ in range(9)]
    cases = checks.mixed(cases)
    for case in cases:
        answer = checks.call("global_avg_pool2d", global_avg_pool2d, *case)
        answer.matches(right(*checks.in_float64(case)), fine=True)
    least, large = checks.drawn(rng, (2, 3, 4, 5), 0), checks.drawn(rng, (1, 1, 400, 500))
    whole = rng.integers(10**6 - 99, 10**6, size=(1, 2, 90, 100))
    for x in (least, large, abs(large)):
        checks.call("global_avg_pool2d", global_avg_pool2d, x=x).matches(right(x), fine=True, unit=1e-3)
    flat = np.float32(301.7) + 1e-3 * large.astype(np.float32)  # added up one by one it loses its digits
    for x in (whole, flat):
        checks.call("global_avg_pool2d", global_avg_pool2d, x).matches(right(x.astype(float)))
    x = checks.drawn(rng, (2, 3, 4, 6))
    for shape in ((3, 2, 4, 6), (1, 6, 4, 6), (2, 6, 4, 3), (2, 3, 8, 3)):  # the same bytes in other shapes
        cases += [(x.reshape(shape),), (x,)]
    large, middle = checks.drawn(rng, (1, 1, 35, 30)), np.zeros((1, 1, 35, 30))
    middle[..., 17, 15] = 99
    cases += [(x[::-1],), *((large + much * middle,) for much in (0, 1, 2))]  # nearly equal
    answers = checks.in_turn("global_avg_pool2d", global_avg_pool2d, *cases)
    for answer, case in zip(answers, cases, strict=True):
        answer.matches(right(*checks.in_float64(case)))


test_q9_global_drawn(global_avg_pool2d)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Part 3 · What a layer costs, and how far it sees

# %% [raw]
# # BEGIN QUESTION
# name: q10
# points: 2

# %% [markdown]
# ### q10 · Count weights and work &nbsp; ★☆☆ · 10 minutes
#
# **Why.** Before you train a network you should know how many numbers it has to learn, and how much it has to
# compute. Both take only a few multiplications.
# In the book: [Why convolution?]({{book}}/convolution/why-convolution.html).
#
# Four 3×3 kernels over an RGB image: each has 3·3·3 weights and one bias, so $(27 + 1) \cdot 4 = 112$
# parameters. It does not matter how large the image is. The *work* does depend on it: every output pixel of
# every map costs one multiply-add for each weight of its kernel. (The bias is not counted as work.)
#
# **Write** both functions.
#
# <details><summary>Hint: "32*32 pixels in 10 maps"</summary>
# Output pixels × maps × weights of one kernel. The image size before the layer plays no part.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    """Parameters of a convolution layer.

    Parameters
    ----------
    in_channels, out_channels : int
    kernel_size : pair of int     (kh, kw)
    bias : bool

    Returns
    -------
    int
    """
    # BEGIN SOLUTION
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + int(bias))
    # END SOLUTION


# %%
def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    """Multiply-adds of a convolution layer for one image.

    Parameters
    ----------
    in_channels, out_channels : int
    kernel_size : pair of int     (kh, kw)
    output_shape : pair of int    (H', W')

    Returns
    -------
    int
    """
    # BEGIN SOLUTION
    kh, kw = kernel_size
    out_h, out_w = output_shape
    return out_h * out_w * out_channels * in_channels * kh * kw
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q10_parameters(conv_parameters):
    from coursekit import checks

    checks.call("conv_parameters", conv_parameters, 3, 4, (3, 3)).is_whole(112, "(3*3*3 + 1) * 4.")
    checks.call("conv_parameters", conv_parameters, 3, 10, (5, 2)).is_whole(310, "(5*2*3 + 1) * 10.")
    checks.call("conv_parameters", conv_parameters, 3, 10, (5, 2), False).is_whole(
        300, "Without the ten biases."
    )


test_q10_parameters(conv_parameters)


# %%
def test_q10_work(conv_multiply_adds):
    from coursekit import checks

    answer = checks.call("conv_multiply_adds", conv_multiply_adds, 3, 10, (5, 5), (32, 32))
    answer.is_whole(768000, "32*32 pixels in 10 maps, each with 5*5*3 products.")
    answer = checks.call("conv_multiply_adds", conv_multiply_adds, 1, 2, (1, 3), (4, 5))
    answer.is_whole(120, "4*5 pixels in 2 maps, each with 1*3*1 products.")


test_q10_work(conv_multiply_adds)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: conv_parameters was called with many channels and kernels, also very large ones, with and
  without bias.
"""  # END TEST CONFIG


def test_q10_parameters_drawn(conv_parameters):
    import numpy as np

    from convnet import arithmetic
    from coursekit import checks

    rng, cases = np.random.default_rng(31010), []
    for c, f, kh, kw in [
        *rng.integers(1, 4, size=(40, 4)).tolist(),  # many are equal
        *rng.integers(1, 9, size=(10, 4)).tolist(),
        *rng.integers(1, [600, 600, 12, 12], size=(15, 4)).tolist(),
        [3, 5, 1, 1],
        [1, 1, 1, 1],
        [997, 1009, 1021, 1023],  # beyond 32 bits, and no loop over channels or over taps takes long
    ]:
        cases += [(c, f, (kh, kw), True), (c, f, (kh, kw), False)]
    cases += checks.one_changed((3, 4, (3, 5), True), (7, 8, (5, 3), False), (4, 3, (1, 2), True))
    cases += checks.one_changed((8, 8, (2, 2), False), (5, 6, (2, 3), True), (5, 6, (3, 2), True))
    answers = checks.in_turn("conv_parameters", conv_parameters, *cases)
    for answer, (c, f, kernel, bias) in zip(answers, cases, strict=True):
        answer.is_whole(arithmetic.conv_parameters(c, f, kernel, bias=bias), secret=True)
    named = {"bias": False, "kernel_size": (5, 2), "out_channels": 7, "in_channels": 3}
    checks.call("conv_parameters", conv_parameters, **named).is_whole(210, secret=True)
    checks.call("conv_parameters", conv_parameters, 3, 7, (5, 2)).is_whole(217, secret=True)


test_q10_parameters_drawn(conv_parameters)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: conv_multiply_adds was called with many channels, kernels and output shapes, also very large
  ones.
"""  # END TEST CONFIG


def test_q10_work_drawn(conv_multiply_adds):
    import numpy as np

    from convnet import arithmetic
    from coursekit import checks

    rng, cases = np.random.default_rng(31110), []
    for c, f, kh, kw, h, w in [
        *rng.integers(1, 4, size=(60, 6)).tolist(),  # many are equal
        *rng.integers(1, 9, size=(10, 6)).tolist(),
        *rng.integers(1, [600, 600, 12, 12, 300, 300], size=(15, 6)).tolist(),
        [3, 5, 1, 1, 4, 7],
        [1, 1, 3, 2, 1, 1],
        [64, 64, 3, 3, 1024, 999],
        [997, 1009, 11, 13, 1021, 6007],
    ]:
        cases.append((c, f, (kh, kw), (h, w)))
    cases += checks.one_changed((3, 4, (3, 5), (9, 8)), (7, 8, (5, 4), (8, 7)), (4, 3, (1, 2), (30, 11)))
    cases += checks.one_changed((8, 8, (2, 2), (8, 8)), (5, 6, (2, 3), (2, 8)), (5, 6, (3, 2), (8, 2)))
    answers = checks.in_turn("conv_multiply_adds", conv_multiply_adds, *cases)
    for answer, case in zip(answers, cases, strict=True):
        answer.is_whole(arithmetic.conv_multiply_adds(*case), secret=True)
    named = {"output_shape": (4, 6), "kernel_size": (5, 2), "out_channels": 7, "in_channels": 3}
    checks.call("conv_multiply_adds", conv_multiply_adds, **named).is_whole(5040, secret=True)


test_q10_work_drawn(conv_multiply_adds)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q11
# points: 2

# %% [markdown]
# ### q11 · How far does a layer see? &nbsp; ★★☆ · 15 minutes
#
# **Why.** A unit deep in the network depends on a patch of the input: its receptive field. To recognize a
# cat, it needs a field a good deal larger than the cat.
# In the book: [Receptive field]({{book}}/convolution/receptive-field.html).
#
# Go through the layers and carry two numbers along. The *jump* $J$ is how many pixels apart two neighbours of
# the current map look. The *size* $R$ is how many input pixels one of them sees. At the input both are 1. A
# layer with kernel size $k$ and stride $s$ then gives
#
# $$R \leftarrow R + (k - 1)\, J, \qquad J \leftarrow J\, s$$
#
# Mind the order: the field grows by the *old* jump. Two 3×3 layers of stride 2 give $R = 3, J = 2$, then
# $R = 7, J = 4$.
#
# **Write** `receptive_field`. Pooling layers count like convolutions.
#
# <details><summary>Hint: "the right answer is [(3, 2), (7, 4)]"</summary>
# If the first layer is right and the second too large, update R before J.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def receptive_field(layers):
    """Receptive field and jump after each layer, along one axis.

    Parameters
    ----------
    layers : list of pairs of int         (kernel_size, stride), first layer first; up to 100
                                          layers, or none

    Returns
    -------
    list of pairs of int                  (size, jump), one for each layer
    """
    # BEGIN SOLUTION
    size, jump, out = 1, 1, []
    for kernel, stride in layers:
        size += (kernel - 1) * jump
        jump *= stride
        out.append((size, jump))
    return out
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q11_worked(receptive_field):
    from coursekit import checks

    answer = checks.call("receptive_field", receptive_field, [(3, 2), (3, 2)])
    answer.is_whole([(3, 2), (7, 4)], "The text above goes through these two layers.")


test_q11_worked(receptive_field)


# %%
def test_q11_stride_one(receptive_field):
    from coursekit import checks

    answer = checks.call("receptive_field", receptive_field, [(3, 1), (5, 1), (2, 1)])
    answer.is_whole([(3, 1), (7, 1), (8, 1)], "With stride 1 each layer adds its kernel size less one.")
    answer = checks.call("receptive_field", receptive_field, [(5, 3), (1, 2), (2, 1), (4, 2)])
    answer.is_whole([(5, 3), (5, 6), (11, 6), (29, 12)], "Jumps of 1, 3, 6 and 6 stand before these layers.")


test_q11_stride_one(receptive_field)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: receptive_field was called with many stacks of layers; it must give whole numbers.
"""  # END TEST CONFIG


def test_q11_drawn(receptive_field):
    import numpy as np

    from convnet import arithmetic
    from coursekit import checks

    rng = np.random.default_rng(31011)
    for depth in (1, 2, 3, 4, 6, 8, *range(1, 16)):
        layers = [tuple(pair) for pair in rng.integers([1, 1], [12, 6], size=(depth, 2)).tolist()]
        right = [(field.size, field.jump) for field in arithmetic.receptive_field(layers)]
        checks.call("receptive_field", receptive_field, layers).is_whole(right, secret=True)
    checks.call("receptive_field", receptive_field, []).is_whole([], secret=True)
    long = [(3, 1 + (number % 10 == 0)) for number in range(100)]
    right = [(field.size, field.jump) for field in arithmetic.receptive_field(long)]
    checks.call("receptive_field", receptive_field, long).is_whole(right, secret=True)
    deep = [(3, 2)] * 48  # beyond 32 bits
    right = [(2 ** (n + 1) - 1, 2**n) for n in range(1, 49)]
    checks.call("receptive_field", receptive_field, layers=deep).is_whole(right, secret=True)
    for layers in ([(500, 1), (1, 500), (500, 500), (2, 3)], [(1, 1)] * 100, [(7, 1)] * 100, [(1, 2)] * 40):
        right = [(field.size, field.jump) for field in arithmetic.receptive_field(layers)]
        checks.call("receptive_field", receptive_field, layers).is_whole(right, secret=True)


test_q11_drawn(receptive_field)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: receptive_field was called, and the list of layers was compared with what it was before;
  then several times in turn.
"""  # END TEST CONFIG


def test_q11_inputs(receptive_field):
    from convnet import arithmetic
    from coursekit import checks

    answer = checks.leaves_inputs("receptive_field", receptive_field, [(2, 2), (1, 3), (4, 1)])
    answer.is_whole([(2, 2), (2, 6), (20, 6)], secret=True)
    cases = [([(2, 2), (3, 1)],), ([(5, 1), (3, 2)],), ([(2, 2)],)]
    answers = checks.in_turn("receptive_field", receptive_field, *cases)
    for answer, right in zip(answers, ([(2, 2), (6, 2)], [(5, 1), (7, 2)], [(2, 2)]), strict=True):
        answer.is_whole(right, secret=True)
    stacks = [
        tuple(zip(*one, strict=True))
        for one in checks.one_changed(((2, 5, 3), (2, 3, 1)), ((4, 5, 3), (1, 3, 2)))
    ]
    stacks += [((5, 2), (3, 3)), ((3, 3), (5, 2)), ((5, 2), (3, 3), (1, 1)), ((5, 2),), (), ((5, 2), (3, 4))]

    def again(receptive_field, stacks):  # one list, filled anew for each call
        layers, found = [], []
        for stack in stacks:
            layers[:] = [tuple(pair) for pair in stack]
            found.append(receptive_field(layers))
        return found

    for answer, stack in zip(checks.inside(again, receptive_field, stacks), stacks, strict=True):
        right = [(field.size, field.jump) for field in arithmetic.receptive_field(stack)]
        checks.Answer(answer, "receptive_field, one of several calls").is_whole(right, secret=True)


test_q11_inputs(receptive_field)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Part 4 · Your layers at work
#
# Now build a network from your layers and let it name clothes: Fashion-MNIST, ten classes, 28×28 pixels.
# The kernels stay fixed: eight edge detectors, one for each direction. Only the last, linear layer learns.
# (In homework 4 you write the backward pass, and the kernels learn too.)

# %%
train_images, train_labels = data.fashion_mnist("train")
test_images, test_labels = data.fashion_mnist("test")
print("train", train_images.shape, train_images.dtype, "test", test_images.shape)
plots.image_grid(
    [image[0] for image in train_images[:10]], titles=[data.FASHION_CLASSES[k] for k in train_labels[:10]]
)

# %%
DIAGONAL = np.array([[0, 1, 2], [-1, 0, 1], [-2, -1, 0]], dtype=float)
DIRECTIONS = [SOBEL_X, DIAGONAL, SOBEL_X.T, DIAGONAL[:, ::-1]]
FILTERS = np.stack([sign * kernel for kernel in DIRECTIONS for sign in (1, -1)])[:, None] / 4  # (8, 1, 3, 3)
FILTERS = FILTERS.astype(np.float32)  # like the images: half the memory, twice the speed
plots.filter_grid(FILTERS.swapaxes(0, 1))  # one row

# %% [raw]
# # BEGIN QUESTION
# name: q12
# points: 2
# builds_on: [q6, q7, q8]

# %% [markdown]
# ### q12 · A feature extractor &nbsp; ★★☆ · 15 minutes
#
# **Why.** Convolution, an activation, pooling: networks from LeNet (with tanh and averages) to VGG (with ReLU
# and maxima) repeat these three.
# In the book: [Pooling]({{book}}/convolution/pooling.html).
#
# **Write** `extract_features`: cross-correlate with one zero of padding on each side (so that 28×28 stays
# 28×28), set negative answers to 0 (ReLU), keep the maximum of each 4×4 block, and flatten each image to one
# row. Use your own functions from above. If `fast_conv2d` does not work yet, take `conv2d`, or any other way:
# this question looks at what comes out, not at how.
#
# <details><summary>Hint: "the right shape is (2, 16)"</summary>
# Flatten all axes but the first: <code>maps.reshape(len(maps), -1)</code>.
# </details>
# <details><summary>Hint: "Kernel 1 turns the sign"</summary>
# Print the maps after each step: convolution, ReLU, pooling. Each image stands alone: do not divide by a mean
# or a maximum over the whole batch.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def extract_features(images, filters):
    """Features of each image: convolution, ReLU, max pooling.

    Parameters
    ----------
    images : array (N, 1, H, W) of floats     H and W divisible by 4; Part 4 hands in 2000 at once
    filters : array (F, 1, 3, 3) of floats

    Returns
    -------
    array (N, F * H/4 * W/4) of floats        map by map, each row by row
    """
    # BEGIN SOLUTION
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q12_worked(extract_features):
    import numpy as np

    from coursekit import checks

    image = np.arange(-59.0, 69.0).reshape(8, 16)
    images = np.array([[image], [image[::-1]]])
    filters = np.zeros((2, 1, 3, 3))
    filters[0, 0, 1, 1], filters[1, 0, 1, 1] = 1.0, -2.0
    answer = checks.leaves_inputs("extract_features", extract_features, images, filters)
    upper, lower, zeros = [0, 0, 0, 4], [56, 60, 64, 68], [0, 0, 0, 0]
    doubled = [118, 110, 102, 94]
    answer.equals(
        [[*upper, *lower, *doubled, *zeros], [*lower, *upper, *zeros, *doubled]],
        "Kernel 0 copies the image, whose pixels go from -59 to 68. "
        "Kernel 1 turns the sign and doubles. Print the maps after each step.",
    )


test_q12_worked(extract_features)


# %%
def test_q12_border(extract_features):
    import numpy as np

    from coursekit import checks

    images = np.zeros((2, 1, 4, 8))
    images[0, 0, 0, 0], images[1, 0, 3, 7] = 1.0, 2.0
    filters = np.array([[[[1.0, 2, 3], [4, 5, 6], [7, 8, 9]]]])
    answer = checks.call("extract_features", extract_features, images, filters)
    answer.equals(
        [[5, 0], [0, 18]], "A single 1 in the corner meets the taps 5, 4, 2 and 1 of the kernel, unflipped."
    )


test_q12_border(extract_features)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: extract_features was called with many images and kernels, up to the border, also one of
  each, and with hundreds of images of 28×28 at once.
"""  # END TEST CONFIG


def test_q12_drawn(extract_features):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31012)
    for (count, height, width), kinds in [
        ((2, 24, 28), 3),
        ((2, 24, 28), 3),
        ((5, 4, 8), 2),
        ((1, 8, 8), 1),
        ((4, 12, 4), 5),
        ((2, 8, 4), 11),
        ((1, 4, 4), 2),
        ((3, 4, 32), 1),
        ((2, 36, 8), 17),
        ((3, 4, 4), 1),
        ((1, 4, 4), 1),
        ((601, 28, 28), 8),
    ]:
        images = checks.drawn(rng, (count, 1, height, width))
        images = np.clip(images * rng.choice([1, 3, 30, 200], size=(count, 1, 1, 1)), -1000, 1000)
        filters = checks.drawn(rng, (kinds, 1, 3, 3))
        if images.size > 200000:
            images, filters = images.astype(np.float32), filters.astype(np.float32)
        maps = np.maximum(F.conv2d_forward(images, filters, padding=1)[0], 0)
        right = F.max_pool2d_forward(maps, 4)[0].reshape(count, -1)
        checks.call("extract_features", extract_features, images, filters).matches(right, fine=True)
    for number in range(6):
        height, width = (4 * rng.integers(1, 4, size=2)).tolist()
        scale = (0, 0, 400)[number % 3]  # the least numbers, and the largest
        images, filters = (
            checks.drawn(rng, (3, 1, height, width), scale),
            checks.drawn(rng, (2, 1, 3, 3), scale),
        )
        if number == 5:
            images, filters = (rng.integers(-(10**6), 10**6, size=x.shape) for x in (images, filters))
        maps = np.maximum(F.conv2d_forward(images * 1.0, filters * 1.0, padding=1)[0], 0)
        right = F.max_pool2d_forward(maps, 4)[0].reshape(3, -1)
        answer = checks.call("extract_features", extract_features, filters=filters, images=images)
        answer.matches(right, fine=True, unit=1e-6)


test_q12_drawn(extract_features)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: extract_features was called with float64, float32 and whole numbers in all combinations; it
  must give floats, as precise as what came in.
"""  # END TEST CONFIG


def test_q12_numbers(extract_features):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31032)
    sizes = 4 * rng.integers(1, 4, size=(18, 2))
    drawn = [(checks.drawn(rng, (2, 1, *size), 30), checks.drawn(rng, (3, 1, 3, 3))) for size in sizes]
    for case in checks.mixed([(x - shift, k) for (x, k), shift in zip(drawn, 9 * [0, 99], strict=True)]):
        maps = np.maximum(F.conv2d_forward(*checks.in_float64(case), padding=1)[0], 0)
        right = F.max_pool2d_forward(maps, 4)[0].reshape(2, -1)
        checks.call("extract_features", extract_features, *case).matches(right, fine=True)


test_q12_numbers(extract_features)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: extract_features was called many times in turn. Each time it must leave its input as
  it is, and return a new array, which stays as it is.
"""  # END TEST CONFIG


def test_q12_inputs(extract_features):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31022)
    images, filters = checks.drawn(rng, (3, 1, 8, 12)), checks.drawn(rng, (2, 1, 3, 3))
    cases = checks.one_changed((images, filters), (2 * images[::-1], -2 * filters[:, :, ::-1]))
    cases = [case for case in cases for _ in range(3)]  # each in one piece, with gaps and transposed
    for _ in range(20):  # small, so that much is the same in two calls, and something is not
        height, width = 4 * rng.integers(1, 4, size=2)
        kernel = checks.drawn(rng, (2, 1, 3, 3)).round()
        cases.append((checks.drawn(rng, (3, 1, height, width)), kernel - kernel[..., ::-1]))
    for shape in ((3, 1, 12, 8), (2, 1, 12, 12), (6, 1, 4, 12), (3, 1, 4, 24)):  # the same bytes otherwise
        cases += [(images.reshape(shape), filters), (images, filters)]
    cases += [(images[::-1], filters), (images, filters[::-1]), (images[..., ::-1], filters)]
    large, middle = checks.drawn(rng, (1, 1, 36, 32)), np.zeros((1, 1, 36, 32))
    middle[..., 17, 15] = 99
    cases += [(large + much * middle, filters) for much in (0, 1, 2)]  # nearly equal
    for answer, case in zip(checks.in_turn("extract_features", extract_features, *cases), cases, strict=True):
        maps = np.maximum(F.conv2d_forward(*case, padding=1)[0], 0)
        answer.matches(F.max_pool2d_forward(maps, 4)[0].reshape(len(maps), -1))


test_q12_inputs(extract_features)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Look at what your features are made from. Each map is bright where its kernel found its edge. Compare the
# upright with the flat edges of one piece of clothing.

# %%
if grader.ready("q6", "q7"):
    maps = np.maximum(fast_conv2d(test_images[:1], FILTERS, padding=1), 0)[0]
    titles = ["image", *[f"map {k}" for k in range(8)]]
    display(plots.image_grid([test_images[0, 0], *maps], titles=titles))

# %% [markdown]
# The linear layer on top is given. Its loss is the cross-entropy of homework 1, with the gradient beside it.


# %%
def loss_and_gradient(features, labels, weight, bias):
    """Mean cross-entropy of a linear layer, with the gradients of weight (D, 10) and bias (10,)."""
    scores = features @ weight + bias  # (N, 10)
    scores = scores - scores.max(axis=1, keepdims=True)  # the largest exponent is 0: exp cannot overflow
    probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
    rows = np.arange(len(labels))
    loss = -np.log(probabilities[rows, labels] + 1e-12).mean()
    probabilities[rows, labels] -= 1
    return loss, features.T @ probabilities / len(labels), probabilities.mean(axis=0)


# %% [markdown]
# Given or not, the first rung is to check a gradient: change one weight a little, and see whether the loss
# changes as the gradient says.

# %%
rng = np.random.default_rng(0)
some_features, some_labels = rng.normal(size=(6, 4)), rng.integers(0, 10, size=6)
some_weight, step = rng.normal(size=(4, 10)), np.zeros((4, 10))
step[2, 5] = 1e-5
above = loss_and_gradient(some_features, some_labels, some_weight + step, np.zeros(10))[0]
below = loss_and_gradient(some_features, some_labels, some_weight - step, np.zeros(10))[0]
by_formula = loss_and_gradient(some_features, some_labels, some_weight, np.zeros(10))[1][2, 5]
print(f"by formula {by_formula:.8f}, by two losses {(above - below) / 2e-5:.8f}")

# %% [raw]
# # BEGIN QUESTION
# name: q13
# points: 3

# %% [markdown]
# ### q13 · Sanity, overfit, train &nbsp; ★★★ · 30 minutes
#
# **Why.** A network that does not learn tells you nothing about the reason. So nobody sensible starts with
# the full training set. Climb three steps, and a mistake shows itself on the lowest. In the book:
# [A layer, a loss, a step]({{book}}/start/a-layer-a-loss-a-step.html).
#
# 1. *Sanity.* Before any training all ten classes are equally likely, so the loss must be $\log 10 \approx
# 2.303$.
# 2. *Overfit.* Fifty images must be learnt by heart: accuracy 1. If not, the code is wrong, not the settings.
# 3. *Train.* Only now all images, and the accuracy that counts: on images that were never seen.
#
# **Write** `train_head`, which starts at zeros and takes `steps` steps of gradient descent on all images at
# once, with `loss_and_gradient` from above.
#
# Then **write** `fit`. It computes features of the training images with the function that it is given, trains
# a head on them, and returns a *function*: one that names the class of other images. Read the same way, of
# course: whoever trains on features must also predict from features. In Python a function can be made inside
# another one and returned; it remembers the variables around it.
#
# <details><summary>Hint: "The first loss is"</summary>
# The weights did not start at 0, or you recorded the loss after the first step.
# </details>
# <details><summary>Hint: "One step at rate 1"</summary>
# Go against the gradient, <code>weight − learning_rate · gradient</code>, and move weight and bias both.
# </details>
# <details><summary>Hint: "Return whole numbers"</summary>
# The class is the place of the largest score: <code>np.argmax(scores, axis=1)</code>.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def train_head(features, labels, steps, learning_rate):
    """Gradient descent on the linear layer, from zeros.

    Parameters
    ----------
    features : array (N, D) of floats
    labels : array (N,) of int            class numbers 0 to 9
    steps : int                           at least 1
    learning_rate : float                 from 0.0001 to 10; one that is too large lets the loss grow,
                                          and the steps go on

    Returns
    -------
    weight : array (D, 10) of floats
    bias : array (10,) of floats
    losses : list of float                what `loss_and_gradient` gives before each step: `steps` numbers
    """
    # BEGIN SOLUTION
    dtype = np.result_type(features, np.float32)
    weight, bias = np.zeros((features.shape[1], 10), dtype), np.zeros(10, dtype)
    losses = []
    for _ in range(steps):
        loss, grad_weight, grad_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * grad_weight
        bias = bias - learning_rate * grad_bias
    return weight, bias, losses
    # END SOLUTION


# %%
def fit(images, labels, features, steps, learning_rate):
    """Train a head on features of images.

    Parameters
    ----------
    images : array (N, 1, H, W) of floats
    labels : array (N,) of int            class numbers 0 to 9
    features : function                   of images (M, 1, H, W); returns an array (M, D) of floats, each row
                                          made from its image alone, so it may be called on parts
    steps, learning_rate                  as in train_head

    Returns
    -------
    function                              of images (M, 1, H, W); returns their classes, array (M,) of int;
                                          it stays as it is, whatever becomes of images and labels
    """
    # BEGIN SOLUTION
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)

    def classify(images):
        return np.argmax(features(images) @ weight + bias, axis=1)

    return classify
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
""" # BEGIN TEST CONFIG
points: 0.5
"""  # END TEST CONFIG


def test_q13_one_step(train_head):
    import numpy as np

    from coursekit import checks

    features, labels = np.array([[2.0, 0.0], [0.0, 4.0]]), np.array([0, 1])
    answer = checks.call("train_head", train_head, features, labels, 1, 1.0)
    losses = answer.part(2, "losses").value
    kind = type(losses).__name__
    assert kind in ("list", "tuple"), f"losses is of type {kind}. Return a list of floats."
    assert np.shape(losses) == (1,), "1 step must give a list of 1 loss."
    assert type(losses[0]) is float or isinstance(losses[0], np.floating), "Each loss must be a float."
    assert abs(losses[0] - np.log(10)) < 1e-4, f"The first loss is {losses[0]:.4f}, not log 10 = 2.3026."
    right = np.full((2, 10), -0.1) * [[1], [2]]
    right[0, 0], right[1, 1] = 0.9, 1.8
    hint = "One step at rate 1 goes from zeros against the gradient."
    answer.part(0, "weight").equals(right, hint)
    answer.part(1, "bias").equals([0.4, 0.4, *[-0.1] * 8], hint)


test_q13_one_step(train_head)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
"""  # END TEST CONFIG


def test_q13_two_steps(train_head):
    import numpy as np

    from coursekit import checks

    features, labels = np.array([[1.0], [-1.0], [0.0]]), np.array([3, 7, 3])
    answer = checks.call("train_head", train_head, features, labels, 2, 3.0)
    losses = answer.part(2, "losses").value
    assert np.shape(losses) == (2,), "2 steps must give a list of 2 losses."
    told = [round(float(loss), 4) for loss in losses]
    assert np.allclose(losses, [2.302585, 0.720959], atol=1e-4), (
        f"The losses are {told}, expected [2.3026, 0.721]: the loss before each step."
    )
    right = np.full(10, -0.444834)
    right[3], right[7] = 2.451242, 1.107428
    answer.part(1, "bias").equals(right, "Each step begins where the last one ended.")


test_q13_two_steps(train_head)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
"""  # END TEST CONFIG


def test_q13_fit(fit):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(2)
    labels = np.arange(60) % 10
    images = rng.uniform(0.01, 0.2, size=(60, 1, 4, 5))
    images.reshape(60, 20)[np.arange(60), 2 * labels] += 1.0  # class k is bright at pixel 2k

    def flat(images):
        return images.reshape(len(images), -1)

    def every_second(images):
        return flat(images)[:, ::2]

    hint = "These images are easy: class k is bright at pixel 2k."
    for features, seen, others in [
        (flat, range(40), range(40, 60)),
        (every_second, range(20, 60), range(20)),
    ]:
        seen, others = list(seen), list(others)
        classify = checks.call("fit", fit, images[seen], labels[seen], features, 100, 1.0).value
        assert classify is not None, "fit returned None. Put your code in the place of the `...`."
        answer = checks.call("the function that fit returned", classify, images[others])
        answer.equals(labels[others], hint, dtype=np.integer)


test_q13_fit(fit)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.5
failure_message: train_head was compared with gradient descent from zeros on other features, also whole
  numbers, float32 and a single image; it must leave features and labels as they are, and give new arrays.
"""  # END TEST CONFIG


def test_q13_descends(train_head):
    from dataclasses import replace

    import numpy as np

    from coursekit import checks

    def descended(features, labels, steps, learning_rate):
        weight, bias, losses, rows = (
            np.zeros((features.shape[1], 10)),
            np.zeros(10),
            [],
            np.arange(len(labels)),
        )
        for _ in range(steps):
            scores = features @ weight + bias
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            grad = powers / powers.sum(axis=1, keepdims=True)
            losses.append(-np.log(grad[rows, labels] + 1e-12).mean())
            grad[rows, labels] -= 1
            weight = weight - learning_rate * (features.T @ grad) / len(labels)
            bias = bias - learning_rate * grad.mean(axis=0)
        return weight, bias, losses

    rng = np.random.default_rng(31014)
    for number, (count, size, steps, rate, dtype) in enumerate(
        [
            (17, 5, 12, 0.3, float),
            (30, 4, 5, 0.02, np.int64),
            (1, 3, 4, 0.5, float),
            (20, 6, 8, 0.1, np.float32),
            (15, 3, 1100, 0.05, float),  # many steps
            (1100, 2, 4, 0.3, float),  # many images
            (8, 3, 6, 1.2, float),  # a rate so large that the loss grows
        ]
    ):
        features = checks.drawn(rng, (count, size), 3).astype(dtype)
        labels = rng.integers(0, 10, size=count)
        case, other = (features, labels, steps, rate), (-2 * features[::-1], 9 - labels, steps + 1, 2 * rate)
        cases = [case] if steps > 100 else checks.one_changed(case, other)
        cases = [one for one in cases for _ in range(3 if count * steps < 1000 else 1)]
        expect = {id(one): one for one in cases}
        expect = {key: descended(*one) for key, one in expect.items()}
        for answer, one in zip(checks.in_turn("train_head", train_head, *cases), cases, strict=True):
            losses = answer.part(2, "losses")
            assert np.shape(losses.value) == (one[2],), "losses has another length than there are steps."
            weight, bias, expected = expect[id(one)]
            answer.part(0, "weight").matches(weight, fine=number < 3)
            answer.part(1, "bias").matches(bias, fine=number < 3)
            replace(losses, value=np.array(losses.value, float)).matches(expected, fine=number < 3)
    features, labels = np.array([[1000.0], [900]]), np.array([3, 7])  # both become 3: a loss of log 1e12
    named = {"learning_rate": 1.0, "steps": 2, "labels": labels, "features": features}
    losses = checks.call("train_head", train_head, **named).part(2, "losses").value
    checks.Answer(np.array(losses), "losses for what contradicts itself").matches(descended(**named)[2])
    features, labels = checks.drawn(rng, (6, 4), 0), np.array([9, 9, 0, 5, 5, 5])  # the least numbers
    answer = checks.call("train_head", train_head, features, labels, 3, 1e-4)
    answer.part(0, "weight").matches(descended(features, labels, 3, 1e-4)[0], fine=True, unit=1e-7)
    labels = np.array([4, 1, 8, 1])
    features = 900.0 * np.eye(10)[labels]  # easy and large: exp(score) overflows, gradients are long
    weight, bias, losses = checks.call("train_head", train_head, features, labels, 5, 1.0).value
    first = (np.full(10, 0.1) - np.eye(10)[labels]) / 4
    checks.Answer(weight, "weight for large features").matches(-features.T @ first)
    checks.Answer(bias, "bias for large features").matches(-first.sum(axis=0))
    checks.Answer(np.array(losses), "losses for large features").matches([np.log(10), 0, 0, 0, 0])


test_q13_descends(train_head)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.5
failure_message: fit was compared with gradient descent on other features, and its function named other
  images, also a single one; it must leave images and labels as they are. What becomes of these later must
  change nothing.
"""  # END TEST CONFIG


def test_q13_fit_drawn(fit):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(31034)

    def means(images):
        return 3 * images.mean(axis=2)[:, 0]

    def corner(images):
        return images[:, 0, :2, 1:4].reshape(len(images), -1)

    def large(images):
        return 200 * corner(images)

    def bright(images):
        return 8 * images.reshape(len(images), -1)[:, ::-1]  # as many as there are pixels

    def whole(images):
        return np.round(3 * images[:, 0, :3, 2:5]).astype(int).reshape(len(images), -1)

    def digits(images):  # far behind the point: whoever rounds images first sees others
        return np.sin(1e8 * images[:, 0, :2, 1:4]).reshape(len(images), -1)

    cases, asked = [], []
    for features, count, steps, rate, kinds in [
        (means, 40, 30, 0.5, range(10)),
        (corner, 1, 5, 0.2, range(10)),
        (corner, 40, 20, 0.2, range(10)),
        (corner, 40, 20, 0.2, range(10)),  # in the same array as the one before
        (corner, 30, 20, 0.2, (3, 7)),  # some classes do not occur
        (whole, 1100, 6, 0.1, range(10)),
        (large, 25, 4, 5e-4, range(10)),  # long gradients, a loss that grows
        (corner, 40, 1300, 0.5, range(10)),  # many steps
        (bright, 20, 8, 1.0, range(10)),  # a loss that is soon small
        (bright, 45, 9, 0.01, (0, 1, 2, 3, 5, 6, 7, 8, 9)),  # one class does not occur, and is named
        (large, 30, 2, 0.3, range(10)),  # scores whose exponential overflows
        (digits, 40, 20, 0.5, range(10)),
    ]:
        images, labels = checks.drawn(rng, (count, 1, 5, 6)), np.resize(rng.permutation(kinds), count)
        seen = features(images)
        weight, bias = np.zeros((seen.shape[1], 10)), np.zeros(10)
        for _ in range(steps):
            scores = seen @ weight + bias
            powers = np.exp(scores - scores.max(axis=1, keepdims=True))
            grad = (powers / powers.sum(axis=1, keepdims=True) - np.eye(10)[labels]) / count
            weight, bias = weight - rate * seen.T @ grad, bias - rate * grad.sum(axis=0)
        others = checks.drawn(rng, (4000, 1, 5, 6), 30 if len(kinds) == 9 else 1)
        others[20:60] = np.resize(images, (40, 1, 5, 6))  # what was trained on, and is named otherwise
        scores = features(others) @ weight + bias
        named, scores = np.argmax(scores, axis=1), np.sort(scores, axis=1)
        lead = (scores[:, -1] - scores[:, -2]) / np.abs(scores).max()
        close = np.argsort(np.where(lead > 2e-4, lead, 9))[:60]  # but not so close that rounding decides
        unseen = np.flatnonzero((lead > 2e-4) & ~np.isin(named, kinds))[:20]  # a class that did not occur
        chosen = np.concatenate([close, 20 + np.flatnonzero(lead[20:80] > 2e-4), unseen])
        cases.append((images, labels, features, steps, rate))
        asked.append((others[chosen], named[chosen]))
    fitted = [
        answer.value for answer in checks.in_turn("fit", fit, *cases)
    ]  # their arrays have changed since
    for number, (classify, (others, right)) in enumerate(zip(fitted, asked, strict=True)):
        checks.call("the function", classify, others).matches(right, dtype=np.integer)
        few = [slice(0, 6), slice(5, None, -1), slice(0, 6), slice(0, 1), slice(3, 4)]
        parts = few if number % 3 else [part for part in few for _ in range(3)]  # in the same arrays
        answers = checks.in_turn("the function", classify, *((others[part],) for part in parts))
        for answer, part in zip(answers, parts, strict=True):
            answer.matches(right[part], dtype=np.integer)


test_q13_fit_drawn(fit)

# %%
""" # BEGIN TEST CONFIG
hidden: true
bands: {0.55: 0.25, 0.65: 0.25}
failure_message: fit was run on clothes, whose classes had other numbers, and its function named clothes
  that no notebook has.
"""  # END TEST CONFIG


def test_q13_held_out(fit):
    import numpy as np

    from coursekit import checks, data

    rng = np.random.default_rng(31044)
    images, labels = data.fashion_mnist("train")
    held_out = checks.data("held_out.npz")
    others = held_out["images"][:, None].astype(np.float32) / 255
    numbers = (np.arange(10) + rng.integers(1, 10)) % 10  # who trains on other labels names none of these
    chosen = rng.permutation(len(images))[:600]

    def coarse(images):
        return images.reshape(len(images), 14, 2, 14, 2).mean(axis=(2, 4)).reshape(len(images), -1)

    classify = checks.call("fit", fit, images[chosen], numbers[labels[chosen]], coarse, 60, 0.2).value
    assert classify is not None, "fit returned None."
    answer = checks.call("the function", classify, others)
    named = answer.array((len(others),), secret=True, dtype=np.integer)
    return np.mean(named == numbers[held_out["labels"]]), "of the held-out clothes are right"


test_q13_held_out(fit)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Climb the three steps with raw pixels: no kernels, no pooling, just the linear layer. What it reaches is the
# *baseline*, which every better idea has to beat.


# %%
def pixels(images):
    """Return each image as one row of pixels."""
    return images.reshape(len(images), -1)


# %%
STEPS, RATE = 300, 0.1
if grader.ready("q13"):
    fifty, fifty_labels = train_images[:50], train_labels[:50]
    losses = train_head(pixels(fifty), fifty_labels, 1, RATE)[2]
    print(f"sanity: first loss {losses[0]:.4f}, log 10 is {np.log(10):.4f}")
    by_heart = fit(fifty, fifty_labels, pixels, STEPS, RATE)
    print(f"overfit: {np.mean(by_heart(fifty) == fifty_labels):.0%} of fifty images")
    baseline = fit(train_images, train_labels, pixels, STEPS, RATE)
    print(
        f"train: the baseline names {np.mean(baseline(test_images) == test_labels):.1%} of new images right"
    )

# %% [raw]
# # BEGIN QUESTION
# name: q14
# points: 5
# manual: true

# %% [markdown]
# ### q14 · Predict, measure, explain &nbsp; ★★☆ · 30 minutes
#
# **Why.** Edge detectors and pooling sound as if they must be better than raw pixels. Are they? Whoever
# predicts first learns from the answer, above all where it is a surprise. A person reads what you write.
#
# Below this question, two cells train the same head, with the same steps and rate, on pixels and on your
# features, and test it twice: on the test images as they are, and on test images that were moved at random by
# up to three pixels. They do so after 300 steps, and once more after 1000.
#
# 1. **Before you run them**, write down what you expect, with a reason: which is better on the images as they
#    are, and which on the moved ones? A wrong prediction with a reason gets the point.
# 2. Run them. What happened, and what became of it after 1000 steps? The table also has pixels that were
#    pooled without edges, and edges that were pooled by 2×2 and 7×7. What do these controls say about the
#    reason?
# 3. A convolution uses the same weights at every place. What does that assume about pictures? Name one kind
#    of input for which the assumption is wrong, and say why.
# 4. After q5 you moved an image, and the map moved with it. State this property in one formula. Which part of
#    the network in q12 weakens it, and why may that be wanted?
# 5. A linear layer from 28×28 pixels to eight maps of 28×28 would need how many weights? Your convolution has
#    how many? What does it give up for that?

# %% [raw]
# # BEGIN PROMPT

# %% [markdown]
# _Write your answers here, in the place of this line._

# %% [raw]
# # END PROMPT

# %% [raw]
# # BEGIN SOLUTION

# %% [markdown]
# 1. Any prediction with a reason. For instance: edges are better on both, because they do not depend on how
#    bright a piece of clothing is.
# 2. On the images as they are, pixels lead after 300 steps (about 80 % against 78 %), and the features after
#    1000 (about 83 % against 81 %). The features learn more slowly at this rate, so who wins depends on where
#    you stop. On moved images edges pooled by 4×4 are far better both times (about 64 % against 48 %): a move
#    by up to three pixels takes a maximum into a neighbouring block at most. Pooling alone does not help
#    (pooled pixels are no better than pixels). Edges that are hardly pooled (2×2) are the best of the five
#    after 300 steps on the images as they are, but in the move they lose nearly as much as pixels: it takes
#    both. Larger blocks (7×7) lose less in the move, but know too little to begin with.
# 3. Sharing weights assumes that the same pattern means the same thing wherever it appears: the statistics
#    of the picture do not depend on the place (stationarity). It is wrong where the place itself carries
#    meaning: a table of a person's age, income and height in three columns, or passport photographs cut so
#    that eyes are always in the same rows.
# 4. With $T$ for moving the picture: $\text{conv}(T x) = T\,\text{conv}(x)$ (equivariance, away from the
#    border). Max pooling weakens it: a move by one pixel inside a block changes nothing, and only moves by a
#    multiple of 4 pixels move the pooled map. That is wanted in classification, where the exact place does
#    not matter (some invariance).
# 5. The linear layer needs $784 \cdot 8 \cdot 784 = 4{,}917{,}248$ weights, the convolution $8 \cdot 9 = 72$.
#    It gives up the freedom to look far away and to treat places differently.

# %% [raw]
# # END SOLUTION

# %% [raw]
# # END QUESTION

# %% [markdown]
# Have you written down your prediction? Then run these two cells. They take half a minute.


# %%
def moved(images, most, rng):
    """Move each image by up to `most` pixels in both directions; zeros come in from outside."""
    wide = np.pad(images, ((0, 0), (0, 0), (most, most), (most, most)))
    height, width = images.shape[2:]
    starts = rng.integers(0, 2 * most + 1, size=(len(images), 2))
    return np.stack([w[:, i : i + height, j : j + width] for w, (i, j) in zip(wide, starts, strict=True)])


def edges_pooled(size):
    """Return a function that reads images as the answers of eight edge detectors, pooled."""
    return lambda images: pixels(max_pool2d(np.maximum(fast_conv2d(images, FILTERS, padding=1), 0), size))


# %%
if grader.ready("q6", "q7", "q8", "q12", "q13"):
    readers = {
        "pixels": pixels,
        "your features": lambda images: extract_features(images, FILTERS),
        "pixels, pooled by 4×4": lambda images: pixels(max_pool2d(images, 4)),
        "edges, pooled by 2×2": edges_pooled(2),
        "edges, pooled by 7×7": edges_pooled(7),
    }
    moved_images = moved(test_images, 3, np.random.default_rng(0))
    for steps, names in ((STEPS, list(readers)), (1000, ["pixels", "your features"])):
        title = f"right, {steps} steps"
        print(f"{title:24}{'as they are':>14}{'moved':>10}")
        for name in names:
            classify = fit(train_images, train_labels, readers[name], steps, RATE)
            right = [np.mean(classify(images) == test_labels) for images in (test_images, moved_images)]
            print(f"{name:24}{right[0]:14.1%}{right[1]:10.1%}")

# %% [markdown]
# <details><summary>Is that luck? Open this after your own run.</summary>
# Five draws of training images and of moves (book/experiments/pixels_or_edges.py) give, as mean ± spread, as
# they are and moved: after 300 steps pixels 0.798 ± 0.005 and 0.480 ± 0.013, edges pooled by 4×4 0.779 ±
# 0.007 and 0.634 ± 0.022; after 1000 steps pixels 0.810 ± 0.003 and 0.471 ± 0.016, edges pooled by 4×4 0.822
# ± 0.004 and 0.637 ± 0.019; after 2000 steps pixels 0.819 ± 0.006 and 0.470 ± 0.018, edges pooled by 4×4
# 0.833 ± 0.002 and 0.637 ± 0.022. At this rate the features learn more slowly, and with more steps they
# overtake the pixels on the images as they are. On moved images the features lead at all three.
# </details>
#
# ## Part 5 · A test of your own

# %% [raw]
# # BEGIN QUESTION
# name: q15
# points: 3

# %% [markdown]
# ### q15 · Find the mistake &nbsp; ★★★ · 30 minutes
#
# **Why.** Thirteen times somebody else's tests looked at your code. Who looks at code for which there is no
# test yet? You do. A test is good when it lets every right answer pass and no wrong one.
#
# **Write** `check_max_pool`. It gets a function that claims to be `max_pool2d`, calls it on inputs that q8
# allows, and says whether it keeps the contract of q8. The graders hand in right functions, and several dozen
# wrong ones. A few hundred calls are plenty: judging one function may take 0.2 seconds.
#
# A **wrong** function raises, changes `x`, returns no array or one of another shape or dtype, or is off in at
# least one place: by a thousandth of the largest number in the answer or more, or with nan. Many are right
# nearly everywhere, and wrong for one kind of input only:
#
# - only whole numbers, float32 or float64; only one image, one channel, several of both, one row or one
#   column; only an image that is higher than wide, or wider than high, or above 8 pixels in height or width;
# - only windows of 1, or of an even or odd size; a stride above the window, below it, or None; padding above
#   1, or of half a window; padding together with a stride; a stride or padding that is left out of the call;
# - only numbers below 0 or above it, far from 0 (out to -10,000 and 10,000), between -1 and 1, with digits
#   behind the point, or equal to one another.
#
# Each of them fails somewhere among at most 3 images of 3 channels, of up to 12×12 pixels, with windows of 1
# to 5, strides of 1 to 6 or None, and every padding that q8 allows. A **right** function may warn, be off
# by rounding, or return a part of another array. No function is wrong because of what it remembers or how `x`
# lies in memory, and none returns `x` itself or a view of it.
#
# Work the right answer out in another way, by hand or with plain loops. Do not lean on your own
# `max_pool2d`: if it is wrong, your test believes the same mistake.
#
# <details><summary>Hint: "is wrong, and check_max_pool returned True"</summary>
# Compare values, not only shapes; and think of an input on which this mistake changes the answer.
# </details>
# <details><summary>Hint: "is right, and check_max_pool returned False"</summary>
# Work the expected answer out again. Where no float64 came in, float32 may come back, or float64: compare by
# <code>np.allclose</code>, whose own tolerance is fine.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def check_max_pool(pool):
    """Say whether a function keeps the contract of max_pool2d.

    Parameters
    ----------
    pool : function           takes the arguments of max_pool2d, by place or by name

    Returns
    -------
    bool                      True when it is right, False when it is wrong
    """
    # BEGIN SOLUTION
    rng = np.random.default_rng(0)
    shapes = [
        (2, 3, 7, 10),
        (3, 2, 11, 6),
        (1, 2, 5, 12),
        (2, 1, 9, 5),
        (3, 2, 1, 8),
        (2, 2, 7, 1),
        (2, 3, 6, 6),
    ]
    spans = [(-9999, -5000), (-1, 1), (-1, -0.01), (5000, 9999), (-3, 3)]
    cases = [(k, s, p) for k in (1, 2, 3, 4, 5) for s in (None, 1, 2, 3, 4, 6) for p in range(k // 2 + 1)]
    for number, (kernel, stride, padding) in enumerate(cases):
        shape = shapes[number % 7]
        if min(shape[2:]) + 2 * padding < kernel:
            shape = shapes[number % 3]
        x = rng.uniform(*spans[number % 5], size=shape)
        x = np.round(x) if number % 5 == 4 else x  # many are equal
        given = x.astype((float, np.float32, np.int64)[rng.integers(3)])
        step = kernel if stride is None else stride
        rows = range(-padding, shape[2] + padding - kernel + 1, step)
        columns = range(-padding, shape[3] + padding - kernel + 1, step)
        right = np.empty((*shape[:2], len(rows), len(columns)))
        for i, top in enumerate(rows):
            for j, left in enumerate(columns):
                window = given[:, :, max(top, 0) : top + kernel, max(left, 0) : left + kernel]
                right[:, :, i, j] = window.max(axis=(2, 3))
        before = given.copy()
        named = {"stride": stride, "padding": padding}
        if number % 2:  # what has its default is left out
            named = {name: value for name, value in named.items() if value not in (None, 0)}
        try:
            got = pool(given, kernel, **named)
        except Exception:
            return False
        if not isinstance(got, np.ndarray) or got.shape != right.shape:
            return False
        if got.dtype != float and (got.dtype != np.float32 or given.dtype == float):
            return False
        if not np.allclose(got, right):
            return False
        if not np.array_equal(given, before):
            return False
    return True
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
""" # BEGIN TEST CONFIG
points: 0.25
"""  # END TEST CONFIG


def test_q15_zeros(check_max_pool):
    import numpy as np

    from coursekit import checks

    def right(x, kernel_size, stride=None, padding=0):
        sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        x = np.pad(x.astype(float), sides, constant_values=-np.inf)
        view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
        return view[:, :, :: stride or kernel_size, :: stride or kernel_size].max(axis=(4, 5))

    def zeros(x, kernel_size, stride=None, padding=0):
        return 0 * right(np.ones(x.shape), kernel_size, stride, padding)

    def nothing(x, kernel_size, stride=None, padding=0):
        return None

    checks.judges("check_max_pool", check_max_pool, right, True, "A function")
    checks.judges("check_max_pool", check_max_pool, zeros, False, "A function that returns zeros")
    checks.judges("check_max_pool", check_max_pool, nothing, False, "A function that returns None")


test_q15_zeros(check_max_pool)


# %%
""" # BEGIN TEST CONFIG
points: 0.25
"""  # END TEST CONFIG


def test_q15_some(check_max_pool):
    import numpy as np

    from coursekit import checks

    def pool(reduce):
        def pooled(x, kernel_size, stride=None, padding=0):
            sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
            x = np.pad(x.astype(float), sides, constant_values=np.nan)
            view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
            return reduce(view[:, :, :: stride or kernel_size, :: stride or kernel_size], axis=(4, 5))

        return pooled

    def unpadded(x, kernel_size, stride=None, padding=0):
        return pool(np.nanmax)(x, kernel_size, stride, 0)

    def from_zero(x, kernel_size, stride=None, padding=0):
        return np.maximum(pool(np.nanmax)(x, kernel_size, stride, padding), 0)

    def one_image(x, kernel_size, stride=None, padding=0):
        out = pool(np.nanmax)(x, kernel_size, stride, padding)
        return np.repeat(out[:1], len(x), axis=0)

    checks.judges("check_max_pool", check_max_pool, pool(np.nanmax), True, "A function")
    for what, wrong in [
        ("that takes the mean of each window", pool(np.nanmean)),
        ("that takes the smallest value of each window", pool(np.nanmin)),
        ("without padding", unpadded),
        ("that never returns less than 0", from_zero),
        ("that pools the first image and returns it for all", one_image),
    ]:
        checks.judges("check_max_pool", check_max_pool, wrong, False, f"A function {what}")


test_q15_some(check_max_pool)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 1
failure_message: check_max_pool was called with right functions, with some that are wrong at the padding or
  the stride, and with others that are wrong for one kind of input only, of those that the question lists.
"""  # END TEST CONFIG


def test_q15_one_kind(check_max_pool):
    import numpy as np

    from coursekit import checks

    def right(x, kernel_size, stride=None, padding=0, value=-np.inf):
        sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        x = np.pad(x.astype(float), sides, constant_values=value)
        view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
        return view[:, :, :: stride or kernel_size, :: stride or kernel_size].max(axis=(4, 5))

    def padded_with_zeros(x, kernel_size, stride=None, padding=0):
        return right(x, kernel_size, stride, padding, 0.0)

    def one_by_default(x, kernel_size, stride=None, padding=0):
        return right(x, kernel_size, 1 if stride is None else stride, padding)

    def at_most_the_window(x, kernel_size, stride=None, padding=0):
        return right(x, kernel_size, min(stride or kernel_size, kernel_size), padding)

    def unpadded(x, kernel_size, stride=None, padding=0):
        return right(x, kernel_size, stride, 0)

    wrong = {
        "A function with zeros as padding": padded_with_zeros,
        "A function whose stride is 1 where none is given": one_by_default,
        "A function whose stride is never larger than the window": at_most_the_window,
        "A function without padding": unpadded,
    }
    # What runs beside the answer, as below, can be read by it. These cannot: only what they return crosses.
    checks.judges_each("check_max_pool", check_max_pool, {"A function": right}, wrong, 31115)

    def verdicts(check_max_pool):
        import numpy as np

        def right(x, kernel_size, stride=None, padding=0, sides=(1, 1, 1, 1), value=-np.inf):
            top, bottom, before, after = (padding * side for side in sides)
            x = np.pad(
                x.astype(float), ((0, 0), (0, 0), (top, bottom), (before, after)), constant_values=value
            )
            view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
            return view[:, :, :: stride or kernel_size, :: stride or kernel_size].max(axis=(4, 5))

        def only(kind):
            def pooled(x, kernel_size, stride=None, padding=0):
                out = right(x, kernel_size, stride, padding)
                return out + (1 + np.abs(out).max()) * kind(x, kernel_size, stride, padding)

            return pooled

        def on_sides(*sides, value=-np.inf):
            return lambda x, kernel_size, stride=None, padding=0: right(
                x, kernel_size, stride, padding, sides, value
            )

        def with_mean(x, kernel_size, stride=None, padding=0):
            return right(x, kernel_size, stride, padding, value=x.mean())

        def stride_of_one(x, kernel_size, stride=1, padding=0):
            return right(x, kernel_size, stride, padding)

        def none_handed_in(x, kernel_size, stride="left out", padding=0):
            stride = kernel_size if stride == "left out" else 1 if stride is None else stride
            return right(x, kernel_size, stride, padding)

        def padded_unasked(x, kernel_size, stride=None, padding=None):
            return right(x, kernel_size, stride, kernel_size // 2 if padding is None else padding)

        def side_by_side(x, kernel_size, stride=None, padding=0):
            return right(x, kernel_size, kernel_size, padding)

        def two_by_default(x, kernel_size, stride=None, padding=0):
            return right(x, kernel_size, 2 if stride is None else stride, padding)

        kinds = {
            "whole numbers": lambda x, k, s, p: x.dtype.kind == "i",
            "float32": lambda x, k, s, p: x.dtype == np.float32,
            "float64": lambda x, k, s, p: x.dtype == np.float64,
            "a single image": lambda x, k, s, p: len(x) == 1,
            "several images": lambda x, k, s, p: len(x) > 1,
            "a single channel": lambda x, k, s, p: x.shape[1] == 1,
            "several channels": lambda x, k, s, p: x.shape[1] > 1,
            "several images of several channels": lambda x, k, s, p: min(x.shape[:2]) > 1,
            "images of one row": lambda x, k, s, p: x.shape[2] == 1,
            "images of one column": lambda x, k, s, p: x.shape[3] == 1,
            "images higher than wide": lambda x, k, s, p: x.shape[2] > x.shape[3],
            "images wider than high": lambda x, k, s, p: x.shape[2] < x.shape[3],
            "images above 8 pixels in height": lambda x, k, s, p: x.shape[2] > 8,
            "images above 8 pixels in width": lambda x, k, s, p: x.shape[3] > 8,
            "windows of 1": lambda x, k, s, p: k == 1,
            "windows of an even size": lambda x, k, s, p: k % 2 == 0,
            "windows of 3 and 5": lambda x, k, s, p: k in (3, 5),
            "windows above 3": lambda x, k, s, p: k > 3,
            "a stride above the window": lambda x, k, s, p: s is not None and s > k,
            "a stride below the window": lambda x, k, s, p: s is not None and s < k,
            "a stride of None": lambda x, k, s, p: s is None,
            "a stride that is given": lambda x, k, s, p: s is not None,
            "no padding": lambda x, k, s, p: p == 0,
            "padding": lambda x, k, s, p: p > 0,
            "padding above 1": lambda x, k, s, p: p > 1,
            "padding of half a window": lambda x, k, s, p: p > 0 and 2 * p == k,
            "padding together with a stride": lambda x, k, s, p: p > 0 and s is not None,
            "padding without a stride": lambda x, k, s, p: p > 0 and s is None,
            "padding and whole numbers": lambda x, k, s, p: p > 0 and x.dtype.kind == "i",
        }
        wrong = {f"is wrong for {kind} alone": only(function) for kind, function in kinds.items()}
        wrong |= {
            "takes a stride of 1 where it is left out": stride_of_one,
            "takes a stride of 1 where None is handed in": none_handed_in,
            "pads where padding is left out": padded_unasked,
            "takes the window for its stride always": side_by_side,
            "takes a stride of 2 where none is given": two_by_default,
            "pads with the mean of x": with_mean,
            "pads above and below alone": on_sides(1, 1, 0, 0),
            "pads on the left and right alone": on_sides(0, 0, 1, 1),
            "pads above and on the left alone": on_sides(2, 0, 2, 0),
            "pads with -1": on_sides(1, 1, 1, 1, value=-1.0),
            "pads with -1000": on_sides(1, 1, 1, 1, value=-1000.0),
        }

        def judged(function):  # all under one name
            return check_max_pool(lambda *arguments, **named: function(*arguments, **named))

        return judged(right), [(what, judged(function)) for what, function in wrong.items()]

    right, wrong = checks.inside(verdicts, check_max_pool)
    assert right, "A function is right, and check_max_pool did not return True."
    for what, said in wrong:
        assert said is not None, "check_max_pool returned None."
        assert not said, f"A function {what}, and check_max_pool returned True."


test_q15_one_kind(check_max_pool)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.75
failure_message: check_max_pool was called with functions that are right, and with functions that are wrong
  for some values, mix images or places, or return another shape or another dtype.
"""  # END TEST CONFIG


def test_q15_values(check_max_pool):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    def right(x, kernel_size, stride=None, padding=0):
        sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        x = np.pad(x.astype(float), sides, constant_values=-np.inf)
        view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
        return view[:, :, :: stride or kernel_size, :: stride or kernel_size].max(axis=(4, 5))

    def narrow(x, kernel_size, stride=None, padding=0):
        return right(x, kernel_size, stride, padding).astype(x.dtype if x.dtype.kind == "f" else np.float32)

    def first_for_all(x, kernel_size, stride=None, padding=0):
        return np.repeat(right(x, kernel_size, stride, padding)[:1], len(x), axis=0)

    def rounded_up(x, kernel_size, stride=None, padding=0):
        return F.max_pool2d_forward(x.astype(float), kernel_size, stride, padding, 1, True)[0]

    def whole(x, kernel_size, stride=None, padding=0):
        return right(x, kernel_size, stride, padding).astype(x.dtype)

    def least(x, kernel_size, stride=None, padding=0):
        return -right(-x.astype(float), kernel_size, stride, padding)

    wrong = {
        "A function that pools the first image for all": first_for_all,
        "A function that lets pixels that are left over start windows": rounded_up,
        "A function that returns whole numbers for whole numbers": whole,
        "A function that takes the least": least,
    }
    checks.judges_each(
        "check_max_pool", check_max_pool, {"A function that keeps float32": narrow}, wrong, 31215
    )

    def verdicts(check_max_pool):  # beside the answer, as above
        import numpy as np

        def windows(x, kernel_size, stride, padding):
            sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
            x = np.pad(x.astype(float), sides, constant_values=-np.inf)
            view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
            return view[:, :, :: stride or kernel_size, :: stride or kernel_size]

        def right(x, kernel_size, stride=None, padding=0):
            return windows(x, kernel_size, stride, padding).max(axis=(4, 5))

        def strict(x, kernel_size, stride=None, padding=0):  # nobody asked what is not allowed
            if not 0 <= padding <= kernel_size // 2 or (stride is not None and stride < 1) or not x.size:
                raise ValueError("not allowed")
            if not {type(kernel_size), type(stride), type(padding)} <= {int, type(None)}:
                raise TypeError("an int is Python's")
            if x.dtype not in (np.float64, np.float32, np.int64) or not np.isfinite(x).all():
                raise ValueError("not allowed")
            if min(x.shape[2:]) + 2 * padding < kernel_size:
                raise IndexError("does not fit")
            narrow = x.dtype if x.dtype.kind == "f" else np.float32
            out = np.asfortranarray(right(x, kernel_size, stride, padding).astype(narrow))
            out.flags.writeable = False
            return out

        def then(change):
            return lambda x, kernel_size, stride=None, padding=0: change(
                right(x, kernel_size, stride, padding)
            )

        def mixed(change):
            return then(lambda y: np.array(np.broadcast_to(change(y), y.shape)))

        def equal_ones(x, kernel_size, stride=None, padding=0):
            view = windows(x, kernel_size, stride, padding)
            out = view.max(axis=(4, 5))
            return out + 1.0 * ((view == out[..., None, None]).sum(axis=(4, 5)) > 1)

        def second(x, kernel_size, stride=None, padding=0):  # of the numbers that it sees, sorted
            view = windows(x, kernel_size, stride, padding)
            return np.sort(view.reshape(*view.shape[:4], -1))[..., -2 if kernel_size > 2 else -1]

        def part(rows, columns):  # windows that reach too little
            def pooled(x, kernel_size, stride=None, padding=0):
                view = windows(x, kernel_size, stride, padding)
                return view[..., rows, columns].max(axis=(4, 5)) if kernel_size > 2 else view.max(axis=(4, 5))

            return pooled

        def square(x, kernel_size, stride=None, padding=0):
            side = min(x.shape[2:])
            return right(x[:, :, :side, :side], kernel_size, stride, padding)

        def two_by_two(x, kernel_size, stride=None, padding=0):
            return right(x, 2, stride or kernel_size, min(padding, 1))

        def narrow(y):
            return y.astype(np.float16) if np.abs(y).max() < 6e4 else y

        def last_place(y):
            y = y.copy()
            y[-1, -1, -1, -1] += 1 + np.abs(y).max()
            return y

        every = slice(None)
        wrong = {
            "is off by 0.005 for numbers between -1 and 1": then(lambda y: y + 0.005 * (np.abs(y) < 1)),
            "is wrong in the last place of all": then(last_place),
            "exchanges images and channels": mixed(lambda y: y.swapaxes(0, 1).reshape(y.shape)),
            "mixes the places of each map": mixed(lambda y: y.swapaxes(2, 3).reshape(y.shape)),
            "is off by a thousandth of the number": then(lambda y: y * 1.0015),
            "gives nan for numbers below 0": then(lambda y: np.where(y < 0, np.nan, y)),
            "gives 0 for numbers between -1 and 0": then(lambda y: np.where((y > -1) & (y < 0), 0, y)),
            "gives 0 for numbers between 0 and 1": then(lambda y: np.where((y < 1) & (y > 0), 0, y)),
            "cuts off the digits behind the point": then(np.trunc),
            "rounds to whole numbers": then(np.round),
            "gives no number above 1000": then(lambda y: np.minimum(y, 1000)),
            "gives no number below -1000": then(lambda y: np.maximum(y, -1000)),
            "gives no number above 0": then(lambda y: np.minimum(y, 0)),
            "gives the size of a negative number": then(np.abs),
            "is wrong where two numbers of a window are equal": equal_ones,
            "gives the second largest number of windows above 2": second,
            "leaves out the last row of windows above 2": part(slice(None, -1), every),
            "leaves out the first row of windows above 2": part(slice(1, None), every),
            "leaves out the last column of windows above 2": part(every, slice(None, -1)),
            "leaves out the first column of windows above 2": part(every, slice(1, None)),
            "returns the first image, and zeros for the others": mixed(
                lambda y: y * (np.arange(len(y)) == 0)[:, None, None, None]
            ),
            "returns the first channel for all": mixed(lambda y: y[:, :1]),
            "returns the largest channel for all": mixed(lambda y: y.max(axis=1, keepdims=True)),
            "returns each map from right to left": mixed(lambda y: y[..., ::-1]),
            "returns each map upside down": mixed(lambda y: y[:, :, ::-1]),
            "returns the images in reverse order": mixed(lambda y: y[::-1]),
            "returns the channels in reverse order": mixed(lambda y: y[:, ::-1]),
            "returns the mean of each map in all its places": mixed(
                lambda y: y.mean(axis=(2, 3), keepdims=True)
            ),
            "takes the height for the width, too": square,
            "takes windows of 2×2 always": two_by_two,
            "exchanges height and width of the output": then(lambda y: y.swapaxes(2, 3)),
            "forgets the last row and column of windows": then(lambda y: y[:, :, :-1, :-1]),
            "returns an axis too many": then(lambda y: y[None]),
            "drops axes of length 1": then(np.squeeze),
            "returns one row for each image": then(lambda y: y.reshape(len(y), -1)),
            "returns a list": then(lambda y: y.tolist()),
            "returns float32 always": then(lambda y: y.astype(np.float32)),
            "returns float16 for whole numbers": lambda x, kernel_size, stride=None, padding=0: (
                narrow(right(x, kernel_size, stride, padding))
                if x.dtype == np.int64
                else right(x, kernel_size, stride, padding)
            ),
            "returns float16": then(lambda y: np.clip(y, -6e4, 6e4).astype(np.float16)),
            "returns whole numbers always": then(lambda y: y.astype(np.int64)),
        }

        def judged(function):  # all under one name
            return check_max_pool(lambda *arguments, **named: function(*arguments, **named))

        return judged(strict), [(what, judged(function)) for what, function in wrong.items()]

    right, wrong = checks.inside(verdicts, check_max_pool)
    assert right, "A function is right, also in float32, and check_max_pool did not return True."
    for what, said in wrong:
        assert said is not None, "check_max_pool returned None."
        assert not said, f"A function {what}, and check_max_pool returned True."


test_q15_values(check_max_pool)

# %%
""" # BEGIN TEST CONFIG
hidden: true
points: 0.75
failure_message: check_max_pool was called with functions that return the right answer and change x, that
  raise, that are right and warn, and with others that are right and wrong.
"""  # END TEST CONFIG


def test_q15_changes(check_max_pool):
    import numpy as np

    from coursekit import checks

    def pooled(x, kernel_size, stride=None, padding=0):
        sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        x = np.pad(x.astype(float), sides, constant_values=-np.inf)
        view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
        return view[:, :, :: stride or kernel_size, :: stride or kernel_size].max(axis=(4, 5))

    def lower(x, kernel_size, stride=None, padding=0):
        out = pooled(x, kernel_size, stride, padding)
        return out - np.abs(out).max() / 500 - 1e-3

    def raising(x, kernel_size, stride=None, padding=0):
        raise IndexError("index 3 is out of bounds")

    def rolled(x, kernel_size, stride=None, padding=0):
        return np.roll(pooled(x, kernel_size, stride, padding), 1, axis=2)

    wrong = {
        "A function that returns too little": lower,
        "A function that raises IndexError": raising,
        "A function that moves each map down": rolled,
    }
    checks.judges_each("check_max_pool", check_max_pool, {"A function": pooled}, wrong, 31515)

    def verdicts(check_max_pool):  # beside the answer: under seal a test changes only a copy of x
        import warnings

        import numpy as np

        def right(x, kernel_size, stride=None, padding=0):
            sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
            x = np.pad(x.astype(float), sides, constant_values=-np.inf)
            view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
            return view[:, :, :: stride or kernel_size, :: stride or kernel_size].max(axis=(4, 5))

        def part(x, kernel_size, stride=None, padding=0):  # of an array of its own
            warnings.warn("this is slow", RuntimeWarning, stacklevel=2)
            larger = np.repeat(right(x, kernel_size, stride, padding), 2, axis=3)
            return (larger * (1 + 1e-13))[..., ::2]  # rounding

        def changing(change):
            def pooled(x, kernel_size, stride=None, padding=0):
                out = right(x, kernel_size, stride, padding)
                change(x)
                return out

            return pooled

        def clear(x):
            x[...] = 0

        def sort(x):
            x.sort(axis=3)

        def corner(x):
            x[:, :, 0, 0] -= 1

        def of(kind):
            return lambda x: np.add(x, 1, out=x, casting="unsafe") if x.dtype == kind else None

        def last(x):
            x[-1, -1, -1, -1] += 1

        def raised(x, kernel_size, stride=None, padding=0):  # in a way that no second call shows
            out = right(x, kernel_size, stride, padding)
            np.maximum(x, out.min(axis=(2, 3), keepdims=True).astype(x.dtype), out=x)
            return out

        def unpadded(x, kernel_size, stride=None, padding=0):
            out = right(x, kernel_size, stride, padding)
            if not padding:
                x += 1
            return out

        def before(x, kernel_size, stride=None, padding=0):
            x += 1
            return right(x, kernel_size, stride, padding)

        def raising(kind):
            def pooled(x, kernel_size, stride=None, padding=0):
                if kind(x, kernel_size, stride, padding):
                    raise RuntimeError("not thought of")
                return right(x, kernel_size, stride, padding)

            return pooled

        wrong = {
            "clears x": changing(clear),
            "sorts the rows of x": changing(sort),
            "changes a corner of x": changing(corner),
            "adds 1 to x where it is float64": changing(of(np.float64)),
            "adds 1 to x where it is float32": changing(of(np.float32)),
            "adds 1 to x where it holds whole numbers": changing(of(np.int64)),
            "changes the last pixel of x": changing(last),
            "raises the pixels of x that are below its answer": raised,
            "adds 1 to x where nothing is padded": unpadded,
            "adds 1 to x and pools what it then holds": before,
            "raises where x holds whole numbers": raising(lambda x, k, s, p: x.dtype.kind == "i"),
            "raises where there is padding": raising(lambda x, k, s, p: p > 0),
            "raises where the stride is above the window": raising(lambda x, k, s, p: (s or k) > k),
            "raises where the window is 1": raising(lambda x, k, s, p: k == 1),
        }

        def judged(function):  # all under one name
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return check_max_pool(lambda *arguments, **named: function(*arguments, **named))

        return judged(part), [(what, judged(function)) for what, function in wrong.items()]

    right, wrong = checks.inside(verdicts, check_max_pool)
    assert right, "A function is right, warns, and returns a part of an array of its own: it got no True."
    for what, said in wrong:
        assert said is not None, "check_max_pool returned None."
        assert not said, f"A function {what}, and check_max_pool returned True."


test_q15_changes(check_max_pool)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## Hand in
#
# Choose *Restart and run all* first: what runs in order on a fresh kernel also runs at the grader's.
# Then check everything once more and write the file to hand in.

# %%
grader.check_all()

# %%
grader.export()
