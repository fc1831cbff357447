# answer: q12, the maximum first and the ReLU last, image by image on strided views
def extract_features(images, filters):
    rows = []
    for image in images[:, 0]:
        H, W = image.shape
        framed = np.zeros((H + 2, W + 2))
        framed[1:-1, 1:-1] = image
        down, across = framed.strides
        shape = H // 4, W // 4, 4, 4, 3, 3
        view = np.lib.stride_tricks.as_strided(framed, shape, (4 * down, 4 * across, down, across) + (down, across))
        answers = np.tensordot(filters[:, 0].astype(float), view, axes=((1, 2), (4, 5)))
        rows.append(answers.max(axis=(3, 4)).clip(min=0).ravel())
    return np.array(rows)


# answer: q12, a running maximum over the sixteen places of a block, started at 0
def extract_features(images, filters):
    N, _, H, W = images.shape
    framed = np.pad(images[:, 0].astype(float), ((0, 0), (1, 3), (1, 3)))
    kernels = filters[:, 0].astype(float)
    best = np.zeros((N, len(filters), H // 4, W // 4))
    for i in range(4):
        for j in range(4):
            here = 0
            for u, v in np.ndindex(3, 3):
                pixels_below = framed[:, i + u : i + u + H : 4, j + v : j + v + W : 4]
                here = here + kernels[:, u, v, None, None] * pixels_below[:, None]
            np.maximum(best, here, out=best)
    return np.concatenate([best[:, f].reshape(N, -1) for f in range(len(filters))], axis=1)
