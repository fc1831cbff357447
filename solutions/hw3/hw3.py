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
# course:
#     modules: [numpy]
# requirements:
#     - cnn-course @ git+{{repository}}@{{branch}}

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
# | a worked example | q1 to q4 | what the operation *is*, on numbers you can check by hand |
# | properties | q5 to q9 | what must hold for *every* input: linearity, shift equivariance |
# | arithmetic | q10, q11 | what a layer costs and how far it sees |
# | sanity, overfit, train, look | q12, q13 | the order in which to bring any network to life |
# | in your own words | q14 | why it works |
#
# Stars say how hard a question is, minutes how long it takes most people. All in all: about four hours.
# NumPy is all you need. No graphics card, no other package.
#
# **How to work.** Put your code in the place of the `...`. Run the cell, then the check below it. The check
# runs the public tests and says what to do next. After you hand in, hidden tests run your functions on
# other inputs: other sizes, height and width that differ, strides that leave pixels over. So read each
# contract (the docstring) to its end. Each check brings its own inputs, so you can go on when one fails.

# %%
# Run this cell first. On Colab it installs the course's package; anywhere else it changes nothing.
import importlib.util

if importlib.util.find_spec("coursekit") is None:
    from IPython import get_ipython

    get_ipython().run_line_magic("pip", "install --quiet 'cnn-course @ git+{{repository}}@{{branch}}'")

# %%
import time

import numpy as np

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
# ### q1 · How large is the output? &nbsp; ★☆☆ · 10 minutes
#
# **Why.** Half of all errors in a new network are shapes that do not fit. One formula tells you each shape
# before you run anything.
#
# A kernel with $k$ taps, spread out by a dilation $d$, covers $d(k-1)+1$ pixels. It starts at the left end
# of an input of `size` pixels with $p$ zeros on *each* side, and moves $s$ pixels at a time, for as long as
# it fits:
#
# $$\text{output} = \left\lfloor \frac{\text{size} + 2p - d\,(k-1) - 1}{s} \right\rfloor + 1$$
#
# With 7 pixels, 3 taps and stride 2, the kernel starts at pixels 0, 2 and 4: three outputs. The floor
# matters where the stride does not fit. With 8 pixels there are still three, and the last pixel is never
# read.
#
# **Write** `output_size`. Where the kernel does not fit even once, raise `ValueError`.
#
# <details><summary>Hint: "returned 3.0, a float. Return an int"</summary>
# In Python <code>/</code> always makes a float, <code>//</code> divides and rounds down.
# </details>
# <details><summary>Hint: "It has no answer: raise ValueError"</summary>
# The kernel fits where size + 2·padding is at least dilation·(kernel_size − 1) + 1. Test that first.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def output_size(size, kernel_size, stride=1, padding=0, dilation=1):
    """Number of outputs along one axis of a convolution.

    Parameters
    ----------
    size : int                pixels of the input
    kernel_size : int         taps of the kernel
    stride : int              pixels between two neighbouring windows
    padding : int             zeros added on each side
    dilation : int            pixels between two neighbouring taps

    Returns
    -------
    int

    Raises
    ------
    ValueError                when the kernel does not fit once
    """
    # BEGIN SOLUTION
    room = size + 2 * padding - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError(f"output_size: a kernel of {kernel_size} does not fit into {size} pixels")
    return room // stride + 1
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q1_worked(output_size):
    from coursekit import checks

    checks.call("output_size", output_size, 7, 3, stride=2).is_whole(3, "It starts at pixels 0, 2 and 4.")
    checks.call("output_size", output_size, 32, 5, padding=2).is_whole(32, "Padding counts on both sides.")
    checks.call("output_size", output_size, 8, 3, stride=2).is_whole(
        3, "Round down: the last pixel is left over."
    )


test_q1_worked(output_size)


# %%
def test_q1_dilation(output_size):
    from coursekit import checks

    checks.call("output_size", output_size, 9, 3, dilation=2).is_whole(5, "Three taps now cover 5 pixels.")


test_q1_dilation(output_size)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: output_size is wrong for some size, kernel, stride, padding and dilation. Compare with the
  formula.
"""  # END TEST CONFIG


def test_q1_drawn(output_size):
    import numpy as np

    from convnet import arithmetic
    from coursekit import checks

    rng = np.random.default_rng(31001)
    for _ in range(20):
        kernel, stride, padding, dilation = (int(v) for v in rng.integers([1, 1, 0, 1], [6, 5, 4, 4]))
        size = dilation * (kernel - 1) + 1 + int(rng.integers(0, 20))
        right = arithmetic.conv_output_size(size, kernel, stride, padding, dilation)
        answer = checks.call("output_size", output_size, size, kernel, stride, padding, dilation)
        answer.is_whole(right, secret=True)


test_q1_drawn(output_size)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: A kernel that is larger than the padded input must raise ValueError, and one that just fits
  must not.
"""  # END TEST CONFIG


def test_q1_refuses(output_size):
    from coursekit import checks

    checks.call("output_size", output_size, 5, 3, dilation=2).is_whole(1, secret=True)
    checks.refuses("output_size", output_size, 4, 3, dilation=2)
    checks.refuses("output_size", output_size, 2, 7, stride=3, padding=2)


test_q1_refuses(output_size)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 2

# %% [markdown]
# ### q2 · Slide a window: cross-correlation &nbsp; ★☆☆ · 20 minutes
#
# **Why.** This is the whole idea. Everything later in the course is this operation, made wider and faster.
#
# Put the kernel on the top left corner of the image. Multiply each weight by the pixel below it and add the
# products: that is one output. Move one pixel and do it again:
#
# $$y[i, j] = \sum_{a}\sum_{b} k[a, b]\; x[i + a,\, j + b]$$
#
# Only windows that lie wholly inside the image count ("valid"). The picture shows the first window,
# the kernel, and their products. These add up to 12.

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
# **Write** `correlate2d` with loops over the output pixels. Short and clear beats fast here.
#
# <details><summary>Hint: "returned shape (3, 3), the right shape is (3, 2)"</summary>
# Height and width each have their own size. Name them: <code>H, W = image.shape</code>, <code>kh, kw =
# kernel.shape</code>.
# </details>
# <details><summary>Hint: "returned dtype int64"</summary>
# <code>np.zeros_like(image)</code> copies the dtype of the image, and an integer array cuts off what is
# written into it.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def correlate2d(image, kernel):
    """Cross-correlation of one channel, where the kernel lies wholly inside.

    Parameters
    ----------
    image : array (H, W)
    kernel : array (kh, kw)

    Returns
    -------
    array (H - kh + 1, W - kw + 1) of floats
    """
    # BEGIN SOLUTION
    height, width = image.shape
    kh, kw = kernel.shape
    out = np.zeros((height - kh + 1, width - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
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
    kernel = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2.0]])
    answer = checks.call("correlate2d", correlate2d, image, kernel)
    answer.equals([[12, 12, 17], [10, 17, 19], [9, 6, 14]], "Do not flip the kernel here.")


