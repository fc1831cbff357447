# answer: q12, one einsum over a view of six by six patches, one patch for each block of the output
def extract_features(images, filters):
    N, _, H, W = images.shape
    dtype = np.result_type(images, filters, np.float32)
    wide = np.zeros((N, H + 2, W + 2), dtype=dtype)
    wide[:, 1:-1, 1:-1] = images[:, 0]
    patches = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(1, 2))
    kernels = filters[:, 0].astype(dtype)
    best = np.zeros((N, len(filters), H // 4, W // 4), dtype=dtype)
    for a in range(4):
        for b in range(4):
            part = np.einsum("nijuv,fuv->nfij", patches[:, a::4, b::4], kernels, optimize=True)
            np.maximum(best, part, out=best)
    return best.reshape(N, -1)


# answer: q12, kernel by kernel with rolled rows and columns, the border cut off by hand
def extract_features(images, filters):
    x = images[:, 0].astype(np.float64)
    rows = []
    for kernel in filters[:, 0].astype(np.float64):
        total = np.zeros(x.shape)
        for u in (-1, 0, 1):
            moved = np.roll(x, -u, axis=1)
            if u:
                moved[:, -1 if u == 1 else 0] = 0
            for v in (-1, 0, 1):
                twice = np.roll(moved, -v, axis=2)
                if v:
                    twice[:, :, -1 if v == 1 else 0] = 0
                total += kernel[u + 1, v + 1] * twice
        lines = np.maximum.reduceat(total, np.arange(0, total.shape[1], 4), axis=1)
        blocks = np.maximum.reduceat(lines, np.arange(0, total.shape[2], 4), axis=2)
        rows.append(np.where(blocks > 0, blocks, 0.0).reshape(len(x), -1))
    return np.hstack(rows)
