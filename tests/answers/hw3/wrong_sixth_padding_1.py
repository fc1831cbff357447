# answer: q4, without padding it is done before it looks at the mode
# breaks: ValueError for another mode, at padding 0 too
def pad2d(x, padding, mode="zeros"):
    if padding == 0:
        return x.copy()
    N, C, H, W = x.shape
    p = padding
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
        out[:, :, p : p + H, p : p + W] = x
        return out
    if mode == "reflect":
        if p >= H or p >= W:
            raise ValueError("too much padding")
        return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect")
    raise ValueError(mode)


# answer: q4, with nothing to add it hands the input itself back
# breaks: What you return is new: no input, no view of an input
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if padding == 0:
        return x
    width = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, width)
    if padding >= min(x.shape[2:]):
        raise ValueError("cannot mirror that far")
    return np.pad(x, width, mode="reflect")


# answer: q4, a mirror as wide as the image is still allowed
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    width = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, width)
    if padding > x.shape[2] or padding > x.shape[3]:
        raise ValueError("cannot mirror that far")
    return np.pad(x, width, mode="reflect")


# answer: q4, raises only where both axes are too short for the mirror
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "reflect":
        if padding >= H and padding >= W:
            raise ValueError("the image is too small")
        return np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), mode="reflect")
    elif mode == "zeros":
        out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
        out[:, :, padding : padding + H, padding : padding + W] = x
        return out
    else:
        raise ValueError("unknown mode")


# answer: q4, goes through an array of float64, where the last digits of long whole numbers are lost
# breaks: dtype as x; in q4, which only moves numbers, they may be any that are finite
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * p, W + 2 * p))
        out[:, :, p : p + H, p : p + W] = x
    elif mode == "reflect":
        if p >= H or p >= W:
            raise ValueError("padding too large")
        out = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect")
    else:
        raise ValueError(f"no such mode: {mode}")
    return out.astype(x.dtype)


# answer: q4, zeros are limited by the size of the image as the mirror is
# breaks: ValueError for "reflect" when padding >= H or padding >= W (zeros may be any number)
def pad2d(x, padding, mode="zeros"):
    modes = {"zeros": "constant", "reflect": "reflect"}
    if mode not in modes:
        raise ValueError(f"mode {mode!r} is unknown")
    if padding > 0 and padding >= min(x.shape[-2:]):
        raise ValueError("padding must be smaller than the image")
    return np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)], mode=modes[mode])


# answer: q4, hands other modes on to NumPy, which knows some of them
# breaks: ValueError for another mode, at padding 0 too
def pad2d(x, padding, mode="zeros"):
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("padding too large for a mirror")
    name = "constant" if mode == "zeros" else mode
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=name)


# answer: q4, looks for the mode in a text instead of a list
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    if mode not in "zeros, reflect":
        raise ValueError(f"mode must be zeros or reflect, not {mode}")
    N, C, H, W = x.shape
    if mode == "reflect":
        if max(padding - H, padding - W) >= 0:
            raise ValueError("padding too large")
        rows = np.abs(np.arange(-padding, H + padding))
        rows = np.where(rows >= H, 2 * (H - 1) - rows, rows)
        cols = np.abs(np.arange(-padding, W + padding))
        cols = np.where(cols >= W, 2 * (W - 1) - cols, cols)
        return x[:, :, rows[:, None], cols]
    out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
    out[:, :, padding : H + padding, padding : W + padding] = x
    return out
