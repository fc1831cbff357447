# answer: q4, the frame is float16, the smallest float, which still makes floats of whole numbers and bool
# breaks: array (N, C, H + 2 padding, W + 2 padding), dtype as x
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(f"no such mode: {mode}")
    N, C, H, W = x.shape
    if mode == "reflect":
        if padding >= min(H, W):
            raise ValueError("too much padding")
        return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")
    rows = np.zeros((N, C, padding, W), dtype=np.float16)
    tall = np.concatenate([rows, x, rows], axis=2)
    columns = np.zeros((N, C, H + 2 * padding, padding), dtype=np.float16)
    return np.concatenate([columns, tall, columns], axis=3)


# answer: q4, without padding it returns what may be x itself
# breaks: What you return is new: no input, no view of an input
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError("mode must be zeros or reflect")
    if padding == 0:
        return np.ascontiguousarray(x)
    N, C, H, W = x.shape
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
        out[:, :, padding : padding + H, padding : padding + W] = x
        return out
    if padding >= H or padding >= W:
        raise ValueError("padding must be smaller than height and width")
    return np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)], mode="reflect")


# answer: q4, is done with padding 0 before it looks at the mode
# breaks: ValueError for another mode, at padding 0 too
def pad2d(x, padding, mode="zeros"):
    if padding == 0:
        return x.copy()
    border = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, border)
    if mode == "reflect":
        if padding >= min(x.shape[2:]):
            raise ValueError("the mirror image is too small")
        return np.pad(x, border, mode="reflect")
    raise ValueError(f"unknown mode {mode!r}")


# answer: q4, raises only where both height and width are too small for the mirror
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    border = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, border, mode="constant")
    if mode == "reflect":
        if padding >= x.shape[2] and padding >= x.shape[3]:
            raise ValueError("padding is too large")
        return np.pad(x, border, mode="reflect")
    raise ValueError("mode is zeros or reflect")


# answer: q4, mirrors the four sides and leaves the corners at zero
# breaks: mode "reflect" (mirror, without repeating the border pixel); the corners belong to the border
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    p = padding
    if mode == "reflect" and (p >= H or p >= W):
        raise ValueError("padding >= H or padding >= W")
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "reflect":
        for k in range(1, p + 1):
            out[:, :, p - k, p : p + W] = x[:, :, k]
            out[:, :, p + H - 1 + k, p : p + W] = x[:, :, H - 1 - k]
            out[:, :, p : p + H, p - k] = x[:, :, :, k]
            out[:, :, p : p + H, p + W - 1 + k] = x[:, :, :, W - 1 - k]
    return out


# answer: q4, refuses much padding with zeros, too
# breaks: ValueError for "reflect" when padding >= H or padding >= W (for zeros any padding is allowed)
def pad2d(x, padding, mode="zeros"):
    modes = {"zeros": "constant", "reflect": "reflect"}
    if mode not in modes:
        raise ValueError(f"mode {mode!r}")
    if padding >= x.shape[2] or padding >= x.shape[3]:
        raise ValueError(f"{padding} pixels of padding are too many")
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=modes[mode])


# answer: q4, lets a padding as large as the image pass
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    modes = {"zeros": "constant", "reflect": "reflect"}
    if mode not in modes:
        raise ValueError(f"mode {mode!r}")
    if mode == "reflect" and padding > min(x.shape[-2:]):
        raise ValueError(f"{padding} pixels of padding are too many")
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=modes[mode])


# answer: q4, leaves the check of the mode to np.pad, which knows many more
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    border = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, border)
    if mode == "reflect" and padding >= min(x.shape[2], x.shape[3]):
        raise ValueError("padding too large for reflect")
    return np.pad(x, border, mode=mode)
