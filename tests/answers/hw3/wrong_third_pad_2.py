"""q4, the second half."""

# answer: q4, writes into out[p:-p]
# breaks: padding may be 0, and out[0:-0] is empty
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * p, W + 2 * p), x.dtype)
        out[:, :, p:-p, p:-p] = x
        return out
    if mode != "reflect":
        raise ValueError("mode")
    if p >= H or p >= W:
        raise ValueError("padding")
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), "reflect")


# answer: q4, mirrors at the first border, repeats the pixel at the last
# breaks: right of the last column stands the one before it
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "reflect":
        if padding >= min(H, W):
            raise ValueError("padding too large")
        rows = np.minimum(np.abs(np.arange(-padding, H + padding)), H - 1)
        cols = np.minimum(np.abs(np.arange(-padding, W + padding)), W - 1)
        return x[:, :, rows[:, None], cols]
    if mode != "zeros":
        raise ValueError("mode")
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))


# answer: q4, makes float32 of what it mirrors
# breaks: dtype as x, also for "reflect"
def pad2d(x, padding, mode="zeros"):
    p = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, p)
    if mode == "reflect":
        if padding >= x.shape[2] or padding >= x.shape[3]:
            raise ValueError("padding too large")
        return np.pad(x.astype(np.float32), p, mode="reflect")
    raise ValueError("mode must be zeros or reflect")


# answer: q4, lets the index run out: IndexError on one side, and the other counts from the end
# breaks: ValueError when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "zeros":
        return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    if mode == "reflect":
        rows = [*range(padding, 0, -1), *range(H), *range(H - 2, H - 2 - padding, -1)]
        cols = [*range(padding, 0, -1), *range(W), *range(W - 2, W - 2 - padding, -1)]
        return x[:, :, rows][:, :, :, cols]
    raise ValueError("unknown mode")


# answer: q4, is generous with the name of the mode
# breaks: ValueError for another mode ("Reflect" and "zero" are others)
def pad2d(x, padding, mode="zeros"):
    name = mode.lower()
    width = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if name.startswith("zero"):
        return np.pad(x, width)
    if name.startswith("reflect"):
        if padding >= min(x.shape[-2:]):
            raise ValueError("padding too large")
        return np.pad(x, width, mode="reflect")
    raise ValueError("unknown mode")


# answer: q4, looks at the number of images and channels for the limit
# breaks: padding >= H or padding >= W, the last two axes
def pad2d(x, padding, mode="zeros"):
    H, W = x.shape[:2]
    width = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, width)
    if mode != "reflect":
        raise ValueError("mode")
    if padding >= H or padding >= W:
        raise ValueError("padding too large")
    return np.pad(x, width, mode="reflect")


# answer: q4, hands any mode but zeros on to np.pad, which knows more of them
# breaks: ValueError for another mode ("edge", "wrap")
def pad2d(x, padding, mode="zeros"):
    if mode == "reflect" and (padding >= x.shape[2] or padding >= x.shape[3]):
        raise ValueError("padding too large")
    if mode == "zeros":
        mode = "constant"
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=mode)


# answer: q4, keeps the frame of zeros for the next call of the same shape
# breaks: the answer of an earlier call must stay what it was
_frames = {}


def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode == "reflect":
        if p >= H or p >= W:
            raise ValueError("padding too large")
        return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect")
    if mode != "zeros":
        raise ValueError("unknown mode")
    key = (x.shape, p, x.dtype.str)
    if key not in _frames:
        _frames[key] = np.zeros((N, C, H + 2 * p, W + 2 * p), x.dtype)
    out = _frames[key]
    out[:, :, p : p + H, p : p + W] = x
    return out


# answer: q4, goes through float64 and back
# breaks: x may have any dtype: large whole numbers and complex numbers do not survive
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode not in ("zeros", "reflect"):
        raise ValueError("unknown mode")
    if mode == "reflect" and p >= min(H, W):
        raise ValueError("padding too large")
    out = np.zeros((N, C, H + 2 * p, W + 2 * p))
    out[:, :, p : p + H, p : p + W] = x.real
    if mode == "reflect":
        out = np.pad(x.real.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect")
    return out.astype(x.dtype)


# answer: q4, the default mode is "reflect"
# breaks: mode="zeros" when nothing is said
def pad2d(x, padding, mode="reflect"):
    if mode not in ("zeros", "reflect"):
        raise ValueError("unknown mode")
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("padding too large")
    kind = "reflect" if mode == "reflect" else "constant"
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=kind)


# answer: q4, mirrors rows into the padded array first, then reads the columns one too far to the right
# breaks: right of the last column stands the one before it, then the one before that
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode not in ("zeros", "reflect"):
        raise ValueError("unknown mode")
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "reflect":
        if p >= H or p >= W:
            raise ValueError("padding too large")
        for k in range(1, p + 1):
            out[:, :, p - k] = out[:, :, p + k]
            out[:, :, p + H - 1 + k] = out[:, :, p + H - 1 - k]
        for k in range(1, p + 1):
            out[:, :, :, p - k] = out[:, :, :, p + k]
            out[:, :, :, p + W - 1 + k] = out[:, :, :, p + W - k]
    return out
