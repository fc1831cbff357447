"""One row of pixels and every window on it."""

import numpy as np

from coursekit.widgets._figure import Figure, figure
from coursekit.widgets._given import Given
from coursekit.widgets._text import table
from coursekit.widgets._windows import places


@figure
def window_line(
    size: int = 8, kernel: int = 3, stride: int = 1, padding: int = 0, dilation: int = 1
) -> Figure:
    r"""Show every window on one row of pixels: what padding, stride and dilation do.

    .. math:: H' = \left\lfloor \frac{H + 2p - d\,(k - 1) - 1}{s} \right\rfloor + 1

    All five numbers are on sliders. The windows are drawn below the row, the formula is written with the
    numbers in it, and pixels that no window reads are marked.

    Parameters
    ----------
    size
        Pixels H, 1 to 12.
    kernel
        Taps k of the kernel, 1 to 7.
    stride
        Pixels s from one window to the next, 1 to 4.
    padding
        Zeros p on each side, at most 4.
    dilation
        Pixels d from one tap to the next, 1 to 4.

    Returns
    -------
    Figure
        What a notebook cell and a chapter show.

    Raises
    ------
    ValueError
        If a setting is outside its limits, or no window fits.

    Examples
    --------
    >>> window_line(stride=2)
    A kernel of 3 on 8 pixels (stride 2, padding 0, dilation 1) has 3 windows; 1 pixel is never read.
    """
    given = Given("window_line")
    state = {
        "size": given.count("size", size, 1, 12),
        "kernel": given.count("kernel", kernel, 1, 7),
        "stride": given.count("stride", stride, 1, 4),
        "padding": given.count("padding", padding, 0, 4),
        "dilation": given.count("dilation", dilation, 1, 4),
    }
    outputs = places(given, size, kernel, stride, padding, dilation)
    reads = np.arange(outputs)[:, None] * stride + np.arange(kernel) * dilation - padding
    times = [int((reads == pixel).sum()) for pixel in range(size)]
    never = times.count(0)
    told = f"{never} pixel{' is' if never == 1 else 's are'} never read" if never else "every pixel is read"
    return Figure(
        "window_line",
        "Windows on one row of pixels",
        f"A kernel of {kernel} on {size} pixels (stride {stride}, padding {padding}, dilation {dilation}) "
        f"has {outputs} window{'s' * (outputs > 1)}; {told}.",
        state,
        {"reads": reads, "times": times},
        table(reads, "The pixels of each window"),
        ("windows.js", "window_line_arithmetic.js"),
    )
