# answer: q12, no padding
# breaks: one zero of padding on each side, so that the size stays
def extract_features(images, filters):
    maps = fast_conv2d(images, filters)
    maps = max_pool2d(np.maximum(maps, 0), 4)
    return maps.reshape(len(maps), -1)


# answer: q12, ReLU is forgotten
# breaks: negative answers are set to 0
def extract_features(images, filters):
    maps = fast_conv2d(images, filters, padding=1)
    maps = max_pool2d(maps, 4)
    return maps.reshape(len(maps), -1)


# answer: q12, blocks of 2×2, twice as many as asked for
# breaks: 4×4 blocks: F * H/4 * W/4 features
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    maps = max_pool2d(maps, 2)
    return maps.reshape(maps.shape[0], -1)


# answer: q12, the channels stand last before the maps are flattened
# breaks: "map by map, each row by row"
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    maps = max_pool2d(maps, 4).transpose(0, 2, 3, 1)
    return maps.reshape(len(maps), -1)


# answer: q12, the maps are stacked filter by filter and reshaped without moving the images to the front
# breaks: one row for each image
def extract_features(images, filters):
    maps = []
    for kernel in filters:
        answer = fast_conv2d(images, kernel[None], padding=1)
        maps.append(max_pool2d(np.maximum(answer, 0), 4)[:, 0])
    return np.stack(maps).reshape(len(images), -1)


# answer: q12, the kernels are flipped
# breaks: cross-correlate
def extract_features(images, filters):
    flipped = filters[:, :, ::-1, ::-1]
    maps = np.maximum(fast_conv2d(images, flipped, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, the features are divided by the largest of the batch
# breaks: "Each image stands alone"
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    maps = max_pool2d(maps, 4)
    return (maps / max(maps.max(), 1e-12)).reshape(len(images), -1)


# answer: q12, each image has its mean taken off first
# breaks: the images are cross-correlated as they are
def extract_features(images, filters):
    centred = images - images.mean(axis=(2, 3), keepdims=True)
    maps = np.maximum(fast_conv2d(centred, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, the border is mirrored
# breaks: "one zero of padding on each side"
def extract_features(images, filters):
    padded = pad2d(images, 1, "reflect")
    maps = np.maximum(fast_conv2d(padded, filters), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, the notebook's FILTERS instead of the argument
# breaks: the features come from the filters that are given
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, FILTERS, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, made for 28×28 pixels and eight kernels
# breaks: H and W divisible by 4, F filters: other sizes too
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    blocks = maps.reshape(len(images), 8, 7, 4, 7, 4)
    return blocks.max(axis=(3, 5)).reshape(len(images), 8 * 7 * 7)


# answer: q12, the blocks are cut with the axes of block and place exchanged
# breaks: the maximum of each 4×4 block of neighbours
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    n, f, h, w = maps.shape
    return maps.reshape(n, f, 4, h // 4, 4, w // 4).max(axis=(2, 4)).reshape(n, -1)


# answer: q12, height and width exchanged in the reshape into blocks
# breaks: images whose height and width differ
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    n, f = maps.shape[:2]
    w, h = images.shape[2:]
    blocks = maps.reshape(n, f, h // 4, 4, w // 4, 4)
    return blocks.max(axis=(3, 5)).reshape(n, -1)


# answer: q12, the answers are written into an array like the images
# breaks: images may come as whole numbers; what you return holds floats
def extract_features(images, filters):
    n, _, h, w = images.shape
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    maps = np.zeros((n, len(filters), h, w), dtype=images.dtype)
    for f in range(len(filters)):
        for i in range(h):
            for j in range(w):
                window = padded[:, 0, i : i + 3, j : j + 3]
                maps[:, f, i, j] = (window * filters[f, 0]).sum(axis=(1, 2))
    maps = np.maximum(maps, 0)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, half precision to save memory
# breaks: the features of the images, to the precision of the input
def extract_features(images, filters):
    maps = fast_conv2d(images.astype(np.float16), filters.astype(np.float16), padding=1)
    maps = max_pool2d(np.maximum(maps, 0), 4)
    return maps.reshape(len(maps), -1).astype(float)


# answer: q12, by Fourier transform, and the border wraps round
# breaks: zeros stand outside, not the other side of the image
def extract_features(images, filters):
    n, _, h, w = images.shape
    kernels = np.zeros((len(filters), h, w))
    kernels[:, :3, :3] = filters[:, 0]
    kernels = np.roll(kernels, (-1, -1), axis=(1, 2))
    spectrum = np.fft.fft2(images) * np.conj(np.fft.fft2(kernels))[None]
    maps = np.maximum(np.fft.ifft2(spectrum).real, 0)
    return maps.reshape(n, len(filters), h // 4, 4, w // 4, 4).max(axis=(3, 5)).reshape(n, -1)


# answer: q12, features are kept from the last call with images of the same shape
# breaks: the features of these images
SEEN = {}


def extract_features(images, filters):
    key = (images.shape, filters.shape)
    if key not in SEEN:
        maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
        SEEN[key] = max_pool2d(maps, 4).reshape(len(images), -1)
    return SEEN[key].copy()


# answer: q12, squeezed at the end
# breaks: "array (N, F * H/4 * W/4)": one image, or one feature, loses its axis
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return np.squeeze(max_pool2d(maps, 4).reshape(len(images), -1))


# answer: q12, six Python loops
# breaks: one call may take 10 seconds, and Part 4 calls this on all training images
def extract_features(images, filters):
    n, _, h, w = images.shape
    out = np.zeros((n, len(filters), h // 4, w // 4))
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)))
    for m in range(n):
        for f in range(len(filters)):
            for i in range(h):
                for j in range(w):
                    answer = np.sum(padded[m, 0, i : i + 3, j : j + 3] * filters[f, 0])
                    out[m, f, i // 4, j // 4] = max(out[m, f, i // 4, j // 4], answer, 0)
    return out.reshape(n, -1)


# answer: q12, the images are scaled in place first, and the features scaled back
# breaks: "No function changes the arrays that it is given"
def extract_features(images, filters):
    top = max(float(np.abs(images).max()), 1.0)
    if images.dtype.kind != "f":
        images = images.astype(float)
    images /= top
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1) * top


# answer: q12, features that are 0 in every image are dropped
# breaks: F * H/4 * W/4 features, always
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    rows = max_pool2d(maps, 4).reshape(len(images), -1)
    return rows[:, rows.any(axis=0)]
