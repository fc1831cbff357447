"""Right answers to pooling, costs and fields, in unusual ways. Text for tools/try_answers.py; nobody imports it."""

# answer: q8, clipped windows instead of padding
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    oh, ow = (output_size(n, kernel_size, stride, (padding, padding)) for n in x.shape[2:])
    out = np.empty((*x.shape[:2], oh, ow))
    for i, j in np.ndindex(oh, ow):
        a, b = i * stride - padding, j * stride - padding
        out[:, :, i, j] = x[:, :, max(a, 0) : a + kernel_size, max(b, 0) : b + kernel_size].max(axis=(2, 3))
    return out


# answer: q8, rows first, then columns
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    out = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    for axis in (2, 3):
        out = np.lib.stride_tricks.sliding_window_view(out, kernel_size, axis=axis).max(axis=-1)
        out = out[:, :, ::s] if axis == 2 else out[:, :, :, ::s]
    return out


# answer: q8, NaN outside and nanmax
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return np.nanmax(w.reshape(*w.shape[:4], -1), axis=-1)


# answer: q8, pads with the smallest value of x, which can tie but never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=x.min())
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return w.max(axis=(4, 5)).astype(np.float64)


# answer: q8, columns of im2col, and columns of ones that say which places are real
def max_pool2d(x, kernel_size, stride=None, padding=0):
    N, C, H, W = x.shape
    s = kernel_size if stride is None else stride
    apart = x.astype(float).reshape(N * C, 1, H, W)
    columns = im2col(apart, (kernel_size, kernel_size), s, padding)
    real = im2col(np.ones((1, 1, H, W)), (kernel_size, kernel_size), s, padding)
    side = (padding, padding)
    shape = output_size(H, kernel_size, s, side), output_size(W, kernel_size, s, side)
    return np.where(real == 1, columns, -np.inf).max(axis=1).reshape(N, C, *shape)


# answer: q9, a convolution with equal weights
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    N, C, H, W = x.shape
    s = kernel_size if stride is None else stride
    ones = np.ones((1, 1, kernel_size, kernel_size))
    sums = conv2d(x.reshape(N * C, 1, H, W).astype(float), ones, stride=s, padding=padding)
    counts = kernel_size**2
    if not count_include_pad:
        counts = conv2d(np.ones((1, 1, H, W)), ones, stride=s, padding=padding)
    return (sums / counts).reshape(N, C, *sums.shape[2:])


def global_avg_pool2d(x):
    return np.einsum("nchw->nc", x.astype(float))[:, :, None, None] / (x.shape[2] * x.shape[3])


# answer: q9, sums up an integral image
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s, k, p = kernel_size if stride is None else stride, kernel_size, padding

    def sums(a):
        a = np.pad(a, ((0, 0), (0, 0), (p + 1, p), (p + 1, p))).cumsum(axis=2).cumsum(axis=3)
        return (a[:, :, k:, k:] - a[:, :, :-k, k:] - a[:, :, k:, :-k] + a[:, :, :-k, :-k])[:, :, ::s, ::s]

    return sums(x.astype(float)) / (k * k if count_include_pad else sums(np.ones_like(x, dtype=float)))


def global_avg_pool2d(x):
    return x.reshape(*x.shape[:2], -1).mean(axis=2).reshape(*x.shape[:2], 1, 1)


# answer: q9, clipped windows, window after window
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    stride = kernel_size if stride is None else stride
    oh, ow = (output_size(n, kernel_size, stride, (padding, padding)) for n in x.shape[2:])
    out = np.empty((*x.shape[:2], oh, ow))
    for i, j in np.ndindex(oh, ow):
        a, b = i * stride - padding, j * stride - padding
        window = x[:, :, max(a, 0) : a + kernel_size, max(b, 0) : b + kernel_size]
        count = kernel_size**2 if count_include_pad else window.shape[2] * window.shape[3]
        out[:, :, i, j] = window.sum(axis=(2, 3)) / count
    return out


def global_avg_pool2d(x):
    out = np.ones((*x.shape[:2], 1, 1))
    out[..., 0, 0] = np.average(np.average(x, axis=3), axis=2)
    return out


# answer: q10, NumPy integers
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    return np.prod((in_channels, out_channels, *kernel_size), dtype=np.int64) + (out_channels if bias else 0)


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    return np.prod((in_channels, out_channels, *kernel_size, *output_shape), dtype=np.int64)


# answer: q10, counts by adding, with bool as 0 or 1
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return sum(kh * kw * in_channels + bias for _ in range(out_channels))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    rows, columns = output_shape
    return conv_parameters(in_channels, out_channels, kernel_size, bias=False) * rows * columns


# answer: q11, by recursion
def receptive_field(layers):
    if not layers:
        return []
    before = receptive_field(layers[:-1])
    size, jump = before[-1] if before else (1, 1)
    kernel, stride = layers[-1]
    return [*before, (size + (kernel - 1) * jump, jump * stride)]


# answer: q11, from the last layer backwards, for each depth anew
def receptive_field(layers):
    out = []
    for depth in range(1, len(layers) + 1):
        size, jump = 1, 1
        for kernel, stride in reversed(list(layers)[:depth]):
            size = (size - 1) * stride + kernel
            jump *= stride
        out.append((size, jump))
    return out


# answer: q11, itertools
def receptive_field(layers):
    from itertools import accumulate

    steps = accumulate(
        layers, lambda at, layer: (at[0] + (layer[0] - 1) * at[1], at[1] * layer[1]), initial=(1, 1)
    )
    return list(steps)[1:]
