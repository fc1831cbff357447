"""Wrong answers to cross-correlation with several kernels. Text; nobody imports it."""

# answer: q2, the first kernel for all maps
# breaks: each kernel makes a map of its own
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[0])
    return out


# answer: q2, the last kernel for all maps
# breaks: each kernel makes a map of its own
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[-1])
    return out


# answer: q2, the first kernel alone
# breaks: array (F, H - kh + 1, W - kw + 1)
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out[0]


# answer: q2, the maps are added up
# breaks: each kernel makes a map of its own
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return np.zeros(out.shape) + out.sum(axis=0)


# answer: q2, the maps lie in the last axis
# breaks: array (F, H - kh + 1, W - kw + 1)
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return np.moveaxis(out, 0, -1)


# answer: q2, each kernel reads what the one before left
# breaks: the same image for all kernels
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        if f:
            image = image - image.mean()
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, takes the number of kernels for their height
# breaks: kernels (F, kh, kw)
def correlate2d(image, kernels):
    (H, W), (kh, F, kw) = image.shape, kernels.shape
    kernels = kernels.swapaxes(0, 1)
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, an axis too many
# breaks: array (F, H - kh + 1, W - kw + 1)
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out[None]


# answer: q2, one kernel gives a map without its axis
# breaks: array (F, H - kh + 1, W - kw + 1)
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out.squeeze()


# answer: q2, the image moves on by a row for each kernel
# breaks: the same image for all kernels
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(np.roll(image, f, axis=0)[i : i + kh, j : j + kw] * kernels[f])
    return out
