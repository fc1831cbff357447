# answer: q9, each axis is pooled by a small matrix, and einsum puts the two together
def _row_matrix(size, k, s, p):
    count = (size + 2 * p - k) // s + 1
    start = np.arange(count)[:, None] * s - p
    place = np.arange(size)[None, :]
    return ((place >= start) & (place < start + k)).astype(float)


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else stride
    down = _row_matrix(x.shape[2], kernel_size, stride, padding)
    across = _row_matrix(x.shape[3], kernel_size, stride, padding)
    if count_include_pad:
        down, across = down / kernel_size, across / kernel_size
    else:
        down, across = down / down.sum(axis=1, keepdims=True), across / across.sum(axis=1, keepdims=True)
    return np.einsum("ih,nchw,jw->ncij", down, x.astype(float), across, optimize=True)


def global_avg_pool2d(x):
    return np.einsum("nchw->nc", x.astype(float))[:, :, None, None] / (x.shape[2] * x.shape[3])


# answer: q9, seven plain loops, one number at a time
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    if stride is None:
        stride = kernel_size
    N, C, H, W = x.shape
    Ho = (H + 2 * padding - kernel_size) // stride + 1
    Wo = (W + 2 * padding - kernel_size) // stride + 1
    numbers = x.tolist()
    out = np.zeros((N, C, Ho, Wo))
    for n in range(N):
        for c in range(C):
            picture = numbers[n][c]
            for i in range(Ho):
                for j in range(Wo):
                    total, count = 0.0, 0
                    for a in range(i * stride - padding, i * stride - padding + kernel_size):
                        if not 0 <= a < H:
                            continue
                        for b in range(j * stride - padding, j * stride - padding + kernel_size):
                            if 0 <= b < W:
                                total += picture[a][b]
                                count += 1
                    out[n, c, i, j] = total / (kernel_size**2 if count_include_pad else count)
    return out


def global_avg_pool2d(x):
    out = np.empty((x.shape[0], x.shape[1], 1, 1))
    for n, image in enumerate(x):
        for c, channel in enumerate(image):
            out[n, c] = np.mean(channel, dtype=np.float64)
    return out


# answer: q9, summed-area table in double precision, without padding the image
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s, p = kernel_size, (kernel_size if stride is None else stride), padding
    n, c, h, w = x.shape
    table = np.zeros((n, c, h + 1, w + 1))
    table[:, :, 1:, 1:] = x
    np.cumsum(table, axis=2, out=table)
    np.cumsum(table, axis=3, out=table)
    top, left = np.arange(-p, h + p - k + 1, s), np.arange(-p, w + p - k + 1, s)
    t, b = np.clip(top, 0, h), np.clip(top + k, 0, h)
    lo, hi = np.clip(left, 0, w), np.clip(left + k, 0, w)
    below, above = table[:, :, b], table[:, :, t]
    sums = below[..., hi] - below[..., lo] - above[..., hi] + above[..., lo]
    counts = np.outer(b - t, hi - lo)
    return sums / (k * k if count_include_pad else counts)


def global_avg_pool2d(x):
    return avg_pool2d(x.reshape(x.shape[0], x.shape[1], 1, -1).mean(axis=3, keepdims=True, dtype=float), 1)


# answer: q9, im2col of every channel as an image of its own, in float32 where the input is
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else stride
    work = np.float32 if x.dtype == np.float32 else np.float64
    N, C, H, W = x.shape
    alone = x.astype(work).reshape(N * C, 1, H, W)
    shape = tuple((size + 2 * padding - kernel_size) // stride + 1 for size in (H, W))
    columns = im2col(alone, (kernel_size, kernel_size), stride, padding)
    if count_include_pad:
        return columns.mean(axis=1).reshape(N, C, *shape)
    real = im2col(np.ones((1, 1, H, W), dtype=work), (kernel_size, kernel_size), stride, padding)
    return (columns.sum(axis=1) / real.sum(axis=1)).reshape(N, C, *shape)


def global_avg_pool2d(x):
    work = np.float32 if x.dtype == np.float32 else np.float64
    return np.average(x.astype(work), axis=(2, 3))[:, :, np.newaxis, np.newaxis]


# answer: q9, a border of NaN where it must not count, and a class that moves the window
class _Pool:
    def __init__(self, size, step, border, fill):
        self.size, self.step, self.border, self.fill = size, step, border, fill

    def __call__(self, x):
        b = self.border
        wide = np.full(x.shape[:2] + (x.shape[2] + 2 * b, x.shape[3] + 2 * b), self.fill)
        wide[:, :, b : b + x.shape[2], b : b + x.shape[3]] = x
        rows = [self.line(wide[:, :, i : i + self.size]) for i in range(0, wide.shape[2] - self.size + 1, self.step)]
        return np.stack(rows, axis=2)

    def line(self, strip):
        starts = range(0, strip.shape[3] - self.size + 1, self.step)
        return np.stack([np.nanmean(strip[..., j : j + self.size], axis=(2, 3)) for j in starts], axis=2)


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    return _Pool(kernel_size, stride or kernel_size, padding, 0.0 if count_include_pad else np.nan)(x)


def global_avg_pool2d(x):
    return np.apply_over_axes(np.mean, x.astype(np.float64), (2, 3))


# answer: q9, first along the width, then along the height, with slices cut at the border
def _pool_last(x, k, s, p):
    size = x.shape[-1]
    starts = range(-p, size + p - k + 1, s)
    return np.stack([x[..., max(a, 0) : min(a + k, size)].sum(axis=-1) for a in starts], axis=-1)


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    step = stride if stride is not None else kernel_size

    def both(array):
        array = _pool_last(array, kernel_size, step, padding)
        return _pool_last(array.swapaxes(-1, -2), kernel_size, step, padding).swapaxes(-1, -2)

    divisor = kernel_size * kernel_size if count_include_pad else both(np.ones(x.shape[2:]))
    return np.divide(both(x.astype(float)), divisor)


def global_avg_pool2d(x):
    return x.astype(float).mean(axis=3, keepdims=True).mean(axis=2, keepdims=True)


# answer: q10, math.prod over everything
import math


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return math.prod((in_channels, out_channels, *kernel_size)) + out_channels * bool(bias)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return math.prod([in_channels, out_channels, *kernel_size, *output_shape])


# answer: q10, one function calls the other, and reduce multiplies
from functools import reduce
from operator import mul


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    extra = out_channels if bias else 0
    return conv_multiply_adds(in_channels, out_channels, kernel_size, (1, 1)) + extra


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return reduce(mul, [*output_shape, *kernel_size, in_channels], out_channels)


# answer: q10, loops that add up map by map and tap by tap
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    total = 0
    for _ in range(out_channels):
        for _ in range(in_channels):
            total += kernel_size[0] * kernel_size[1]
        if bias:
            total += 1
    return total


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    weights = conv_parameters(in_channels, out_channels, kernel_size, bias=False)
    height, width = output_shape
    return sum(weights for _ in range(height)) * width
