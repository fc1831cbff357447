# answer: q12, all sixteen places of a block at once, from one window of 6×6 at stride 4
def extract_features(images, filters):
    N, _, H, W = images.shape
    padded = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (6, 6), axis=(1, 2))[:, ::4, ::4]
    best = np.zeros((N, len(filters), H // 4, W // 4))
    kernels = filters[:, 0].astype(float)
    for a in range(4):
        for b in range(4):
            part = windows[..., a : a + 3, b : b + 3]
            np.maximum(best, np.einsum("nijuv,fuv->nfij", part, kernels, optimize=True), out=best)
    answer = best.reshape(N, -1)
    answer.flags.writeable = False
    return answer


# answer: q12, two banded matrices, one product for each kernel
def extract_features(images, filters):
    n, _, h, w = images.shape
    x = images[:, 0].astype(np.float64)
    answer = np.empty((n, len(filters), (h // 4) * (w // 4)))
    for f, kernel in enumerate(filters[:, 0].astype(np.float64)):
        m = np.zeros((n, h, w))
        for u in (-1, 0, 1):
            down = np.eye(h, k=u)
            across = sum(kernel[u + 1, v + 1] * np.eye(w, k=-v) for v in (-1, 0, 1))
            m += down @ (x @ across)
        tops = np.maximum.reduceat(m, np.arange(0, h, 4), axis=1)
        tops = np.maximum.reduceat(tops, np.arange(0, w, 4), axis=2)
        answer[:, f] = tops.clip(min=0).reshape(n, -1)
    return answer.reshape(n, -1)


# answer: q12, slices that add where they overlap, pooling by halves, batches by recursion
def extract_features(images, filters):
    if len(images) > 300:
        half = len(images) // 2
        return np.vstack([extract_features(images[:half], filters), extract_features(images[half:], filters)])
    n, _, h, w = images.shape
    kind = np.result_type(images.dtype, filters.dtype, np.float32)
    maps = np.zeros((len(filters), n, h, w), kind)
    for u in (-1, 0, 1):
        for v in (-1, 0, 1):
            to = np.s_[max(0, -u) : h - max(0, u), max(0, -v) : w - max(0, v)]
            at = np.s_[max(0, u) : h + min(0, u), max(0, v) : w + min(0, v)]
            tap = filters[:, 0, u + 1, v + 1, None, None, None].astype(kind)
            maps[(..., *to)] += tap * images[:, 0].astype(kind)[(..., *at)]
    for _ in range(2):
        maps = np.maximum(maps[..., ::2, :], maps[..., 1::2, :])
        maps = np.maximum(maps[..., ::2], maps[..., 1::2])
    maps *= maps > 0
    return np.concatenate([m.reshape(n, -1) for m in maps], axis=1)
