"""A dilation of 2 leaves two pixels between taps instead of one."""

import numpy as np


# question: q6
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dilation = dilation + 1 if dilation > 1 else 1
    batch, channels, height, width = x.shape
    out_h = (height - dilation * (kh - 1) - 1) // stride + 1
    out_w = (width - dilation * (kw - 1) - 1) // stride + 1
    columns = np.zeros((batch, channels, kh, kw, out_h, out_w))
    for u in range(kh):
        for v in range(kw):
            rows = slice(dilation * u, dilation * u + stride * out_h, stride)
            columns[:, :, u, v] = x[:, :, rows, dilation * v : dilation * v + stride * out_w : stride]
    return columns.reshape(batch, channels * kh * kw, out_h * out_w)
