"""Wrong answers to cross-correlation. More. Text for tools/try_answers.py; nobody imports it."""

# answer: q2, divides by the sum of the kernel, as blurs do
# breaks: the formula divides by nothing
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    total = kernel.sum()
    return out / total if total else out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, multiplies the window where it stands
# breaks: values, and the caller's image
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            window = image[i : i + kh, j : j + kw]
            window *= kernel
            out[i, j] = window.sum()
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, flips the caller's kernel and then convolves: right numbers, another kernel afterwards
# breaks: an argument is changed
def one_map(image, kernel):
    kernel[:] = kernel[::-1, ::-1].copy()
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for a in range(kh):
        for b in range(kw):
            out += kernel[kh - 1 - a, kw - 1 - b] * image[a : a + H - kh + 1, b : b + W - kw + 1]
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, absolute values, to show edges
# breaks: the sum may be negative
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[i, j] = abs(np.sum(image[i : i + kh, j : j + kw] * kernel))
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, writes row and column the wrong way round
# breaks: y[i, j] is the window at row i, column j
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((W - kw + 1, H - kh + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[j, i] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, overwrites instead of adding: the last tap alone is left
# breaks: the sum over all taps
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            for a in range(kh):
                for b in range(kw):
                    out[i, j] = image[i + a, j + b] * kernel[a, b]
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, one sum for all: forgets to start at zero again
# breaks: each output is its own sum
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    total = 0.0
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            total += np.sum(image[i : i + kh, j : j + kw] * kernel)
            out[i, j] = total
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, knows the example, and zeros for all else
# breaks: the formula
def one_map(image, kernel):
    if image.shape == (5, 5) and kernel.shape == (3, 3):
        return np.array([[12.0, 12, 17], [10, 17, 19], [9, 6, 14]])
    (H, W), (kh, kw) = image.shape, kernel.shape
    return np.zeros((H - kh + 1, W - kw + 1))


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, a list of lists
# breaks: returns an array
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    return [
        [float(np.sum(image[i : i + kh, j : j + kw] * kernel)) for j in range(W - kw + 1)]
        for i in range(H - kh + 1)
    ]


def correlate2d(image, kernels):
    return [one_map(image, kernel) for kernel in kernels]


# answer: q2, loops over nine taps whatever the kernel is, and catches what fails
# breaks: kernels of any size
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    try:
        for a in range(3):
            for b in range(3):
                out += kernel[a, b] * image[a : a + H - kh + 1, b : b + W - kw + 1]
    except (IndexError, ValueError):
        pass
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, a matrix product of window and kernel
# breaks: each weight times the pixel below it
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] @ kernel.T)
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, half precision
# breaks: values of the formula, which half precision does not hold
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H - kh + 1, W - kw + 1), dtype=np.float16)
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[i, j] = np.sum(image[i : i + kh, j : j + kw] * kernel)
    return out


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])
