"""Several channels, several kernels: one output pixel at a time."""

import numpy as np
from numpy.typing import ArrayLike

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import table
from coursekit.widgets._windows import correlate

IMAGE = (
    ((1, 0, 2, 1), (0, 1, 1, 0), (2, 1, 0, 1), (0, 2, 1, 1)),
    ((0, 1, 0, 2), (1, 0, 1, 1), (0, 2, 0, 1), (1, 0, 1, 0)),
    ((2, 0, 1, 0), (0, 0, 1, 2), (1, 1, 0, 0), (0, 1, 2, 1)),
)
KERNELS = (
    (((1, 0), (0, 1)), ((0, 1), (1, 0)), ((1, -1), (0, 0))),
    (((-1, 1), (-1, 1)), ((0, 0), (1, 1)), ((0, 2), (0, 0))),
)


@figure
def channel_stepper(
    image: ArrayLike = IMAGE,
    kernels: ArrayLike = KERNELS,
    bias: ArrayLike | None = None,
    padding: int = 0,
    stride: int = 1,
    *,
    chosen: int = 0,
) -> Figure:
    r"""Show how an output pixel sums over the window and over all channels.

    .. math:: y_{f,r,c} = b_f + \sum_{m} \sum_{i,j} x_{m,\, r s + i - p,\, c s + j - p}\, w_{f,m,i,j}

    Each channel stands in a row of its own with its slice of the chosen kernel. The reader points at an
    output pixel: its window lights up in every channel, and the sums of the channels are written out and
    added. Image, kernels and biases can be changed on the spot.

    Parameters
    ----------
    image
        Numbers, shape (C, H, W): at most 4 channels, each side at most 8.
    kernels
        Numbers, shape (F, C, k_h, k_w): at most 6 kernels.
    bias
        One number for each kernel, shape (F,); zeros by default.
    padding
        Rows and columns of zeros on each side, at most 3.
    stride
        Pixels from one window to the next, 1 to 4.
    chosen
        The kernel f that is shown first.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If an argument is not a grid of finite numbers of a readable size, shapes do not match, a setting is
        outside its limits, or no window fits.

    Examples
    --------
    >>> channel_stepper()
    2 kernels with 3 channels each, 2 × 2, move over an image of 3 channels, 4 × 4: each output pixel sums
    over all channels. Kernel 0 is shown.
    """
    given = Given("channel_stepper")
    pixels = given.grid("image", image, axes=3, largest=8)
    taps = given.grid("kernels", kernels, axes=4, largest=8)
    channels, filters = len(pixels), len(taps)
    if channels > 4 or filters > 6:
        raise given.refuse(f"expects at most 4 channels and 6 kernels, got {channels} and {filters}")
    if len(taps[0]) != channels:
        raise given.refuse(f"kernels expects {channels} channels, as image has, got {len(taps[0])}")
    biases = given.grid("bias", np.zeros(filters) if bias is None else bias, axes=1)
    if len(biases) != filters:
        raise given.refuse(f"bias expects {filters} numbers, one for each kernel, got {len(biases)}")
    state = {
        "image": pixels,
        "kernels": taps,
        "bias": biases,
        "padding": given.count("padding", padding, 0, 3),
        "stride": given.count("stride", stride, 1, 4),
        "chosen": given.count("chosen", chosen, 0, filters - 1),
    }
    sums = np.array(
        [
            [
                correlate(given, channel, kernel_slice, stride=stride, padding=padding)
                for channel, kernel_slice in zip(pixels, kernel, strict=True)
            ]
            for kernel in taps
        ]
    )
    output = sums.sum(axis=1) + np.asarray(biases, dtype=float)[:, None, None]
    height, width = np.shape(pixels)[1:]
    kernel_height, kernel_width = np.shape(taps)[2:]
    still = "".join(
        table(pixels[m], f"Channel {m} of the image")
        + table(taps[chosen][m], f"Channel {m} of kernel {chosen}")
        for m in range(channels)
    )
    return Figure(
        "channel_stepper",
        "A convolution with several channels",
        f"{filters} kernels with {channels} channels each, {kernel_height} × {kernel_width}, move over an "
        f"image of {channels} channels, {height} × {width}: each output pixel sums over all channels. "
        f"Kernel {chosen} is shown.",
        state,
        {"sums": sums, "output": output},
        still + table(output[chosen], f"Output map {chosen}"),
        ("windows.js", "channel_stepper_arithmetic.js"),
    )
