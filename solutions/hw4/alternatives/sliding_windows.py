"""All windows at once by sliding_window_view; backward zeros between outputs and a rotated kernel."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


# question: q1
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    windows = sliding_window_view(x, kernel_size)[:: stride[0], :: stride[1]]
    return np.einsum("rc,rcij->ij", grad_out, windows)


# question: q2
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    shape = [n - k + 1 for n, k in zip(size, kernel.shape, strict=True)]
    spread = np.zeros(shape, grad_out.dtype)
    spread[:: stride[0], :: stride[1]] = grad_out
    (kh, kw), rotated = kernel.shape, kernel[::-1, ::-1]
    wide = np.pad(spread, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return np.einsum("uvij,ij->uv", sliding_window_view(wide, (kh, kw)), rotated)


# question: q3
def conv2d_weight_gradient(grad_out, x, kernel_size, stride=(1, 1), padding=(0, 0)):
    (down, across) = padding
    wide = np.pad(x, [(0, 0), (0, 0), (down, down), (across, across)])
    windows = sliding_window_view(wide, kernel_size, axis=(2, 3))[:, :, :: stride[0], :: stride[1]]
    return np.einsum("nfrc,nmrcij->fmij", grad_out, windows, optimize=True)


def conv2d_bias_gradient(grad_out):
    return np.einsum("nfrc->f", grad_out)


# question: q4
def conv2d_input_gradient(grad_out, weight, size, stride=(1, 1), padding=(0, 0)):
    kernel = weight.shape[2:]
    room = [n + 2 * p - k + 1 for n, p, k in zip(size, padding, kernel, strict=True)]
    if [-(-n // s) for n, s in zip(room, stride, strict=True)] != list(grad_out.shape[2:]):
        raise ValueError("sizes do not fit")
    spread = np.zeros((*grad_out.shape[:2], *room), grad_out.dtype)
    spread[:, :, :: stride[0], :: stride[1]] = grad_out
    wide = np.pad(spread, [(0, 0), (0, 0), *[(k - 1, k - 1) for k in kernel]])
    windows = sliding_window_view(wide, kernel, axis=(2, 3))
    grad = np.einsum("nfuvij,fmij->nmuv", windows, weight[:, :, ::-1, ::-1], optimize=True)
    (down, across), (height, width) = padding, size
    return grad[:, :, down:, across:][:, :, :height, :width].copy()


# question: q6
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride, (down, across) = stride or kernel_size, padding
    wide = np.pad(x, [(0, 0), (0, 0), (down, down), (across, across)], constant_values=-np.inf)
    windows = sliding_window_view(wide, kernel_size, axis=(2, 3))[:, :, :: stride[0], :: stride[1]]
    best = windows.reshape(*windows.shape[:4], -1).argmax(axis=4)
    n, m, r, c = np.indices(best.shape)
    i, j = np.divmod(best, kernel_size[1])
    grad = np.zeros(wide.shape, np.result_type(grad_out, x))
    np.add.at(grad, (n, m, r * stride[0] + i, c * stride[1] + j), grad_out)
    return grad[:, :, down : down + x.shape[2], across : across + x.shape[3]]


# question: q7
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride, (down, across), (kh, kw) = stride or kernel_size, padding, kernel_size
    grad = np.zeros((*grad_out.shape[:2], size[0] + 2 * down, size[1] + 2 * across), grad_out.dtype)
    for r, c in np.ndindex(*grad_out.shape[2:]):
        top, left = r * stride[0], c * stride[1]
        share = kh * kw
        if not count_include_pad:
            rows = min(top + kh, down + size[0]) - max(top, down)
            share = rows * (min(left + kw, across + size[1]) - max(left, across))
        grad[:, :, top : top + kh, left : left + kw] += grad_out[:, :, r, c, None, None] / share
    return grad[:, :, down : down + size[0], across : across + size[1]]


# question: q8
def conv2d_backward(grad_out, x, weight, stride=(1, 1), padding=(0, 0), dilation=(1, 1), groups=1):
    if x.shape[1] != groups * weight.shape[1] or len(weight) % groups != 0:
        raise ValueError("groups do not fit")
    (down, across), (height, width) = padding, x.shape[2:]
    cover = [d * (k - 1) + 1 for d, k in zip(dilation, weight.shape[2:], strict=True)]
    wide = np.pad(x, [(0, 0), (0, 0), (down, down), (across, across)])
    xs = np.split(wide, groups, axis=1)
    back, grads = [], []
    for part, w, g in zip(xs, np.split(weight, groups), np.split(grad_out, groups, axis=1), strict=True):
        windows = sliding_window_view(part, cover, axis=(2, 3))[:, :, :: stride[0], :: stride[1]]
        windows = windows[..., :: dilation[0], :: dilation[1]]
        grads.append(np.einsum("nfrc,nmrcij->fmij", g, windows))
        own = np.zeros(part.shape, np.result_type(g, w))
        for r, c in np.ndindex(*g.shape[2:]):
            top, left = r * stride[0], c * stride[1]
            window = own[:, :, top : top + cover[0] : dilation[0], left : left + cover[1] : dilation[1]]
            window += np.tensordot(g[:, :, r, c], w, axes=(1, 0))
        back.append(own)
    grad_x = np.concatenate(back, axis=1)[:, :, down : down + height, across : across + width]
    return grad_x, np.concatenate(grads), grad_out.sum(axis=(0, 2, 3))
