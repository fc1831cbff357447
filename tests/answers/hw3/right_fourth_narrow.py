"""What no contract asks for: pairs in lists, integers of NumPy's, small integers, thousands of layers."""

# answer: q6, joins tuples with +
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    t = _taps(x, kernel_size, stride, padding, dilation)
    out = np.empty(x.shape[:2] + kernel_size + t.shape[4:], dtype=x.dtype)
    out[...] = t
    return out.reshape(t.shape[0], -1, t.shape[4] * t.shape[5])


def _taps(x, kernel_size, s, p, d):
    (kh, kw), (N, C, H, W) = kernel_size, x.shape
    h, w = (H + 2 * p - d * (kh - 1) - 1) // s + 1, (W + 2 * p - d * (kw - 1) - 1) // s + 1
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = xp[:, :, d * u : d * u + s * h : s, d * v : d * v + s * w : s]
    return out


# answer: q9, shifted slices are added up in the dtype of x, so small integers overflow
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):

    s = stride or kernel_size
    p, k = padding, kernel_size
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    ones = np.pad(np.ones(x.shape[2:]), p)
    h, w = (xp.shape[2] - k) // s + 1, (xp.shape[3] - k) // s + 1
    total = np.zeros((*x.shape[:2], h, w), dtype=x.dtype)
    count = np.zeros((h, w))
    for u in range(k):
        for v in range(k):
            total += xp[:, :, u : u + s * h : s, v : v + s * w : s]
            count += ones[u : u + s * h : s, v : v + s * w : s]
    return total / (k * k if count_include_pad else count)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the global sum by einsum overflows for small integers
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    step = kernel_size if stride is None else stride
    wide = np.pad(x.astype(np.float64), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    real = np.pad(np.ones(x.shape[2:]), padding)
    rows = (wide.shape[2] - kernel_size) // step + 1
    cols = (wide.shape[3] - kernel_size) // step + 1
    out = np.zeros((*x.shape[:2], rows, cols))
    for i in range(rows):
        for j in range(cols):
            a, b = i * step, j * step
            total = wide[:, :, a : a + kernel_size, b : b + kernel_size].sum(axis=(2, 3))
            count = kernel_size**2
            if not count_include_pad:
                count = real[a : a + kernel_size, b : b + kernel_size].sum()
            out[:, :, i, j] = total / count
    return out


def global_avg_pool2d(x):
    n, c, h, w = x.shape
    return np.einsum("nchw->nc", x).reshape(n, c, 1, 1) / (h * w)


# answer: q10, the shape of the weight is put together by adding tuples
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    shape = (out_channels, in_channels) + kernel_size
    n = 1
    for s in shape:
        n *= s
    return n + out_channels if bias else n


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return out_channels * h * w * in_channels * kh * kw


# answer: q10, refuses whole numbers that are not Python's
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    for number in (in_channels, out_channels, *kernel_size):
        if not isinstance(number, int) or number < 1:
            raise ValueError("sizes must be positive integers")
    kh, kw = kernel_size
    return (in_channels * kh * kw + int(bias)) * out_channels


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return out_channels * h * w * in_channels * kh * kw


# answer: q10, both functions remember their answers with lru_cache
from functools import lru_cache


@lru_cache(maxsize=None)
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + bool(bias))


@lru_cache(maxsize=None)
def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    kh, kw = kernel_size
    h, w = output_shape
    return h * w * out_channels * in_channels * kh * kw


# answer: q10, the number of channels is appended to the list that came in
def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = kernel_size
    return out_channels * (in_channels * kh * kw + (1 if bias else 0))


def conv_multiply_adds(in_channels, out_channels, kernel_size, output_shape):
    factors = kernel_size if isinstance(kernel_size, list) else list(kernel_size)
    factors += [in_channels, out_channels]
    factors += output_shape
    total = 1
    for f in factors:
        total *= f
    return total


# answer: q11, the recursion remembers its answers, and needs pairs with a hash
from functools import lru_cache


