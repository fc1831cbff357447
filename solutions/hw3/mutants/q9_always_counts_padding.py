"""Padded zeros count in every mean, whatever count_include_pad says."""

import numpy as np


# question: q9
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    real = np.pad(np.ones(x.shape), sides, constant_values=float(True))
    x = np.pad(x.astype(float), sides)
    out_h, out_w = ((size - kernel_size) // stride + 1 for size in x.shape[2:])
    out = np.zeros((*x.shape[:2], out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            rows = slice(i * stride, i * stride + kernel_size)
            columns = slice(j * stride, j * stride + kernel_size)
            total = x[:, :, rows, columns].sum(axis=(2, 3))
            out[:, :, i, j] = total / real[:, :, rows, columns].sum(axis=(2, 3))
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)
