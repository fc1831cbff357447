# answer: q4, padding 0 goes back at once, before the mode is looked at
# breaks: ValueError for another mode, at padding 0 too
def pad2d(x, padding, mode="zeros"):
    if padding == 0:
        return x.copy()
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    H, W = x.shape[2:]
    if mode == "reflect" and padding >= min(H, W):
        raise ValueError("the mirror is too small")
    name = {"zeros": "constant", "reflect": "reflect"}[mode]
    return np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)], mode=name)


# answer: q4, mirrors with the border pixel repeated
# breaks: "reflect" (mirror, without repeating the border pixel)
def pad2d(x, padding, mode="zeros"):
    widths = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, widths)
    if mode != "reflect" or padding >= x.shape[2] or padding >= x.shape[3]:
        raise ValueError("mode or padding")
    return np.pad(x, widths, mode="symmetric")


# answer: q4, the limit of the mirror is off by one: padding equal to the size goes through
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * p, W + 2 * p), x.dtype)
        out[:, :, p : p + H, p : p + W] = x
        return out
    if mode == "reflect":
        if p > H or p > W:
            raise ValueError("padding too large")
        return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), "reflect")
    raise ValueError("unknown mode")


# answer: q4, the mirror is refused only where both axes are too short
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in ["zeros", "reflect"]:
        raise ValueError(f"mode {mode}")
    if mode == "reflect" and padding >= x.shape[2] and padding >= x.shape[3]:
        raise ValueError("padding must be smaller than the image")
    around = (padding, padding)
    return np.pad(x, ((0, 0), (0, 0), around, around), mode="constant" if mode == "zeros" else mode)


# answer: q4, whole numbers take a way through float64 and back
# breaks: dtype as x; in q4 they may be any that are finite
def pad2d(x, padding, mode="zeros"):
    p = padding
    if mode not in ("zeros", "reflect"):
        raise ValueError("mode")
    H, W = x.shape[2:]
    if mode == "reflect" and (p >= H or p >= W):
        raise ValueError("padding")
    out = np.zeros(x.shape[:2] + (H + 2 * p, W + 2 * p))
    out[:, :, p : p + H, p : p + W] = x
    if mode == "reflect":
        for k in range(1, p + 1):
            out[:, :, p - k] = out[:, :, p + k]
            out[:, :, p + H - 1 + k] = out[:, :, p + H - 1 - k]
        for k in range(1, p + 1):
            out[..., p - k] = out[..., p + k]
            out[..., p + W - 1 + k] = out[..., p + W - 1 - k]
    return out.astype(x.dtype)


# answer: q4, mirrors the four sides and leaves the four corners at 0
# breaks: array (N, C, H + 2 padding, W + 2 padding), each pixel of the border mirrored
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError("zeros or reflect")
    N, C, H, W = x.shape
    p = padding
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "reflect":
        if p >= H or p >= W:
            raise ValueError("too much padding")
        out[:, :, :p, p : p + W] = x[:, :, 1 : p + 1][:, :, ::-1]
        out[:, :, p + H :, p : p + W] = x[:, :, H - 1 - p : H - 1][:, :, ::-1]
        out[:, :, p : p + H, :p] = x[..., 1 : p + 1][..., ::-1]
        out[:, :, p : p + H, p + W :] = x[..., W - 1 - p : W - 1][..., ::-1]
    return out


# answer: q4, the limit of the mirror is asked for zeros, too
# breaks: ValueError for "reflect" when padding >= H or padding >= W, and for zeros any padding
def pad2d(x, padding, mode="zeros"):
    if mode not in {"zeros", "reflect"}:
        raise ValueError("unknown mode")
    if padding and padding >= min(x.shape[2:]):
        raise ValueError("padding larger than the image")
    kind = "reflect" if mode == "reflect" else "constant"
    return np.pad(x, [(0, 0)] * 2 + [(padding, padding)] * 2, kind)


# answer: q4, writes into out[p:-p], which is empty for padding 0
# breaks: padding is 0 or more
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
        out[:, :, p:-p, p:-p] = x
        return out
    if mode == "reflect" and p < H and p < W:
        return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect")
    raise ValueError("mode or padding")


# answer: q4, looks the mode up in a dict and lets the KeyError out
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    name = {"zeros": "constant", "reflect": "reflect"}[mode]
    if mode == "reflect" and (padding >= x.shape[2] or padding >= x.shape[3]):
        raise ValueError("the mirror needs more pixels")
    p = (padding, padding)
    return np.pad(x, ((0, 0), (0, 0), p, p), mode=name)


# answer: q4, the mirror by index numbers stands on the first pixel but behind the last
# breaks: Mirroring leaves the border pixel itself out: 1 2 3 becomes 3 2 1 2 3 2 1
def pad2d(x, padding, mode="zeros"):
    H, W = x.shape[2:]
    if mode == "zeros":
        return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    if mode != "reflect" or padding >= H or padding >= W:
        raise ValueError("not possible")

    def places(n):
        k = np.abs(np.arange(-padding, n + padding))
        return np.where(k < n, k, 2 * n - 1 - k)

    return x[:, :, places(H)][..., places(W)]


# answer: q4, asks for the mode with "in" inside one text, so parts of a word go through
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    if mode not in "zeros reflect":
        raise ValueError(f"unknown mode {mode!r}")
    p = padding
    if mode == "reflect":
        if p >= x.shape[2] or p >= x.shape[3]:
            raise ValueError("padding too large for the mirror")
        return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect")
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))


# answer: q4, one pixel high or wide cannot be mirrored, it says, even with padding 0
# breaks: ValueError for "reflect" when padding >= H or padding >= W, and not otherwise
def pad2d(x, padding, mode="zeros"):
    H, W = x.shape[-2:]
    border = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "reflect":
        if min(H, W) == 1 or padding > min(H, W) - 1:
            raise ValueError("nothing to mirror")
        return np.pad(x, border, mode="reflect")
    elif mode == "zeros":
        return np.pad(x, border, mode="constant")
    raise ValueError("mode")
