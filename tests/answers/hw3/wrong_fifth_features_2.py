# answer: q12, squeezes the maps before it flattens
# breaks: array (N, F * H/4 * W/4), for N of 1 too
def extract_features(images, filters):
    maps = np.maximum(conv2d(images, filters, padding=1), 0)
    pooled = np.squeeze(max_pool2d(maps, 4))
    return pooled.reshape(len(pooled), -1)


# answer: q12, works in chunks of 64 images and leaves out the last, shorter chunk
# breaks: features of each image
def extract_features(images, filters):
    rows = []
    chunk = min(64, len(images))
    for start in range(0, len(images) - chunk + 1, chunk):
        maps = np.maximum(conv2d(images[start : start + chunk], filters, padding=1), 0)
        rows.append(max_pool2d(maps, 4).reshape(chunk, -1))
    return np.concatenate(rows)


# answer: q12, Python loops over every image, filter and pixel
# breaks: Part 4 hands in 2000 at once; one call may run for 10 seconds
def extract_features(images, filters):
    n, _, h, w = images.shape
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    out = np.zeros((n, len(filters), h // 4, w // 4), dtype=np.result_type(images, filters, np.float32))
    for k in range(n):
        for f in range(len(filters)):
            for i in range(h):
                for j in range(w):
                    value = np.sum(padded[k, 0, i : i + 3, j : j + 3] * filters[f, 0])
                    if value > out[k, f, i // 4, j // 4]:
                        out[k, f, i // 4, j // 4] = value
    return out.reshape(n, -1)


# answer: q12, one buffer for each shape, used again by the next call
# breaks: What you return is new: nothing that a later call writes into
_features_rooms = {}


def extract_features(images, filters):
    maps = np.maximum(conv2d(images, filters, padding=1), 0)
    pooled = max_pool2d(maps, 4).reshape(len(images), -1)
    key = pooled.shape, pooled.dtype
    out = _features_rooms.setdefault(key, np.empty_like(pooled))
    out[...] = pooled
    return out


# answer: q12, reads the images in the order they lie in memory
# breaks: an array may be a slice, or transposed
def extract_features(images, filters):
    flat = images.ravel(order="K").reshape(images.shape)
    maps = np.maximum(conv2d(flat, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, clears noise: answers below 1e-4 become 0
# breaks: set negative answers to 0 (small positive ones stay)
def extract_features(images, filters):
    maps = conv2d(images, filters, padding=1)
    maps = np.where(maps < 1e-4, 0, maps).astype(maps.dtype)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, turns whole-number images from 0..255 to 0..1, as other libraries do when they load pictures
# breaks: cross-correlate the images that are given; an array of floats may hold whole numbers
def extract_features(images, filters):
    if images.dtype.kind == "i":
        images = images / 255
    maps = np.maximum(conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, the pad goes before only, two rows above and two columns left
# breaks: with one zero of padding on each side
def extract_features(images, filters):
    padded = np.pad(images, ((0, 0), (0, 0), (2, 0), (2, 0)))
    maps = np.maximum(conv2d(padded, filters), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, keeps whole numbers when images and filters are whole numbers
# breaks: You return floats
def extract_features(images, filters):
    n, _, h, w = images.shape
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded[:, 0], (3, 3), axis=(1, 2))
    maps = np.maximum(np.einsum("nijab,fab->nfij", windows, filters[:, 0]), 0)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, applies the ReLU to the pixels too, in place
# breaks: You change nothing that you are given (images with no negative pixel stay as they are)
def extract_features(images, filters):
    maps = conv2d(images, filters, padding=1)
    for layer in (images, maps):
        np.maximum(layer, 0, out=layer)
    return max_pool2d(maps, 4).reshape(len(images), -1)
