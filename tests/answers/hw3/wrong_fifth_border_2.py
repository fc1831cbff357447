# answer: q4, is generous about capital letters in the mode
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    mode = mode.lower()
    if mode not in {"zeros", "reflect"}:
        raise ValueError(f"mode {mode!r}")
    N, C, H, W = x.shape
    out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
    out[..., padding : padding + H, padding : padding + W] = x
    if mode == "reflect":
        if padding >= H or padding >= W:
            raise ValueError("padding too large")
        for k in range(1, padding + 1):
            out[..., padding - k, :] = out[..., padding + k, :]
            out[..., padding + H - 1 + k, :] = out[..., padding + H - 1 - k, :]
        for k in range(1, padding + 1):
            out[..., padding - k] = out[..., padding + k]
            out[..., padding + W - 1 + k] = out[..., padding + W - 1 - k]
    return out


# answer: q4, the slice backwards ends at -1 when the padding is as large as it may be, and comes out empty
# breaks: array (N, C, H + 2 padding, W + 2 padding) (padding H - 1 is below H, so it is allowed)
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode == "zeros":
        return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    if mode != "reflect" or p >= H or p >= W:
        raise ValueError("mode or padding")
    above, below = x[:, :, p:0:-1], x[:, :, H - 2 : H - 2 - p : -1] if p else x[:, :, :0]
    tall = np.concatenate([above, x, below], axis=2)
    left, right = tall[..., p:0:-1], tall[..., W - 2 : W - 2 - p : -1] if p else tall[..., :0]
    return np.concatenate([left, tall, right], axis=3)


# answer: q4, goes through float64 and back, which large whole numbers do not survive
# breaks: Add a border around height and width. (x of integers: the pixels stay what they are)
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError(padding)
    border = [(0, 0)] * 2 + [(padding, padding)] * 2
    how = {"mode": "reflect"} if mode == "reflect" else {"constant_values": 0.0}
    return np.pad(x.astype(np.float64), border, **how).astype(x.dtype)


# answer: q4, keeps an empty frame of each shape, with the dtype that it had the first time
# breaks: dtype as x
_FRAMES = {}


def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "zeros":
        shape = (N, C, H + 2 * padding, W + 2 * padding)
        if shape not in _FRAMES:
            _FRAMES[shape] = np.zeros(shape, dtype=x.dtype)
        out = _FRAMES[shape].copy()
        out[:, :, padding : padding + H, padding : padding + W] = x
        return out
    if mode == "reflect":
        if max(padding - H, padding - W) >= 0:
            raise ValueError("too large")
        return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), "reflect")
    raise ValueError("unknown mode")


# answer: q4, mirrors the places of the rows and takes them for the columns, too: square images only
# breaks: array (N, C, H + 2 padding, W + 2 padding)
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "reflect":
        if padding >= H or padding >= W:
            raise ValueError("padding too large")
        places = np.abs(np.arange(-padding, H + padding))
        places = H - 1 - np.abs(H - 1 - places)
        return x[:, :, places[:, None], np.minimum(places, W - 1)]
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
        out[:, :, padding : H + padding, padding : W + padding] = x
        return out
    raise ValueError("unknown mode")


# answer: q4, takes the right columns for the mirror and does not turn them round; nobody sees it with padding 1
# breaks: with two pixels of padding, `1 2 3` becomes `3 2 1 2 3 2 1`
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode == "zeros":
        return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    if mode != "reflect":
        raise ValueError("unknown mode")
    if p >= H or p >= W:
        raise ValueError("padding too large")
    x = np.concatenate([x[:, :, 1 : p + 1], x, x[:, :, H - 1 - p : H - 1]], axis=2)
    return np.concatenate([x[..., 1 : p + 1], x, x[..., W - 1 - p : W - 1]], axis=3)


# answer: q4, compares the padding with the number of images and channels, too
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    border = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    if mode == "zeros":
        return np.pad(x, border)
    if mode == "reflect" and padding < min(x.shape):
        return np.pad(x, border, mode="reflect")
    raise ValueError(f"cannot pad by {padding}, mode {mode!r}")


# answer: q4, an unknown mode is looked up in a dictionary, which raises something else
# breaks: Raises ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    how = {"zeros": "constant", "reflect": "reflect"}[mode]
    if how == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("padding is too large")
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=how)
