"""The mirror is checked against the width alone, and an image that is too low passes."""

import numpy as np


# question: q4
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError("no such mode")
    if mode == "reflect" and padding >= x.shape[3]:
        raise ValueError("the mirror is larger than the image")
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, sides, mode="constant" if mode == "zeros" else "reflect")
