# answer: q4, returns at padding 0 before it looks at the mode
# breaks: ValueError for another mode, at padding 0 too
def pad2d(x, padding, mode="zeros"):
    if padding == 0:
        return x.copy()
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, sides)
    if mode == "reflect":
        if padding >= min(x.shape[2:]):
            raise ValueError("padding too large")
        return np.pad(x, sides, mode="reflect")
    raise ValueError(f"unknown mode {mode}")


# answer: q4, hands x itself back at padding 0
# breaks: What you return is new: no input, no view of an input
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and (padding >= x.shape[2] or padding >= x.shape[3]):
        raise ValueError("padding too large")
    if not padding:
        return x
    sides = [(0, 0)] * 2 + [(padding, padding)] * 2
    return np.pad(x, sides, mode="reflect" if mode == "reflect" else "constant")


# answer: q4, compares the padding of a mirror with the height only
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError("mode must be zeros or reflect")
    N, C, H, W = x.shape
    if mode == "reflect" and padding >= H:
        raise ValueError("padding too large")
    names = {"zeros": "constant", "reflect": "reflect"}
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=names[mode])


# answer: q4, lets a padding as large as the image pass
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "reflect":
        if max(padding / x.shape[-2], padding / x.shape[-1]) > 1:
            raise ValueError("padding must not be larger than the image")
        return np.pad(x, sides, "reflect")
    if mode == "zeros":
        return np.pad(x, sides, "constant")
    raise ValueError(mode)


# answer: q4, asks of every mode that the padding is smaller than the image
# breaks: ValueError for "reflect" when padding >= H or padding >= W (for "zeros" any padding is allowed)
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    if padding >= H or padding >= W:
        raise ValueError("padding too large")
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
        out[:, :, padding : padding + H, padding : padding + W] = x
        return out
    rows = np.pad(np.arange(H), padding, mode="reflect")
    cols = np.pad(np.arange(W), padding, mode="reflect")
    return x[:, :, rows[:, None], cols]


# answer: q4, refuses to mirror a single row or column, at padding 0 too
# breaks: ValueError for "reflect" when padding >= H or padding >= W (0 is below 1)
def pad2d(x, padding, mode="zeros"):
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, sides)
    if mode != "reflect":
        raise ValueError("unknown mode")
    H, W = x.shape[2:]
    if H < 2 or W < 2 or padding > H - 1 or padding > W - 1:
        raise ValueError("nothing to mirror")
    return np.pad(x, sides, mode="reflect")


# answer: q4, mirrors the four sides and leaves zeros in the corners
# breaks: "reflect" (mirror, without repeating the border pixel), on all four sides, corners included
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    p = padding
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "reflect":
        if p >= H or p >= W:
            raise ValueError("too much padding")
        for r in range(1, p + 1):
            out[:, :, p - r, p : p + W] = x[:, :, r]
            out[:, :, p + H - 1 + r, p : p + W] = x[:, :, H - 1 - r]
            out[:, :, p : p + H, p - r] = x[:, :, :, r]
            out[:, :, p : p + H, p + W - 1 + r] = x[:, :, :, W - 1 - r]
    return out


# answer: q4, the slice of the lower mirror ends at -1 where the padding is the largest allowed
# breaks: ValueError for "reflect" when padding >= H or padding >= W (padding H - 1 is allowed)
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode == "zeros":
        return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    if mode != "reflect" or p >= H or p >= W:
        raise ValueError("wrong mode or too much padding")
    tall = np.concatenate([x[:, :, p:0:-1], x, x[:, :, H - 2 : H - 2 - p : -1]], axis=2)
    wide = [tall[..., p:0:-1], tall, tall[..., W - 2 : W - 2 - p : -1]]
    return np.concatenate(wide, axis=3)


# answer: q4, writes x into the middle with a slice up to -padding, which is empty at padding 0
# breaks: padding: pixels added on each of the four sides, 0 or more
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "reflect":
        if padding >= H or padding >= W:
            raise ValueError("too much padding")
        return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), "reflect")
    if mode != "zeros":
        raise ValueError("unknown mode")
    out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
    out[:, :, padding:-padding, padding:-padding] = x
    return out
