# answer: q9, the global mean divides x by the number of pixels in place
# breaks: What you were given stays as it was
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    inside = np.pad(np.ones(x.shape[2:]), padding, constant_values=int(count_include_pad))
    tops = range(0, wide.shape[2] - kernel_size + 1, s)
    lefts = range(0, wide.shape[3] - kernel_size + 1, s)
    out = np.empty(x.shape[:2] + (len(tops), len(lefts)))
    for i, r in enumerate(tops):
        for j, c in enumerate(lefts):
            box = np.s_[..., r : r + kernel_size, c : c + kernel_size]
            out[:, :, i, j] = wide[box].sum(axis=(2, 3)) / inside[box].sum()
    return out


def global_avg_pool2d(x):
    if x.dtype.kind == "i":
        x = x.astype(float)
    x /= x.shape[2] * x.shape[3]
    return x.sum(axis=(2, 3), keepdims=True)


# answer: q9, keeps the counts of real pixels for the shapes in and out
# breaks: the next call may change one of its arguments only
_counts = {}


def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = stride or kernel_size
    p = padding
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    view = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size,) * 2, axis=(2, 3))[:, :, ::s, ::s]
    key = (x.shape, view.shape)
    if key not in _counts:
        ones = np.pad(np.ones(x.shape[2:]), p, constant_values=float(count_include_pad))
        boxes = np.lib.stride_tricks.sliding_window_view(ones, (kernel_size,) * 2)[::s, ::s]
        _counts[key] = boxes.sum(axis=(2, 3))
    return view.sum(axis=(4, 5)) / _counts[key]


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, one of the arguments has a shorter name
# breaks: Arguments come by position or by name: count_include_pad
def avg_pool2d(x, kernel_size, stride=None, padding=0, include_pad=True):
    s = stride or kernel_size
    p, k = padding, kernel_size
    real = np.pad(np.ones(x.shape), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=1.0 * include_pad)
    wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h, w = (wide.shape[2] - k) // s + 1, (wide.shape[3] - k) // s + 1
    out = np.zeros(x.shape[:2] + (h, w))
    for i in range(h):
        for j in range(w):
            cut = np.s_[:, :, i * s : i * s + k, j * s : j * s + k]
            out[:, :, i, j] = np.average(wide[cut], axis=(2, 3), weights=real[cut])
    return out


def global_avg_pool2d(x):
    return np.apply_over_axes(np.mean, x, (2, 3))


# answer: q9, the global mean works in float32 throughout
# breaks: float64 where an array of float64 came in
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    real = np.pad(np.ones(x.shape[2:]), padding, constant_values=1.0 if count_include_pad else 0.0)
    pool = lambda a: np.lib.stride_tricks.sliding_window_view(a, (k, k), axis=(-2, -1))[..., ::s, ::s, :, :].sum((-2, -1))
    return pool(wide) / pool(real)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True, dtype=np.float32)
