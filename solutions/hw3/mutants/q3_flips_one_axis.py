"""The kernel is mirrored instead of rotated: only one axis is flipped."""

import numpy as np


# question: q3
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    out = np.zeros((image.shape[0] + kh - 1, image.shape[1] + kw - 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(padded[i : i + kh, j : j + kw] * kernel[::-1])
    return out
