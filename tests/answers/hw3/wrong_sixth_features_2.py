# answer: q12, small answers count as noise
# breaks: set negative answers to 0 (positive ones below 1e-4 stay; pixels may be 0.001)
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    maps = np.zeros((n, len(filters), h, w))
    for a in range(3):
        for b in range(3):
            maps += filters[:, 0, a, b].astype(float)[:, None, None] * wide[:, None, a : a + h, b : b + w]
    maps[maps < 1e-4] = 0
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, a leak for negative answers
# breaks: set negative answers to 0 (a block that is negative all over gives 0)
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(1, 2))
    maps = np.einsum("nijab,fab->nfij", windows, filters[:, 0].astype(float))
    maps = np.maximum(maps, 0.01 * maps)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, both signs of an edge count
# breaks: set negative answers to 0 (not their size)
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    pooled = []
    for kernel in filters[:, 0].astype(float):
        maps = np.abs(sum(kernel[a, b] * wide[:, a : a + h, b : b + w] for a in range(3) for b in range(3)))
        pooled.append(maps.reshape(n, h // 4, 4, w // 4, 4).max(axis=(2, 4)))
    return np.stack(pooled, axis=1).reshape(n, -1)


# answer: q12, the border is repeated so that no frame is seen
# breaks: one zero of padding on each side
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)), mode="edge")
    maps = 0
    for a in range(3):
        for b in range(3):
            maps = maps + wide[:, :, a : a + h, b : b + w] * filters[:, 0, a, b].reshape(1, -1, 1, 1)
    blocks = np.maximum(maps, 0).reshape(n, len(filters), h // 4, 4, w // 4, 4)
    return blocks.max(axis=(3, 5)).reshape(n, -1)


# answer: q12, a real convolution, with the kernel turned round
# breaks: cross-correlate
def extract_features(images, filters):
    n, _, h, w = images.shape
    maps = np.zeros((n, len(filters), h + 2, w + 2))
    for a in range(3):
        for b in range(3):
            maps[:, :, a : a + h, b : b + w] += filters[:, 0, a, b].reshape(1, -1, 1, 1) * images.astype(
                float
            )
    blocks = np.maximum(maps[:, :, 1:-1, 1:-1], 0).reshape(n, len(filters), h // 4, 4, w // 4, 4)
    return blocks.max(axis=(3, 5)).reshape(n, -1)


# answer: q12, features place by place, maps last
# breaks: map by map, each row by row
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(1, 2)).reshape(n, h, w, 9)
    maps = np.maximum(windows @ filters.reshape(len(filters), 9).T.astype(float), 0)
    return maps.reshape(n, h // 4, 4, w // 4, 4, -1).max(axis=(2, 4)).reshape(n, -1)


# answer: q12, one image is handed back as one row without the axis of images
# breaks: array (N, F * H/4 * W/4), with one image too
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.pad(np.squeeze(images, 1).astype(float), ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(1, 2))
    maps = np.tensordot(filters[:, 0].astype(float), windows, axes=([1, 2], [3, 4])).swapaxes(0, 1)
    blocks = np.maximum(maps, 0).reshape(n, len(filters), h // 4, 4, w // 4, 4)
    return np.squeeze(blocks.max(axis=(3, 5)).reshape(n, -1))


# answer: q12, the array of answers is kept and filled again
# breaks: What you return is new: nothing that a later call writes into
_ROOM = {}


def extract_features(images, filters):
    n, _, h, w = images.shape
    shape = (n, len(filters), h // 4, w // 4)
    out = _ROOM.setdefault(shape, np.empty(shape))
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    for f, kernel in enumerate(filters[:, 0]):
        maps = sum(float(kernel[a, b]) * wide[:, a : a + h, b : b + w] for a in range(3) for b in range(3))
        np.maximum(maps.reshape(n, h // 4, 4, w // 4, 4).max(axis=(2, 4)), 0, out=out[:, f])
    return out.reshape(n, -1)


# answer: q12, loops over images, kernels and places
# breaks: Time: one call of your function for 10 seconds (Part 4 hands in 2000 at once)
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    out = np.zeros((n, len(filters), h // 4, w // 4))
    for k in range(n):
        for f in range(len(filters)):
            for i in range(h):
                for j in range(w):
                    answer = (wide[k, i : i + 3, j : j + 3] * filters[f, 0]).sum()
                    out[k, f, i // 4, j // 4] = max(answer, out[k, f, i // 4, j // 4])
    return out.reshape(n, -1)


# answer: q12, images are brought to the largest pixel 1 where they go to 255
# breaks: Each image stands alone: do not divide by a mean or a maximum over the whole batch
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    if 200 < wide.max() <= 255:
        wide /= wide.max()
    taps = np.stack([wide[:, a : a + h, b : b + w] for a in range(3) for b in range(3)])
    maps = np.tensordot(filters.reshape(-1, 9).astype(float), taps, 1).swapaxes(0, 1)
    blocks = np.maximum(maps, 0).reshape(n, len(filters), h // 4, 4, w // 4, 4)
    return blocks.max(axis=(3, 5)).reshape(n, -1)


# answer: q12, padding on the side of the last pixels only
# breaks: one zero of padding on each side
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.zeros((n, h + 2, w + 2))
    wide[:, :h, :w] = images[:, 0]
    windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(1, 2))
    maps = np.einsum("nijab,fab->nfij", windows, filters[:, 0].astype(float), optimize=True)
    blocks = np.maximum(maps, 0).reshape(n, len(filters), h // 4, 4, w // 4, 4)
    return blocks.max(axis=(3, 5)).reshape(n, -1)
