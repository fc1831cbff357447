"""Wrong answers to the feature extractor: its convolution and its borders. Text; nobody imports it."""

# answer: q12, no ReLU
# breaks: negative answers become 0
def extract_features(images, filters):
    maps = fast_conv2d(images, filters, padding=1)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, the absolute value for ReLU
# breaks: negative answers become 0
def extract_features(images, filters):
    maps = np.abs(fast_conv2d(images, filters, padding=1))
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, a leaky ReLU
# breaks: negative answers become 0
def extract_features(images, filters):
    maps = fast_conv2d(images, filters, padding=1)
    maps = np.where(maps > 0, maps, 0.01 * maps)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, ReLU that stops at 6
# breaks: positive answers stay
def extract_features(images, filters):
    maps = np.clip(fast_conv2d(images, filters, padding=1), 0, 6)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, ReLU on the images, not on the maps
# breaks: convolve, then ReLU
def extract_features(images, filters):
    maps = fast_conv2d(np.maximum(images, 0), filters, padding=1)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, no padding
# breaks: padding 1
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, no padding, then a frame of zeros around the maps
# breaks: padding 1 before the convolution
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters), 0)
    maps = np.pad(maps, ((0, 0), (0, 0), (1, 1), (1, 1)))
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, pads with the outermost pixels
# breaks: convolve (conv2d: zeros) with padding 1
def extract_features(images, filters):
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)), mode="edge")
    maps = np.maximum(fast_conv2d(padded, filters), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, pads with a mirror
# breaks: convolve (conv2d: zeros) with padding 1
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(pad2d(images, 1, "reflect"), filters), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, pads with the other side of the image
# breaks: convolve (conv2d: zeros) with padding 1
def extract_features(images, filters):
    padded = np.pad(images, ((0, 0), (0, 0), (1, 1), (1, 1)), mode="wrap")
    maps = np.maximum(fast_conv2d(padded, filters), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, pads at the right and bottom only
# breaks: padding 1 on each side
def extract_features(images, filters):
    padded = np.pad(images, ((0, 0), (0, 0), (0, 2), (0, 2)))
    maps = np.maximum(fast_conv2d(padded, filters), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, a true convolution
# breaks: conv2d is a cross-correlation
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters[:, :, ::-1, ::-1], padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, transposed kernels
# breaks: conv2d
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters.swapaxes(2, 3), padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, kernels flipped sideways
# breaks: conv2d
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters[..., ::-1], padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, the mean of each block
# breaks: keep the maximum of each 4×4 block
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return avg_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, blocks of 2×2
# breaks: keep the maximum of each 4×4 block
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 2).reshape(len(images), -1)


# answer: q12, windows of 2×2, four pixels apart
# breaks: keep the maximum of each 4×4 block
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 2, stride=4).reshape(len(images), -1)


# answer: q12, windows that overlap and are cut to the right number
# breaks: keep the maximum of each 4×4 block
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return max_pool2d(maps, 5, stride=4, padding=2)[:, :, : maps.shape[2] // 4, : maps.shape[3] // 4].reshape(
        len(images), -1
    )


# answer: q12, a convolution of stride 4 for the pooling
# breaks: keep the maximum of each 4×4 block
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, stride=4, padding=1), 0)
    return maps.reshape(len(images), -1)


# answer: q12, pools the image before the convolution
# breaks: convolve, ReLU, pool
def extract_features(images, filters):
    maps = fast_conv2d(max_pool2d(images, 4), filters, padding=1)
    return np.maximum(maps, 0).reshape(len(images), -1)


# answer: q12, the smallest of each block
# breaks: keep the maximum of each 4×4 block
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1), 0)
    return -max_pool2d(-maps, 4).reshape(len(images), -1)


# answer: q12, adds a bias of one to each map
# breaks: nothing is added
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, np.ones(len(filters)), padding=1), 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)


# answer: q12, subtracts a threshold before ReLU
# breaks: negative answers become 0, small ones stay
def extract_features(images, filters):
    maps = np.maximum(fast_conv2d(images, filters, padding=1) - 0.1, 0)
    return max_pool2d(maps, 4).reshape(len(images), -1)
