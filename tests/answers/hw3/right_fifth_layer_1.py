# answer: q5, all windows by their places, one tensordot; float32 where no float64 came in
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("x and weight have different numbers of channels")
    given = [x, weight] if bias is None else [x, weight, bias]
    dtype = np.float64 if any(a.dtype == np.float64 for a in given) else np.float32
    xp = np.pad(x.astype(np.float64), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    starts = [
        np.arange(0, size - dilation * (k - 1), stride)
        for size, k in zip(xp.shape[2:], weight.shape[2:], strict=True)
    ]
    rows, columns = [
        s[:, None] + dilation * np.arange(k) for s, k in zip(starts, weight.shape[2:], strict=True)
    ]
    windows = xp[:, :, rows[:, None, :, None], columns[None, :, None, :]]  # (N, C, H', W', kh, kw)
    out = np.tensordot(windows, weight.astype(np.float64), axes=((1, 4, 5), (1, 2, 3)))
    if bias is not None:
        out += bias
    return np.moveaxis(out, -1, 1).astype(dtype)


# answer: q5, matrices that pick rows and columns, one pair for each tap: no padding, no windows
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")

    def picks(size, taps):
        count = (size + 2 * padding - dilation * (taps - 1) - 1) // stride + 1
        read = np.arange(count)[:, None] * stride + np.arange(taps) * dilation - padding
        return (read.T[:, :, None] == np.arange(size)).astype(float)  # (taps, count, size)

    tall, broad = picks(H, kh), picks(W, kw)
    out = np.zeros((N, F, tall.shape[1], broad.shape[1]))
    for u in range(kh):
        rows = tall[u] @ x.astype(float)
        for v in range(kw):
            taken = rows @ broad[v].T
            out += (weight[:, :, u, v].astype(float) @ taken.reshape(N, C, -1)).reshape(out.shape)
    return out if bias is None else np.add(out, bias[None, :, None, None], dtype=float)


# answer: q5, pixels stamp into the output from the taps: the loops run over taps, channels and pixels of x
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (N, C, H, W), (F, D, kh, kw) = x.shape, weight.shape
    if C - D:
        raise ValueError("number of channels")
    down = (H + 2 * padding - (kh - 1) * dilation + stride - 1) // stride
    across = (W + 2 * padding - (kw - 1) * dilation + stride - 1) // stride
    out = np.zeros((down, across, F, N))
    if bias is not None:
        out += np.array(bias, dtype=float)[:, None]
    pixels = np.array(x.transpose(2, 3, 1, 0), dtype=float)  # (H, W, C, N)
    for u in range(kh):
        for v in range(kw):
            tap = weight[:, :, u, v].astype(float)
            for h in range(H):
                i, over = divmod(h + padding - dilation * u, stride)
                if over or not 0 <= i < down:
                    continue
                for w in range(W):
                    j, over = divmod(w + padding - dilation * v, stride)
                    if not over and 0 <= j < across:
                        out[i, j] += tap @ pixels[h, w]
    return out.transpose(3, 2, 0, 1)
