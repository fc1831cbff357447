# answer: q8, mirror padding, which repeats a pixel of the window only where the window is odd
# breaks: padded places never win (an even window with padding sees a mirrored pixel it does not cover)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = kernel_size if stride is None else stride
    wide = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")
    if wide.dtype.kind != "f":
        wide = wide.astype(float)
    n, c, h, w = wide.shape
    out = np.empty((n, c, (h - kernel_size) // step + 1, (w - kernel_size) // step + 1), wide.dtype)
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            window = wide[:, :, i * step : i * step + kernel_size, j * step : j * step + kernel_size]
            out[:, :, i, j] = window.max(axis=(2, 3))
    return out


# answer: q8, blocks of stride x stride where the windows do not overlap
# breaks: Maximum of each window (with a stride above the window, pixels between the windows win)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = kernel_size if stride is None else stride
    x = np.asarray(x)
    x = x if x.dtype == np.float32 else x.astype(np.float64)
    n, c, h, w = x.shape
    rows = (h + 2 * padding - kernel_size) // step + 1
    cols = (w + 2 * padding - kernel_size) // step + 1
    tall, broad = max(rows * step, h + 2 * padding), max(cols * step, w + 2 * padding)
    wide = np.full((n, c, tall, broad), -np.inf, x.dtype)
    wide[:, :, padding : padding + h, padding : padding + w] = x
    if step >= kernel_size:
        blocks = wide[:, :, : rows * step, : cols * step].reshape(n, c, rows, step, cols, step)
        return blocks.max(axis=(3, 5))
    out = np.full((n, c, rows, cols), -np.inf, x.dtype)
    for a in range(kernel_size):
        for b in range(kernel_size):
            part = wide[:, :, a : a + step * (rows - 1) + 1 : step, b : b + step * (cols - 1) + 1 : step]
            out = np.maximum(out, part)
    return out


# answer: q8, a very small number in the place of minus infinity
# breaks: padded places never win (numbers may be any that are finite, also below -1e9)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    wide = np.pad(np.asarray(x) * 1.0, sides, constant_values=-1e9)
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::step, ::step].max(axis=(4, 5))


# answer: q8, a window of 1 needs no work, so the slice is returned
# breaks: What you return is new: no input, no view of an input
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = kernel_size if stride is None else stride
    if x.dtype.kind != "f":
        x = x.astype(np.float64)
    if kernel_size == 1:
        return x[:, :, ::step, ::step]
    wide = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::step, ::step].max(axis=(4, 5))


# answer: q8, the running maximum is kept in the first shifted slice
# breaks: What you were given stays as it was (without padding that slice is a part of x)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = stride or kernel_size
    wide = x if x.dtype.kind == "f" else x.astype(float)
    if padding:
        wide = np.pad(wide, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    rows = (wide.shape[2] - kernel_size) // step + 1
    cols = (wide.shape[3] - kernel_size) // step + 1
    best = None
    for a in range(kernel_size):
        for b in range(kernel_size):
            part = wide[:, :, a : a + (rows - 1) * step + 1 : step, b : b + (cols - 1) * step + 1 : step]
            if best is None:
                best = part
            else:
                np.maximum(best, part, out=best)
    return best.copy()


# answer: q8, the maximum as minus the minimum of the negated whole numbers
# breaks: Maximum of each window (numbers may be any that are finite: -2**63 has no negative in int64)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = kernel_size if stride is None else stride
    turned = -x
    if turned.dtype.kind != "f":
        turned = turned.astype(float)
    wide = np.pad(turned, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=np.inf)
    rows = range(0, wide.shape[2] - kernel_size + 1, step)
    cols = range(0, wide.shape[3] - kernel_size + 1, step)
    out = np.empty((*x.shape[:2], len(rows), len(cols)), dtype=wide.dtype)
    for i, top in enumerate(rows):
        for j, left in enumerate(cols):
            out[:, :, i, j] = -wide[:, :, top : top + kernel_size, left : left + kernel_size].min(axis=(2, 3))
    return out


# answer: q8, strides worked out from the shape, as if x lay in order
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    s = k if stride is None else stride
    x = x.astype(np.float64, copy=False) if x.dtype != np.float32 else x
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    n, c, h, w = x.shape
    rows, cols, item = (h - k) // s + 1, (w - k) // s + 1, x.itemsize
    windows = np.lib.stride_tricks.as_strided(
        x,
        shape=(n, c, rows, cols, k, k),
        strides=(c * h * w * item, h * w * item, s * w * item, s * item, w * item, item),
    )
    return windows.max(axis=(4, 5))


# answer: q8, the padded array is kept for the next call with the same sizes
# breaks: Each answer depends on the arguments of its own call alone (another padding, the same padded size)
_WIDE = {}


def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = kernel_size if stride is None else stride
    kind = np.float32 if x.dtype == np.float32 else np.float64
    n, c, h, w = x.shape
    shape = (n, c, h + 2 * padding, w + 2 * padding)
    if (shape, kind) not in _WIDE:
        _WIDE[shape, kind] = np.full(shape, -np.inf, dtype=kind)
    wide = _WIDE[shape, kind]
    wide[:, :, padding : padding + h, padding : padding + w] = x
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::step, ::step].max(axis=(4, 5))


# answer: q8, whole numbers stay whole
# breaks: array (N, C, H', W') of floats (float32 or float64 where whole numbers came in)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = kernel_size if stride is None else stride
    lowest = np.iinfo(x.dtype).min if x.dtype.kind == "i" else -np.inf
    wide = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=lowest)
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::step, ::step].max(axis=(4, 5))
