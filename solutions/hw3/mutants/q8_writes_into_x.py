"""The running maximum is kept in a view of the input, which changes."""

import numpy as np


# question: q8
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    if padding or x.dtype.kind != "f":
        sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        x = np.pad(x.astype(float), sides, constant_values=-np.inf)
    out_h, out_w = ((size - kernel_size) // stride + 1 for size in x.shape[2:])
    best = x[:, :, : stride * out_h : stride, : stride * out_w : stride]
    for u in range(kernel_size):
        for v in range(kernel_size):
            np.maximum(
                best, x[:, :, u : u + stride * out_h : stride, v : v + stride * out_w : stride], out=best
            )
    return best.copy()
