"""Wrong answers to cross-correlation. Text for tools/try_answers.py; nobody imports it."""

# answer: q2, rotates the kernel
# breaks: cross-correlation, k[a, b] with x[i + a, j + b]
def one_map(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    kernel = np.rot90(kernel, 2)
    return np.array(
        [
            [float((image[i : i + kh, j : j + kw] * kernel).sum()) for j in range(W - kw + 1)]
            for i in range(H - kh + 1)
        ]
    )


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, flips the columns of the kernel
# breaks: cross-correlation, unflipped
def one_map(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel[:, ::-1])
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, the output array copies the image's dtype and cuts fractions off
# breaks: an array of floats
def one_map(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros_like(image)[: H - kh + 1, : W - kw + 1].copy()
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, as many digits as the kernel's dtype has
# breaks: an array of floats, also for an integer kernel
def one_map(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.empty((H - kh + 1, W - kw + 1), kernel.dtype)
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, a list of sums without a dtype: integers stay integers
# breaks: an array of floats
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    rows = []
    for i in range(H - kh + 1):
        rows.append([np.sum(image[i : i + kh, j : j + kw] * kernel) for j in range(W - kw + 1)])
    return np.array(rows)


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, the fraction is cut off in the end
# breaks: values of the formula
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[i, j] = int(np.sum(image[i : i + kh, j : j + kw] * kernel))
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, one row and column of outputs too few
# breaks: array (H - kh + 1, W - kw + 1)
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh, W - kw))
    for i in range(H - kh):
        for j in range(W - kw):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, the last row and column stay zero
# breaks: every window that lies inside counts
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh):
        for j in range(W - kw):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, the kernel is taken as square
# breaks: kernel of kh rows and kw columns
def one_map(image, kernel):
    H, W = image.shape
    k = kernel.shape[0]
    out = np.zeros((H - k + 1, W - k + 1))
    for i in range(H - k + 1):
        for j in range(W - k + 1):
            out[i, j] = np.sum(image[i : i + k, j : j + k] * kernel)
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, the image is taken as square
# breaks: array (H - kh + 1, W - kw + 1)
def one_map(image, kernel):
    n = len(image)
    kh, kw = kernel.shape
    out = np.zeros((n - kh + 1, n - kw + 1))
    for i in range(n - kh + 1):
        for j in range(n - kw + 1):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, pads so that the output is as large as the image
# breaks: only windows inside the image count
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    padded = np.pad(image, ((kh // 2, kh // 2), (kw // 2, kw // 2)))
    out = np.zeros((H, W))
    for i in range(H):
        for j in range(W):
            patch = padded[i : i + kh, j : j + kw]
            out[i, j] = np.sum(patch * kernel[: patch.shape[0], : patch.shape[1]])
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, the mean of the products
# breaks: the sum of the products
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[i, j] = (image[i : i + kh, j : j + kw] * kernel).mean()
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])
