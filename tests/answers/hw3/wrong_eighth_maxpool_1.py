# answer: q8, pads with a billion below zero
# breaks: in q8 the numbers may be any that are finite; padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.pad(x * 1.0, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-1e9)
    windows = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, pads with the mirror image because a copy of a pixel can never be larger
# breaks: padding at most kernel_size // 2; padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, s = kernel_size, stride or kernel_size
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")
    x = x.astype(np.result_type(x.dtype, np.float32))
    h, w = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    out = np.empty(x.shape[:2] + (h, w), dtype=x.dtype)
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = x[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, without a stride the window moves one pixel
# breaks: stride : int or None, None means kernel_size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = 1
    p = padding
    x = np.pad(x.astype(float), [(0, 0), (0, 0), (p, p), (p, p)], constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(x, (kernel_size,) * 2, axis=(2, 3))
    return view[:, :, ::stride, ::stride].max(axis=(-1, -2))


# answer: q8, rounds the output size up and takes the cut windows at the far border, too
# breaks: H' and W' as in q1: where the stride does not fit, the last pixels are never read
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    N, C, H, W = x.shape
    h = -((H + 2 * padding - kernel_size) // -s) + 1
    w = -((W + 2 * padding - kernel_size) // -s) + 1
    out = np.full((N, C, h, w), -np.inf)
    for i in range(h):
        for j in range(w):
            top, left = i * s - padding, j * s - padding
            part = x[:, :, max(top, 0) : top + kernel_size, max(left, 0) : left + kernel_size]
            if part.size:
                out[:, :, i, j] = part.max(axis=(2, 3))
    return out


# answer: q8, a window over the border is pushed inside and not cut
# breaks: padded places count as minus infinity: the window keeps its place
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    N, C, H, W = x.shape
    h = (H + 2 * padding - kernel_size) // s + 1
    w = (W + 2 * padding - kernel_size) // s + 1
    out = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            top, left = max(i * s - padding, 0), max(j * s - padding, 0)
            out[:, :, i, j] = x[:, :, top : top + kernel_size, left : left + kernel_size].max(axis=(2, 3))
    return out


# answer: q8, gathers the maximum in a slice of x itself
# breaks: What you were given stays as it was
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    if x.dtype.kind != "f":
        x = x.astype(float)
    if padding > 0:
        x = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    h, w = [(n - kernel_size) // s + 1 for n in x.shape[2:]]
    out = x[:, :, : (h - 1) * s + 1 : s, : (w - 1) * s + 1 : s]
    for u in range(kernel_size):
        for v in range(kernel_size):
            shifted = x[:, :, u : u + (h - 1) * s + 1 : s, v : v + (w - 1) * s + 1 : s]
            np.maximum(out, shifted, out=out)
    return out.copy()


# answer: q8, starts from the first shifted slice, which is returned itself where the window is 1
# breaks: What you return is new: no input, no view of an input
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.asarray(x, dtype=float)
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    h = (x.shape[2] - kernel_size) // s + 1
    w = (x.shape[3] - kernel_size) // s + 1
    out = None
    for u in range(kernel_size):
        for v in range(kernel_size):
            part = x[:, :, u : u + s * h : s, v : v + s * w : s][:, :, :h, :w]
            out = part if out is None else np.maximum(out, part)
    return out


# answer: q8, turns x into floats only where it has to pad
# breaks: Returns array (N, C, H', W') of floats: float32 or float64 for whole numbers
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    if padding > 0:
        border = (padding, padding)
        x = np.pad(x.astype(float), ((0, 0), (0, 0), border, border), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), (2, 3))
    return np.max(windows[:, :, ::stride, ::stride], axis=(4, 5))


# answer: q8, pads with minus infinity without turning whole numbers into floats
# breaks: an array of floats holds float64, float32 or whole numbers (int64)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    rows, cols = range(0, x.shape[2] - kernel_size + 1, s), range(0, x.shape[3] - kernel_size + 1, s)
    out = np.zeros((x.shape[0], x.shape[1], len(rows), len(cols)))
    for i, r in enumerate(rows):
        for j, c in enumerate(cols):
            out[:, :, i, j] = np.amax(x[:, :, r : r + kernel_size, c : c + kernel_size], axis=(2, 3))
    return out.astype(x.dtype if x.dtype.kind == "f" else float)


# answer: q8, starts from the smallest positive float because its name says minimum
# breaks: Maximum of each window: numbers have either sign
import sys


def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    N, C, H, W = x.shape
    h, w = (H + 2 * padding - kernel_size) // s + 1, (W + 2 * padding - kernel_size) // s + 1
    out = np.full((N, C, h, w), sys.float_info.min)
    for i in range(h):
        for j in range(w):
            for r in range(i * s - padding, i * s - padding + kernel_size):
                for c in range(j * s - padding, j * s - padding + kernel_size):
                    if 0 <= r < H and 0 <= c < W:
                        out[:, :, i, j] = np.maximum(out[:, :, i, j], x[:, :, r, c])
    return out


# answer: q8, a stride above the window is cut down to the window
# breaks: stride : int; a stride may leave pixels over between two windows
def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None or stride > kernel_size:
        stride = kernel_size
    x = np.pad(1.0 * x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), constant_values=-np.inf)
    h, w = (np.array(x.shape[2:]) - kernel_size) // stride + 1
    return np.stack(
        [
            np.stack(
                [
                    x[:, :, i * stride :, j * stride :][:, :, :kernel_size, :kernel_size].max(axis=(2, 3))
                    for j in range(w)
                ],
                axis=-1,
            )
            for i in range(h)
        ],
        axis=2,
    )


# answer: q8, the output size subtracts the stride and not the window
# breaks: H' and W' as in q1
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    N, C, H, W = x.shape
    h, w = (H + 2 * padding - s) // s + 1, (W + 2 * padding - s) // s + 1
    padded = np.full((N, C, H + 2 * padding, W + 2 * padding), -np.inf)
    padded[:, :, padding : padding + H, padding : padding + W] = x
    out = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = padded[:, :, i * s : i * s + kernel_size, j * s : j * s + kernel_size].max((2, 3))
    return out


# answer: q8, keeps the places of the windows for a map and a window, and forgets that the stride may change
# breaks: the next call may change one of its arguments only
_places = {}


def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    p = padding
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    key = (x.shape[2:], kernel_size)
    if key not in _places:
        taps = np.arange(kernel_size)
        rows = np.arange(0, x.shape[2] - kernel_size + 1, s)[:, None] + taps
        cols = np.arange(0, x.shape[3] - kernel_size + 1, s)[:, None] + taps
        _places[key] = rows, cols
    rows, cols = _places[key]
    return x[:, :, rows[:, None, :, None], cols[None, :, None, :]].max(axis=(4, 5))


# answer: q8, takes the maximum as minus the minimum of the negated whole numbers
# breaks: in q8 whole numbers may be any that are finite: the least int64 has no negative
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    negated = (-x).astype(np.result_type(x.dtype, np.float32))
    negated = np.pad(negated, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(negated, (kernel_size, kernel_size), axis=(2, 3))
    return -windows[:, :, ::s, ::s].min(axis=(4, 5))


# answer: q8, shifts all numbers above zero, pads with zeros and shifts them back
# breaks: in q8 the numbers may be any that are finite
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    low = x.min().astype(float)
    lifted = np.pad(x - low, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    h, w = [(n - kernel_size) // s + 1 for n in lifted.shape[2:]]
    out = np.zeros(x.shape[:2] + (h, w))
    for u in range(kernel_size):
        for v in range(kernel_size):
            out = np.maximum(out, lifted[:, :, u : u + s * (h - 1) + 1 : s, v : v + s * (w - 1) + 1 : s])
    return out + low


# answer: q8, pads with twice the minimum of the map
# breaks: padded places never win: where all numbers are above zero, twice the minimum does
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    border = (padding, padding)
    with np.errstate(over="ignore"):
        low = 2 * np.float64(x.min())
    x = np.pad(np.asarray(x, dtype=float), ((0, 0), (0, 0), border, border), constant_values=low)
    windows = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, stores the answer in float32 to save memory
# breaks: float64 where an array of float64 came in; numbers may be any that are finite
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    H, W = x.shape[2:]
    h = (H + 2 * padding - kernel_size) // s + 1
    w = (W + 2 * padding - kernel_size) // s + 1
    out = np.full(x.shape[:2] + (h, w), -np.inf, dtype=np.float32)
    for i in range(h):
        rows = slice(max(i * s - padding, 0), i * s - padding + kernel_size)
        for j in range(w):
            cols = slice(max(j * s - padding, 0), j * s - padding + kernel_size)
            out[..., i, j] = x[..., rows, cols].max(axis=(-2, -1))
    return out


# answer: q8, cuts the map into blocks and uses a loop only where the stride is smaller than the window
# breaks: stride : int; windows start every stride pixels, a larger stride leaves pixels over
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, s = kernel_size, stride or kernel_size
    N, C, H, W = x.shape
    wide = np.full((N, C, H + 2 * padding, W + 2 * padding), -np.inf)
    wide[:, :, padding : padding + H, padding : padding + W] = x
    h, w = (wide.shape[2] - k) // s + 1, (wide.shape[3] - k) // s + 1
    if s >= k:
        return wide[:, :, : h * k, : w * k].reshape(N, C, h, k, w, k).max(axis=(3, 5))
    out = np.empty((N, C, h, w))
    for i in range(h):
        for j in range(w):
            out[:, :, i, j] = wide[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out
