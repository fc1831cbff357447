"""Wrong answers to padding. Text for tools/try_answers.py; nobody imports it."""

# answer: q4, pads all four axes
# breaks: array (N, C, H + 2 padding, W + 2 padding)
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("too much")
    return np.pad(x, padding, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, the mirror repeats the border pixel
# breaks: mirror, without repeating the border pixel
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("too much")
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "symmetric")


# answer: q4, the border pixel goes on and on
# breaks: mirror, without repeating the border pixel
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("too much")
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "edge")


# answer: q4, any mode but reflect means zeros
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "reflect":
        if padding >= x.shape[2] or padding >= x.shape[3]:
            raise ValueError
        return np.pad(x, frame, mode="reflect")
    return np.pad(x, frame)


# answer: q4, any mode but zeros means reflect
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, frame)
    if padding >= x.shape[2] or padding >= x.shape[3]:
        raise ValueError
    return np.pad(x, frame, mode="reflect")


# answer: q4, hands the mode to NumPy, which knows "edge" and "wrap" too
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode={"zeros": "constant"}.get(mode, mode))


# answer: q4, lets NumPy mirror again and again where the padding is too large
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, refuses a mirror larger than the image, but not one just as large
# breaks: ValueError for "reflect" when padding >= H
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding > min(x.shape[2:]):
        raise ValueError
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, compares with the height alone
# breaks: ValueError for "reflect" when padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= x.shape[2]:
        raise ValueError
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, compares with the width alone
# breaks: ValueError for "reflect" when padding >= H
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= x.shape[3]:
        raise ValueError
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, refuses only where the padding exceeds both sides
# breaks: padding >= H *or* padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= max(x.shape[2:]):
        raise ValueError
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, refuses a large padding with zeros too
# breaks: raises for "reflect" only
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect") or padding >= min(x.shape[2:]):
        raise ValueError(mode)
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, refuses a mirror one pixel too early
# breaks: padding H - 1 is allowed
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2:]) - 1 and padding > 0:
        raise ValueError
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, zeros are always float64
# breaks: dtype as x
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
        out[:, :, padding : padding + H, padding : padding + W] = x
        return out
    if mode != "reflect" or padding >= H or padding >= W:
        raise ValueError
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")


# answer: q4, integers become floats, float32 stays
# breaks: dtype as x
def pad2d(x, padding, mode="zeros"):
    if not np.issubdtype(x.dtype, np.floating):
        x = x.astype(float)
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, the mirror is always float64
# breaks: dtype as x
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, frame)
    if mode != "reflect":
        raise ValueError(mode)
    if padding >= H or padding >= W:
        raise ValueError(padding)
    rows = np.abs(np.arange(-padding, H + padding))
    rows = np.where(rows >= H, 2 * (H - 1) - rows, rows)
    columns = np.abs(np.arange(-padding, W + padding))
    columns = np.where(columns >= W, 2 * (W - 1) - columns, columns)
    out = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    out[:] = x[:, :, rows][:, :, :, columns]
    return out


# answer: q4, KeyError for an unknown mode
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    how = {"zeros": "constant", "reflect": "reflect"}[mode]
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=how)


# answer: q4, None for an unknown mode
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, frame)
    elif mode == "reflect":
        if padding >= min(x.shape[2:]):
            raise ValueError
        return np.pad(x, frame, mode="reflect")


# answer: q4, NotImplementedError for an unknown mode
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, frame)
    if mode == "reflect" and padding < min(x.shape[2:]):
        return np.pad(x, frame, mode="reflect")
    if mode == "reflect":
        raise ValueError
    raise NotImplementedError(mode)
