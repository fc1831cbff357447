"""q4: pad2d."""

# answer: q4, padding 0 hands x itself back
# breaks: no function returns one of the arrays that it is given
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if padding == 0:
        return x
    p = padding
    if mode == "reflect" and (p >= x.shape[2] or p >= x.shape[3]):
        raise ValueError("padding too large")
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="constant" if mode == "zeros" else "reflect")


# answer: q4, the large array is made of float64
# breaks: dtype as x
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * p, W + 2 * p))
        out[:, :, p : p + H, p : p + W] = x
        return out
    if mode != "reflect" or p >= min(H, W):
        raise ValueError
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect")


# answer: q4, one number for np.pad, which then pads all four axes
# breaks: only the last two axes get longer
def pad2d(x, padding, mode="zeros"):
    if mode == "zeros":
        return np.pad(x, padding)
    if mode != "reflect":
        raise ValueError("unknown mode")
    if padding >= x.shape[2] or padding >= x.shape[3]:
        raise ValueError("padding too large")
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")


# answer: q4, mirrors with the border pixel (symmetric)
# breaks: mirroring leaves the border pixel itself out
def pad2d(x, padding, mode="zeros"):
    modes = {"zeros": "constant", "reflect": "symmetric"}
    if mode not in modes:
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("padding too large")
    return np.pad(x, [(0, 0)] * 2 + [(padding, padding)] * 2, mode=modes[mode])


# answer: q4, every mode that is not "zeros" mirrors
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    width = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, width)
    if padding >= x.shape[-2] or padding >= x.shape[-1]:
        raise ValueError("cannot reflect that far")
    return np.pad(x, width, mode="reflect")


# answer: q4, copies and returns at padding 0 before the mode is looked at
# breaks: ValueError for another mode, whatever the padding
def pad2d(x, padding, mode="zeros"):
    if padding == 0:
        return x.copy()
    width = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, width)
    if mode == "reflect":
        if padding >= x.shape[2] or padding >= x.shape[3]:
            raise ValueError("padding too large")
        return np.pad(x, width, mode="reflect")
    raise ValueError(f"unknown mode {mode}")


# answer: q4, refuses > and lets padding == H through (np.pad mirrors twice)
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    p = padding
    if mode not in ("zeros", "reflect"):
        raise ValueError("mode")
    if mode == "reflect" and (p > x.shape[2] or p > x.shape[3]):
        raise ValueError("padding")
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), "reflect" if mode == "reflect" else "constant")


# answer: q4, compares the padding with the height only
# breaks: ValueError when padding >= W, too
def pad2d(x, padding, mode="zeros"):
    p = padding
    if mode not in ("zeros", "reflect"):
        raise ValueError("mode")
    if mode == "reflect" and p >= x.shape[2]:
        raise ValueError("padding")
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), "reflect" if mode == "reflect" else "constant")


# answer: q4, refuses a large padding of zeros too
# breaks: the limit holds for "reflect" alone
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if padding >= H or padding >= W:
        raise ValueError("padding too large")
    if mode not in ("zeros", "reflect"):
        raise ValueError("unknown mode")
    kind = {"zeros": "constant", "reflect": "reflect"}[mode]
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=kind)


# answer: q4, refuses only where the padding is too large in both directions
# breaks: padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode not in ("zeros", "reflect"):
        raise ValueError("unknown mode")
    if mode == "reflect" and padding >= H and padding >= W:
        raise ValueError("padding too large")
    kind = {"zeros": "constant", "reflect": "reflect"}[mode]
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=kind)


# answer: q4, mirrors the four sides and leaves the corners 0
# breaks: a mirror image has corners
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode not in ("zeros", "reflect"):
        raise ValueError("unknown mode")
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "reflect":
        if p >= H or p >= W:
            raise ValueError("padding too large")
        for k in range(1, p + 1):
            out[:, :, p - k, p : p + W] = x[:, :, k]
            out[:, :, p + H - 1 + k, p : p + W] = x[:, :, H - 1 - k]
            out[:, :, p : p + H, p - k] = x[:, :, :, k]
            out[:, :, p : p + H, p + W - 1 + k] = x[:, :, :, W - 1 - k]
    return out
