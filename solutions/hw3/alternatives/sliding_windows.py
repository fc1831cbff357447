"""Every window operation through sliding_window_view and einsum: no loop at all."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


# question: q1
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    windows = size + sum(padding) - dilation * (kernel_size - 1)
    if windows < 1:
        raise ValueError("the kernel does not fit")
    return -(-windows // stride)


def same_padding(kernel_size, dilation=1):
    span = (kernel_size - 1) * dilation
    return [span // 2, (span + 1) // 2]


# question: q2
def correlate2d(image, kernels):
    return np.einsum("ijuv,fuv->fij", sliding_window_view(image, kernels.shape[1:]), kernels).astype(float)


# question: q3
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return np.einsum("ijuv,uv->ij", sliding_window_view(padded, kernel.shape), kernel[::-1, ::-1]).astype(
        float
    )


# question: q4
def pad2d(x, padding, mode="zeros"):
    names = {"zeros": "constant", "reflect": "reflect"}
    if mode not in names or (mode == "reflect" and padding >= min(x.shape[2:])):
        raise ValueError(f"pad2d: cannot pad {x.shape} by {padding} with {mode}")
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=names[mode])


# question: q5
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    cover = [dilation * (k - 1) + 1 for k in weight.shape[2:]]
    windows = sliding_window_view(x, cover, axis=(2, 3))[:, :, ::stride, ::stride, ::dilation, ::dilation]
    out = np.einsum("nchwuv,fcuv->nfhw", windows, weight, optimize=True).astype(float)
    return out if bias is None else out + bias[:, None, None]


# question: q6
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    cover = [dilation * (k - 1) + 1 for k in kernel_size]
    windows = sliding_window_view(x, cover, axis=(2, 3))[:, :, ::stride, ::stride, ::dilation, ::dilation]
    batch, channels, out_h, out_w, kh, kw = windows.shape
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(batch, channels * kh * kw, out_h * out_w)


# question: q7
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = np.einsum("fk,nkl->nfl", weight.reshape(len(weight), -1), columns, optimize=True).astype(float)
    out = out if bias is None else out + bias.reshape(1, -1, 1)
    return out.reshape(*out.shape[:2], *output_shape)


# question: q8
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), sides, constant_values=-np.inf)
    windows = sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::stride, ::stride].max(axis=(4, 5))


# question: q9
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = stride or kernel_size
    fill = 0.0 if count_include_pad else np.nan
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), sides, constant_values=fill)
    windows = sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(windows[:, :, ::stride, ::stride], axis=(4, 5))


def global_avg_pool2d(x):
    return np.mean(x, axis=(-1, -2))[:, :, None, None]


# question: q12
def extract_features(images, filters):
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = sliding_window_view(padded, (3, 3), axis=(2, 3))[:, 0]
    maps = np.einsum("nhwuv,fuv->nfhw", windows, filters[:, 0].astype(float), optimize=True).clip(0)
    batch, kinds, height, width = maps.shape
    return maps.reshape(batch, kinds, height // 4, 4, width // 4, 4).max(axis=(3, 5)).reshape(batch, -1)
