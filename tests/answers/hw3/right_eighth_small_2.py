# answer: q11, prefix sums and products, with nothing but whole arrays
def receptive_field(layers):
    table = np.array(layers, dtype=np.int64).reshape(-1, 2)
    jumps = np.cumprod(np.insert(table[:, 1], 0, 1))
    sizes = np.cumsum((table[:, 0] - 1) * jumps[:-1]) + 1
    return list(zip(sizes, jumps[1:]))


# answer: q4, a view of a large empty canvas is written through strides, mirrored row by row
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    N, C, H, W = x.shape
    p = padding
    if mode == "reflect" and (p >= H or p >= W):
        raise ValueError(p)
    canvas = np.zeros((N, C, H + 2 * p, W + 2 * p), dtype=x.dtype)
    step = canvas.strides
    inner = np.ndarray(x.shape, x.dtype, canvas, offset=p * (step[2] + step[3]), strides=step)
    inner[...] = x
    if mode == "reflect":
        for i in range(1, p + 1):  # columns of the image first, then whole rows
            canvas[:, :, :, p - i] = canvas[:, :, :, p + i]
            canvas[:, :, :, p + W - 1 + i] = canvas[:, :, :, p + W - 1 - i]
        for i in range(1, p + 1):
            canvas[:, :, p - i] = canvas[:, :, p + i]
            canvas[:, :, p + H - 1 + i] = canvas[:, :, p + H - 1 - i]
    return canvas