@lru_cache(maxsize=None)
def _field(layers):
    if not layers:
        return ((1, 1),)
    done = _field(layers[:-1])
    (r, j), (k, s) = done[-1], layers[-1]
    return done + ((r + (k - 1) * j, j * s),)


def receptive_field(layers):
    return list(_field(tuple(layers))[1:])


# answer: q11, calls itself once for each layer
def receptive_field(layers, r=1, j=1):
    if len(layers) == 0:
        return []
    (k, s), rest = layers[0], layers[1:]
    r, j = r + (k - 1) * j, j * s
    return [(r, j)] + receptive_field(rest, r, j)


# answer: q11, kernel size and stride have to be Python's int
def receptive_field(layers):
    r, j, out = 1, 1, []
    for layer in layers:
        if not all(type(v) is int for v in layer):
            raise TypeError(f"expected a pair of int, got {layer}")
        k, s = layer
        r, j = r + (k - 1) * j, j * s
        out.append((r, j))
    return out


# answer: q13, the number of steps has to be Python's int
def train_head(features, labels, steps, learning_rate):

    if not isinstance(steps, int) or steps < 1:
        raise ValueError("steps must be a positive int")
    weight, bias, losses = np.zeros((features.shape[1], 10)), np.zeros(10), []
    for _ in range(steps):
        loss, dw, db = loss_and_gradient(features, labels, weight, bias)
        losses.append(float(loss))
        weight, bias = weight - learning_rate * dw, bias - learning_rate * db
    return weight, bias, losses



def fit(images, labels, features, steps, learning_rate):
    weight, bias, _ = train_head(features(images), labels, steps, learning_rate)
    return lambda others: np.argmax(features(others) @ weight + bias, axis=1)


# answer: q7, adds a tuple to the pair
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = columns.shape[0], weight.shape[0]
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias[None, :, None]
    return out.reshape((N, F) + output_shape)


# answer: q1, a cache in front, which needs hashable arguments
from functools import lru_cache


@lru_cache(maxsize=None)
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - (dilation * (kernel_size - 1) + 1)
    if room < 0:
        raise ValueError("does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, checks the types, and refuses NumPy's integers
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    if not all(isinstance(v, int) for v in (size, kernel_size, stride, dilation, *padding)):
        raise TypeError("whole numbers, please")
    room = size + sum(padding) - (dilation * (kernel_size - 1) + 1)
    if room < 0:
        raise ValueError("does not fit")
    return room // stride + 1


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q8, the border takes the dtype of x
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * p, W + 2 * p), -np.inf, dtype=x.dtype)
    wide[:, :, p:p + H, p:p + W] = x
    h, w = (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1
    y = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            y[:, :, i, j] = wide[:, :, i * s:i * s + k, j * s:j * s + k].max(axis=(2, 3))
    return y


# answer: q9, slices are added in their own dtype
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    def total(x):
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
        y = np.zeros((*x.shape[:2], h, w), dtype=x.dtype)
        for u in range(k):
            for v in range(k):
                y += x[:, :, u:u + s * h:s, v:v + s * w:s][:, :, :h, :w]
        return y
    return total(x) / (k * k if count_include_pad else total(np.ones(x.shape)))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, shifted slices are added in the dtype of the input, and bytes run over
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    xp, real = np.pad(x, sides), np.pad(np.ones(x.shape), sides)
    H, W = (xp.shape[2] - k) // s + 1, (xp.shape[3] - k) // s + 1
    total = np.zeros(x.shape[:2] + (H, W), dtype=x.dtype)
    count = np.zeros(x.shape[:2] + (H, W))
    for a in range(k):
        for b in range(k):
            total += xp[:, :, a : a + H * s : s, b : b + W * s : s]
            count += real[:, :, a : a + H * s : s, b : b + W * s : s]
    return total / (k**2 if count_include_pad else count)


def global_avg_pool2d(x):
    N, C, H, W = x.shape
    return x.astype(float).reshape(N, C, H * W).mean(axis=2).reshape(N, C, 1, 1)
