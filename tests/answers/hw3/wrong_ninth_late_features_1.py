# answer: q12, the maps lie last, as in TensorFlow
# breaks: map by map, each row by row
def extract_features(images, filters):
    maps = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4)
    return maps.transpose(0, 2, 3, 1).reshape(len(maps), -1)


# answer: q12, each map is flattened column by column
# breaks: map by map, each row by row
def extract_features(images, filters):
    maps = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4)
    return maps.swapaxes(2, 3).reshape(maps.shape[0], -1)


# answer: q12, the reshape into blocks has its axes the wrong way round
# breaks: keep the maximum of each 4×4 block
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    N, F, H, W = maps.shape
    return maps.reshape(N, F, 4, H // 4, 4, W // 4).max(axis=(2, 4)).reshape(N, -1)


# answer: q12, all axes of length 1 are dropped, also that of a single image
# breaks: array (N, F * H/4 * W/4)
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0).squeeze()
    if maps.ndim == 4:
        return max_pool2d(maps, 4).reshape(len(maps), -1)
    return max_pool2d(maps[:, None], 4).reshape(len(maps), -1)


# answer: q12, whole-number images get an array of whole numbers for their maps
# breaks: array (N, F * H/4 * W/4) of floats; two arrays of one call may differ in their type
def extract_features(images, filters):
    N, _, H, W = images.shape
    framed = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    kind = images.dtype if images.dtype.kind == "i" else float
    out = np.zeros((N, len(filters), H // 4, W // 4), dtype=kind)
    for f, kernel in enumerate(filters[:, 0]):
        total = sum(kernel[u, v] * framed[:, 0, u : u + H, v : v + W] for u in range(3) for v in range(3))
        out[:, f] = np.maximum(total, 0).reshape(N, H // 4, 4, W // 4, 4).max(axis=(2, 4))
    return out.reshape(N, -1)


# answer: q12, all is computed in float32 to be twice as fast
# breaks: float64 where an array of float64 came in
def extract_features(images, filters):
    images, filters = images.astype(np.float32), filters.astype(np.float32)
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(maps), -1)


# answer: q12, chunks of 64 images, and the last chunk only where it is full
# breaks: array (N, F * H/4 * W/4); Part 4 hands in 2000 at once
def extract_features(images, filters):
    def some(part):
        maps = np.maximum(fast_conv2d(part, filters, padding=1), 0)
        return max_pool2d(maps, 4).reshape(len(part), -1)

    if len(images) <= 64:
        return some(images)
    first = some(images[:64])
    out = np.zeros((len(images), first.shape[1]), first.dtype)
    for n in range(len(images) // 64):
        out[64 * n : 64 * n + 64] = some(images[64 * n : 64 * n + 64])
    return out


# answer: q12, one buffer for the rows, used again by the next call of the same size
# breaks: What you return is new: nothing that a later call writes into
_ROWS = {}


def extract_features(images, filters):
    rows = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4).reshape(len(images), -1)
    key = rows.shape, rows.dtype
    if key not in _ROWS:
        _ROWS[key] = np.empty(*key)
    _ROWS[key][...] = rows
    return _ROWS[key]


# answer: q12, height and width swapped where the blocks are laid out
# breaks: H and W divisible by 4: they may differ
def extract_features(images, filters):
    N, _, H, W = images.shape
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    blocks = maps.reshape(N, len(filters), W // 4, 4, H // 4, 4)
    return blocks.max(axis=(3, 5)).reshape(N, -1)


# answer: q12, the border pixel is repeated round the image
# breaks: one zero of padding on each side
def extract_features(images, filters):
    framed = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)), mode="edge")
    maps = np.maximum(fast_conv2d(framed, filters), 0)
    return max_pool2d(maps, 4).reshape(len(maps), -1)
