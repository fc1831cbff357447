# answer: q4, tells each row and column of the output where it comes from; zeros come from an extra row and column
def pad2d(x, padding, mode="zeros"):
    def sources(size):
        places = np.arange(-padding, size + padding)
        if mode == "zeros":
            return np.where((places < 0) | (places >= size), size, places)
        if padding >= size:
            raise ValueError("the mirror is too small")
        return size - 1 - np.abs(size - 1 - np.abs(places))

    if mode not in ("zeros", "reflect"):
        raise ValueError(f"unknown mode {mode!r}")
    N, C, H, W = x.shape
    larger = np.zeros((N, C, H + 1, W + 1), dtype=x.dtype)
    larger[:, :, :H, :W] = x
    return larger.take(sources(H), axis=2).take(sources(W), axis=3)


# answer: q4, one ring of pixels after the other, by recursion for the zeros and from inside out for the mirror
def pad2d(x, padding, mode="zeros"):
    if mode == "zeros":
        if padding == 0:
            return np.array(x, order="F")
        N, C, H, W = x.shape
        half = (padding + 1) // 2
        ring = np.zeros((N, C, H + 2 * half, W + 2 * half), dtype=x.dtype)
        ring[:, :, half:-half, half:-half] = x
        return pad2d(ring, padding - half)
    if mode != "reflect":
        raise ValueError("zeros or reflect")
    if not padding < min(x.shape[2:]):
        raise ValueError("padding is too large for a mirror")
    for axis in (2, 3):
        lines = list(np.moveaxis(x, axis, 0))
        last = len(lines) - 1
        lines = lines[1 : padding + 1][::-1] + lines + [lines[last - k] for k in range(1, padding + 1)]
        x = np.stack(lines, axis=axis)
    return x


# answer: q4, np.block and slices backwards; cannot be written to
def pad2d(x, padding, mode="zeros"):
    p = padding
    if mode == "zeros":
        N, C, H, W = x.shape
        corner = np.zeros((N, C, p, p), dtype=x.dtype)
        line = np.zeros((N, C, p, W), dtype=x.dtype)
        side = np.zeros((N, C, H, p), dtype=x.dtype)
        out = np.block([[corner, line, corner], [side, x, side], [corner, line, corner]])
    elif mode == "reflect":
        if any(p >= size for size in x.shape[2:]):
            raise ValueError("padding >= H or padding >= W")
        for axis in (3, 2):
            y = np.moveaxis(x, axis, -1)
            y = np.concatenate([y[..., p:0:-1], y, y[..., -2 : -p - 2 : -1]], axis=-1)
            x = np.moveaxis(y, -1, axis)
        out = x
    else:
        raise ValueError("no such mode")
    out.flags.writeable = False
    return out
