# answer: q9, NaN as padding, and means that leave it out
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = kernel_size if stride is None else stride
    x = x if x.dtype in (np.float32, np.float64) else x.astype(np.float64)
    border = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    x = np.pad(x, border, constant_values=0 if count_include_pad else np.nan)
    rows = range(0, x.shape[2] - kernel_size + 1, s)
    cols = range(0, x.shape[3] - kernel_size + 1, s)
    means = [
        [np.nanmean(x[:, :, i : i + kernel_size, j : j + kernel_size], axis=(2, 3)) for j in cols] for i in rows
    ]
    return np.array(means).transpose(2, 3, 0, 1)


def global_avg_pool2d(x):
    h, w = x.shape[2:]
    return x.astype(np.float64).sum(axis=3).sum(axis=2)[:, :, None, None] / (h * w)


# answer: q9, one matrix for the rows and one for the columns, each with the weights of the means
def _mean_matrix(size, k, s, p, count_pad):
    """Row i holds the weights of output i: (outputs, size)."""
    starts = np.arange(0, size + 2 * p - k + 1, s) - p
    pixels = np.arange(size)
    inside = (pixels >= starts[:, None]) & (pixels < starts[:, None] + k)
    return inside / (k if count_pad else inside.sum(axis=1, keepdims=True))


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else stride
    down = _mean_matrix(x.shape[2], kernel_size, stride, padding, count_include_pad)
    across = _mean_matrix(x.shape[3], kernel_size, stride, padding, count_include_pad)
    return down @ (x.astype(np.float64) @ across.T)


def global_avg_pool2d(x):
    return np.stack([[[[np.mean(one)]] for one in image] for image in x])


# answer: q9, no padding at all: each window is cut to the image, the divisor chosen
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    if stride is None:
        stride = kernel_size
    n, c, h, w = x.shape
    down = [(max(i, 0), min(i + kernel_size, h)) for i in range(-padding, h + padding - kernel_size + 1, stride)]
    side = [(max(j, 0), min(j + kernel_size, w)) for j in range(-padding, w + padding - kernel_size + 1, stride)]
    out = np.full((n, c, len(down), len(side)), 0.0)
    for i, (a, b) in enumerate(down):
        for j, (d, e) in enumerate(side):
            divisor = kernel_size * kernel_size if count_include_pad else (b - a) * (e - d)
            out[..., i, j] = x[..., a:b, d:e].sum(axis=(-2, -1), dtype=float) / divisor
    return out


def global_avg_pool2d(x):
    flat = x.reshape(x.shape[0], x.shape[1], -1)
    return (flat.astype(float) @ np.full((flat.shape[2], 1), 1 / flat.shape[2]))[..., None]


# answer: q9, sums in float64 from shifted slices, counts as a product of two short vectors
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    k, p, s = kernel_size, padding, kernel_size if stride is None else stride
    h, w = x.shape[2:]
    rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
    rim = np.zeros((*x.shape[:2], h + 2 * p, w + 2 * p))
    rim[:, :, p : p + h, p : p + w] = x
    total = 0.0
    for u in range(k):
        for v in range(k):
            total = total + rim[:, :, u : u + (rows - 1) * s + 1 : s, v : v + (cols - 1) * s + 1 : s]
    if count_include_pad:
        return total / (k * k)

    def real(number, size):
        first = np.arange(number) * s - p
        return np.minimum(first + k, size) - np.maximum(first, 0)

    return total / np.outer(real(rows, h), real(cols, w))


def global_avg_pool2d(x):
    return avg_pool2d(x.mean(axis=2, keepdims=True), 1, 1) @ np.full((x.shape[3], 1), 1 / x.shape[3])


# answer: q10, math.prod over everything, with the bias as an extra weight
import math


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights_of_one = math.prod(int(k) for k in (in_channels, *kernel_size))
    return int(out_channels) * (weights_of_one + int(bool(bias)))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return math.prod(map(int, [in_channels, out_channels, *kernel_size, *output_shape]))


# answer: q10, the work by way of the parameters, and the parameters by adding up
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    area = int(kernel_size[0]) * int(kernel_size[1])
    total = 0
    for _ in range(out_channels):
        total += area * int(in_channels)
        if bias:
            total += 1
    return total


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    down, across = (int(size) for size in output_shape)
    return conv_parameters(in_channels, out_channels, kernel_size, bias=False) * down * across


# answer: q10, functools.reduce, and the bias by way of and
from functools import reduce
from operator import mul


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    weights = reduce(mul, kernel_size, int(in_channels) * int(out_channels))
    return int(weights + (bias and int(out_channels)))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    pairs = [*kernel_size, *output_shape, in_channels]
    return reduce(lambda so_far, factor: so_far * int(factor), pairs, int(out_channels))


# answer: q11, each pair by itself: the products of the strides before, summed
import math


def receptive_field(layers):
    layers = [(int(k), int(s)) for k, s in layers]
    pairs = []
    for n in range(1, len(layers) + 1):
        grown = sum((k - 1) * math.prod(s for _, s in layers[:i]) for i, (k, _) in enumerate(layers[:n]))
        pairs.append((1 + grown, math.prod(s for _, s in layers[:n])))
    return pairs


# answer: q11, itertools.accumulate, with the input's pair cut off
from itertools import accumulate


def receptive_field(layers):
    def deeper(seen, layer):
        (size, jump), (kernel, stride) = seen, layer
        return size + (int(kernel) - 1) * jump, jump * int(stride)

    return list(accumulate(layers, deeper, initial=(1, 1)))[1:]


# answer: q11, first and last pixel of unit 0 and of unit 1 are followed back to the input
def receptive_field(layers):
    found = []
    for depth in range(1, len(layers) + 1):
        spans = []
        for unit in (0, 1):
            first = last = unit
            for kernel, stride in reversed(layers[:depth]):
                first, last = first * int(stride), last * int(stride) + int(kernel) - 1
            spans.append((first, last))
        found.append((spans[0][1] - spans[0][0] + 1, spans[1][0] - spans[0][0]))
    return found
