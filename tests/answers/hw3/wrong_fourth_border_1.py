# answer: q4, pads all four axes
# breaks: a border around height and width only
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("padding too large")
    return np.pad(x, padding, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, the mirror stands on the border pixel
# breaks: "reflect" without repeating the border pixel
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("padding too large")
    pads = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, pads, mode={"zeros": "constant", "reflect": "symmetric"}[mode])


# answer: q4, padding 0 gives x itself back
# breaks: no function returns what it is given
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if padding == 0:
        return x
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("padding too large")
    pads = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, pads, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, padding 0 returns a copy before the mode is looked at
# breaks: ValueError for another mode, at padding 0 too
def pad2d(x, padding, mode="zeros"):
    if padding == 0:
        return x.copy()
    pads = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, pads)
    if mode == "reflect":
        if padding >= x.shape[2] or padding >= x.shape[3]:
            raise ValueError("padding too large")
        return np.pad(x, pads, mode="reflect")
    raise ValueError(f"no such mode: {mode}")


# answer: q4, leaves the refusal to np.pad, which mirrors again and again
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    pads = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, pads, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, refuses only padding larger than the image
# breaks: ValueError for "reflect" when padding equals H or W
def pad2d(x, padding, mode="zeros"):
    pads = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    if mode == "zeros":
        return np.pad(x, pads)
    if mode != "reflect" or padding > x.shape[2] or padding > x.shape[3]:
        raise ValueError("not possible")
    return np.pad(x, pads, mode="reflect")


# answer: q4, needs both sides to be too short
# breaks: ValueError when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    pads = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    if mode == "zeros":
        return np.pad(x, pads)
    if mode != "reflect" or padding >= max(x.shape[2:]):
        raise ValueError("not possible")
    return np.pad(x, pads, mode="reflect")


# answer: q4, refuses large padding in both modes
# breaks: ValueError for large padding belongs to "reflect" alone
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect") or padding >= x.shape[2] or padding >= x.shape[3]:
        raise ValueError("not possible")
    pads = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, pads, mode="constant" if mode == "zeros" else mode)


# answer: q4, zeros without a dtype
# breaks: dtype as x
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
        out[:, :, padding : padding + H, padding : padding + W] = x
        return out
    if mode != "reflect" or padding >= H or padding >= W:
        raise ValueError("not possible")
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")


# answer: q4, the mirror is built by a sum that turns bool into whole numbers
# breaks: dtype as x, bool too
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and (padding >= H or padding >= W):
        raise ValueError("padding too large")
    pads = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if x.dtype == bool:
        x = x + 0
    return np.pad(x, pads, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, the middle is padding:-padding
# breaks: padding 0 or more
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(H, W):
        raise ValueError("padding too large")
    out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
    out[:, :, padding:-padding, padding:-padding] = x
    if mode == "reflect":
        out = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")
    return out


# answer: q4, mirrors the four sides and leaves the corners 0
# breaks: "reflect": the corners are mirrored too
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode not in ("zeros", "reflect") or (mode == "reflect" and p >= min(H, W)):
        raise ValueError("not possible")
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "reflect":
        for k in range(1, p + 1):
            out[:, :, p - k, p : p + W] = x[:, :, k]
            out[:, :, p + H - 1 + k, p : p + W] = x[:, :, H - 1 - k]
            out[:, :, p : p + H, p - k] = x[:, :, :, k]
            out[:, :, p : p + H, p + W - 1 + k] = x[:, :, :, W - 1 - k]
    return out


# answer: q4, the mirror is right before the first pixel and one off after the last
# breaks: "reflect" without repeating the border pixel, on all four sides
def pad2d(x, padding, mode="zeros"):
    H, W = x.shape[2:]
    if mode == "zeros":
        return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    if mode != "reflect" or padding >= H or padding >= W:
        raise ValueError("not possible")

    def places(n):
        at = np.abs(np.arange(-padding, n + padding))
        return np.where(at >= n, 2 * n - 1 - at, at)

    return x[:, :, places(H)][..., places(W)]


# answer: q4, hands any other mode on to np.pad
# breaks: ValueError for another mode ("edge" and "wrap" are modes of np.pad)
def pad2d(x, padding, mode="zeros"):
    pads = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, pads)
    if mode == "reflect" and (padding >= x.shape[2] or padding >= x.shape[3]):
        raise ValueError("padding too large")
    return np.pad(x, pads, mode=mode)


# answer: q4, the refusal looks at all four axes
# breaks: "reflect" is refused when padding >= H or padding >= W, not for few images or channels
def pad2d(x, padding, mode="zeros"):
    pads = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, pads)
    if mode != "reflect" or any(padding >= n for n in x.shape):
        raise ValueError("not possible")
    return np.pad(x, pads, mode="reflect")


# answer: q4, another mode ends in a KeyError
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    numpy_mode = {"zeros": "constant", "reflect": "reflect"}[mode]
    if mode == "reflect" and padding >= min(x.shape[-2:]):
        raise ValueError("padding too large")
    return np.pad(x, [(0, 0)] * 2 + [(padding, padding)] * 2, mode=numpy_mode)


# answer: q4, thinks that the channels stand last
# breaks: layout (N, C, H, W): height and width are the last two axes
def pad2d(x, padding, mode="zeros"):
    pads = ((0, 0), (padding, padding), (padding, padding), (0, 0))
    if mode == "zeros":
        return np.pad(x, pads)
    if mode != "reflect" or padding >= x.shape[1] or padding >= x.shape[2]:
        raise ValueError("not possible")
    return np.pad(x, pads, mode="reflect")
