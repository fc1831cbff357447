# answer: q12, the shape of the kernels is set on the array of the caller
# breaks: What you were given stays as it was
def extract_features(images, filters):
    N, _, H, W = images.shape
    filters = np.asarray(filters)
    if filters.flags.c_contiguous:
        filters.shape = (len(filters), 9)
    else:
        filters = filters.reshape(len(filters), 9)
    padded = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    columns = np.stack(
        [padded[:, u : u + H, v : v + W].reshape(N, H * W) for u in range(3) for v in range(3)], axis=1
    )
    maps = np.maximum((filters * 1.0) @ columns, 0)
    return maps.reshape(N, -1, H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)


# answer: q12, the windows are kept for images of the same shape
# breaks: Each answer depends on the arguments of its own call alone
_windows = {}


def _columns(images):
    N, _, H, W = images.shape
    key = (id(images), images.shape)
    if key not in _windows:
        padded = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
        taps = [padded[:, u : u + H, v : v + W].reshape(N, H * W) for u in range(3) for v in range(3)]
        _windows[key] = np.stack(taps, axis=1)
    return _windows[key]


def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    maps = filters.reshape(F, 9) * 1.0 @ _columns(images)
    return np.maximum(maps, 0).reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)


# answer: q12, one buffer for the answers of all calls of a shape
# breaks: nothing that a later call writes into
_out = {}


