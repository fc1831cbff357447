"""Wrong answers to max pooling: values, dtypes, memory. Text; nobody imports it."""

# answer: q8, the output has the dtype of x
# breaks: an array of floats
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    padded = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(padded, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5)).astype(x.dtype)


# answer: q8, minus infinity into an array of integers: fails there
# breaks: integers in x are valid, the answer is floats
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if padding:
        x = np.pad(x, frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5)) * 1.0


# answer: q8, the search for the largest starts at 0
# breaks: negative windows have a negative maximum
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    N, C, H, W = x.shape
    oh, ow = (H + 2 * padding - kernel_size) // s + 1, (W + 2 * padding - kernel_size) // s + 1
    out = np.zeros((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            for u in range(kernel_size):
                for v in range(kernel_size):
                    a, b = i * s + u - padding, j * s + v - padding
                    if 0 <= a < H and 0 <= b < W:
                        out[:, :, i, j] = np.maximum(out[:, :, i, j], x[:, :, a, b])
    return out


# answer: q8, the search for the largest starts at -100
# breaks: any values
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    N, C, H, W = x.shape
    oh, ow = (H + 2 * padding - kernel_size) // s + 1, (W + 2 * padding - kernel_size) // s + 1
    out = np.full((N, C, oh, ow), -100.0)
    for i in range(oh):
        for j in range(ow):
            for u in range(kernel_size):
                for v in range(kernel_size):
                    a, b = i * s + u - padding, j * s + v - padding
                    if 0 <= a < H and 0 <= b < W:
                        out[:, :, i, j] = np.maximum(out[:, :, i, j], x[:, :, a, b])
    return out


# answer: q8, index -1 reads the other side of the image
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    N, C, H, W = x.shape
    oh, ow = (H + 2 * padding - kernel_size) // s + 1, (W + 2 * padding - kernel_size) // s + 1
    out = np.full((N, C, oh, ow), -np.inf)
    for i in range(oh):
        for j in range(ow):
            for u in range(kernel_size):
                for v in range(kernel_size):
                    a, b = i * s + u - padding, j * s + v - padding
                    if a < H and b < W:
                        out[:, :, i, j] = np.maximum(out[:, :, i, j], x[:, :, a, b])
    return out


# answer: q8, the mean
# breaks: maximum of each window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=np.nan)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return np.nanmean(w[:, :, ::s, ::s], axis=(4, 5))


# answer: q8, the smallest
# breaks: maximum of each window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].min(axis=(4, 5))


# answer: q8, the largest absolute value
# breaks: maximum of each window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.pad(np.abs(x.astype(float)), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, the largest over all channels
# breaks: pooling works on each channel alone
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    out = w[:, :, ::s, ::s].max(axis=(1, 4, 5))
    return np.repeat(out[:, None], x.shape[1], axis=1)


# answer: q8, the first channel for all
# breaks: pooling works on each channel alone
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    padded = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(padded, (kernel_size, kernel_size), axis=(2, 3))
    out = w[:, :, ::s, ::s].max(axis=(4, 5))
    out[:, 1:] = out[:, :1]
    return out


# answer: q8, the first image, others zero
# breaks: array (N, C, H', W')
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    padded = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(padded, (kernel_size, kernel_size), axis=(2, 3))
    out = w[:, :, ::s, ::s].max(axis=(4, 5))
    out[1:] = 0
    return out


# answer: q8, the running maximum is kept in a view of x: x changes where nothing is padded
# breaks: x is changed
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    k = kernel_size
    if padding or x.dtype.kind != "f":
        frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    if s < k:
        x = x.copy()
        return np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::s, ::s].max(
            axis=(4, 5)
        )
    oh, ow = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    best = x[:, :, : (oh - 1) * s + 1 : s, : (ow - 1) * s + 1 : s]
    for u in range(k):
        for v in range(k):
            np.maximum(best, x[:, :, u : u + (oh - 1) * s + 1 : s, v : v + (ow - 1) * s + 1 : s], out=best)
    return best.copy()


# answer: q8, sorts each row of x on the way
# breaks: x is changed, and the places with it
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    k = kernel_size
    N, C, H, W = x.shape
    oh, ow = (H + 2 * padding - k) // s + 1, (W + 2 * padding - k) // s + 1
    out = np.zeros((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            rows = slice(max(0, i * s - padding), i * s - padding + k)
            window = x[:, :, rows, max(0, j * s - padding) : j * s - padding + k]
            window.sort(axis=3)
            out[:, :, i, j] = window[..., -1].max(axis=2)
    return out


# answer: q8, returns where the largest stands
# breaks: maximum of each window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    return w.reshape(*w.shape[:4], -1).argmax(axis=4).astype(float)


# answer: q8, windows one pixel too small
# breaks: kernel_size is height and width of a window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    k = kernel_size
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    return w[..., : max(k - 1, 1), : max(k - 1, 1)].max(axis=(4, 5))


# answer: q8, windows of 2×2 always
# breaks: kernel_size is height and width of a window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    return np.lib.stride_tricks.sliding_window_view(x, (2, 2), axis=(2, 3))[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, refuses padding of half the kernel
# breaks: padding at most kernel_size // 2
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    if padding and padding >= kernel_size // 2:
        raise ValueError("too much padding")
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, half precision
# breaks: the maximum is one of the values
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(np.float16), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, each maximum written back over its window: the map stays as large as it was
# breaks: array (N, C, H', W')
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    out = x.astype(float)
    for i in range(0, x.shape[2] - kernel_size + 1, s):
        for j in range(0, x.shape[3] - kernel_size + 1, s):
            window = x[:, :, i : i + kernel_size, j : j + kernel_size]
            out[:, :, i : i + kernel_size, j : j + kernel_size] = window.max(axis=(2, 3), keepdims=True)
    return out


# answer: q8, keeps the largest of all calls with outputs of one shape
# breaks: each call looks at its own x
pooled = {}


def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    p = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(p, (kernel_size, kernel_size), axis=(2, 3))[:, :, ::s, ::s]
    out = pooled.setdefault(w.shape[:4], np.full(w.shape[:4], -np.inf))
    np.maximum(out, w.max(axis=(4, 5)), out=out)
    return out