test_q2_worked(correlate2d)


# %%
def test_q2_shapes(correlate2d):
    import numpy as np

    from coursekit import checks

    image = np.arange(12.0).reshape(3, 4)
    answer = checks.call("correlate2d", correlate2d, image, np.array([[1.0, -1.0]]))
    answer.equals(-np.ones((3, 3)), "The kernel (1, -1) measures left minus right.")
    answer = checks.call("correlate2d", correlate2d, image, np.array([[1.0], [-1.0]]))
    answer.equals(-4 * np.ones((2, 4)), "A kernel of 2 rows and 1 column measures upper minus lower.")


test_q2_shapes(correlate2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: correlate2d is wrong for some images and kernels that are not square.
"""  # END TEST CONFIG


def test_q2_drawn(correlate2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31002)
    for height, width, kh, kw in [(6, 9, 3, 3), (9, 6, 2, 4), (7, 7, 5, 1), (4, 8, 4, 8), (5, 6, 1, 1)]:
        image, kernel = rng.normal(size=(height, width)), rng.normal(size=(kh, kw))
        right = F.conv2d_forward(image[None, None], kernel[None, None])[0][0, 0]
        checks.call("correlate2d", correlate2d, image, kernel).matches(right)


test_q2_drawn(correlate2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: An image of whole numbers with a kernel of fractions must give fractions, and no input may
  change.
"""  # END TEST CONFIG


def test_q2_whole_numbers(correlate2d):
    import numpy as np

    from coursekit import checks

    image = np.array([[1, 2, 4], [0, 1, 3], [5, 5, 0]])
    kernel = np.array([[0.25, 0.25], [0.25, 0.25]])
    checks.leaves_inputs("correlate2d", correlate2d, image, kernel).matches([[1, 2.5], [2.75, 2.25]])


test_q2_whole_numbers(correlate2d)

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
edges = [correlate2d(photograph, SOBEL_X), correlate2d(photograph, SOBEL_X.T)]
plots.image_grid([photograph[1:-1, 1:-1], *edges], titles=["photograph", "upright edges", "flat edges"])

# %% [raw]
# # BEGIN QUESTION
# name: q3
# points: 2

# %% [markdown]
# ### q3 · Stamp the kernel: convolution &nbsp; ★★☆ · 20 minutes
#
# **Why.** Mathematics calls something else a convolution. Networks use cross-correlation and keep the name,
# so you must know the difference when you read a paper, or when you use a library of signal processing.
#
# Here is the other way to see it. Every pixel *stamps* a copy of the kernel into the output, scaled by the
# pixel's value, with the kernel's top left corner at the pixel. Where stamps overlap, they add up:
#
# $$y[i, j] = \sum_{a}\sum_{b} k[a, b]\; x[i - a,\, j - b]$$
#
# The signs are minus now. That is the same as sliding a kernel that is rotated by 180°. The output
# is larger than the image, because the stamps of the last pixels stick out:
# $(H + k_h - 1) \times (W + k_w - 1)$.
#
# A single 1 in an image of zeros shows the rule: the output is the kernel itself, unflipped.
#
# **Write** `convolve2d`, by stamping or by flipping and sliding. Both are right.
#
# <details><summary>Hint: the values are right, but mirrored</summary>
# You have a cross-correlation. Flip both axes of the kernel, <code>kernel[::-1, ::-1]</code>, or stamp it
# unflipped.
# </details>
# <details><summary>Hint: "returned shape (3, 3), the right shape is (5, 5)"</summary>
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
    image : array (H, W)
    kernel : array (kh, kw)

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
    answer = checks.call("convolve2d", convolve2d, image, kernel)
    corner = checks.Answer(answer.array((5, 5))[:3, :3], f"the top left 3x3 of {answer.label}")
    corner.equals([[0, 0, 1], [0, 3, 12], [2, 6, 9]], "Flip both axes of the kernel, not one.")


test_q3_worked(convolve2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: convolve2d is wrong for some images and kernels that are not square.
"""  # END TEST CONFIG


def test_q3_drawn(convolve2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31003)
    for height, width, kh, kw in [(5, 7, 3, 3), (7, 4, 2, 4), (3, 6, 5, 1), (2, 3, 4, 5), (1, 1, 3, 2)]:
        image, kernel = rng.normal(size=(height, width)), rng.normal(size=(kh, kw))
        checks.call("convolve2d", convolve2d, image, kernel).matches(F.convolve2d(image, kernel, "full"))


test_q3_drawn(convolve2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: A convolution does not change when image and kernel trade places. Yours does, or it changes
  an input.
"""  # END TEST CONFIG


def test_q3_commutes(convolve2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31013)
    image, kernel = rng.integers(0, 9, size=(4, 6)), rng.normal(size=(3, 2))
    right = F.convolve2d(image.astype(float), kernel, "full")
    checks.leaves_inputs("convolve2d", convolve2d, image, kernel).matches(right)
    checks.leaves_inputs("convolve2d", convolve2d, kernel, image).matches(right)


test_q3_commutes(convolve2d)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Both functions at once: correlating with the rotated kernel gives the inner part of the convolution.
# When a network *learns* its kernel, it can as well learn the rotated one. That is why nobody misses the
# flip.

# %%
full = convolve2d(IMAGE, KERNEL)
inner = correlate2d(IMAGE, KERNEL[::-1, ::-1])
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
#
# Mirroring leaves the border pixel itself out: with two pixels of padding, `1 2 3` becomes `3 2 1 2 3 2 1`.
#
# **Write** `pad2d` for a batch of images in the layout (N, C, H, W): number of images, channels, height,
# width. This is the layout of PyTorch.
#
# <details><summary>Hint: "returned shape (1, 3, 6, 4), the right shape is (1, 1, 6, 6)"</summary>
# Only the last two axes get longer. Zeros: make the large array first, then write x into its middle.
# </details>
# <details><summary>Hint: reflect repeats the border pixel</summary>
# The mirror stands on the border pixel, not beside it. Left of column 0 stands column 1, then column 2.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def pad2d(x, padding, mode="zeros"):
    """Add a border around height and width.

    Parameters
    ----------
    x : array (N, C, H, W)
    padding : int             pixels added on each of the four sides
    mode : str                "zeros" or "reflect" (mirror, without repeating the border pixel)

    Returns
    -------
    array (N, C, H + 2 padding, W + 2 padding), dtype as x

    Raises
    ------
    ValueError                for another mode; for "reflect" when padding >= H or padding >= W
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

    x = np.array([[[[1.0, 2, 3], [4, 5, 6]]]])
    right = [[[[0, 0, 0, 0, 0], [0, 1, 2, 3, 0], [0, 4, 5, 6, 0], [0, 0, 0, 0, 0]]]]
    checks.call("pad2d", pad2d, x, 1).equals(right, "Zeros all around, x in the middle.")
    checks.call("pad2d", pad2d, x, 0).equals(x, "Padding 0 adds nothing.")


test_q4_zeros(pad2d)


# %%
def test_q4_reflect(pad2d):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[1.0, 2, 3], [4, 5, 6]]]])
    right = [[[[5, 4, 5, 6, 5], [2, 1, 2, 3, 2], [5, 4, 5, 6, 5], [2, 1, 2, 3, 2]]]]
    checks.call("pad2d", pad2d, x, 1, "reflect").equals(right, "The border pixel itself is not repeated.")


test_q4_reflect(pad2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: pad2d is wrong for some batch, padding or mode, or it changes its input.
"""  # END TEST CONFIG


def test_q4_drawn(pad2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31004)
    for shape, padding in [((2, 3, 5, 4), 1), ((1, 2, 4, 7), 3), ((3, 1, 6, 5), 2)]:
        x = rng.normal(size=shape)
        sides = (padding, padding, padding, padding)
        for mode, name in [("zeros", "constant"), ("reflect", "reflect")]:
            right = F.pad_forward(x, sides, mode=name)[0]
            checks.leaves_inputs("pad2d", pad2d, x, padding, mode).matches(right)


test_q4_drawn(pad2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: An unknown mode, and a mirror larger than the image, must raise ValueError. The largest
  that fits must not.
"""  # END TEST CONFIG


def test_q4_refuses(pad2d):
    import numpy as np

    from coursekit import checks

    x = np.ones((1, 1, 3, 5))
    checks.call("pad2d", pad2d, x, 2, "reflect").matches(np.ones((1, 1, 7, 9)))
    checks.refuses("pad2d", pad2d, x, 3, "reflect")
    checks.refuses("pad2d", pad2d, x.swapaxes(2, 3), 3, "reflect")
    checks.refuses("pad2d", pad2d, x, 1, "mirror")


test_q4_refuses(pad2d)

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
# ### q5 · The convolution layer &nbsp; ★★★ · 35 minutes
#
# **Why.** Now for real: many images, many input channels, many kernels. A kernel is as deep as its input.
# It looks at all channels at once and gives one map. $F$ kernels give $F$ maps.
#
# $$y[n, f, i, j] = b[f] + \sum_{c}\sum_{u}\sum_{v} w[f, c, u, v]\;
#   x_\text{padded}[n,\, c,\, s\,i + d\,u,\, s\,j + d\,v]$$
#
# Read the indices slowly. The stride $s$ multiplies the place in the *output*, the dilation $d$ the place
# in the *kernel*.
#
# **Write** `conv2d`. Loop over the output places `i` and `j`, and let NumPy do the sums over channels and
# taps. A slice with a step, `x[:, :, i0 : i1 : d]`, takes dilated windows out.
#
# <details><summary>Hint: "operands could not be broadcast together"</summary>
# A window has shape (N, C, kh, kw), the weight (F, C, kh, kw). Give each an axis of length 1:
# <code>window[:, None] * weight[None]</code> has shape (N, F, C, kh, kw). Then sum over the last three
# axes. Or use
# <code>np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))</code>.
# </details>
# <details><summary>Hint: the bias</summary>
# There is one bias for each kernel. To add it along axis 1 it needs the shape (1, F, 1, 1).
# </details>
# <details><summary>Hint: only dilation fails</summary>
# A window covers d·(k − 1) + 1 pixels, and the slice over it takes every d-th.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Convolution layer, forward: cross-correlation with zeros as padding.

    Parameters
    ----------
    x : array (N, C, H, W)
    weight : array (F, C, kh, kw)
    bias : array (F,) or None
    stride, padding, dilation : int       the same along height and width

    Returns
    -------
    array (N, F, H', W') of floats, H' and W' from the formula of q1

    Raises
    ------
    ValueError                            when weight and x differ in the number of channels C
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
def test_q5_worked(conv2d):
    import numpy as np

    from coursekit import checks

    image = np.array([[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1.0]])
    kernel = np.array([[0, 1, 2], [2, 2, 0], [0, 1, 2.0]])
    x, weight = np.stack([image, 2 * image])[None], np.stack([kernel, kernel])[None]
    right = 3 * np.array([[12, 12, 17], [10, 17, 19], [9, 6, 14.0]])[None, None]
    answer = checks.call("conv2d", conv2d, x, weight)
    answer.equals(
        right, "Two channels, the image and its double: three times the answer of q2. Sum over the channels."
    )
    answer = checks.call("conv2d", conv2d, x, weight, stride=2)
    answer.equals(right[:, :, ::2, ::2], "Stride 2 keeps every second output of stride 1.")


test_q5_worked(conv2d)


# %%
def test_q5_bias_and_padding(conv2d):
    import numpy as np

    from coursekit import checks

    x, weight = np.ones((2, 1, 2, 3)), np.ones((2, 1, 3, 3))
    answer = checks.call("conv2d", conv2d, x, weight, np.array([0.0, 10.0]), padding=1)
    one = np.array([[4, 6, 4], [4, 6, 4.0]])
    answer.equals(np.array([[one, one + 10]] * 2), "Zeros around x count as 0; each map has its own bias.")


test_q5_bias_and_padding(conv2d)


# %%
def test_q5_dilation(conv2d):
    import numpy as np

    from coursekit import checks

    x = np.arange(30.0).reshape(1, 1, 5, 6)
    weight = np.array([[[[1.0, 0.0], [0.0, -1.0]]]])
    answer = checks.call("conv2d", conv2d, x, weight, dilation=3)
    answer.equals(-21 * np.ones((1, 1, 2, 3)), "The taps lie 3 pixels apart, down and to the right.")


test_q5_dilation(conv2d)


# %%
def test_q5_properties(conv2d):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(0)
    x, other, weight = (
        rng.normal(size=(2, 3, 7, 8)),
        rng.normal(size=(2, 3, 7, 8)),
        rng.normal(size=(4, 3, 3, 2)),
    )
    first = checks.call("conv2d", conv2d, x, weight)
    one = first.array((2, 4, 5, 7))
    two = checks.call("conv2d", conv2d, other, weight).array((2, 4, 5, 7))
    pixel = checks.Answer(
        one[1:, 2:3, 2:3, 3:4], f"one pixel of {first.label}, image 1, kernel 2, row 2, column 3"
    )
    pixel.equals(
        [[[[np.sum(x[1, :, 2:5, 3:5] * weight[2])]]]], "Multiply its window with kernel 2, and sum up."
    )
    both = checks.call("conv2d", conv2d, 2 * x - other, weight)
    both.equals(2 * one - two, "Linear: conv2d(2a - b) must be 2 conv2d(a) - conv2d(b).")
    moved = checks.call("conv2d", conv2d, np.roll(x, 1, axis=3), weight)
    moved = checks.Answer(moved.array((2, 4, 5, 7))[..., 1:], f"{moved.label} without its first column")
    moved.equals(one[..., :-1], "Equivariant: when x moves by a pixel, the output must move by a pixel.")


test_q5_properties(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: conv2d is wrong for some stride and padding with height and width that differ.
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
    ]:
        x, weight, bias = rng.normal(size=shape), rng.normal(size=kernel), rng.normal(size=kernel[0])
        right = F.conv2d_forward(x, weight, bias, stride, padding)[0]
        checks.call("conv2d", conv2d, x, weight, bias, stride, padding).matches(right)


test_q5_drawn(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: conv2d is wrong for some dilation together with stride and padding.
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
    ]:
        x, weight, bias = rng.normal(size=shape), rng.normal(size=kernel), rng.normal(size=kernel[0])
        right = F.conv2d_forward(x, weight, bias, stride, padding, dilation)[0]
        checks.call("conv2d", conv2d, x, weight, bias, stride, padding, dilation).matches(right)


test_q5_drawn_dilation(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: conv2d changes one of its input arrays.
"""  # END TEST CONFIG


def test_q5_inputs(conv2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31025)
    x, weight, bias = rng.normal(size=(2, 2, 6, 5)), rng.normal(size=(3, 2, 3, 3)), rng.normal(size=3)
    for padding in (0, 1):
        right = F.conv2d_forward(x, weight, bias, 1, padding)[0]
        checks.leaves_inputs("conv2d", conv2d, x, weight, bias, 1, padding).matches(right)


test_q5_inputs(conv2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: A weight whose number of channels differs from that of x must raise ValueError.
"""  # END TEST CONFIG


def test_q5_refuses(conv2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31035)
    x, weight = rng.normal(size=(1, 3, 5, 5)), rng.normal(size=(2, 3, 3, 3))
    checks.call("conv2d", conv2d, x, weight).matches(F.conv2d_forward(x, weight)[0])
    checks.refuses("conv2d", conv2d, x, weight[:, :1])


test_q5_refuses(conv2d)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6
# points: 3

# %% [markdown]
# ### q6 · Lay the windows out: im2col &nbsp; ★★★ · 30 minutes
#
# **Why.** Python loops are slow, matrix products are the fastest thing a computer does. So write all windows
# side by side into one matrix, and the layer becomes one product.
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
# <details><summary>Hint: right shape, wrong order</summary>
# Fill an array of shape (N, C, kh, kw, H', W') with <code>columns[:, :, u, v] = slice</code>, and reshape
# at the very end to (N, C·kh·kw, H'·W'). The reshape then gives the order that is asked for.
# </details>
# <details><summary>Hint: where does the slice end?</summary>
# Tap (u, v) starts at pixel (d·u, d·v), steps by the stride, and is taken H' times down: it ends before
# d·u + stride·H'.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    """Lay every window of a convolution out as a column.

    Parameters
    ----------
    x : array (N, C, H, W)
    kernel_size : pair of int             (kh, kw)
    stride, padding, dilation : int       as in conv2d

    Returns
    -------
    array (N, C * kh * kw, H' * W')       rows: channel, kernel row, kernel column; columns: output row by row
    """
    # BEGIN SOLUTION
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    batch, channels, height, width = x.shape
    out_h = (height - dilation * (kh - 1) - 1) // stride + 1
    out_w = (width - dilation * (kw - 1) - 1) // stride + 1
    columns = np.zeros((batch, channels, kh, kw, out_h, out_w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            top, left = dilation * u, dilation * v
            columns[:, :, u, v] = x[
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

    x = np.arange(9.0).reshape(1, 1, 3, 3)
    right = [[[0, 1, 3, 4], [1, 2, 4, 5], [3, 4, 6, 7], [4, 5, 7, 8]]]
    checks.call("im2col", im2col, x, (2, 2)).equals(right, "Each row is the image, shifted and cut.")
    answer = checks.call("im2col", im2col, np.concatenate([x, x + 10], axis=1), (1, 2))
    right = [[[0, 1, 3, 4, 6, 7], [1, 2, 4, 5, 7, 8], [10, 11, 13, 14, 16, 17], [11, 12, 14, 15, 17, 18]]]
    answer.equals(right, "All taps of channel 0 come before those of channel 1.")


test_q6_worked(im2col)


# %%
def test_q6_stride(im2col):
    import numpy as np

    from coursekit import checks

    x = np.arange(12.0).reshape(1, 1, 3, 4)
    answer = checks.call("im2col", im2col, x, (2, 2), stride=2, padding=1)
    right = [[[0, 0, 0, 0, 5, 7], [0, 0, 0, 4, 6, 0], [0, 1, 3, 0, 9, 11], [0, 2, 0, 8, 10, 0]]]
    answer.equals(right, "Pad first; then every second window.")
    answer = checks.call("im2col", im2col, x, (2, 2), dilation=2)
    answer.equals([[[0, 1], [2, 3], [8, 9], [10, 11]]], "With dilation 2 the taps lie 2 pixels apart.")


test_q6_stride(im2col)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: im2col is wrong for some stride and padding with height and width that differ, or changes
  its input.
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
    ]:
        x = rng.normal(size=shape)
        right = F.unfold_forward(x, kernel, padding=padding, stride=stride)[0]
        checks.leaves_inputs("im2col", im2col, x, kernel, stride, padding).matches(right)


test_q6_drawn(im2col)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: im2col is wrong for some dilation together with stride and padding.
"""  # END TEST CONFIG


def test_q6_drawn_dilation(im2col):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31016)
    for shape, kernel, stride, padding, dilation in [
        ((2, 2, 9, 11), (3, 3), 1, 0, 2),
        ((1, 3, 12, 8), (2, 3), 2, 2, 3),
    ]:
        x = rng.normal(size=shape)
        right = F.unfold_forward(x, kernel, dilation, padding, stride)[0]
        checks.call("im2col", im2col, x, kernel, stride, padding, dilation).matches(right)


test_q6_drawn_dilation(im2col)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q7
# points: 2

# %% [markdown]
# ### q7 · The layer as one matrix product &nbsp; ★★☆ · 15 minutes
#
# **Why.** With the windows in columns, each kernel is a row: `weight.reshape(F, C*kh*kw)`. Row times column
# is a window's sum. All rows times all columns are all outputs.
#
# **Write** `conv2d_from_columns`. The tests bring their own columns, so you can solve this even if q6 still
# fails.
#
# <details><summary>Hint: "matmul: Input operand 1 has a mismatch in its core dimension"</summary>
# (F, K) @ (N, K, L) gives (N, F, L): NumPy repeats the first matrix for every image. Print both shapes.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def conv2d_from_columns(columns, weight, bias, output_shape):
    """Convolution layer from the windows that im2col laid out.

    Parameters
    ----------
    columns : array (N, C * kh * kw, H' * W')
    weight : array (F, C, kh, kw)
    bias : array (F,) or None
    output_shape : pair of int            (H', W')

    Returns
    -------
    array (N, F, H', W') of floats
    """
    # BEGIN SOLUTION
    filters = weight.shape[0]
    out = weight.reshape(filters, -1) @ columns  # (N, F, H' W')
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

    columns = np.array([[[0, 1, 3, 4, 6, 7], [1, 2, 4, 5, 7, 8.0]]])
    weight = np.array([[[[1.0, 1.0]]], [[[1.0, -1.0]]]])
    answer = checks.call(
        "conv2d_from_columns", conv2d_from_columns, columns, weight, np.array([0.5, 0.0]), (3, 2)
    )
    right = [[[[1.5, 3.5], [7.5, 9.5], [13.5, 15.5]], [[-1, -1], [-1, -1], [-1, -1]]]]
    answer.equals(right, "Each kernel, flattened, is one row; the bias belongs to the row.")


test_q7_worked(conv2d_from_columns)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: conv2d_from_columns is wrong for some batch, with or without bias, or changes an input.
"""  # END TEST CONFIG


def test_q7_drawn(conv2d_from_columns):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31007)
    for shape, kernel, with_bias in [
        ((2, 3, 6, 9), (4, 3, 3, 2), True),
        ((3, 2, 7, 5), (3, 2, 2, 3), False),
        ((3, 2, 6, 6), (3, 2, 3, 3), True),
    ]:
        x, weight = rng.normal(size=shape), rng.normal(size=kernel)
        bias = rng.normal(size=kernel[0]) if with_bias else None
        columns = F.unfold_forward(x, kernel[2:])[0]
        right = F.conv2d_forward(x, weight, bias)[0]
        arguments = (columns, weight, bias, right.shape[2:])
        checks.leaves_inputs("conv2d_from_columns", conv2d_from_columns, *arguments).matches(right)


test_q7_drawn(conv2d_from_columns)

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
# has no weights.
#
# Pooling works on each channel alone. Without a `stride` the windows stand side by side: the stride is the
# kernel size.
#
# Take care at the border. Padding must never win, so it counts as $-\infty$ and not as 0. (Think of a map
# whose values are all negative.)
#
# **Write** `max_pool2d`.
#
# <details><summary>Hint: zeros appear along the border</summary>
# Pad with <code>-np.inf</code>: <code>np.pad(..., constant_values=-np.inf)</code>. An integer array cannot
# hold it, so turn x into floats first.
# </details>
# <details><summary>Hint: right for stride = kernel_size only</summary>
# A reshape into blocks cannot overlap. Loop over the outputs, or take the maximum of shifted slices as in q6.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def max_pool2d(x, kernel_size, stride=None, padding=0):
    """Maximum of each window of each channel.

    Parameters
    ----------
    x : array (N, C, H, W)
    kernel_size : int         height and width of a window
    stride : int or None      None means kernel_size
    padding : int             at most kernel_size // 2; padded places never win

    Returns
    -------
    array (N, C, H', W') of floats, H' and W' from the formula of q1
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
def test_q8_worked(max_pool2d):
    import numpy as np

    from coursekit import checks

    x = np.array([[[[1, 3, 2, 4], [5, 0, 1, 1], [2, 2, 8, 6]]]], dtype=float)
    checks.call("max_pool2d", max_pool2d, x, 2).equals(
        [[[[5, 4]]]], "Row 2 is left over: it starts no window."
    )
    answer = checks.call("max_pool2d", max_pool2d, x, 2, 1)
    answer.equals([[[[5, 3, 4], [5, 8, 8]]]], "With stride 1 the windows overlap.")


test_q8_worked(max_pool2d)


# %%
def test_q8_negative(max_pool2d):
    import numpy as np

    from coursekit import checks

    x = -np.arange(1.0, 17.0).reshape(1, 1, 4, 4)
    answer = checks.call("max_pool2d", max_pool2d, x, 2, 2, 1)
    answer.equals(
        [[[[-1, -2, -4], [-5, -6, -8], [-13, -14, -16]]]], "Padding must never win: it is minus infinity."
    )


test_q8_negative(max_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: max_pool2d is wrong for some kernel, stride and padding with height and width that differ.
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
    ]:
        x = rng.normal(size=shape) - 3
        right = F.max_pool2d_forward(x, kernel, stride, padding)[0]
        checks.call("max_pool2d", max_pool2d, x, kernel, stride, padding).matches(right)


test_q8_drawn(max_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: max_pool2d changes its input, or fails on ties, whole numbers or a window as large as the
  image.
"""  # END TEST CONFIG


def test_q8_corners(max_pool2d):
    import numpy as np

    from coursekit import checks

    ties = np.array([[[[2, 2, 0], [2, 2, 0], [0, 0, 0]]]])
    checks.call("max_pool2d", max_pool2d, ties, 2, 1).matches([[[[2, 2], [2, 2]]]])
    checks.call("max_pool2d", max_pool2d, ties, 3).matches([[[[2]]]])
    x = np.arange(24.0).reshape(1, 2, 3, 4)
    checks.leaves_inputs("max_pool2d", max_pool2d, x, 2, 1).matches(x[:, :, 1:, 1:])


test_q8_corners(max_pool2d)

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
# images of any size.
#
# The border again is a choice. PyTorch counts the padded zeros (`count_include_pad=True`): a corner window
# of 2×2 with three padded places divides its one pixel by 4. Without them it divides by 1.
#
# **Write** `avg_pool2d` and `global_avg_pool2d`.
#
# <details><summary>Hint: only count_include_pad=False fails</summary>
# Count the real pixels of each window: pool an image of ones in the same way, and divide sums by counts.
# </details>
# <details><summary>Hint: global_avg_pool2d has shape (N, C)</summary>
# <code>x.mean(axis=(2, 3), keepdims=True)</code> keeps the two axes with length 1.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    """Mean of each window of each channel.

    Parameters
    ----------
    x : array (N, C, H, W)
    kernel_size : int         height and width of a window
    stride : int or None      None means kernel_size
    padding : int             zeros added on each side, at most kernel_size // 2
    count_include_pad : bool  whether padded zeros count when the sum is divided

    Returns
    -------
    array (N, C, H', W') of floats
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


def global_avg_pool2d(x):
    """Mean of each channel.

    Parameters
    ----------
    x : array (N, C, H, W)

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

    x = np.array([[[[1, 3, 2, 4], [5, 1, 0, 2]]]], dtype=float)
    checks.call("avg_pool2d", avg_pool2d, x, 2).equals([[[[2.5, 2]]]], "Sum the window, divide by 4.")
    answer = checks.call("avg_pool2d", avg_pool2d, x, 2, 2, 1)
    answer.equals([[[[0.25, 1.25, 1], [1.25, 0.25, 0.5]]]], "Padded zeros count: always divide by 4.")
    answer = checks.call("avg_pool2d", avg_pool2d, x, 2, 2, 1, False)
    answer.equals(
        [[[[1, 2.5, 4], [5, 0.5, 2]]]], "Without padded zeros: divide by the number of real pixels."
    )


test_q9_worked(avg_pool2d)


# %%
def test_q9_global(global_avg_pool2d):
    import numpy as np

    from coursekit import checks

    x = np.arange(12.0).reshape(1, 2, 2, 3)
    answer = checks.call("global_avg_pool2d", global_avg_pool2d, x)
    answer.equals([[[[2.5]], [[8.5]]]], "One mean for each image and channel, shape (N, C, 1, 1).")


test_q9_global(global_avg_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: avg_pool2d is wrong for some kernel, stride and padding with height and width that differ.
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
    ]:
        x = rng.normal(size=shape)
        for include in (True, False):
            right = F.avg_pool2d_forward(x, kernel, stride, padding, False, include)[0]
            checks.call("avg_pool2d", avg_pool2d, x, kernel, stride, padding, include).matches(right)
        checks.leaves_inputs("avg_pool2d", avg_pool2d, x, kernel, stride, padding)


test_q9_drawn(avg_pool2d)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: global_avg_pool2d is wrong for some batch with height and width that differ.
"""  # END TEST CONFIG


def test_q9_global_drawn(global_avg_pool2d):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    x = np.random.default_rng(31019).normal(size=(3, 4, 5, 2))
    checks.call("global_avg_pool2d", global_avg_pool2d, x).matches(F.global_avg_pool2d_forward(x)[0])


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
# **Why.** Before you train a network you should know whether it fits into memory and how long it takes.
# Both are small multiplications.
#
# Four 3×3 kernels over an RGB image: each has 3·3·3 weights and one bias, so $(27 + 1) \cdot 4 = 112$
# parameters. It does not matter how large the image is. The *work* does depend on it: every output pixel of
# every map costs one multiply-add for each weight of its kernel. (The bias is not counted as work.)
#
# **Write** both functions.
#
# <details><summary>Hint: the work is too small or too large by a factor</summary>
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
    checks.call("conv_parameters", conv_parameters, 3, 10, (5, 5)).is_whole(760, "(5*5*3 + 1) * 10.")
    checks.call("conv_parameters", conv_parameters, 3, 10, (5, 5), False).is_whole(
        750, "Without the ten biases."
    )


test_q10_parameters(conv_parameters)


# %%
def test_q10_work(conv_multiply_adds):
    from coursekit import checks

    answer = checks.call("conv_multiply_adds", conv_multiply_adds, 3, 10, (5, 5), (32, 32))
    answer.is_whole(768000, "32*32 pixels in 10 maps, each with 5*5*3 products.")


test_q10_work(conv_multiply_adds)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: conv_parameters is wrong for some channels and a kernel that is not square.
"""  # END TEST CONFIG


def test_q10_parameters_drawn(conv_parameters):
    import numpy as np

    from convnet import arithmetic
    from coursekit import checks

    for c, f, kh, kw in np.random.default_rng(31010).integers(1, 9, size=(10, 4)).tolist():
        for bias in (True, False):
            right = arithmetic.conv_parameters(c, f, (kh, kw), bias=bias)
            checks.call("conv_parameters", conv_parameters, c, f, (kh, kw), bias).is_whole(right, secret=True)


test_q10_parameters_drawn(conv_parameters)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: conv_multiply_adds is wrong for some channels, or for an output or a kernel that is not
  square.
"""  # END TEST CONFIG


def test_q10_work_drawn(conv_multiply_adds):
    import numpy as np

    from convnet import arithmetic
    from coursekit import checks

    for c, f, kh, kw, h, w in np.random.default_rng(31110).integers(1, 9, size=(10, 6)).tolist():
        right = arithmetic.conv_multiply_adds(c, f, (kh, kw), (h, w))
        answer = checks.call("conv_multiply_adds", conv_multiply_adds, c, f, (kh, kw), (h, w))
        answer.is_whole(right, secret=True)


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
# **Why.** A unit deep in the network depends on a patch of the input: its receptive field. A network that
# must recognize a cat needs a field as large as a cat.
#
# Go through the layers and carry two numbers along. The *jump* $j$ is how many input pixels lie between two
# neighbours of the current map. The *size* $r$ is how many input pixels one of them sees. At the input both
# are 1. A layer with kernel $k$ and stride $s$ then gives
#
# $$r \leftarrow r + (k - 1)\, j, \qquad j \leftarrow j\, s$$
#
# Mind the order: the field grows by the *old* jump. Two 3×3 layers of stride 2 give $r = 3, j = 2$, then $r
# = 7, j = 4$.
#
# **Write** `receptive_field`. Pooling layers count like convolutions.
#
# <details><summary>Hint: the first layer is right, the second too large</summary>
# Update r before j.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def receptive_field(layers):
    """Receptive field and jump after each layer, along one axis.

    Parameters
    ----------
    layers : list of pairs of int         (kernel_size, stride), first layer first

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
    layers = [(3, 2), (3, 2)]
    got = receptive_field(layers)
    assert got is not None, (
        "receptive_field returned None. Put your code in the place of the `...` and return a list."
    )
    got = [tuple(pair) for pair in got]
    assert got == [(3, 2), (7, 4)], (
        f"receptive_field({layers}) returned {got}, the right answer is [(3, 2), (7, 4)]."
    )
    got = [size for size, _ in receptive_field([(3, 1), (3, 1), (3, 1)])]
    assert got == [3, 5, 7], f"Three 3x3 layers of stride 1 see 3, 5 and 7 pixels; yours say {got}."


test_q11_worked(receptive_field)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: receptive_field is wrong for some stack of layers, or changes the list it is given.
"""  # END TEST CONFIG


def test_q11_drawn(receptive_field):
    import numpy as np

    from convnet import arithmetic

    rng = np.random.default_rng(31011)
    for depth in (1, 2, 3, 4, 6, 8):
        layers = [tuple(pair) for pair in rng.integers([1, 1], [8, 4], size=(depth, 2)).tolist()]
        given = list(layers)
        got = receptive_field(given)
        assert got is not None, "receptive_field returned None."
        assert given == layers, "receptive_field changed the list of layers. Build a new list."
        right = [(field.size, field.jump) for field in arithmetic.receptive_field(layers)]
        assert [tuple(pair) for pair in got] == right, f"receptive_field({layers}) is wrong."


test_q11_drawn(receptive_field)

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
# points: 3

# %% [markdown]
# ### q12 · A feature extractor &nbsp; ★★☆ · 20 minutes
#
# **Why.** Convolution, ReLU, pooling: this triple is the heart of every network from LeNet to ResNet.
#
# **Write** `extract_features`: convolve with padding 1 (so that 28×28 stays 28×28), set negative answers to
# 0 (ReLU), keep the maximum of each 4×4 block, and flatten each image to one row. Use your own functions
# from above. If `fast_conv2d` does not work yet, take `conv2d`, or any other way: this question looks at
# what comes out, not at how.
#
# <details><summary>Hint: "returned shape (5, 8, 7, 7)"</summary>
# Flatten all axes but the first: <code>maps.reshape(len(maps), -1)</code>.
# </details>
# <details><summary>Hint: "the features of an image depend on the other images"</summary>
# Do not divide by a mean or maximum over the whole batch. Each image stands alone.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def extract_features(images, filters):
    """Features of each image: convolution, ReLU, max pooling.

    Parameters
    ----------
    images : array (N, 1, H, W)       H and W divisible by 4
    filters : array (F, 1, 3, 3)

    Returns
    -------
    array (N, F * H/4 * W/4) of floats
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

    image = np.arange(1.0, 129.0).reshape(1, 1, 8, 16)
    filters = np.zeros((2, 1, 3, 3))
    filters[0, 0, 1, 1], filters[1, 0, 1, 1] = 1.0, -1.0
    answer = checks.call("extract_features", extract_features, image, filters)
    answer.equals(
        [[52, 56, 60, 64, 116, 120, 124, 128, 0, 0, 0, 0, 0, 0, 0, 0]],
        "Kernel 0 copies the image, so each block keeps its last pixel. "
        "Kernel 1 turns the sign: after ReLU its map is 0. Print the maps after each step.",
    )


test_q12_worked(extract_features)


# %%
def test_q12_each_alone(extract_features):
    import numpy as np

    from coursekit import checks

    rng = np.random.default_rng(1)
    images, filters = rng.uniform(size=(3, 1, 12, 16)), rng.normal(size=(2, 1, 3, 3))
    filters[0, 0] = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
    answer = checks.call("extract_features", extract_features, images, filters)
    together = answer.array((3, 24))
    block = checks.Answer(
        together[1:2, 6:7], f"{answer.label}, image 1, the block in row 1, column 2, of kernel 0"
    )
    block.equals(
        [[images[1, 0, 4:8, 8:12].max()]], "Kernel 0 copies the image; a block keeps its largest pixel."
    )
    alone = checks.call("extract_features", extract_features, images[1:2], filters)
    alone.equals(together[1:2], "The features of an image depend on the other images of the batch.")


test_q12_each_alone(extract_features)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: extract_features must follow the picture. When an image moves by 4 pixels, its features
  move by one block.
"""  # END TEST CONFIG


def test_q12_follows_the_picture(extract_features):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31012)
    images = np.zeros((2, 1, 24, 28))
    images[:, :, 6:14, 6:16] = rng.uniform(size=(2, 1, 8, 10))
    filters = rng.normal(size=(3, 1, 3, 3))
    here = checks.call("extract_features", extract_features, images, filters).array((2, 126), secret=True)
    there = checks.call("extract_features", extract_features, np.roll(images, (4, 8), axis=(2, 3)), filters)
    maps = np.maximum(F.conv2d_forward(images, filters, padding=1)[0], 0)
    checks.Answer(here, there.label).matches(F.max_pool2d_forward(maps, 4)[0].reshape(2, 126))
    there.matches(np.roll(here.reshape(2, 3, 6, 7), (1, 2), axis=(2, 3)).reshape(2, 126))


test_q12_follows_the_picture(extract_features)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: extract_features must use the filters it is given, scale with the image, and leave its
  inputs alone.
"""  # END TEST CONFIG


def test_q12_scales(extract_features):
    import numpy as np

    from convnet import functional as F
    from coursekit import checks

    rng = np.random.default_rng(31022)
    images, filters = rng.uniform(size=(4, 1, 20, 12)), rng.normal(size=(5, 1, 3, 3))
    once = checks.leaves_inputs("extract_features", extract_features, images, filters)
    once = once.array((4, 75), secret=True)
    maps = np.maximum(F.conv2d_forward(images, filters, padding=1)[0], 0)
    features = F.max_pool2d_forward(maps, 4)[0].reshape(4, 75)
    checks.Answer(once, "extract_features(array (4, 1, 20, 12), array (5, 1, 3, 3))").matches(features)
    checks.call("extract_features", extract_features, 3 * images, filters).matches(3 * once)
    maps = checks.call("extract_features", extract_features, images, filters[::-1])
    maps.matches(once.reshape(4, 5, 15)[:, ::-1].reshape(4, 75))


test_q12_scales(extract_features)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

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


# %% [raw]
# # BEGIN QUESTION
# name: q13
# points: 5

# %% [markdown]
# ### q13 · Sanity, overfit, train &nbsp; ★★★ · 35 minutes
#
# **Why.** A network that does not learn tells you nothing about the reason. So nobody sensible starts with
# the full training set. Climb three steps, and a mistake shows itself on the lowest:
#
# 1. *Sanity.* Before any training all ten classes are equally likely, so the loss must be $\log 10 \approx
# 2.303$.
# 2. *Overfit.* Fifty images must be learnt by heart: accuracy 1. If not, the code is wrong, not the settings.
# 3. *Train.* Only now all images, and the accuracy that counts: on images that were never seen.
#
# **Write** `train_head`, which starts at zeros and takes `steps` steps of gradient descent on all images at
# once, with `loss_and_gradient` from above. Then **write** `predict`, which names the class of new images
# with your `extract_features` and the trained head. It needs more than 75 of 100 right.
#
# <details><summary>Hint: the first loss is not 2.303</summary>
# The weights did not start at 0, or you recorded the loss after the first step.
# </details>
# <details><summary>Hint: the loss jumps up and down</summary>
# The learning rate is too large for your features. Print the loss every 50 steps and halve the rate.
# </details>
# <details><summary>Hint: predict fails on one image or on other images</summary>
# <code>predict</code> must compute the features of the images it is given, not use the test features from
# outside.
# </details>

# %% [raw]
# # BEGIN SOLUTION


# %%
def train_head(features, labels, steps, learning_rate):
    """Gradient descent on the linear layer, from zeros.

    Parameters
    ----------
    features : array (N, D)
    labels : array (N,)       class numbers 0 to 9
    steps : int
    learning_rate : float

    Returns
    -------
    weight : array (D, 10)
    bias : array (10,)
    losses : list of float    the loss before each step, `steps` numbers
    """
    # BEGIN SOLUTION
    weight, bias = np.zeros((features.shape[1], 10), features.dtype), np.zeros(10, features.dtype)
    losses = []
    for _ in range(steps):
        loss, grad_weight, grad_bias = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight = weight - learning_rate * grad_weight
        bias = bias - learning_rate * grad_bias
    return weight, bias, losses
    # END SOLUTION


# Climb the three steps here. Keep the weight and bias of the last one: predict needs them.
# BEGIN SOLUTION
train_features = extract_features(train_images, FILTERS)
_, _, losses = train_head(train_features[:50], train_labels[:50], 1, 0.5)
print("sanity: first loss", losses[0], "log 10 =", np.log(10))
weight, bias, losses = train_head(train_features[:50], train_labels[:50], 200, 0.5)
print("overfit:", np.mean(np.argmax(train_features[:50] @ weight + bias, axis=1) == train_labels[:50]))
head_weight, head_bias, losses = train_head(train_features, train_labels, 100, 0.5)
print("train: last loss", losses[-1])
# END SOLUTION


def predict(images):
    """Class number of each image.

    Parameters
    ----------
    images : array (N, 1, 28, 28)

    Returns
    -------
    array (N,) of int
    """
    # BEGIN SOLUTION
    return np.argmax(extract_features(images, FILTERS) @ head_weight + head_bias, axis=1)
    # END SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_q13_sanity(train_head):
    import numpy as np

    rng = np.random.default_rng(0)
    answer = train_head(rng.normal(size=(30, 6)), rng.integers(0, 10, size=30), 20, 0.1)
    assert answer is not None, "train_head returned None. Put your code in the place of the `...`."
    assert len(answer) == 3, (
        f"train_head must return weight, bias and losses; yours returned {len(answer)} values."
    )
    weight, bias, losses = answer
    assert np.shape(weight) == (6, 10), (
        f"weight has shape {np.shape(weight)}, the right shape is (6, 10): (D, 10)."
    )
    assert np.shape(bias) == (10,), f"bias has shape {np.shape(bias)}, the right shape is (10,)."
    assert len(losses) == 20, f"20 steps must give 20 losses, yours gave {len(losses)}."
    assert abs(losses[0] - np.log(10)) < 1e-4, (
        f"The first loss is {losses[0]:.4f}, not log 10 = 2.3026. Start at zeros."
    )
    assert losses[-1] < losses[0], (
        "The loss does not fall. Go against the gradient: weight - learning_rate * gradient."
    )


test_q13_sanity(train_head)


# %%
def test_q13_overfit(train_head):
    import numpy as np

    rng = np.random.default_rng(1)
    features, labels = rng.normal(size=(50, 80)), rng.integers(0, 10, size=50)
    answer = train_head(features, labels, 300, 0.5)
    assert answer is not None, "train_head returned None. Put your code in the place of the `...`."
    right = np.mean(np.argmax(features @ answer[0] + answer[1], axis=1) == labels)
    assert right == 1, (
        f"After 300 steps only {right:.0%} of 50 images are learnt by heart. Update weight and bias."
    )


test_q13_overfit(train_head)


# %%
def test_q13_held_out(predict):
    import numpy as np

    from coursekit import data

    images, labels = data.fashion_mnist("test")
    images, labels = images[:300], labels[:300]
    named = predict(images)
    assert named is not None, "predict returned None. Put your code in the place of the `...`."
    assert np.shape(named) == (300,), (
        f"predict returned shape {np.shape(named)} for 300 images, it must be (300,)."
    )
    right = np.mean(np.asarray(named) == labels)
    assert right > 0.75, (
        f"predict names {right:.0%} of 300 images right. It needs more than 75%: train longer."
    )


test_q13_held_out(predict)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: train_head does not do plain gradient descent from zeros on weight and bias.
"""  # END TEST CONFIG


def test_q13_descends(train_head):
    import numpy as np

    rng = np.random.default_rng(31014)
    features, labels = rng.normal(size=(17, 5)), rng.integers(0, 10, size=17)
    weight, bias, expected = np.zeros((5, 10)), np.zeros(10), []
    for _ in range(12):
        scores = features @ weight + bias
        log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        expected.append(-log_p[np.arange(17), labels].mean())
        grad = (np.exp(log_p) - np.eye(10)[labels]) / 17
        weight, bias = weight - 0.3 * features.T @ grad, bias - 0.3 * grad.sum(axis=0)
    got_weight, got_bias, losses = train_head(features.copy(), labels.copy(), 12, 0.3)
    assert np.allclose(got_weight, weight, atol=1e-5), (
        "The weight is not the one that 12 steps from zeros lead to."
    )
    assert np.allclose(got_bias, bias, atol=1e-5), "The bias is not the one that 12 steps from zeros lead to."
    assert np.allclose(losses, expected, atol=1e-5), "The losses are not those before each step."


test_q13_descends(train_head)

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: predict names too few held-out images right when they carry a little noise. Train on all
  images.
"""  # END TEST CONFIG


def test_q13_noisy(predict):
    import numpy as np

    from coursekit import data

    rng = np.random.default_rng(31024)
    images, labels = data.fashion_mnist("test")
    chosen = rng.permutation(len(images))[:400]
    noisy = np.clip(images[chosen] + rng.normal(scale=0.02, size=images[chosen].shape), 0, 1).astype(
        np.float32
    )
    named = np.asarray(predict(noisy))
    assert named.shape == (400,), "predict must return one class number for each image."
    assert np.mean(named == labels[chosen]) > 0.72, (
        "Too few of 400 held-out images with a little noise are right."
    )


test_q13_noisy(predict)

# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# The last rung: look at what your network sees. Each map is bright where its kernel found its edge. Compare
# the upright with the flat edges of one piece of clothing.

# %%
maps = np.maximum(fast_conv2d(test_images[:1], FILTERS, padding=1), 0)[0]
plots.image_grid([test_images[0, 0], *maps], titles=["image", *[f"map {k}" for k in range(8)]])

# %% [raw]
# # BEGIN QUESTION
# name: q14
# points: 5
# manual: true

# %% [markdown]
# ### q14 · In your own words &nbsp; ★★☆ · 20 minutes
#
# **Why.** You can now compute a convolution. Can you say when it is the right thing to compute? A person
# reads this answer.
#
# Answer in 10 to 15 sentences:
#
# 1. A convolution uses the same weights at every place. What does that assume about pictures? Name one kind
# of input
#    for which the assumption is wrong.
# 2. In q5 the test moved the image, and the output moved with it. State this property in one formula. Which
# part of the
#    network in q12 weakens it, and why may that be wanted?
# 3. A linear layer from 28×28 pixels to eight maps of 28×28 would need how many weights? Your convolution
# has how many?
#    What does it give up for that?

# %% [raw]
# # BEGIN PROMPT

# %% [markdown]
# _Write your answer here, in the place of this line._

# %% [raw]
# # END PROMPT

# %% [raw]
# # BEGIN SOLUTION

# %% [markdown]
# 1. Sharing weights assumes that the same pattern means the same thing wherever it appears: the statistics
# of the
#    picture do not depend on the place (stationarity). It also assumes that what belongs together lies
#    close together. It is wrong where the place itself carries meaning: a table of a person's age, income and
#    height in three columns, or passport photographs cut so that eyes are always in the same rows.
# 2. With $T$ for moving the picture: $\text{conv}(T x) = T\,\text{conv}(x)$ (equivariance, away from the
# border). Max
#    pooling weakens it: a move by one pixel inside a block changes nothing, and only moves by a multiple of
#    4 pixels move the pooled map. That is wanted in classification, where the exact place does not matter
#    (some invariance).
# 3. The linear layer needs $784 \cdot 8 \cdot 784 = 4{,}917{,}248$ weights, the convolution $8 \cdot 9 = 72$.
#    It gives up the freedom to look far away and to treat places differently.

# %% [raw]
# # END SOLUTION

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
