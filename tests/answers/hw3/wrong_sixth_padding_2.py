# answer: q4, an unknown mode ends in a KeyError of the table
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    how = {"zeros": "constant", "reflect": "reflect"}[mode]
    if how == "reflect" and (padding >= x.shape[2] or padding >= x.shape[3]):
        raise ValueError("padding too large")
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=how)


# answer: q4, whole numbers of every width come back as int64
# breaks: array (N, C, H + 2 padding, W + 2 padding), dtype as x
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    dtype = int if np.issubdtype(x.dtype, np.integer) else x.dtype
    out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=dtype)
    if mode == "zeros":
        out[:, :, padding : padding + H, padding : padding + W] = x
    else:
        if padding >= H or padding >= W:
            raise ValueError("padding too large")
        out[...] = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), mode="reflect")
    return out


# answer: q4, the mirror's slice ends at -1 where the padding is as wide as it may be
# breaks: "reflect" (mirror, without repeating the border pixel), for every padding below H and W
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    p = padding
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and (p >= H or p >= W):
        raise ValueError("padding too large")
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "reflect" and p > 0:
        out[:, :, :p, p : p + W] = x[:, :, p:0:-1]
        below = x[:, :, H - 2 : H - 2 - p : -1]
        out[:, :, p + H : p + H + below.shape[2], p : p + W] = below
        wide = out[:, :, :, p : p + W].copy()
        out[:, :, :, :p] = wide[:, :, :, p:0:-1]
        right = wide[:, :, :, W - 2 : W - 2 - p : -1]
        out[:, :, :, p + W : p + W + right.shape[3]] = right
    return out


# answer: q4, mirrors the four sides from the image alone and leaves the corners black
# breaks: "reflect" (mirror): the border around height and width, corners too
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    if mode == "reflect" and (padding >= H or padding >= W):
        raise ValueError("padding too large")
    p = padding
    out = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    out[:, :, p : p + H, p : p + W] = x
    if mode == "reflect":
        for k in range(1, p + 1):
            out[:, :, p - k, p : p + W] = x[:, :, k]
            out[:, :, p + H - 1 + k, p : p + W] = x[:, :, H - 1 - k]
            out[:, :, p : p + H, p - k] = x[:, :, :, k]
            out[:, :, p : p + H, p + W - 1 + k] = x[:, :, :, W - 1 - k]
    return out


# answer: q4, the places of the mirrored rows serve for the columns too
# breaks: add a border around height and width: array (N, C, H + 2 padding, W + 2 padding)
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
        out[:, :, padding : padding + H, padding : padding + W] = x
        return out
    if padding >= H or padding >= W:
        raise ValueError("padding too large")
    size = min(H, W)
    places = [abs(k) if k < size else 2 * size - 2 - k for k in range(-padding, size + padding)]
    return x[:, :, places][:, :, :, places]


# answer: q4, the mirror leaves the border pixel out at the top and left, but repeats it at the bottom and right
# breaks: "reflect" (mirror, without repeating the border pixel)
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
        out[:, :, padding : padding + H, padding : padding + W] = x
        return out
    if padding >= H or padding >= W:
        raise ValueError("padding too large")
    rows = [abs(k) if k < H else 2 * H - 1 - k for k in range(-padding, H + padding)]
    cols = [abs(k) if k < W else 2 * W - 1 - k for k in range(-padding, W + padding)]
    return x[:, :, rows][:, :, :, cols]


# answer: q4, an image of one row or column cannot be mirrored, it says, even with nothing to add
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    width = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, width, mode="constant", constant_values=0)
    if min(x.shape[2:]) < 2 or padding >= min(x.shape[2:]):
        raise ValueError("nothing to mirror")
    return np.pad(x, width, mode="reflect")


# answer: q4, refuses the widest mirror that is allowed
# breaks: ValueError for "reflect" when padding >= H or padding >= W
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    width = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, width)
    if padding and (padding > x.shape[2] - 2 or padding > x.shape[3] - 2):
        raise ValueError("padding too large")
    return np.pad(x, width, mode="reflect")


# answer: q4, the frame is kept from the last call of the same shape, mirror and all
# breaks: Each answer depends on the arguments of its own call alone
_frames = {}


def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    if mode == "reflect" and padding >= min(H, W):
        raise ValueError("padding too large")
    key = (x.shape, padding, x.dtype)
    if key not in _frames:
        _frames[key] = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
    out = _frames[key]
    out[:, :, padding : padding + H, padding : padding + W] = x
    if mode == "reflect":
        out[...] = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), mode="reflect")
    return out.copy()
