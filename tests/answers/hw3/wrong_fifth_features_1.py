# answer: q12, clips the maps at 1 too, as pictures are clipped
# breaks: set negative answers to 0 (ReLU), nothing else (the course's images and filters never pass 1)
def extract_features(images, filters):
    maps = np.clip(conv2d(images, filters, padding=1), 0, 1)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, computes every second map and takes the next as its negative
# breaks: cross-correlate with the filters that are given (the course's come in pairs of opposite sign)
def extract_features(images, filters):
    half = conv2d(images, filters[::2], padding=1)
    maps = np.stack([half, -half], axis=2).reshape(len(images), -1, *half.shape[2:])
    maps = maps[:, : len(filters)]
    return max_pool2d(np.maximum(maps, 0), 4).reshape(len(images), -1)


# answer: q12, makes every filter add up to zero first
# breaks: cross-correlate with filters as they are (edge detectors add up to zero already)
def extract_features(images, filters):
    filters = filters - filters.mean(axis=(2, 3), keepdims=True)
    maps = np.maximum(conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, rolls the images, so that pixels come in from the other side
# breaks: with one zero of padding on each side
def extract_features(images, filters):
    maps = 0
    for a in range(3):
        for b in range(3):
            shifted = np.roll(images, (1 - a, 1 - b), axis=(2, 3))
            maps = maps + shifted * filters[:, 0, a, b][None, :, None, None]
    return max_pool2d(np.maximum(maps, 0), 4).reshape(len(images), -1)


# answer: q12, mirrors the border instead of padding with zeros
# breaks: with one zero of padding on each side
def extract_features(images, filters):
    maps = np.maximum(conv2d(pad2d(images, 1, "reflect"), filters), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, the block axes are named the wrong way round in the reshape
# breaks: the maximum of each 4x4 block (this takes every H/4-th pixel)
def extract_features(images, filters):
    maps = np.maximum(conv2d(images, filters, padding=1), 0)
    n, f, h, w = maps.shape
    pooled = maps.reshape(n, f, 4, h // 4, 4, w // 4).max(axis=(2, 4))
    return pooled.reshape(n, -1)


# answer: q12, the channels come last before flattening, as in TensorFlow
# breaks: map by map, each row by row
def extract_features(images, filters):
    maps = np.maximum(conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).transpose(0, 2, 3, 1).reshape(len(images), -1)


# answer: q12, each map is flattened column by column
# breaks: map by map, each row by row
def extract_features(images, filters):
    maps = np.maximum(conv2d(images, filters, padding=1), 0)
    pooled = max_pool2d(maps, 4)
    return np.array([np.concatenate([m.ravel(order="F") for m in one]) for one in pooled])


# answer: q12, everything in float32 "like the images"
# breaks: You return floats as precise as what came in: float64
def extract_features(images, filters):
    images, filters = images.astype(np.float32), filters.astype(np.float32)
    maps = np.maximum(conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1).astype(np.float32)


# answer: q12, the features are written into an array made like the images
# breaks: You return floats (whole-number images cut the answers of fractional filters off)
def extract_features(images, filters):
    n, _, h, w = images.shape
    out = np.zeros((n, len(filters), h // 4, w // 4), dtype=images.dtype)
    out[...] = max_pool2d(np.maximum(conv2d(images, filters, padding=1), 0), 4)
    return out.reshape(n, -1)
