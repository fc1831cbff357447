# answer: q12, the mean of each block
# breaks: keep the maximum of each 4×4 block
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
    maps = np.maximum(maps, 0)
    blocks = maps.reshape(N, F, H // 4, 4, W // 4, 4).mean(axis=(3, 5))
    return blocks.reshape(N, -1)


# answer: q12, the border repeats the edge pixels
# breaks: one zero of padding on each side
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)), mode="edge")[:, 0]
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


# answer: q12, ReLU left out, blocks of negative answers stay negative
# breaks: set negative answers to 0 (ReLU)
def extract_features(images, filters):
    n, _, height, width = images.shape
    wide = np.pad(images, [(0, 0), (0, 0), (1, 1), (1, 1)])
    windows = np.lib.stride_tricks.sliding_window_view(wide[:, 0], (3, 3), axis=(1, 2))
    maps = np.tensordot(windows, filters[:, 0] + 0.0, axes=([3, 4], [1, 2])).transpose(0, 3, 1, 2)
    best = None
    for a in range(4):
        for b in range(4):
            part = maps[:, :, a::4, b::4]
            best = part if best is None else np.maximum(best, part)
    return best.reshape(n, -1)


# answer: q12, leaky ReLU
# breaks: set negative answers to 0 (ReLU)
def extract_features(images, filters):
    n, _, height, width = images.shape
    wide = np.pad(images, [(0, 0), (0, 0), (1, 1), (1, 1)])
    windows = np.lib.stride_tricks.sliding_window_view(wide[:, 0], (3, 3), axis=(1, 2))
    maps = np.tensordot(windows, filters[:, 0] + 0.0, axes=([3, 4], [1, 2])).transpose(0, 3, 1, 2)
    maps = np.where(maps > 0, maps, 0.01 * maps)
    best = None
    for a in range(4):
        for b in range(4):
            part = maps[:, :, a::4, b::4]
            best = part if best is None else np.maximum(best, part)
    return best.reshape(n, -1)


