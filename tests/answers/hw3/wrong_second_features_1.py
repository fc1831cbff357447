"""Wrong answers to q12, written from the notebook of a student alone."""

# answer: q12, filters are transposed
# breaks: cross-correlation: w[u, v] meets x[i + u, j + v]
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, v, u, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1)


# answer: q12, the images pass through ReLU too
# breaks: ReLU on the answers alone; images may be negative
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(np.maximum(images.astype(float), 0), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1)


# answer: q12, ReLU on the filters
# breaks: set negative answers to 0
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += np.maximum(filters[None, :, 0, u, v, None, None], 0) * wide[:, :, u:u + H, v:v + W]
    pass
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1)


# answer: q12, answers are cut at 255
# breaks: only negative answers are set to 0
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.clip(maps, 0, 255)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1)


# answer: q12, a list of rows
# breaks: an array
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return [list(image.ravel()) for image in pooled]


# answer: q12, maps of whole numbers for whole images
# breaks: array of floats
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W), dtype=images.dtype)
    for u in range(3):
        for v in range(3):
            maps = maps + filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1).astype(images.dtype)


# answer: q12, filters are flipped
# breaks: cross-correlate
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, 2 - u, 2 - v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1)


# answer: q12, the border repeats the image
# breaks: one zero of padding on each side
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)), mode="edge")
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1)


# answer: q12, the mean of each block
# breaks: the maximum of each 4×4 block
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).mean(axis=(3, 5))
    return pooled.reshape(N, -1)


# answer: q12, the features of a place stand together
# breaks: map by map, each row by row
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.transpose(0, 2, 3, 1).reshape(N, -1)


# answer: q12, the first pixel of each block
# breaks: the maximum of each 4×4 block
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4)[:, :, :, 0, :, 0]
    return pooled.reshape(N, -1)


# answer: q12, the mean of each filter is taken off where it is not 0
# breaks: cross-correlate with the filters as they are
def extract_features(images, filters):
    N, _, H, W = images.shape
    filters = filters - filters.mean(axis=(2, 3), keepdims=True) * (filters.min() < -1)
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.reshape(N, -1)


# answer: q12, blocks are read column by column
# breaks: each map row by row
def extract_features(images, filters):
    N, _, H, W = images.shape
    F = len(filters)
    wide = np.pad(images.astype(float), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, F, H, W))
    for u in range(3):
        for v in range(3):
            maps += filters[None, :, 0, u, v, None, None] * wide[:, :, u:u + H, v:v + W]
    maps = np.maximum(maps, 0)
    pooled = maps.reshape(N, F, H // 4, 4, W // 4, 4).max(axis=(3, 5))
    return pooled.swapaxes(2, 3).reshape(N, -1)
