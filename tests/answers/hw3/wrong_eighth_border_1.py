# answer: q4, a padding of 0 returns a copy before the mode is looked at
# breaks: ValueError for another mode, at padding 0 too
def pad2d(x, padding, mode="zeros"):
    if padding == 0:
        return x.copy()
    N, C, H, W = x.shape
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
        out[:, :, padding:-padding, padding:-padding] = x
        return out
    if mode == "reflect":
        if padding >= H or padding >= W:
            raise ValueError("too much padding")
        return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")
    raise ValueError(mode)


# answer: q4, what is behind the border is a slice of x when there is no border
# breaks: What you return is new: no input, no view of an input
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("padding too large")
    out = x[:, :]
    for axis in (2, 3):
        if padding:
            n = x.shape[axis]
            place = np.abs(np.arange(-padding, n + padding))
            place = np.where(place >= n, 2 * (n - 1) - place, place) if mode == "reflect" else place.clip(0, n - 1)
            out = np.take(out, place, axis=axis)
    if mode == "zeros" and padding:
        out[:, :, :padding] = out[:, :, -padding:] = 0
        out[:, :, :, :padding] = out[:, :, :, -padding:] = 0
    return out


# answer: q4, every mode but "zeros" goes on to np.pad, which knows many more
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    border = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, border)
    if mode == "reflect" and padding >= min(x.shape[-2:]):
        raise ValueError("padding must be smaller than the image")
    return np.pad(x, border, mode=mode)


# answer: q4, looks for the mode inside a string, and parts of a name pass
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    if mode not in "zeros" and mode not in "reflect":
        raise ValueError("unknown mode")
    border = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode in "zeros":
        return np.pad(x, border)
    if padding >= x.shape[2] or padding >= x.shape[3]:
        raise ValueError("too much")
    return np.pad(x, border, mode="reflect")


# answer: q4, the limit of the mirror holds for zeros, too
# breaks: ValueError for "reflect" when padding >= H or padding >= W; zeros may be as many as you like
def pad2d(x, padding, mode="zeros"):
    names = {"zeros": "constant", "reflect": "reflect"}
    if mode not in names or padding >= x.shape[2] or padding >= x.shape[3]:
        raise ValueError("wrong mode or padding")
    return np.pad(x, [(0, 0)] * 2 + [(padding, padding)] * 2, names[mode])


# answer: q4, leaves the ValueError to the assignment, which spreads a strip of one row or column
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    p = padding
    N, C, H, W = x.shape
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "reflect" and p > 0:
        # strips of another size cannot be written: NumPy raises ValueError by itself
        out[:, :, :p, p : p + W] = x[:, :, 1 : p + 1][:, :, ::-1]
        out[:, :, p + H :, p : p + W] = x[:, :, max(H - 1 - p, 0) : H - 1][:, :, ::-1]
        middle = out[:, :, :, p : p + W].copy()
        out[:, :, :, :p] = middle[:, :, :, 1 : p + 1][:, :, :, ::-1]
        out[:, :, :, p + W :] = middle[:, :, :, max(W - 1 - p, 0) : W - 1][:, :, :, ::-1]
    return out


# answer: q4, makes floats first and goes back to the dtype at the end: large integers lose their last digits
# breaks: dtype as x, and numbers may be any that are finite
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    if mode == "reflect" and (padding >= H or padding >= W):
        raise ValueError("padding too large")
    out = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    out[:, :, padding : padding + H, padding : padding + W] = x
    if mode == "reflect":
        rows = np.pad(np.arange(H), padding, mode="reflect") + padding
        columns = np.pad(np.arange(W), padding, mode="reflect") + padding
        out = out[:, :, rows][:, :, :, columns]
    return out.astype(x.dtype)


# answer: q4, np.where with a plain 0 turns bool into whole numbers
# breaks: dtype as x
def pad2d(x, padding, mode="zeros"):
    H, W = x.shape[2:]
    i = np.arange(-padding, H + padding)
    j = np.arange(-padding, W + padding)
    if mode == "reflect":
        if padding >= H or padding >= W:
            raise ValueError("no mirror as large as that")
        i, j = H - 1 - abs(H - 1 - abs(i)), W - 1 - abs(W - 1 - abs(j))
        return x[:, :, i[:, None], j]
    if mode != "zeros":
        raise ValueError(mode)
    inside = ((i >= 0) & (i < H))[:, None] & ((j >= 0) & (j < W))
    return np.where(inside, x[:, :, i.clip(0, H - 1)[:, None], j.clip(0, W - 1)], 0)


# answer: q4, copies the numbers in the order in which they lie in memory
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    if mode == "reflect" and (padding >= H or padding >= W):
        raise ValueError(padding)
    flat = x.flatten(order="K")
    rows = np.arange(H + 2 * padding) - padding
    columns = np.arange(W + 2 * padding) - padding
    images = flat.reshape(N, C, H, W)
    if mode == "reflect":
        rows = (H - 1) - np.abs((H - 1) - np.abs(rows))
        columns = (W - 1) - np.abs((W - 1) - np.abs(columns))
        return images[:, :, rows[:, None], columns[None, :]]
    out = np.zeros((N, C, len(rows), len(columns)), dtype=x.dtype)
    out[:, :, padding : padding + H, padding : padding + W] = images
    return out


# answer: q4, one array of zeros is kept for each shape and handed out again
# breaks: What you return is new: nothing that a later call writes into
_canvas = {}


def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    border = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "reflect":
        if padding >= min(x.shape[2:]):
            raise ValueError(padding)
        return np.pad(x, border, mode="reflect")
    N, C, H, W = x.shape
    key = (x.shape, padding, x.dtype)
    if key not in _canvas:
        _canvas[key] = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
    _canvas[key][:, :, padding : padding + H, padding : padding + W] = x
    return _canvas[key]
