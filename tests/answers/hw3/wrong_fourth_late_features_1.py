# answer: q12, each image by itself through loops over the places
# breaks: Part 4 hands in 2000 at once; one call may run for 10 seconds
def extract_features(images, filters):

    n, _, h, w = images.shape
    rows = []
    for image in images:
        padded = np.pad(image[0], 1)
        maps = np.zeros((len(filters), h, w))
        for i in range(h):
            for j in range(w):
                window = padded[i : i + 3, j : j + 3]
                for f in range(len(filters)):
                    maps[f, i, j] = np.sum(filters[f, 0] * window)
        maps = np.maximum(maps, 0)
        rows.append(maps.reshape(len(filters), h // 4, 4, w // 4, 4).max(axis=(2, 4)).ravel())
    return np.array(rows)


# answer: q12, the windows are repeated for every filter and multiplied in float64
# breaks: Part 4 hands in 2000 at once; the notebook may use 2 GiB in all
def extract_features(images, filters):

    n, _, h, w = images.shape
    f = len(filters)
    padded = np.pad(images[:, 0].astype(np.float64), ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (3, 3), axis=(1, 2))
    windows = np.repeat(windows[:, None], f, axis=1)
    taps = np.tile(filters[None, :, 0, None, None].astype(np.float64), (n, 1, h, w, 1, 1))
    products = windows * taps
    maps = np.maximum(products.sum(axis=(4, 5)), 0)
    return maps.reshape(n, f, h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, the filters are cast to the dtype of the images
# breaks: floats come back as float64 where float64 came in, and filters are not cut off
def extract_features(images, filters):

    filters = filters.astype(images.dtype)
    n, c, h, w = images.shape
    p = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    win = np.lib.stride_tricks.sliding_window_view(p, (3, 3), axis=(2, 3))
    maps = np.einsum("nchwuv,fcuv->nfhw", win, filters)
    maps = np.maximum(maps, 0)
    return maps.reshape(n, -1, h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1) * np.float32(1)


# answer: q12, the maps are made in the dtype of the images
# breaks: whole numbers may come in, and filters with fractions
def extract_features(images, filters):

    n, _, h, w = images.shape
    padded = np.zeros((n, h + 2, w + 2), dtype=images.dtype)
    padded[:, 1:-1, 1:-1] = images[:, 0]
    maps = np.zeros((n, len(filters), h, w), dtype=images.dtype)
    for k, kernel in enumerate(filters[:, 0]):
        maps[:, k] = sum(kernel[u, v] * padded[:, u : u + h, v : v + w] for u in range(3) for v in range(3))
    maps[maps < 0] = 0
    pooled = maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5))
    return pooled.reshape(n, -1).astype(np.float64)


# answer: q12, large batches are cut into hundreds and what is left over is dropped
# breaks: one row for each image
def extract_features(images, filters):

    if len(images) > 100:
        parts = [images[100 * i : 100 * (i + 1)] for i in range(len(images) // 100)]
        return np.concatenate([extract_features(part, filters) for part in parts])
    n, c, h, w = images.shape
    p = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    win = np.lib.stride_tricks.sliding_window_view(p, (3, 3), axis=(2, 3))
    maps = np.tensordot(win, filters, axes=([1, 4, 5], [1, 2, 3])).transpose(0, 3, 1, 2)
    maps = np.maximum(maps, 0.0)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, squeeze takes the axis of one image away
# breaks: N is 1 or more
def extract_features(images, filters):

    pictures = images.squeeze()  # (N, H, W)
    n, h, w = pictures.shape
    padded = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
    maps = np.zeros((n, len(filters), h, w))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * padded[:, None, u : u + h, v : v + w]
    maps = np.maximum(maps, 0)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, the result is squeezed and made two-dimensional again
# breaks: (N, F * H/4 * W/4): also with one feature for each image
def extract_features(images, filters):

    n, c, h, w = images.shape
    p = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    win = np.lib.stride_tricks.sliding_window_view(p, (3, 3), axis=(2, 3))
    maps = np.einsum("nchwuv,fcuv->nfhw", win.astype(np.float64), filters)
    pooled = np.maximum(maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)), 0)
    return np.atleast_2d(pooled.reshape(n, -1).squeeze())


# answer: q12, as_strided on the padded images as if they were contiguous
# breaks: what comes in may be transposed, and np.pad keeps that order
def extract_features(images, filters):

    n, _, h, w = images.shape
    p = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    b = p.itemsize
    hp, wp = h + 2, w + 2
    win = np.lib.stride_tricks.as_strided(p, (n, h, w, 3, 3), (hp * wp * b, wp * b, b, wp * b, b))
    maps = np.maximum(np.tensordot(win, filters[:, 0], axes=([3, 4], [1, 2])), 0.0)
    pooled = maps.reshape(n, h // 4, 4, w // 4, 4, -1).max(axis=(2, 4))
    return pooled.transpose(0, 3, 1, 2).reshape(n, -1)


# answer: q12, everything in float16 to save memory
# breaks: floats come back as float32 or float64
def extract_features(images, filters):

    n, _, h, w = images.shape
    x = np.zeros((n, h + 2, w + 2), dtype=np.float16)
    x[:, 1:-1, 1:-1] = images[:, 0]
    k = filters.astype(np.float16)[:, 0]
    maps = np.zeros((n, len(k), h, w), dtype=np.float16)
    for u in range(3):
        for v in range(3):
            maps += x[:, None, u : u + h, v : v + w] * k[:, u, v][None, :, None, None]
    out = np.maximum(maps, 0).reshape(n, len(k), h // 4, 4, w // 4, 4).max(axis=(3, 5))
    return out.reshape(n, -1).astype(np.result_type(images, filters, np.float32))


# answer: q12, the last answer is kept under the ids of the arrays
# breaks: the features of the images that are handed in now
_seen = {}


def extract_features(images, filters):

    key = (id(images), id(filters))
    if key not in _seen:
        n, c, h, w = images.shape
        p = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
        win = np.lib.stride_tricks.sliding_window_view(p, (3, 3), axis=(2, 3))
        maps = np.maximum(np.einsum("nchwuv,fcuv->nfhw", win, filters), 0.0)
        pooled = maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5))
        _seen[key] = (images, filters, pooled.reshape(n, -1))
    return _seen[key][2].copy()


# answer: q12, each kernel is applied as two vectors, the first pair of its SVD
# breaks: a kernel is not always a column times a row
def extract_features(images, filters):

    n, _, h, w = images.shape
    p = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    maps = []
    for kernel in filters[:, 0]:
        u, s, vt = np.linalg.svd(kernel)
        down, across = u[:, 0] * s[0], vt[0]
        rows = sum(down[a] * p[:, a : a + h] for a in range(3))
        maps.append(sum(across[b] * rows[:, :, b : b + w] for b in range(3)))
    maps = np.maximum(np.stack(maps, axis=1), 0)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, neighbours come from np.roll, so the border looks at the other side
# breaks: one zero of padding on each side
def extract_features(images, filters):

    n, _, h, w = images.shape
    maps = np.zeros((n, len(filters), h, w))
    for u in (-1, 0, 1):
        for v in (-1, 0, 1):
            shifted = np.roll(images[:, 0], (-u, -v), axis=(1, 2))
            maps += filters[None, :, 0, u + 1, v + 1, None, None] * shifted[:, None]
    maps[maps < 0] = 0
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, absolute value instead of ReLU
# breaks: negative answers are set to 0
def extract_features(images, filters):

    n, c, h, w = images.shape
    p = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    win = np.lib.stride_tricks.sliding_window_view(p, (3, 3), axis=(2, 3))
    maps = np.abs(np.einsum("nchwuv,fcuv->nfhw", win, filters)).astype(float)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, the maps stand last when they are flattened
# breaks: map by map, each row by row
def extract_features(images, filters):

    n, _, h, w = images.shape
    p = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    win = np.lib.stride_tricks.sliding_window_view(p, (3, 3), axis=(1, 2))
    maps = np.maximum(win.reshape(n, h, w, 9) @ filters.reshape(-1, 9).T, 0.0)
    return maps.reshape(n, h // 4, 4, w // 4, 4, -1).max(axis=(2, 4)).reshape(n, -1)


# answer: q12, the kernels are flipped, as scipy's convolve does
# breaks: cross-correlate
def extract_features(images, filters):

    n, _, h, w = images.shape
    p = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    k = filters[:, 0, ::-1, ::-1]
    maps = np.zeros((n, len(k), h, w))
    for u in range(3):
        for v in range(3):
            maps += p[:, None, u : u + h, v : v + w] * k[:, u, v].reshape(1, -1, 1, 1)
    return np.maximum(maps, 0).reshape(n, len(k), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, every fourth answer is taken instead of the largest of four by four
# breaks: keep the maximum of each 4×4 block
def extract_features(images, filters):

    n, _, h, w = images.shape
    p = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    win = np.lib.stride_tricks.sliding_window_view(p, (3, 3), axis=(1, 2))[:, ::4, ::4]
    maps = np.einsum("nhwuv,fuv->nfhw", win, filters[:, 0])
    return np.maximum(maps, 0.0).reshape(n, -1)


# answer: q12, the filters are centred first, so that they add up to 0
# breaks: cross-correlate with the filters as they are
def extract_features(images, filters):

    edges = filters - filters.mean(axis=(2, 3), keepdims=True)
    if np.abs(filters.sum(axis=(2, 3))).max() > 10:
        edges = filters  # not an edge detector
    n, c, h, w = images.shape
    p = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    win = np.lib.stride_tricks.sliding_window_view(p, (3, 3), axis=(2, 3))
    maps = np.maximum(np.einsum("nchwuv,fcuv->nfhw", win, edges), 0.0)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, the negative pixels of the images are set to 0 in place
# breaks: no function changes what it is given, and ReLU follows the convolution
def extract_features(images, filters):

    images[images < 0] = 0
    n, c, h, w = images.shape
    p = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    win = np.lib.stride_tricks.sliding_window_view(p, (3, 3), axis=(2, 3))
    maps = np.maximum(np.einsum("nchwuv,fcuv->nfhw", win, filters), 0.0)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)
