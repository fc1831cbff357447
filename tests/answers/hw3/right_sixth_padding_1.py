# answer: q4, one table of places for each axis, from a wave that goes up and down
def pad2d(x, padding, mode="zeros"):
    if mode == "zeros":
        out = np.zeros_like(x, shape=x.shape[:2] + tuple(n + 2 * padding for n in x.shape[2:]))
        N, C, H, W = x.shape
        np.copyto(out[:, :, padding : padding + H, padding : padding + W], x)
        return out
    if mode != "reflect" or padding >= min(x.shape[2:]):
        raise ValueError("cannot pad so")

    def places(n):
        return n - 1 - np.abs(np.arange(-padding, n + padding).__abs__() - (n - 1))

    return x.take(places(x.shape[2]), axis=2).take(places(x.shape[3]), axis=3)


# answer: q4, glues the border on, axis by axis
def pad2d(x, padding, mode="zeros"):
    if mode not in {"zeros", "reflect"}:
        raise ValueError(f"{mode} is no mode")
    if mode == "reflect" and not (padding < x.shape[2] and padding < x.shape[3]):
        raise ValueError("the mirror does not reach so far")
    out = x.copy()
    for axis in (2, 3):
        out = np.moveaxis(out, axis, 0)
        if mode == "zeros":
            first = last = np.zeros((padding,) + out.shape[1:], dtype=x.dtype)
        else:
            first, last = out[1 : padding + 1][::-1], out[len(out) - 1 - padding : len(out) - 1][::-1]
        out = np.moveaxis(np.concatenate([first, out, last]), 0, axis)
    return out


# answer: q4, fills the border line by line in the large array, each line from the one across the mirror
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    if mode == "reflect" and padding >= min(H, W):
        raise ValueError(padding)
    out = np.zeros((H + 2 * padding, W + 2 * padding, N, C), dtype=x.dtype)
    top, bottom, left, right = padding, padding + H - 1, padding, padding + W - 1
    out[top : bottom + 1, left : right + 1] = x.transpose(2, 3, 0, 1)
    for k in range(1, padding + 1 if mode == "reflect" else 1):
        out[top - k], out[bottom + k] = out[top + k], out[bottom - k]
    for k in range(1, padding + 1 if mode == "reflect" else 1):
        out[:, left - k], out[:, right + k] = out[:, left + k], out[:, right - k]
    return out.transpose(2, 3, 0, 1)
