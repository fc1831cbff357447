"""The definitions, one scalar at a time: slow, and as right as any."""

import math

import numpy as np


# question: q1
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    starts = [
        start
        for start in range(-padding[0], size + padding[1], stride)
        if start + dilation * (kernel_size - 1) < size + padding[1]
    ]
    if not starts:
        raise ValueError("the kernel does not fit")
    return len(starts)


def same_padding(kernel_size, dilation=1):
    pair = [0, 0]
    size = 2 * dilation * kernel_size
    while output_size(size, kernel_size, 1, pair, dilation) < size:
        pair[int(pair[0] == pair[1])] += 1
    return pair


# question: q2
def correlate2d(image, kernels):
    maps = []
    for kernel in kernels:
        rows = []
        for i in range(len(image) - len(kernel) + 1):
            row = []
            for j in range(len(image[0]) - len(kernel[0]) + 1):
                total = 0.0
                for u in range(len(kernel)):
                    for v in range(len(kernel[0])):
                        total += float(kernel[u][v]) * float(image[i + u][j + v])
                row.append(total)
            rows.append(row)
        maps.append(rows)
    return np.array(maps)


# question: q5
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    batch, channels, height, width = x.shape
    filters, depth, kh, kw = weight.shape
    if channels != depth:
        raise ValueError("channels differ")
    out_h = (height + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    out_w = (width + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((batch, filters, out_h, out_w))
    if bias is not None:
        for f in range(filters):
            out[:, f] = bias[f]
    for u in range(kh):
        for v in range(kw):
            for i in range(out_h):
                row = i * stride + u * dilation - padding
                if not 0 <= row < height:
                    continue
                for j in range(out_w):
                    column = j * stride + v * dilation - padding
                    if 0 <= column < width:
                        out[:, :, i, j] += x[:, :, row, column] @ weight[:, :, u, v].T
    return out


# question: q6
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    batch, _, height, width = x.shape
    windows = []
    for i in range(0, height - dilation * (kh - 1), stride):
        for j in range(0, width - dilation * (kw - 1), stride):
            window = x[
                :, :, i : i + dilation * (kh - 1) + 1 : dilation, j : j + dilation * (kw - 1) + 1 : dilation
            ]
            windows.append(window.reshape(batch, -1))
    return np.stack(windows, axis=-1)


# question: q8
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    batch, channels, height, width = x.shape
    rows = range(-padding, height + padding - kernel_size + 1, stride)
    columns = range(-padding, width + padding - kernel_size + 1, stride)
    out = np.empty((batch, channels, len(rows), len(columns)))
    for i, top in enumerate(rows):
        for j, left in enumerate(columns):
            window = x[:, :, max(top, 0) : top + kernel_size, max(left, 0) : left + kernel_size]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


# question: q10
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return sum(in_channels * math.prod(kernel_size) + (1 if bias else 0) for _ in range(out_channels))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return math.prod([in_channels, out_channels, *kernel_size, *output_shape])


# question: q13
def train_head(features, labels, steps, learning_rate):
    count, size = features.shape
    weight, bias, losses = np.zeros((size, 10)), np.zeros(10), []
    for _ in range(steps):
        scores = features @ weight + bias
        chances = np.exp(scores - scores.max(axis=1)[:, None])
        chances /= chances.sum(axis=1)[:, None]
        losses.append(-sum(math.log(chances[n, labels[n]] + 1e-12) for n in range(count)) / count)
        for n in range(count):
            chances[n, labels[n]] -= 1
        weight -= learning_rate * features.T @ chances / count
        bias -= learning_rate * chances.sum(axis=0) / count
    return [weight, bias, losses]


def fit(images, labels, features, steps, learning_rate):
    head = train_head(features(images), labels, steps, learning_rate)
    return lambda images: np.array([int(np.argmax(row @ head[0] + head[1])) for row in features(images)])
