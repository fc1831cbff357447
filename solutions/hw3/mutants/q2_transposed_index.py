"""Row and column of the output are exchanged: right on symmetric square problems alone."""

import numpy as np


# question: q2
def correlate2d(image, kernel):
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] - kh + 1, image.shape[1] - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(image[j : j + kh, i : i + kw] * kernel)
    return out
