# answer: q8, the border is filled with the smallest number above 0 that a float can hold
# breaks: padded places never win; it counts as -inf (think of a map whose values are all negative)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    x = x.astype(np.result_type(x, np.float32))
    lowest = np.finfo(x.dtype).tiny
    edge = (padding, padding)
    x = np.pad(x, ((0, 0), (0, 0), edge, edge), constant_values=lowest)
    windows = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, without a stride the windows move by one pixel
# breaks: stride : int or None, None means kernel_size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or 1
    big = np.pad(x * np.float32(1), ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    tops = range(0, big.shape[2] - kernel_size + 1, s)
    lefts = range(0, big.shape[3] - kernel_size + 1, s)
    rows = [[big[:, :, i : i + kernel_size, j : j + kernel_size].max((2, 3)) for j in lefts] for i in tops]
    return np.array(rows).transpose(2, 3, 0, 1)


# answer: q8, the short way for windows side by side forgets the padding
# breaks: padding : int, on each side
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    s = k if stride is None else stride
    x = x.astype(np.result_type(x, np.float32))
    n, c, h, w = x.shape
    if s == k:
        return x[:, :, : h // k * k, : w // k * k].reshape(n, c, h // k, k, w // k, k).max(axis=(3, 5))
    edge = (padding, padding)
    x = np.pad(x, ((0, 0), (0, 0), edge, edge), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))
    return windows[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, whole numbers are padded with -inf before they are floats
# breaks: An "array of floats" holds float64, float32 or whole numbers (int64).
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    if padding > 0:
        edge = (padding, padding)
        x = np.pad(x, ((0, 0), (0, 0), edge, edge), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    out = windows[:, :, ::s, ::s].max(axis=(4, 5))
    return out if out.dtype.kind == "f" else out.astype(float)


# answer: q8, all maps are held in float32, as deep learning does
# breaks: You return floats as precise as what came in: float64
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    n, c, h, w = x.shape
    big = np.full((n, c, h + 2 * padding, w + 2 * padding), -np.inf, dtype=np.float32)
    big[:, :, padding : padding + h, padding : padding + w] = x
    oh, ow = (h + 2 * padding - kernel_size) // s + 1, (w + 2 * padding - kernel_size) // s + 1
    out = np.full((n, c, oh, ow), -np.inf, dtype=np.float32)
    for u in range(kernel_size):
        for v in range(kernel_size):
            np.maximum(out, big[:, :, u : u + s * oh : s, v : v + s * ow : s], out=out)
    return out.astype(x.dtype) if x.dtype == np.float64 else out


# answer: q8, the border stands before the first row and column only
# breaks: padding : int, on each side
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = x.astype(np.result_type(x, np.float32))
    n, c, h, w = x.shape
    oh, ow = (h + padding - kernel_size) // s + 1, (w + padding - kernel_size) // s + 1
    big = np.pad(x, ((0, 0), (0, 0), (padding, 0), (padding, 0)), constant_values=-np.inf)
    out = np.empty((n, c, oh, ow), dtype=x.dtype)
    for i in range(oh):
        for j in range(ow):
            out[:, :, i, j] = big[:, :, i * s : i * s + kernel_size, j * s : j * s + kernel_size].max(axis=(2, 3))
    return out


# answer: q8, two maxima of two neighbours, at the start and the end, which covers windows of up to 4
# breaks: Maximum of each window of each channel.
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    s = k if stride is None else stride
    x = x.astype(np.result_type(x, np.float32))
    edge = (padding, padding)
    x = np.pad(x, ((0, 0), (0, 0), edge, edge), constant_values=-np.inf)
    h, w = x.shape[2:]
    if k > 1:  # two pairs that overlap or touch: the trick of running maxima
        down = np.maximum(x[:, :, :-1], x[:, :, 1:])
        x = np.maximum(down[:, :, : h - k + 1], down[:, :, k - 2 :])
        across = np.maximum(x[..., :-1], x[..., 1:])
        x = np.maximum(across[..., : w - k + 1], across[..., k - 2 :])
    return x[:, :, ::s, ::s].copy()


# answer: q8, the stride of an earlier call is taken when none is given
# breaks: stride : int or None, None means kernel_size
_SETTINGS = {}


def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or _SETTINGS.setdefault(kernel_size, kernel_size)
    _SETTINGS[kernel_size] = s
    x = x.astype(np.result_type(x, np.float32))
    edge = (padding, padding)
    x = np.pad(x, ((0, 0), (0, 0), edge, edge), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::s, ::s].max(axis=(4, 5))
