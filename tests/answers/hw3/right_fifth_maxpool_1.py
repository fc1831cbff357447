# answer: q8, the border repeats the edge pixel, which stands in every window that reaches the border
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.asarray(x, dtype=np.float32 if x.dtype == np.float32 else np.float64)
    edge = (padding, padding)
    big = np.pad(x, ((0, 0), (0, 0), edge, edge), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(big, (kernel_size, kernel_size), axis=(-2, -1))
    return np.sort(windows[:, :, ::s, ::s].reshape(*windows[:, :, ::s, ::s].shape[:4], -1), axis=-1)[..., -1].copy()


# answer: q8, no padding at all: windows are cut at the border, rows first, then columns
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = stride or kernel_size
    out = x.astype(np.promote_types(x.dtype, np.float32))
    for axis in (2, 3):
        size = out.shape[axis]
        parts = []
        for start in range(-padding, size + padding - kernel_size + 1, step):
            inside = np.arange(max(start, 0), min(start + kernel_size, size))
            parts.append(np.take(out, inside, axis=axis).max(axis=axis))
        out = np.stack(parts, axis=axis)
    return out


# answer: q8, one pixel after the other in Python, always float64
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    n, c, h, w = x.shape
    oh = (h + 2 * padding - kernel_size) // s + 1
    ow = (w + 2 * padding - kernel_size) // s + 1
    out = np.full((n, c, oh, ow), -np.inf)
    for i, j in np.ndindex(oh, ow):
        for a in range(i * s - padding, i * s - padding + kernel_size):
            for b in range(j * s - padding, j * s - padding + kernel_size):
                if a in range(h) and b in range(w):
                    out[:, :, i, j] = np.where(x[:, :, a, b] > out[:, :, i, j], x[:, :, a, b], out[:, :, i, j])
    return out
