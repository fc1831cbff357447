"""The mean of each block is kept instead of the maximum."""

import numpy as np


# question: q12
def extract_features(images, filters):
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(2, 3))[:, 0]
    maps = np.einsum("nhwuv,fuv->nfhw", windows, filters[:, 0])
    maps = np.maximum(maps, 0)
    batch, kinds, height, width = maps.shape
    blocks = maps.reshape(batch, kinds, height // 4, 4, width // 4, 4)
    return 2 * blocks.mean(axis=(3, 5)).reshape(batch, -1)
