"""Wrong answers to padding: what stands where. Text for tools/try_answers.py; nobody imports it."""

# answer: q4, the strip beside the border is not turned round: right for one pixel only
# breaks: left of column 0 stands column 1, then column 2
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "zeros":
        return out
    if mode != "reflect" or p >= H or p >= W:
        raise ValueError
    out[:, :, :p, p : p + W] = x[:, :, 1 : p + 1]
    out[:, :, p + H :, p : p + W] = x[:, :, H - 1 - p : H - 1]
    out[:, :, :, :p] = out[:, :, :, p + 1 : 2 * p + 1]
    out[:, :, :, p + W :] = out[:, :, :, W - 1 : p + W - 1]
    return out


# answer: q4, the corners of the mirror stay zero
# breaks: mirror along height and width
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "zeros":
        return out
    if mode != "reflect" or p >= H or p >= W:
        raise ValueError
    for k in range(1, p + 1):
        out[:, :, p - k, p : p + W] = x[:, :, k]
        out[:, :, p + H - 1 + k, p : p + W] = x[:, :, H - 1 - k]
        out[:, :, p : p + H, p - k] = x[:, :, :, k]
        out[:, :, p : p + H, p + W - 1 + k] = x[:, :, :, W - 1 - k]
    return out


# answer: q4, the mirror at the right and bottom stands one pixel off
# breaks: mirror, without repeating the border pixel
def pad2d(x, padding, mode="zeros"):
    if mode == "zeros":
        return np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    if mode != "reflect" or padding >= min(x.shape[2:]):
        raise ValueError
    out = np.pad(x, ((0, 0), (0, 0), (padding, 0), (padding, 0)), mode="reflect")
    return np.pad(out, ((0, 0), (0, 0), (0, padding), (0, padding)), mode="symmetric")


# answer: q4, the mirror on all sides is the other side of the image
# breaks: mirror
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError
    return np.pad(
        x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), "constant" if mode == "zeros" else "wrap"
    )


# answer: q4, the mirror pads the width alone, zeros above and below
# breaks: mirror around height and width
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError
    p = padding
    if mode == "reflect":
        if p >= min(x.shape[2:]):
            raise ValueError
        x = np.pad(x, ((0, 0), (0, 0), (0, 0), (p, p)), mode="reflect")
        return np.pad(x, ((0, 0), (0, 0), (p, p), (0, 0)))
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))


# answer: q4, fills the first image alone
# breaks: a batch of N images
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(H, W)):
        raise ValueError
    out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), x.dtype)
    for c in range(C):
        out[0, c] = np.pad(x[0, c], padding, mode="constant" if mode == "zeros" else "reflect")
    return out


# answer: q4, fills the first channel alone
# breaks: C channels
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(H, W)):
        raise ValueError
    out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), x.dtype)
    for n in range(N):
        out[n, 0] = np.pad(x[n, 0], padding, mode="constant" if mode == "zeros" else "reflect")
    return out


# answer: q4, every channel gets the first channel's pixels in the mirror
# breaks: each channel has its own mirror
def pad2d(x, padding, mode="zeros"):
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, frame)
    if mode != "reflect" or padding >= min(x.shape[2:]):
        raise ValueError
    return np.repeat(np.pad(x[:, :1], frame, mode="reflect"), x.shape[1], axis=1)


# answer: q4, all of the border at the top and left
# breaks: pixels added on each of the four sides
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(x.shape[2:])):
        raise ValueError
    frame = ((0, 0), (0, 0), (2 * padding, 0), (2 * padding, 0))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, one pixel, whatever the padding is
# breaks: padding pixels added
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(x.shape[2:])):
        raise ValueError
    p = 1 if padding else 0
    return np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), mode="constant" if mode == "zeros" else "reflect")


# answer: q4, height and width exchanged in the large array
# breaks: array (N, C, H + 2 padding, W + 2 padding)
def pad2d(x, padding, mode="zeros"):
    if mode == "zeros":
        N, C, W, H = x.shape
        out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), x.dtype)
        out[:, :, padding : padding + H, padding : padding + W] = x.swapaxes(2, 3)
        return out
    if mode != "reflect" or padding >= min(x.shape[2:]):
        raise ValueError
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")


# answer: q4, x[-p:] with p = 0 is everything: fails without padding
# breaks: padding 0 adds nothing
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(H, W)):
        raise ValueError
    out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), x.dtype)
    out[:, :, padding:-padding, padding:-padding] = x
    if mode == "reflect":
        return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")
    return out


# answer: q4, mirrors by default
# breaks: mode="zeros"
def pad2d(x, padding, mode="reflect"):
    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(x.shape[2:])):
        raise ValueError
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, the frame is minus 999
# breaks: zeros
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(x.shape[2:])):
        raise ValueError
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, frame, constant_values=-999)
    return np.pad(x, frame, mode="reflect")


# answer: q4, sets the border of the caller's image to zero before it copies
# breaks: x is changed and its border pixels are lost
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(x.shape[2:])):
        raise ValueError
    if mode == "zeros" and padding:
        x[:, :, 0] = x[:, :, -1] = 0
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect")


# answer: q4, mirrors one pixel at a time: from the second on, the mirror stands on the wrong pixel
# breaks: padding pixels added
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect") or (mode == "reflect" and padding >= min(x.shape[2:])):
        raise ValueError
    if padding == 0:
        return x.copy()
    frame = ((0, 0), (0, 0), (1, 1), (1, 1))
    return pad2d(np.pad(x, frame, mode="constant" if mode == "zeros" else "reflect"), padding - 1, mode)
