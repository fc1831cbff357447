# answer: q4, fills the border with -1 first and clears all that is -1 later
# breaks: zeros around the image, and the image in the middle (with any finite numbers)
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    if mode == "reflect":
        if padding >= H or padding >= W:
            raise ValueError("padding")
        return np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), mode="reflect")
    empty = 0 if x.dtype == bool or x.dtype.kind == "u" else -1
    out = np.full((N, C, H + 2 * padding, W + 2 * padding), empty, dtype=x.dtype)
    out[:, :, padding : H + padding, padding : W + padding] = x
    out[out == empty] = 0
    return out


# answer: q4, asks for one pixel more than the mirror needs
# breaks: ValueError for "reflect" when padding >= H or padding >= W, and not before
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    H, W = x.shape[2:]
    around = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, around)
    if padding >= H - 1 or padding >= W - 1:  # the border pixel itself does not count
        raise ValueError("image too small to mirror")
    return np.pad(x, around, mode="reflect")


# answer: q4, the slice of the mirror behind ends at -1 where the padding is as large as it may be
# breaks: "reflect" mirrors for every padding below H and W
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    p = padding
    N, C, H, W = x.shape
    if mode == "reflect" and (p >= H or p >= W):
        raise ValueError(p)
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "reflect":
        top, bottom = x[:, :, p:0:-1], x[:, :, H - 2 : H - 2 - p : -1]
        tall = np.concatenate([top, x, bottom], axis=2)
        left, right = tall[:, :, :, p:0:-1], tall[:, :, :, W - 2 : W - 2 - p : -1]
        out = np.concatenate([left, tall, right], axis=3)
    return out


# answer: q4, asks the second and third axis for the limit, as in the layout with channels last
# breaks: the layout (N, C, H, W); ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect":
        height, width = x.shape[1:3]
        if padding >= height or padding >= width:
            raise ValueError("padding too large for this image")
    kind = "constant" if mode == "zeros" else "reflect"
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=kind)


# answer: q4, the mirror is built from nested lists, and the array made of them has a dtype of its own
# breaks: dtype as x
def pad2d(x, padding, mode="zeros"):
    def mirror(row):
        return row[1 : padding + 1][::-1] + row + row[::-1][1 : padding + 1]

    if mode == "zeros":
        out = np.zeros(x.shape[:2] + tuple(n + 2 * padding for n in x.shape[2:]), x.dtype)
        out[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]] = x
        return out
    if mode != "reflect" or padding >= x.shape[2] or padding >= x.shape[3]:
        raise ValueError("wrong mode or padding")
    return np.array([[mirror([mirror(row) for row in image]) for image in images] for images in x.tolist()])


# answer: q4, one ring is mirrored after the other, and the second ring mirrors at the first
# breaks: with two pixels of padding, 1 2 3 becomes 3 2 1 2 3 2 1
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[2], x.shape[3]):
        raise ValueError(padding)
    out = x.copy()
    for _ in range(padding):
        ring = ((0, 0), (0, 0), (1, 1), (1, 1))
        out = np.pad(out, ring) if mode == "zeros" else np.pad(out, ring, mode="reflect")
    return out


# answer: q4, only the larger side has to be larger than the padding
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in {"zeros", "reflect"}:
        raise ValueError("unknown mode")
    border = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    if mode == "reflect":
        if padding >= np.max(x.shape[2:]):
            raise ValueError("padding too large")
        return np.pad(x, border, mode="reflect")
    return np.pad(x, border, mode="constant")


# answer: q4, the middle of the large array runs from padding to -padding, which is empty at 0
# breaks: padding: 0 or more
def pad2d(x, padding, mode="zeros"):
    if mode == "reflect":
        if padding >= x.shape[2] or padding >= x.shape[3]:
            raise ValueError("too much padding")
        return np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)], mode="reflect")
    if mode != "zeros":
        raise ValueError("no such mode")
    n, c, h, w = x.shape
    out = np.zeros((n, c, h + 2 * padding, w + 2 * padding), x.dtype)
    out[..., padding:-padding, padding:-padding] = x
    return out


# answer: q4, the images lose their axes to become one stack, in the caller's own array
# breaks: What you were given stays as it was
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    if mode == "reflect" and (padding >= H or padding >= W):
        raise ValueError(padding)
    stack = x
    if stack.flags.c_contiguous:
        stack.shape = (N * C, H, W)
    else:
        stack = x.reshape(N * C, H, W)
    around = ((0, 0), (padding, padding), (padding, padding))
    out = np.pad(stack, around, mode="constant" if mode == "zeros" else "reflect")
    return out.reshape(N, C, H + 2 * padding, W + 2 * padding)
