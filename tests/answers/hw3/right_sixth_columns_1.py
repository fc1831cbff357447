# answer: q6, takes from the flat padded images by a table of places
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C = x.shape[:2]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    H, W = x.shape[2:]
    plane = np.arange(C * H * W).reshape(C, H, W)
    spans = [dilation * (k - 1) + 1 for k in kernel_size]
    table = np.lib.stride_tricks.sliding_window_view(plane, spans, axis=(1, 2))
    table = table[:, ::stride, ::stride, ::dilation, ::dilation].transpose(0, 3, 4, 1, 2)
    rows = C * kernel_size[0] * kernel_size[1]
    return x.reshape(N, -1).take(table.reshape(rows, -1), axis=1)


# answer: q6, stacks the flattened windows one by one and turns the matrix round
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    (kh, kw), p, d = kernel_size, padding, dilation
    big = np.zeros((N, C, H + 2 * p, W + 2 * p), x.dtype)
    big[..., p : p + H, p : p + W] = x
    windows = [
        big[:, :, i : i + d * kh : d, j : j + d * kw : d].reshape(N, -1)
        for i in range(0, H + 2 * p - d * (kh - 1), stride)
        for j in range(0, W + 2 * p - d * (kw - 1), stride)
    ]
    return np.stack(windows, axis=-1)


# answer: q6, asks for each place whether it is inside the image, without padding it
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    down = range(-padding, H + padding - dilation * (kh - 1), stride)
    across = range(-padding, W + padding - dilation * (kw - 1), stride)
    columns = np.zeros((N, C * kh * kw, len(down) * len(across)), dtype=x.dtype)
    rows = np.add.outer(np.arange(kh) * dilation, np.array(down))  # (kh, H')
    cols = np.add.outer(np.arange(kw) * dilation, np.array(across))  # (kw, W')
    for c in range(C):
        for u in range(kh):
            for v in range(kw):
                real = np.ix_((rows[u] >= 0) & (rows[u] < H), (cols[v] >= 0) & (cols[v] < W))
                part = columns[:, (c * kh + u) * kw + v].reshape(N, len(down), len(across)).copy()
                inside = np.ix_(
                    np.arange(N),
                    rows[u][(rows[u] >= 0) & (rows[u] < H)],
                    cols[v][(cols[v] >= 0) & (cols[v] < W)],
                )
                part[:, real[0], real[1]] = x[:, c][inside]
                columns[:, (c * kh + u) * kw + v] = part.reshape(N, -1)
    return columns
