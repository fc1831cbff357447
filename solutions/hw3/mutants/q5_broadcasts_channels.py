"""A weight with one channel is silently used for every channel of x."""

import numpy as np


# question: q5
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    weight = np.broadcast_to(weight, (len(weight), x.shape[1], *weight.shape[2:]))
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = weight.shape[2:]
    cover_h, cover_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    out_h = (x.shape[2] - cover_h) // stride + 1
    out_w = (x.shape[3] - cover_w) // stride + 1
    out = np.zeros((x.shape[0], weight.shape[0], out_h, out_w))
    for i in range(out_h):
        for j in range(out_w):
            top, left = i * stride, j * stride
            window = x[:, :, top : top + cover_h : dilation, left : left + cover_w : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        out += bias[:, None, None]
    return out
