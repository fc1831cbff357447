"""Windows as views into memory, made by as_strided from the steps in bytes."""

import numpy as np
from numpy.lib.stride_tricks import as_strided


# question: q2
def correlate2d(image, kernels):
    kh, kw = kernels.shape[1:]
    image = np.ascontiguousarray(image, dtype=float)
    shape = (image.shape[0] - kh + 1, image.shape[1] - kw + 1, kh, kw)
    windows = as_strided(image, shape, image.strides * 2, writeable=False)
    return np.tensordot(kernels, windows, axes=([1, 2], [2, 3]))


# question: q5
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    out_h = (x.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    out_w = (x.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    n, c, h, w = x.strides
    steps = (n, c, dilation * h, dilation * w, stride * h, stride * w)
    windows = as_strided(x, (*x.shape[:2], kh, kw, out_h, out_w), steps, writeable=False)
    out = np.tensordot(weight.astype(float), windows, axes=([1, 2, 3], [1, 2, 3])).swapaxes(0, 1)
    return out if bias is None else out + bias[:, None, None]


# question: q6
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = kernel_size
    out_h = (x.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    out_w = (x.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    n, c, h, w = x.strides
    steps = (n, c, dilation * h, dilation * w, stride * h, stride * w)
    windows = as_strided(x, (*x.shape[:2], kh, kw, out_h, out_w), steps, writeable=False)
    return windows.reshape(len(x), -1, out_h * out_w)


# question: q8
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), sides, constant_values=-np.inf)
    out_h, out_w = ((size - kernel_size) // stride + 1 for size in x.shape[2:])
    n, c, h, w = x.strides
    shape = (*x.shape[:2], out_h, out_w, kernel_size, kernel_size)
    return as_strided(x, shape, (n, c, stride * h, stride * w, h, w), writeable=False).max(axis=(4, 5))


# question: q11
def receptive_field(layers):
    jumps = np.cumprod([1, *(stride for _, stride in layers)])
    sizes = 1 + np.cumsum([(kernel - 1) * jump for (kernel, _), jump in zip(layers, jumps[:-1], strict=True)])
    return [(int(size), int(jump)) for size, jump in zip(sizes, jumps[1:], strict=True)]