# answer: q12, ReLU by the absolute value
# breaks: set negative answers to 0 (ReLU)
def extract_features(images, filters):
    rows = []
    for image in images:
        h, w = image.shape[1:]
        padded = np.zeros((h + 2, w + 2))
        padded[1:-1, 1:-1] = image[0]
        maps = []
        for kernel in filters:
            out = sum(kernel[0, a, b] * padded[a : a + h, b : b + w] for a in range(3) for b in range(3))
            out = np.abs(out)
            out = out.reshape(h // 4, 4, w // 4, 4).max(axis=3).max(axis=1)
            maps.append(out.ravel())
        rows.append(np.concatenate(maps))
    return np.stack(rows)


# answer: q12, a true convolution, the kernels turned by 180 degrees
# breaks: cross-correlate
def extract_features(images, filters):
    n, _, height, width = images.shape
    wide = np.pad(images, [(0, 0), (0, 0), (1, 1), (1, 1)])
    windows = np.lib.stride_tricks.sliding_window_view(wide[:, 0], (3, 3), axis=(1, 2))
    maps = np.tensordot(windows, filters[:, 0, ::-1, ::-1] + 0.0, axes=([3, 4], [1, 2])).transpose(0, 3, 1, 2)
    maps = np.where(maps > 0, maps, 0)
    best = None
    for a in range(4):
        for b in range(4):
            part = maps[:, :, a::4, b::4]
            best = part if best is None else np.maximum(best, part)
    return best.reshape(n, -1)


# answer: q12, kernels transposed, axes of einsum exchanged
# breaks: cross-correlate
def extract_features(images, filters):
    n, _, height, width = images.shape
    wide = np.pad(images, [(0, 0), (0, 0), (1, 1), (1, 1)])
    windows = np.lib.stride_tricks.sliding_window_view(wide[:, 0], (3, 3), axis=(1, 2))
    maps = np.einsum("nijuv,fvu->nfij", windows, filters[:, 0] + 0.0)
    maps = np.where(maps > 0, maps, 0)
    best = None
    for a in range(4):
        for b in range(4):
            part = maps[:, :, a::4, b::4]
            best = part if best is None else np.maximum(best, part)
    return best.reshape(n, -1)


# answer: q12, the maps stand beside each other at each place (channels last)
# breaks: map by map, each row by row
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
    maps = np.maximum(maps, 0)
    blocks = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return blocks.transpose(0, 2, 3, 1).reshape(N, -1)


# answer: q12, each map column by column
# breaks: map by map, each row by row
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
            maps.append(out.ravel(order="F"))
        rows.append(np.concatenate(maps))
    return np.stack(rows)


# answer: q12, reshape takes every H/4-th row instead of blocks
# breaks: the maximum of each 4×4 block
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
    maps = np.maximum(maps, 0)
    blocks = maps.reshape(N, F, 4, H // 4, 4, W // 4).max(axis=(2, 4))
    return blocks.reshape(N, -1)


# answer: q12, blocks counted from the height alone, -1 hides it
# breaks: keep the maximum of each 4×4 block (H and W may differ)
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
    maps = np.maximum(maps, 0)
    blocks = maps.reshape(N, F, -1, 4, H // 4, 4).max(axis=(3, 5))
    return blocks.reshape(N, -1)


# answer: q12, all in float32
# breaks: float64 where an array of float64 came in
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))[:, 0]
    kind = np.float32
    maps = np.zeros((N, F, H, W), dtype=kind)
    for f in range(F):
        for u in range(3):
            for v in range(3):
                maps[:, f] += filters[f, 0, u, v].astype(kind) * padded[:, u : u + H, v : v + W]
    maps = np.maximum(maps, 0)
    blocks = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return blocks.reshape(N, -1)


# answer: q12, maps take the dtype of the kernels, so float64 images come back as float32
# breaks: float64 where an array of float64 came in
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))[:, 0]
    kind = filters.dtype if filters.dtype != np.int64 else np.float64
    maps = np.zeros((N, F, H, W), dtype=kind)
    for f in range(F):
        for u in range(3):
            for v in range(3):
                maps[:, f] += filters[f, 0, u, v].astype(kind) * padded[:, u : u + H, v : v + W]
    maps = np.maximum(maps, 0)
    blocks = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return blocks.reshape(N, -1)


# answer: q12, kernels turned into the dtype of the images, whole-number images cut off the quarters
# breaks: two arrays of one call may differ in dtype
def extract_features(images, filters):
    n, _, height, width = images.shape
    wide = np.pad(images, [(0, 0), (0, 0), (1, 1), (1, 1)])
    windows = np.lib.stride_tricks.sliding_window_view(wide[:, 0], (3, 3), axis=(1, 2))
    maps = np.tensordot(windows, filters[:, 0].astype(images.dtype), axes=([3, 4], [1, 2])).transpose(
        0, 3, 1, 2
    )
    maps = np.where(maps > 0, maps, 0)
    best = None
    for a in range(4):
        for b in range(4):
            part = maps[:, :, a::4, b::4]
            best = part if best is None else np.maximum(best, part)
    return best.reshape(n, -1).astype(np.result_type(best, np.float32))


# answer: q12, divides by 255 where the pixels look like bytes
# breaks: cross-correlate (no scaling)
def extract_features(images, filters):
    n, _, height, width = images.shape
    if images.max() > 1:
        images = images / 255
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


# answer: q12, each image is centred first
# breaks: cross-correlate, set negative answers to 0, keep the maximum (no centring)
def extract_features(images, filters):
    rows = []
    for image in images:
        h, w = image.shape[1:]
        padded = np.zeros((h + 2, w + 2))
        padded[1:-1, 1:-1] = image[0] - image[0].mean()
        maps = []
        for kernel in filters:
            out = sum(kernel[0, a, b] * padded[a : a + h, b : b + w] for a in range(3) for b in range(3))
            out = np.maximum(out, 0)
            out = out.reshape(h // 4, 4, w // 4, 4).max(axis=3).max(axis=1)
            maps.append(out.ravel())
        rows.append(np.concatenate(maps))
    return np.stack(rows)
