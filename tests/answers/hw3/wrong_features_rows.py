"""Wrong answers to the feature extractor: rows, images, filters, memory. Text; nobody imports it."""

# answer: q12, does not flatten
# breaks: array (N, F * H/4 * W/4)
def extract_features(images, filters):
    return max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4)


# answer: q12, one row for all images
# breaks: array (N, F * H/4 * W/4)
def extract_features(images, filters):
    return max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4).ravel()


# answer: q12, features down, images along
# breaks: array (N, F * H/4 * W/4)
def extract_features(images, filters):
    return max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4).reshape(len(images), -1).T


# answer: q12, flattens with the channels last
# breaks: flatten each image of (F, H/4, W/4) to one row
def extract_features(images, filters):
    maps = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4)
    return maps.transpose(0, 2, 3, 1).reshape(len(images), -1)


# answer: q12, flattens column by column
# breaks: flatten each image of (F, H/4, W/4) to one row
def extract_features(images, filters):
    maps = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4)
    return maps.swapaxes(2, 3).reshape(len(images), -1)


# answer: q12, flattens in Fortran's order
# breaks: flatten each image to one row
def extract_features(images, filters):
    maps = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4)
    return maps.reshape(len(images), -1, order="F")


# answer: q12, divides by the largest feature of the batch
# breaks: each image stands alone, and nothing is divided
def extract_features(images, filters):
    rows = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4).reshape(len(images), -1)
    return rows / (rows.max() + 1e-9)


# answer: q12, takes the mean of the batch away
# breaks: each image stands alone
def extract_features(images, filters):
    rows = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4).reshape(len(images), -1)
    return rows - rows.mean(axis=0)


# answer: q12, gives each row length 1
# breaks: convolution, ReLU, max pooling and nothing else
def extract_features(images, filters):
    rows = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4).reshape(len(images), -1)
    return rows / (np.linalg.norm(rows, axis=1, keepdims=True) + 1e-9)


# answer: q12, FILTERS instead of filters
# breaks: filters
def extract_features(images, filters):
    return max_pool2d(np.maximum(fast_conv2d(images, FILTERS, padding=1), 0), 4).reshape(len(images), -1)


# answer: q12, the first filter for all
# breaks: filters (F, 1, 3, 3)
def extract_features(images, filters):
    maps = fast_conv2d(images, np.repeat(filters[:1], len(filters), axis=0), padding=1)
    return max_pool2d(np.maximum(maps, 0), 4).reshape(len(images), -1)


# answer: q12, eight filters, seven by seven blocks
# breaks: array (N, F * H/4 * W/4)
def extract_features(images, filters):
    out = np.zeros((len(images), 8, 7, 7))
    maps = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4)
    out[:, : maps.shape[1], : maps.shape[2], : maps.shape[3]] = maps[:, :8, :7, :7]
    return out.reshape(len(images), -1)


# answer: q12, as many columns of blocks as rows
# breaks: H and W may differ
def extract_features(images, filters):
    maps = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4)
    return maps[:, :, :, : maps.shape[2]].reshape(len(images), -1)


# answer: q12, the first image for all
# breaks: features of each image
def extract_features(images, filters):
    row = max_pool2d(np.maximum(fast_conv2d(images[:1], filters, padding=1), 0), 4).reshape(1, -1)
    return np.repeat(row, len(images), axis=0)


# answer: q12, sets negative pixels of the caller's images to 0
# breaks: images are changed
def extract_features(images, filters):
    np.maximum(images, 0, out=images)
    return max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4).reshape(len(images), -1)


# answer: q12, writes a frame of zeros into the caller's images
# breaks: images are changed
def extract_features(images, filters):
    images[:, :, [0, -1]] = 0
    images[:, :, :, [0, -1]] = 0
    return max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4).reshape(len(images), -1)


# answer: q12, scales the caller's filters and the features back
# breaks: filters are changed
def extract_features(images, filters):
    scale = np.abs(filters).max()
    filters /= scale
    return scale * max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4).reshape(
        len(images), -1
    )


# answer: q12, whole numbers
# breaks: an array of floats
def extract_features(images, filters):
    rows = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4).reshape(len(images), -1)
    return rows.astype(int)


# answer: q12, half precision, to save memory
# breaks: the maximum of each block, which half precision does not hold
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images.astype(np.float16), filters.astype(np.float16), padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1).astype(np.float16)


# answer: q12, a column of ones for the bias
# breaks: array (N, F * H/4 * W/4)
def extract_features(images, filters):
    rows = max_pool2d(np.maximum(fast_conv2d(images, filters, padding=1), 0), 4).reshape(len(images), -1)
    return np.hstack([rows, np.ones((len(images), 1))])


# answer: q12, remembers the first features of a shape
# breaks: features of the images that are given
features_of = {}


def extract_features(images, filters):
    key = (images.shape, filters.shape)
    if key not in features_of:
        maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
        features_of[key] = max_pool2d(maps, 4).reshape(len(images), -1)
    return features_of[key]


# answer: q12, takes the images in pairs and forgets the last of an odd number
# breaks: features of each image
def extract_features(images, filters):
    out = np.zeros((len(images), len(filters) * images.shape[2] // 4 * images.shape[3] // 4))
    for first in range(0, len(images) // 2 * 2, 2):
        part = images[first : first + 2]
        maps = np.maximum(fast_conv2d(part, filters, padding=1), 0)
        out[first : first + 2] = max_pool2d(maps, 4).reshape(2, -1)
    return out


# answer: q12, the bright pixels of an image decide: ReLU where the image is dark
# breaks: negative answers become 0, positive ones stay
def extract_features(images, filters):
    maps = fast_conv2d(images, filters, padding=1) * (images > 0)
    return max_pool2d(np.maximum(maps, 0), 4).reshape(len(images), -1)


# answer: q12, adds the maps up before pooling
# breaks: F maps, each with its own features
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0).sum(axis=1, keepdims=True)
    return np.tile(max_pool2d(maps, 4), (1, len(filters), 1, 1)).reshape(len(images), -1)
