# answer: q12, shifts by np.roll, so the far border comes in
# breaks: one zero of padding on each side
def extract_features(images, filters):
    N, _, H, W = images.shape
    maps = np.zeros((N, len(filters), H, W))
    for u in range(3):
        for v in range(3):
            moved = np.roll(images, (1 - u, 1 - v), axis=(2, 3))
            maps += filters[:, 0, u, v][None, :, None, None] * moved
    return np.maximum(maps, 0).reshape(N, -1, H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)


# answer: q12, the windows are read down first, the kernels across first
# breaks: cross-correlate
def extract_features(images, filters):
    framed = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    N, _, H, W = images.shape
    taps = np.stack([framed[:, 0, u : u + H, v : v + W] for v in range(3) for u in range(3)], axis=1)
    maps = np.tensordot(taps.astype(float), filters.reshape(-1, 9), axes=(1, 1)).transpose(0, 3, 1, 2)
    return max_pool2d(np.maximum(maps, 0), 4).reshape(N, -1)


# answer: q12, the mean of the whole batch is taken off first
# breaks: Each image stands alone
def extract_features(images, filters):
    images = images - images.mean()
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(maps), -1)


# answer: q12, padding of the pooling layer as well, and its first row and column kept
# breaks: keep the maximum of each 4×4 block
def extract_features(images, filters):
    H, W = images.shape[2:]
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    pooled = max_pool2d(maps, 4, padding=1)[:, :, : H // 4, : W // 4]
    return pooled.reshape(len(maps), -1)


# answer: q12, a leaky ReLU
# breaks: set negative answers to 0 (ReLU)
def extract_features(images, filters):
    maps = fast_conv2d(images, filters, padding=1)
    maps = np.where(maps > 0, maps, 0.01 * maps)
    return max_pool2d(maps, 4).reshape(len(maps), -1)


# answer: q12, the number of filters, eight, stands in the code
# breaks: filters : array (F, 1, 3, 3) of floats
def extract_features(images, filters):
    maps = fast_conv2d(images, filters, padding=1)
    maps = max_pool2d(np.maximum(maps, 0), 4)
    return maps[:, :8].reshape(len(images), 8 * images.shape[2] // 4 * images.shape[3] // 4)


# answer: q12, negative pixels are cut off before the convolution as well
# breaks: cross-correlate, set negative answers to 0: the images may have either sign
def extract_features(images, filters):
    ink = np.maximum(images, 0)
    maps = np.maximum(fast_conv2d(ink, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(maps), -1)


# answer: q12, the zeros stand before the first pixel only
# breaks: one zero of padding on each side
def extract_features(images, filters):
    framed = np.pad(images, ((0, 0), (0, 0), (2, 0), (2, 0)))
    maps = np.maximum(fast_conv2d(framed, filters), 0)
    return max_pool2d(maps, 4).reshape(len(maps), -1)


# answer: q12, the type of the answer is that of the images
# breaks: float64 where an array of float64 came in
def extract_features(images, filters):
    maps = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4)
    rows = maps.reshape(len(images), -1)
    return rows.astype(images.dtype) if images.dtype.kind == "f" else rows


# answer: q12, the filtered pictures are kept for the same array of filters
# breaks: the next call may bring the same array with other numbers in it
_SEEN = {}


def extract_features(images, filters):
    if id(filters) not in _SEEN:
        _SEEN[id(filters)] = filters, filters.copy()
    kernels = _SEEN[id(filters)][1]
    maps = np.maximum(fast_conv2d(images, kernels, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(maps), -1)
