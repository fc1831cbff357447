# answer: q4, moves the pixels with matrices of zeros and ones, in float64
# breaks: In q4, q6 and q8, which only move and compare numbers, they may be any that are finite. (int64 beyond 2**53)
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    H, W = x.shape[2:]
    if mode == "reflect" and padding >= min(H, W):
        raise ValueError("padding too large")

    def mover(n):
        if mode == "reflect":
            return np.eye(n)[np.pad(np.arange(n), padding, mode="reflect")]
        return np.eye(n + 2 * padding, n, -padding)

    moved = np.einsum("pi,ncij,qj->ncpq", mover(H), x, mover(W), optimize=True)
    return moved.astype(x.dtype)


# answer: q4, makes the frame with np.zeros in the precision that floats usually have
# breaks: array (N, C, H + 2 padding, W + 2 padding), dtype as x (float16, integers and bool)
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "zeros":
        out = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
        out[:, :, padding : H + padding, padding : W + padding] = x
        return out.astype(np.float32) if x.dtype == np.float32 else out
    if mode == "reflect" and padding < H and padding < W:
        return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode)
    raise ValueError("mode or padding not possible")


# answer: q4, translates "zeros" and hands every other mode on to np.pad
# breaks: ValueError for another mode
def pad2d(x, padding, mode="zeros"):
    if mode == "reflect" and padding >= min(x.shape[2:]):
        raise ValueError("padding too large")
    if mode == "zeros":
        mode = "constant"
    return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode=mode)


# answer: q4, takes the mode in capitals, too
# breaks: ValueError for another mode ("Zeros" and "REFLECT" are others)
def pad2d(x, padding, mode="zeros"):
    mode = mode.lower().strip()
    if mode not in {"zeros", "reflect"}:
        raise ValueError(mode)
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, sides)
    if padding >= x.shape[2] or padding >= x.shape[3]:
        raise ValueError("padding too large")
    return np.pad(x, sides, mode="reflect")


# answer: q4, keeps frames of zeros by shape and writes each new image into the old frame
# breaks: What you return is new: ... nothing that a later call writes into
_frames = {}


def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "reflect":
        if padding >= H or padding >= W:
            raise ValueError("padding too large")
        return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)), "reflect")
    if mode != "zeros":
        raise ValueError("unknown mode")
    key = (x.shape, padding, x.dtype)
    if key not in _frames:
        _frames[key] = np.zeros((N, C, H + 2 * padding, W + 2 * padding), x.dtype)
    _frames[key][:, :, padding : padding + H, padding : padding + W] = x
    return _frames[key]


# answer: q4, pads the second and third axis, as if the channels stood last
# breaks: a batch of images in the layout (N, C, H, W); only height and width get a border
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and (padding >= x.shape[2] or padding >= x.shape[3]):
        raise ValueError("padding too large")
    sides = ((0, 0), (padding, padding), (padding, padding), (0, 0))
    if mode == "reflect" and padding < x.shape[1]:
        return np.pad(x, sides, mode="reflect")
    return np.pad(x, sides)


# answer: q4, mirrors at the edge between pixels, so the border pixel stands twice
# breaks: Mirroring leaves the border pixel itself out
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and padding >= min(x.shape[-2:]):
        raise ValueError("padding too large")
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    return np.pad(x, sides, mode={"zeros": "constant", "reflect": "symmetric"}[mode])


# answer: q4, mirrors the values at the border pixel, too (np.pad with reflect_type odd)
# breaks: with two pixels of padding, `1 2 3` becomes `3 2 1 2 3 2 1`
def pad2d(x, padding, mode="zeros"):
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    if mode == "zeros":
        return np.pad(x, sides)
    if mode != "reflect" or padding >= min(x.shape[2:]):
        raise ValueError("mode or padding not possible")
    if x.dtype == bool:
        return np.pad(x, sides, mode="reflect")
    return np.pad(x, sides, mode="reflect", reflect_type="odd")


# answer: q4, works the mirrored rows out and uses them as columns, too, cut to the width
# breaks: "reflect" (mirror ...) around height and width, for images that are wider than high or higher than wide
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "zeros":
        return np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    if mode != "reflect" or padding >= H or padding >= W:
        raise ValueError("mode or padding not possible")
    rows = np.abs(np.arange(-padding, H + padding))
    rows = np.where(rows < H, rows, 2 * (H - 1) - rows)
    cols = np.abs(np.arange(-padding, W + padding))
    cols = np.where(cols < W, cols, 2 * (H - 1) - cols)
    return x[:, :, rows][:, :, :, np.clip(cols, 0, W - 1)]
