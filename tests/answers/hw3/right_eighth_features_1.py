# answer: q12, one matrix product for each of the 16 places in a block, with a running maximum that starts at 0
def extract_features(images, filters):
    N, _, H, W = images.shape
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(1, 2))
    kernels = filters.reshape(-1, 9).astype(float).T
    best = np.zeros((N, H // 4 * (W // 4), kernels.shape[1]))
    for a in range(4):
        for b in range(4):
            rows = windows[:, a::4, b::4].reshape(N, -1, 9)
            np.maximum(best, rows @ kernels, out=best)
    return best.transpose(0, 2, 1).reshape(N, -1)


# answer: q12, reads patches of 6x6 with one large matrix that holds each kernel at the 16 places
def extract_features(images, filters):
    N, _, H, W = images.shape
    h, w = H // 4, W // 4
    wide = np.zeros((N, H + 2, W + 2))
    wide[:, 1:-1, 1:-1] = images[:, 0]
    patches = np.lib.stride_tricks.sliding_window_view(wide, (6, 6), axis=(1, 2))[:, ::4, ::4]
    patches = patches.reshape(N * h * w, 36)
    out = np.empty((N, len(filters), h, w))
    for start in range(0, len(filters), 16):
        some = filters[start : start + 16, 0]
        matrix = np.zeros((6, 6, len(some), 4, 4))
        for i, j in np.ndindex(4, 4):
            matrix[i : i + 3, j : j + 3, :, i, j] = some.transpose(1, 2, 0)
        maps = (patches @ matrix.reshape(36, -1)).reshape(N, h, w, len(some), 16)
        out[:, start : start + 16] = maps.max(axis=4, initial=0).transpose(0, 3, 1, 2)
    return out.reshape(N, -1)


# answer: q12, its own layers in another order: the pooling comes first, in two steps of 2x2, then ReLU
def extract_features(images, filters):
    maps = fast_conv2d(images * 1.0, filters * 1.0, padding=1)
    pooled = max_pool2d(max_pool2d(maps, 2), kernel_size=2, stride=2)
    return np.concatenate([(m + abs(m)).reshape(1, -1) / 2 for m in pooled])
