"""Height and kernel height are used for the width too."""

import numpy as np


# question: q2
def correlate2d(image, kernel):
    size, k = image.shape[0], kernel.shape[0]
    out = np.zeros((size - k + 1, size - k + 1))
    for i in range(size - k + 1):
        for j in range(size - k + 1):
            out[i, j] = np.sum(image[i : i + k, j : j + k] * kernel)
    return out
