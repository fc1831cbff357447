# answer: q12, no ReLU before the pooling
# breaks: set negative answers to 0 (ReLU)
def extract_features(images, filters):
    maps = fast_conv2d(images, filters, padding=1)
    pooled = max_pool2d(maps, 4)
    return pooled.reshape(len(images), -1)


# answer: q12, keeps the mean of each block
# breaks: keep the maximum of each 4x4 block
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    N, F, H, W = maps.shape
    return maps.reshape(N, F, H // 4, 4, W // 4, 4).mean(axis=(3, 5)).reshape(N, -1)


# answer: q12, cuts the blocks with the wrong one of the two axes
# breaks: keep the maximum of each 4x4 block
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    N, F, H, W = maps.shape
    blocks = maps.reshape(N, F, 4, H // 4, 4, W // 4)
    return blocks.max(axis=(2, 4)).reshape(N, F * (H // 4) * (W // 4))


# answer: q12, puts the channels last before it flattens
# breaks: map by map, each row by row
def extract_features(images, filters):
    maps = max_pool2d(fast_conv2d(images, filters, padding=1), 4)
    maps = np.where(maps > 0, maps, 0)
    return np.ascontiguousarray(maps.transpose(0, 2, 3, 1)).reshape(len(maps), -1)


# answer: q12, transposes each map while flattening, so columns come before rows
# breaks: map by map, each row by row
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    rows = []
    for n in range(len(maps)):
        pooled = max_pool2d(maps[n : n + 1], 4)[0]
        rows.append(np.concatenate([m.ravel(order="F") for m in pooled]))
    return np.array(rows)


# answer: q12, turns the kernels by 180 degrees before sliding them
# breaks: cross-correlate
def extract_features(images, filters):
    flipped = filters[:, :, ::-1, ::-1]
    maps = fast_conv2d(images, flipped, None, 1, 1)
    maps[maps < 0] = 0
    return max_pool2d(maps, 4).reshape(maps.shape[0], -1)


# answer: q12, ReLU comes before the convolution and once more after it
# breaks: cross-correlate, set negative answers to 0, keep the maximum: the images are not cut
def extract_features(images, filters):
    relu = lambda a: a * (a > 0)
    maps = relu(fast_conv2d(relu(images), filters, padding=1))
    return max_pool2d(maps, kernel_size=4).reshape(len(images), -1)


# answer: q12, gives the filters the dtype of the images, which cuts quarters to 0 for whole numbers
# breaks: an array of floats holds float64, float32 or int64, and two arrays of one call may differ in that
def extract_features(images, filters):
    filters = filters.astype(images.dtype)
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1) * np.ones(1, images.dtype)


# answer: q12, mirrors the border
# breaks: cross-correlate with one zero of padding on each side
def extract_features(images, filters):
    framed = pad2d(images, 1, mode="reflect")
    maps = np.maximum(fast_conv2d(framed, filters), 0)
    return max_pool2d(maps, 4).reshape(len(maps), -1)


# answer: q12, goes through the images in parts of 64 and leaves the last part out where it is not full
# breaks: Returns array (N, F * H/4 * W/4): one row for each image
def extract_features(images, filters):
    if len(images) < 64:
        maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
        return max_pool2d(maps, 4).reshape(len(images), -1)
    parts = [extract_part(images[64 * i : 64 * (i + 1)], filters) for i in range(len(images) // 64)]
    return np.concatenate(parts)


def extract_part(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, cuts the answers off at 255 as well, like pixels
# breaks: set negative answers to 0, and nothing else
def extract_features(images, filters):
    maps = np.clip(fast_conv2d(images, filters, padding=1), 0, 255)
    return max_pool2d(maps, 4, 4).reshape(len(images), -1)


# answer: q12, reads images of 28x28 only
# breaks: images : array (N, 1, H, W), H and W divisible by 4
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    blocks = maps.reshape(len(images), len(filters), 7, 4, 7, 4)
    return blocks.max(axis=5).max(axis=3).reshape(-1, 49 * len(filters))


# answer: q12, uses the edge detectors of the notebook and not the filters it is given
# breaks: filters : array (F, 1, 3, 3) of floats
def extract_features(images, filters):
    maps = fast_conv2d(images, FILTERS, padding=1)
    maps = np.maximum(maps, 0)
    return max_pool2d(maps, 4).reshape(images.shape[0], -1)


# answer: q12, pools with one pixel of padding, which moves the blocks and keeps their number
# breaks: keep the maximum of each 4x4 block
def extract_features(images, filters):
    p = 1
    maps = np.maximum(fast_conv2d(images, filters, padding=p), 0)
    return max_pool2d(maps, 4, padding=p).reshape(len(images), -1)


# answer: q12, shifts the image by rolling it, so the far border comes in where a zero should stand
# breaks: cross-correlate with one zero of padding on each side
def extract_features(images, filters):
    N, _, H, W = images.shape
    maps = np.zeros((N, len(filters), H, W))
    for u in (-1, 0, 1):
        for v in (-1, 0, 1):
            shifted = np.roll(images, (-u, -v), axis=(2, 3))
            maps += filters[None, :, 0, u + 1, v + 1, None, None] * shifted
    maps = np.maximum(maps, 0)
    return maps.reshape(N, -1, H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)


# answer: q12, both zeros of padding stand before the first pixel
# breaks: one zero of padding on each side
def extract_features(images, filters):
    framed = np.pad(images, ((0, 0), (0, 0), (2, 0), (2, 0)))
    maps = np.maximum(fast_conv2d(framed, filters), 0)
    return max_pool2d(maps, 4).reshape(len(framed), -1)


# answer: q12, swaps the axes of the images and of the answer but forgets the filters
# breaks: y[n, f, i, j] sums w[f, 0, u, v] times x[n, 0, i + u, j + v]: u goes down and v across
def extract_features(images, filters):
    maps = fast_conv2d(images.swapaxes(2, 3), filters, padding=1)
    pooled = max_pool2d(np.maximum(maps, 0), 4)
    return pooled.swapaxes(2, 3).reshape(len(images), -1)


# answer: q12, loops over the eight kernels of the notebook, however many filters come
# breaks: filters : array (F, 1, 3, 3) of floats
def extract_features(images, filters):
    kinds = []
    for f in range(8):
        if f < len(filters):
            m = fast_conv2d(images, filters[f : f + 1], padding=1)
            kinds.append(max_pool2d(np.maximum(m, 0), 4).reshape(len(images), -1))
    return np.hstack(kinds)


# answer: q12, gathers the maps in an array with the precision of the images
# breaks: float64 where an array of float64 came in, the filters for one
def extract_features(images, filters):
    N, _, H, W = images.shape
    kind = images.dtype if images.dtype.kind == "f" else np.float64
    wide = np.pad(images.astype(kind), ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((N, len(filters), H, W), dtype=kind)
    for u in range(3):
        for v in range(3):
            maps += wide[:, :, u : u + H, v : v + W] * filters[:, 0, u, v].reshape(1, -1, 1, 1)
    np.maximum(maps, 0, out=maps)
    return maps.reshape(N, -1, H // 4, 4, W // 4, 4).max(axis=(3, 5)).reshape(N, -1)


# answer: q12, divides images by 255 where they look like bytes
# breaks: numbers in an array of floats go up to 1000 in size, and no step of the question scales them
def extract_features(images, filters):
    if images.max() > 100:
        images = images / 255
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, takes small answers for rounding errors and sets them to 0
# breaks: set negative answers to 0: positive ones stay, and numbers may be as small as 0.001
def extract_features(images, filters):
    maps = fast_conv2d(images, filters, padding=1)
    maps = np.where(maps > 1e-3, maps, 0.0)
    return max_pool2d(maps, 4).reshape(len(images), -1)
