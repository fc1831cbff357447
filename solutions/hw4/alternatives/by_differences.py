"""Plain loops where they are asked for, all in float64, and a test that takes differences of conv2d."""
# ruff: noqa: F821  (names of other cells stand in the notebook)

import numpy as np


# question: q1
def weight_gradient(grad_out, x, kernel_size, stride=(1, 1)):
    grad = np.zeros(kernel_size)
    for r, c in np.ndindex(*grad_out.shape):
        top, left = r * stride[0], c * stride[1]
        grad += grad_out[r, c] * x[top : top + kernel_size[0], left : left + kernel_size[1]].astype(float)
    return grad


# question: q2
def input_gradient(grad_out, kernel, size, stride=(1, 1)):
    grad = np.zeros(size)
    for u, v in np.ndindex(*size):  # from the pixel: which windows hold it?
        for r, c in np.ndindex(*grad_out.shape):
            i, j = u - r * stride[0], v - c * stride[1]
            if 0 <= i < kernel.shape[0] and 0 <= j < kernel.shape[1]:
                grad[u, v] += float(grad_out[r, c]) * float(kernel[i, j])
    return grad


# question: q6
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = kernel_size if stride is None else stride
    grad = np.zeros(x.shape)
    height, width = x.shape[2:]
    for r, c in np.ndindex(*grad_out.shape[2:]):
        top, left = r * stride[0] - padding[0], c * stride[1] - padding[1]
        rows = slice(max(top, 0), min(top + kernel_size[0], height))
        columns = slice(max(left, 0), min(left + kernel_size[1], width))
        window = x[:, :, rows, columns]
        i, j = np.divmod(window.reshape(*x.shape[:2], -1).argmax(axis=2), window.shape[3])
        n, m = np.indices(i.shape)
        grad[n, m, rows.start + i, columns.start + j] += grad_out[:, :, r, c]
    return grad


# question: q7
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    grad = np.zeros((*grad_out.shape[:2], *size))
    for r, c in np.ndindex(*grad_out.shape[2:]):
        top, left = r * stride[0] - padding[0], c * stride[1] - padding[1]
        window = grad[:, :, max(top, 0) : top + kernel_size[0], max(left, 0) : left + kernel_size[1]]
        count = np.prod(kernel_size) if count_include_pad else window[0, 0].size
        window += (grad_out[:, :, r, c] / count)[:, :, None, None]
    return grad


# question: q12
def check_conv2d_backward(backward):
    rng = np.random.default_rng(7)
    for shape, kernel, stride, padding in [
        ((2, 2, 5, 6), (3, 2, 2, 3), (1, 1), (0, 0)),
        ((2, 3, 4, 6), (2, 3, 2, 2), (2, 3), (1, 0)),
        ((3, 1, 6, 4), (2, 1, 3, 2), (1, 2), (0, 2)),
        ((2, 2, 6, 6), (2, 2, 2, 2), (3, 1), (2, 1)),
    ]:
        x, weight = rng.normal(size=shape), rng.normal(size=kernel)
        bias = np.zeros(len(weight))
        grad_out = rng.normal(size=conv2d(x, weight, bias, stride, padding).shape)
        try:
            found = backward(grad_out, x, weight, stride, padding)
            if len(found) != 3:
                return False
            for array, gradient in zip((x, weight, bias), found, strict=True):
                if np.shape(gradient) != array.shape:
                    return False
                for place in np.ndindex(*array.shape):  # conv2d is linear in each: one difference is exact
                    array[place] += 1
                    above = conv2d(x, weight, bias, stride, padding)
                    array[place] -= 1
                    below = conv2d(x, weight, bias, stride, padding)
                    if not np.isclose((grad_out * (above - below)).sum(), gradient[place], atol=1e-6):
                        return False
        except Exception:
            return False
    return True