def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    padded = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    kind = np.result_type(images, filters, np.float32)
    out = _out.setdefault((N, F, H, W, kind), np.empty((N, F, H // 4, W // 4), kind))
    for f in range(F):
        m = np.zeros((N, H, W), kind)
        for u, v in np.ndindex(3, 3):
            m += filters[f, 0, u, v] * padded[:, u : u + H, v : v + W]
        out[:, f] = np.maximum(m, 0).reshape(N, H // 4, 4, W // 4, 4).max(axis=(2, 4))
    return out.reshape(N, -1)


# answer: q12, batches of 500, the rest of the images is dropped
# breaks: array (N, F * H/4 * W/4); Part 4 hands in 2000 at once (any N is allowed)
def _some(images, filters):
    n, _, height, width = images.shape
    wide = np.pad(images, [(0, 0), (0, 0), (1, 1), (1, 1)])
    windows = np.lib.stride_tricks.sliding_window_view(wide[:, 0], (3, 3), axis=(1, 2))
    maps = np.tensordot(windows, filters[:, 0] + 0.0, axes=([3, 4], [1, 2])).transpose(0, 3, 1, 2)
    maps = np.where(maps > 0, maps, 0)
    best = None
    for a in range(4):
        for b in range(4):
            part = maps[:, :, a::4, b::4]
            best = part if best is None else np.maximum(best, part)
    return best.reshape(n, -1)


def extract_features(images, filters, batch=500):
    if len(images) <= batch:
        return _some(images, filters)
    parts = [_some(images[k * batch : (k + 1) * batch], filters) for k in range(len(images) // batch)]
    return np.concatenate(parts)


# answer: q12, squeeze loses the axis of a single image
# breaks: array (N, F * H/4 * W/4), also at N = 1
def extract_features(images, filters):
    rows = []
    for image in images:
        h, w = image.shape[1:]
        padded = np.zeros((h + 2, w + 2))
        padded[1:-1, 1:-1] = image[0]
        maps = []
        for kernel in filters:
            out = sum(kernel[0, a, b] * padded[a : a + h, b : b + w] for a in range(3) for b in range(3))
            out = np.maximum(out, 0)
            out = out.reshape(h // 4, 4, w // 4, 4).max(axis=3).max(axis=1)
            maps.append(out.ravel())
        rows.append(np.concatenate(maps))
    return np.squeeze(np.stack(rows))


# answer: q12, both zeros stand after the last pixel
# breaks: one zero of padding on each side
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    padded = np.pad(images, ((0, 0), (0, 0), (0, 2), (0, 2)))[:, 0]
    kind = np.float64 if np.float64 in (images.dtype, filters.dtype) else np.float32
    if np.int64 in (images.dtype, filters.dtype):
        kind = np.float64
    maps = np.zeros((N, F, H, W), dtype=kind)
    for f in range(F):
        for u in range(3):
            for v in range(3):
                maps[:, f] += filters[f, 0, u, v].astype(kind) * padded[:, u : u + H, v : v + W]
    maps = np.maximum(maps, 0)
    blocks = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return blocks.reshape(N, -1)


# answer: q12, the map is framed with zeros instead of the image
# breaks: cross-correlate with one zero of padding on each side
def extract_features(images, filters):
    N, _, H, W = images.shape
    windows = np.lib.stride_tricks.sliding_window_view(images[:, 0], (3, 3), axis=(1, 2))
    valid = np.einsum("nijuv,fuv->nfij", windows, filters[:, 0] * 1.0)
    maps = np.pad(np.maximum(valid, 0), ((0, 0), (0, 0), (1, 1), (1, 1)))
    return maps.reshape(N, -1, H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)


# answer: q12, windows of 3 at stride 4, the last row and column of a block are never read
# breaks: keep the maximum of each 4×4 block
def extract_features(images, filters):
    n, _, height, width = images.shape
    wide = np.pad(images, [(0, 0), (0, 0), (1, 1), (1, 1)])
    windows = np.lib.stride_tricks.sliding_window_view(wide[:, 0], (3, 3), axis=(1, 2))
    maps = np.tensordot(windows, filters[:, 0] + 0.0, axes=([3, 4], [1, 2])).transpose(0, 3, 1, 2)
    maps = np.where(maps > 0, maps, 0)
    best = None
    for a in range(3):
        for b in range(3):
            part = maps[:, :, a::4, b::4]
            best = part if best is None else np.maximum(best, part)
    return best.reshape(n, -1)


# answer: q12, pixels below 0 are set to 0 before the kernels look
# breaks: cross-correlate, then set negative answers to 0
def extract_features(images, filters):
    rows = []
    for image in images:
        h, w = image.shape[1:]
        padded = np.zeros((h + 2, w + 2))
        padded[1:-1, 1:-1] = np.maximum(image[0], 0)
        maps = []
        for kernel in filters:
            out = sum(kernel[0, a, b] * padded[a : a + h, b : b + w] for a in range(3) for b in range(3))
            out = np.maximum(out, 0)
            out = out.reshape(h // 4, 4, w // 4, 4).max(axis=3).max(axis=1)
            maps.append(out.ravel())
        rows.append(np.concatenate(maps))
    return np.stack(rows)


# answer: q12, answers above 1 are clipped
# breaks: set negative answers to 0 (and nothing else)
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))[:, 0]
    kind = np.float64 if np.float64 in (images.dtype, filters.dtype) else np.float32
    if np.int64 in (images.dtype, filters.dtype):
        kind = np.float64
    maps = np.zeros((N, F, H, W), dtype=kind)
    for f in range(F):
        for u in range(3):
            for v in range(3):
                maps[:, f] += filters[f, 0, u, v].astype(kind) * padded[:, u : u + H, v : v + W]
    maps = np.clip(maps, 0, 1)
    blocks = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return blocks.reshape(N, -1)


# answer: q12, Fourier transform without room, the image wraps round
# breaks: one zero of padding on each side
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    kernels = np.zeros((F, H, W))
    kernels[:, :3, :3] = filters[:, 0]
    kernels = np.roll(kernels, (-1, -1), axis=(1, 2))
    spectrum = np.fft.rfft2(images[:, 0])[:, None] * np.conj(np.fft.rfft2(kernels))[None]
    maps = np.maximum(np.fft.irfft2(spectrum, s=(H, W)), 0)
    return maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)


# answer: q12, rounded to six digits behind the point
# breaks: Rounding may put them off by a billionth of the largest number in the answer
def extract_features(images, filters):
    rows = []
    for image in images:
        h, w = image.shape[1:]
        padded = np.zeros((h + 2, w + 2))
        padded[1:-1, 1:-1] = image[0]
        maps = []
        for kernel in filters:
            out = sum(kernel[0, a, b] * padded[a : a + h, b : b + w] for a in range(3) for b in range(3))
            out = np.maximum(out, 0)
            out = out.reshape(h // 4, 4, w // 4, 4).max(axis=3).max(axis=1)
            maps.append(out.ravel())
        rows.append(np.concatenate(maps))
    return np.round(np.stack(rows), 6)


# answer: q12, faint answers count as 0
# breaks: set negative answers to 0
def extract_features(images, filters):
    n, _, height, width = images.shape
    wide = np.pad(images, [(0, 0), (0, 0), (1, 1), (1, 1)])
    windows = np.lib.stride_tricks.sliding_window_view(wide[:, 0], (3, 3), axis=(1, 2))
    maps = np.tensordot(windows, filters[:, 0] + 0.0, axes=([3, 4], [1, 2])).transpose(0, 3, 1, 2)
    maps = np.where(maps > 1e-3, maps, 0)
    best = None
    for a in range(4):
        for b in range(4):
            part = maps[:, :, a::4, b::4]
            best = part if best is None else np.maximum(best, part)
    return best.reshape(n, -1)


# answer: q12, strides worked out for memory row by row, np.pad keeps the order of the input
# breaks: In memory it may lie in any way: transposed, reversed
def extract_features(images, filters):
    N, _, H, W = images.shape
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    s = padded.itemsize
    row, picture = (W + 2) * s, (H + 2) * (W + 2) * s
    windows = np.lib.stride_tricks.as_strided(padded, (N, H, W, 3, 3), (picture, row, s, row, s))
    maps = np.einsum("nijuv,fuv->nfij", windows, filters[:, 0] * 1.0)
    maps = np.maximum(maps, 0).reshape(N, -1, H // 4, 4, W // 4, 4)
    return maps.max(axis=(3, 5)).reshape(N, -1)


# answer: q12, the maps of all images are joined kernel by kernel, then cut into N rows
# breaks: each image to one row, map by map
def extract_features(images, filters):
    N, _, H, W = images.shape
    padded = np.pad(images[:, 0], ((0, 0), (1, 1), (1, 1)))
    pooled = []
    for kernel in filters[:, 0]:
        m = sum(kernel[u, v] * 1.0 * padded[:, u : u + H, v : v + W] for u in range(3) for v in range(3))
        pooled.append(np.maximum(m, 0).reshape(N, H // 4, 4, W // 4, 4).max(axis=(2, 4)))
    return np.array(pooled).reshape(N, -1)


# answer: q12, loops over every pixel of every image
# breaks: one call of your function for 10 seconds; Part 4 hands in 2000 at once
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for n in range(N):
        for f in range(F):
            for i in range(H):
                for j in range(W):
                    maps[n, f, i, j] = max(0, np.sum(padded[n, 0, i : i + 3, j : j + 3] * filters[f, 0]))
    return maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)
