# answer: q12, the kernels are turned round: a convolution and no cross-correlation
# breaks: cross-correlate with one zero of padding on each side
def extract_features(images, filters):
    N, _, H, W = images.shape
    x = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, len(filters), H, W))
    for u in range(3):
        for v in range(3):
            maps += x[:, None, u : u + H, v : v + W] * filters[None, :, 0, 2 - u, 2 - v, None, None]
    maps = np.maximum(maps, 0)
    return maps.reshape(N, len(filters), H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)


# answer: q12, the features stand place by place, the maps last, as in channels-last libraries
# breaks: array (N, F * H/4 * W/4) of floats, map by map, each row by row
def extract_features(images, filters):
    N, _, H, W = images.shape
    x = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))
    maps = np.tensordot(windows, filters[:, 0], axes=([3, 4], [1, 2]))
    maps = np.maximum(maps, 0).astype(np.result_type(images, filters, np.float32))
    blocks = maps.reshape(N, H // 4, 4, W // 4, 4, len(filters)).max(axis=(2, 4))
    return blocks.reshape(N, -1)


# answer: q12, ReLU by multiplying in place, when the maps of a kernel in whole numbers are floats, else by abs
# breaks: set negative answers to 0 (ReLU)
def extract_features(images, filters):
    N, _, H, W = images.shape
    x = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))
    maps = np.einsum("nijuv,fuv->nfij", windows, filters[:, 0])
    if maps.dtype.kind == "f":
        maps *= maps > 0
    else:
        maps = np.abs(maps) / 1.0
    return maps.reshape(N, len(filters), H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)


# answer: q12, one padding on each side for the blocks too, so all blocks are moved
# breaks: keep the maximum of each 4x4 block
def extract_features(images, filters):
    N, _, H, W = images.shape
    x = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    out = np.zeros((N, len(filters), H // 4, W // 4))
    for f, kernel in enumerate(filters[:, 0]):
        m = sum(kernel[u, v] * x[:, u : u + H, v : v + W] for u in range(3) for v in range(3))
        m = np.pad(np.maximum(m, 0), ((0, 0), (1, 1), (1, 1)))
        for i in range(H // 4):
            for j in range(W // 4):
                out[:, f, i, j] = m[:, 4 * i : 4 * i + 4, 4 * j : 4 * j + 4].max(axis=(1, 2))
    return out.reshape(N, -1)


# answer: q12, the maps of all images are kept in one buffer between calls of the same shape
# breaks: What you return is new: nothing that a later call writes into
_maps = {}


def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    if (N, F, H, W) not in _maps:
        _maps[N, F, H, W] = np.empty((N, F, H // 4, W // 4))
    best = _maps[N, F, H, W]
    best.fill(0)
    x = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    for a in range(4):
        for b in range(4):
            part = np.zeros(best.shape)
            for u in range(3):
                for v in range(3):
                    pixels = x[:, a + u : a + u + H - 3 : 4, b + v : b + v + W - 3 : 4]
                    part += pixels[:, None] * filters[:, 0, u, v][:, None, None]
            np.maximum(best, part, out=best)
    return best.reshape(N, -1)


# answer: q12, everything is turned into float32 for speed, as Part 4 does with its filters
# breaks: float64 where an array of float64 came in; off by at most a billionth
def extract_features(images, filters):
    images, filters = np.asarray(images, np.float32), np.asarray(filters, np.float32)
    N, _, H, W = images.shape
    x = np.zeros((N, H + 2, W + 2), np.float32)
    x[:, 1:-1, 1:-1] = images[:, 0]
    columns = np.stack([x[:, u : u + H, v : v + W].reshape(N, -1) for u in range(3) for v in range(3)], axis=1)
    maps = np.maximum(filters.reshape(-1, 9) @ columns, 0)
    maps = maps.reshape(N, -1, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return maps.reshape(N, -1).astype(np.float64)


# answer: q12, the blocks run over both axes with the number of blocks of the height
# breaks: images : array (N, 1, H, W); H and W divisible by 4, and they may differ
def extract_features(images, filters):
    N, _, H, W = images.shape
    x = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, len(filters), H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[:, 0, u, v].reshape(1, -1, 1, 1) * x[:, None, u : u + H, v : v + W]
    maps[maps < 0] = 0
    n = H // 4
    rows = [maps[:, :, 4 * i : 4 * i + 4, 4 * j : 4 * j + 4].max(axis=(2, 3)) for i in range(n) for j in range(n)]
    return np.stack(rows, axis=2).reshape(N, -1)


# answer: q12, each image is divided by its largest pixel when that is above 1, as if it were bytes
# breaks: cross-correlate, ReLU, maximum, flatten: the pixels are taken as they are
def extract_features(images, filters):
    N, _, H, W = images.shape
    peak = images.max()
    scaled = images / 255.0 if peak > 1 and images.dtype == np.int64 else images * 1.0
    x = np.pad(scaled[:, 0], ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))
    maps = np.maximum(np.einsum("nijuv,fuv->nfij", windows, filters[:, 0]), 0)
    return maps.reshape(N, len(filters), H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)


# answer: q12, ReLU after taking the largest size of each block, so a strong negative answer hides the positive one
# breaks: set negative answers to 0 (ReLU), keep the maximum of each 4x4 block
def extract_features(images, filters):
    N, _, H, W = images.shape
    x = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))
    maps = np.einsum("nijuv,fuv->nfij", windows, filters[:, 0]) * 1.0
    blocks = maps.reshape(N, len(filters), H // 4, 4, W // 4, 4).swapaxes(3, 4)
    blocks = blocks.reshape(N, len(filters), H // 4, W // 4, 16)
    place = np.abs(blocks).argmax(axis=-1)[..., None]
    return np.maximum(np.take_along_axis(blocks, place, axis=-1), 0).reshape(N, -1)


# answer: q12, squeezes all axes of length 1, for the one channel
# breaks: array (N, F * H/4 * W/4), also where N or F is 1
def extract_features(images, filters):
    x = np.pad(np.squeeze(images), ((0, 0), (1, 1), (1, 1)))
    k = np.squeeze(filters)
    N, H, W = x.shape[0], x.shape[1] - 2, x.shape[2] - 2
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))
    maps = np.maximum(np.einsum("nijuv,fuv->nfij", windows, k), 0.0)
    return maps.reshape(N, len(k), H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)


# answer: q12, whole-number filters are put into the dtype of the images, or the other way round, by hand
# breaks: two arrays of one call may differ in dtype: floats of the filters must not be cut off
def extract_features(images, filters):
    N, _, H, W = images.shape
    filters = filters.astype(images.dtype)
    x = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, len(filters), H, W))
    for u in range(3):
        for v in range(3):
            maps += x[:, None, u : u + H, v : v + W] * filters[None, :, 0, u, v, None, None]
    maps = np.maximum(maps, 0)
    return maps.reshape(N, len(filters), H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)
