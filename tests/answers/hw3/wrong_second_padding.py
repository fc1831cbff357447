"""Wrong answers to q4, written from the notebook of a student alone."""

# answer: q4, zeros of floats for every dtype
# breaks: dtype as x
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode == "zeros":
        y = np.zeros((N, C, H + 2 * p, W + 2 * p))
        y[:, :, p:p + H, p:p + W] = x
        return y
    if mode != "reflect" or p >= H or p >= W:
        raise ValueError("bad mode or padding")
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect")


# answer: q4, the width is not compared
# breaks: ValueError for reflect when padding >= W
def pad2d(x, padding, mode="zeros"):
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, sides)
    if mode == "reflect" and padding < x.shape[2]:
        return np.pad(x, sides, mode="reflect")
    raise ValueError(mode)


# answer: q4, all four axes are compared
# breaks: ValueError for reflect only when padding >= H or W
def pad2d(x, padding, mode="zeros"):
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, sides)
    if mode == "reflect":
        if padding >= min(x.shape):
            raise ValueError("padding too large")
        return np.pad(x, sides, mode="reflect")
    raise ValueError("unknown mode")


# answer: q4, whatever np.pad knows is let through
# breaks: ValueError for another mode, such as edge
def pad2d(x, padding, mode="zeros"):
    if mode == "reflect" and (padding >= x.shape[2] or padding >= x.shape[3]):
        raise ValueError("padding too large")
    names = {"zeros": "constant"}
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=names.get(mode, mode))


# answer: q4, the mirror is not turned round
# breaks: mirror: 1 2 3 becomes 3 2 1 2 3 2 1
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "zeros":
        return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    if p >= H or p >= W:
        raise ValueError("too much padding")
    if p == 0:
        return x.copy()
    x = np.concatenate([x[:, :, 1:p + 1], x, x[:, :, H - 1 - p:H - 1]], axis=2)
    return np.concatenate([x[..., 1:p + 1], x, x[..., W - 1 - p:W - 1]], axis=3)


# answer: q4, everything becomes floats
# breaks: dtype as x
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2], x.shape[3]):
        raise ValueError("padding is too large")
    how = "constant" if mode == "zeros" else "reflect"
    return np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), mode=how)


# answer: q4, every mode that begins with zero
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode.lower().startswith("zero"):
        return np.pad(x, sides)
    if mode.lower() == "reflect":
        if padding >= x.shape[-2] or padding >= x.shape[-1]:
            raise ValueError("too large")
        return np.pad(x, sides, mode="reflect")
    raise ValueError("mode must be zeros or reflect")


# answer: q4, symmetric repeats the border
# breaks: without repeating the border pixel
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(x.shape[2:])):
        raise ValueError("no")
    how = "symmetric" if mode == "reflect" else "constant"
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=how)


# answer: q4, believes that np.pad refuses
# breaks: ValueError for reflect when padding >= H or W
def pad2d(x, padding, mode="zeros"):
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, sides)
    if mode == "reflect":
        return np.pad(x, sides, mode="reflect")
    raise ValueError("unknown mode")


# answer: q4, refused only where both sides are too short
# breaks: ValueError for reflect when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode not in ("zeros", "reflect"):
        raise ValueError("unknown mode")
    if mode == "reflect" and padding >= H and padding >= W:
        raise ValueError("too large")
    return np.pad(x, sides, mode={"zeros": "constant", "reflect": "reflect"}[mode])


# answer: q4, an unknown mode is a KeyError
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    how = {"zeros": "constant", "reflect": "reflect"}[mode]
    if how == "reflect" and (padding >= x.shape[2] or padding >= x.shape[3]):
        raise ValueError("too large")
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=how)


# answer: q4, the area for images of another layout
# breaks: only height and width get longer
def pad2d(x, padding, mode="zeros"):
    p = padding
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and (p >= x.shape[2] or p >= x.shape[3]):
        raise ValueError(p)
    how = "constant" if mode == "zeros" else mode
    return np.pad(x, ((0, 0), (p, p), (p, p), (0, 0)), mode=how)


# answer: q4, everything becomes float32
# breaks: dtype as x
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and (padding >= H or padding >= W):
        raise ValueError(padding)
    y = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=np.float32)
    rows = np.arange(-padding, H + padding)
    columns = np.arange(-padding, W + padding)
    if mode == "zeros":
        y[:, :, padding:H + padding, padding:W + padding] = x
    else:
        rows, columns = H - 1 - abs(H - 1 - abs(rows)), W - 1 - abs(W - 1 - abs(columns))
        y[...] = x[:, :, rows[:, None], columns]
    return y
