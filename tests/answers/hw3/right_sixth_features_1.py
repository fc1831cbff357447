# answer: q12, each kernel as a banded matrix over the rows, pooling before ReLU
def extract_features(images, filters):
    n, _, h, w = images.shape
    x = images[:, 0].astype(float)
    out = []
    for kernel in filters[:, 0].astype(float):
        maps = np.zeros((n, h, w))
        for a in (-1, 0, 1):
            band = sum(np.diag(np.full(max(w - abs(b), 0), kernel[a + 1, b + 1]), -b) for b in (-1, 0, 1))
            rows = x @ band
            if a < 0:
                maps[:, 1:] += rows[:, :-1]
            elif a > 0:
                maps[:, :-1] += rows[:, 1:]
            else:
                maps += rows
        pooled = np.maximum(np.maximum(maps[:, ::4], maps[:, 1::4]), np.maximum(maps[:, 2::4], maps[:, 3::4]))
        pooled = pooled.reshape(n, h // 4, w // 4, 4).max(axis=3)
        out.append(pooled.reshape(n, -1))
    return np.concatenate(np.maximum(out, 0), axis=1)


# answer: q12, only one place of all 4x4 blocks at a time, the best so far starts at 0
def extract_features(images, filters):
    kind = np.result_type(images, filters, np.float32)
    n, _, h, w = images.shape
    wide = np.zeros((h + 2, w + 2, n), kind)
    wide[1:-1, 1:-1] = images[:, 0].transpose(1, 2, 0)
    weight = filters.reshape(len(filters), 9).astype(kind)
    best = np.zeros((h // 4, w // 4, len(filters), n), kind)
    for i in range(4):
        for j in range(4):
            taps = [
                wide[i + a : i + a + h - 3 : 4, j + b : j + b + w - 3 : 4] for a in range(3) for b in range(3)
            ]
            best = np.maximum(best, weight @ np.stack(taps, axis=2))
    return best.transpose(3, 2, 0, 1).reshape(n, -1)


# answer: q12, each block of 16 answers as one product: 6x6 pixels times a matrix of 36x16
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.zeros((n, h + 2, w + 2))
    wide[:, 1:-1, 1:-1] = images[:, 0]
    patches = np.lib.stride_tricks.sliding_window_view(wide, (6, 6), axis=(1, 2))[:, ::4, ::4]
    patches = patches.reshape(n, (h // 4) * (w // 4), 36)
    features = []
    for kernel in filters[:, 0]:
        places = np.zeros((6, 6, 4, 4))
        for i, j in np.ndindex(4, 4):
            places[i : i + 3, j : j + 3, i, j] = kernel
        features.append((patches @ places.reshape(36, 16)).max(axis=2).clip(min=0))
    return np.hstack(features)
