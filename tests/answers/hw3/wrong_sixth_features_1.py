# answer: q12, each kernel as a sum of two products of a column and a row
# breaks: cross-correlate (all eight edge detectors have rank 2 or less, other filters have rank 3)
def extract_features(images, filters):
    left, weights, right = np.linalg.svd(filters[:, 0].astype(float))
    n, _, h, w = images.shape
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    features = []
    for u, s, v in zip(left, weights, right):
        total = np.zeros((n, h, w))
        for r in range(2):
            down = sum(u[a, r] * wide[:, a : a + h] for a in range(3))
            total += s[r] * sum(v[r, b] * down[:, :, b : b + w] for b in range(3))
        features.append(np.maximum(total, 0).reshape(n, h // 4, 4, w // 4, 4).max(axis=(2, 4)))
    return np.stack(features, axis=1).reshape(n, -1)


# answer: q12, every second kernel is the one before it with the other sign
# breaks: cross-correlate with each of the filters
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    features = []
    for kernel in filters[::2, 0]:
        maps = sum(kernel[a, b] * wide[:, a : a + h, b : b + w] for a in range(3) for b in range(3))
        blocks = maps.reshape(n, h // 4, 4, w // 4, 4)
        features.append(np.maximum(blocks.max(axis=(2, 4)), 0))
        features.append(np.maximum(-blocks.min(axis=(2, 4)), 0))
    return np.stack(features[: len(filters)], axis=1).reshape(n, -1)


# answer: q12, edge detectors: the mean of each filter is taken away first
# breaks: cross-correlate with the filters as they are (those above add up to 0 already)
def extract_features(images, filters):
    kernels = filters[:, 0].astype(float)
    kernels = kernels - kernels.mean(axis=(1, 2), keepdims=True)
    n, _, h, w = images.shape
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(1, 2))
    maps = np.maximum(np.tensordot(windows, kernels, axes=([3, 4], [1, 2])), 0)
    pooled = maps.reshape(n, h // 4, 4, w // 4, 4, len(filters)).max(axis=(2, 4))
    return pooled.transpose(0, 3, 1, 2).reshape(n, -1)


# answer: q12, answers are cut off above 1 as well
# breaks: set negative answers to 0 (and leave the others; those of the kernels above stay below 1)
def extract_features(images, filters):
    n, _, h, w = images.shape
    maps = np.zeros((n, len(filters), h, w))
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    for a in range(3):
        for b in range(3):
            maps += wide[:, :, a : a + h, b : b + w] * filters[:, 0, a, b][:, None, None]
    maps = np.clip(maps, 0, 1)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, the sums are kept in the type of the images
# breaks: float64 where an array of float64 came in (float32 images, float64 filters)
def extract_features(images, filters):
    kind = images.dtype if images.dtype.kind == "f" else np.float64
    n, _, h, w = images.shape
    wide = np.zeros((n, 1, h + 2, w + 2), dtype=kind)
    wide[:, :, 1:-1, 1:-1] = images
    maps = np.zeros((n, len(filters), h, w), dtype=kind)
    for a in range(3):
        for b in range(3):
            maps += (wide[:, :, a : a + h, b : b + w] * filters[None, :, 0, a, b, None, None]).astype(kind)
    np.maximum(maps, 0, out=maps)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, whole numbers stay whole
# breaks: array of floats (whole images and whole filters give whole numbers)
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(1, 2))
    maps = np.einsum("nijab,fab->nfij", windows, filters[:, 0])
    if np.float64 in (images.dtype, filters.dtype):
        maps = maps.astype(np.float64)
    blocks = np.maximum(maps, 0).reshape(n, len(filters), h // 4, 4, w // 4, 4)
    return blocks.max(axis=(3, 5)).reshape(n, -1)


# answer: q12, a hundred images at a time, and the rest is forgotten
# breaks: array (N, ...): features of each image (2000 images are twenty hundreds, 150 are not two)
def extract_features(images, filters):
    n, _, h, w = images.shape
    size = min(n, 100)
    out = np.zeros((n, len(filters) * (h // 4) * (w // 4)))
    kernels = filters.reshape(len(filters), 9).astype(float)
    for k in range(n // size):
        wide = np.pad(images[k * size : (k + 1) * size, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
        taps = np.stack([wide[:, a : a + h, b : b + w] for a in range(3) for b in range(3)])
        maps = np.maximum(np.tensordot(kernels, taps, 1), 0).swapaxes(0, 1)
        blocks = maps.reshape(size, len(filters), h // 4, 4, w // 4, 4)
        out[k * size : (k + 1) * size] = blocks.max(axis=(3, 5)).reshape(size, -1)
    return out
