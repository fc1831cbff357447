# answer: q3, a square kernel is turned by one np.rot90, which is 90 degrees
# breaks: the same as sliding a kernel that is rotated by 180 degrees
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    H, W = image.shape
    turned = np.rot90(kernel) if kh == kw else kernel[::-1, ::-1]
    big = np.zeros((H + 2 * (kh - 1), W + 2 * (kw - 1)))
    big[kh - 1 : kh - 1 + H, kw - 1 : kw - 1 + W] = image
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (big[i : i + kh, j : j + kw] * turned).sum()
    return out


# answer: q3, the result type is taken from the image alone (at least float32)
# breaks: float64 where an array of float64 came in; two arrays of one call may differ in that
def convolve2d(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), dtype=np.result_type(image.dtype, np.float32))
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += kernel[a, b] * image
    return out


# answer: q3, the kernel is flipped in its own memory
# breaks: What you were given stays as it was
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    kernel[:] = kernel[::-1, ::-1].copy()
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1))).astype(float)
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            out[i, j] = np.sum(padded[i : i + kh, j : j + kw] * kernel)
    return out


# answer: q3, by the Fourier transform, going back without the size: the width comes out even
# breaks: array (H + kh - 1, W + kw - 1)
def convolve2d(image, kernel):
    shape = (image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1)
    product = np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape)
    return np.fft.irfft2(product)


# answer: q3, by the Fourier transform, and takes the size of the complex numbers at the end
# breaks: the sum of k[a, b] x[i - a, j - b] keeps its sign
def convolve2d(image, kernel):
    shape = [n + k - 1 for n, k in zip(image.shape, kernel.shape)]
    spectrum = np.fft.fft2(image, shape) * np.fft.fft2(kernel, shape)
    return np.abs(np.fft.ifft2(spectrum))


# answer: q3, takes the kernel apart into one column times one row, which Sobel allows and others do not
# breaks: y[i, j] is the sum over all taps of any kernel
def convolve2d(image, kernel):
    left, size, right = np.linalg.svd(kernel.astype(float))
    column, row = left[:, 0] * size[0], right[0]
    H, W = image.shape
    tall = np.zeros((H + len(column) - 1, W))
    for a, weight in enumerate(column):
        tall[a : a + H] += weight * image
    out = np.zeros((tall.shape[0], W + len(row) - 1))
    for b, weight in enumerate(row):
        out[:, b : b + W] += weight * tall
    return out


# answer: q3, one canvas for each size is kept, cleared and handed out again
# breaks: What you return is new: nothing that a later call writes into
def convolve2d(image, kernel, _canvas={}):
    H, W = image.shape
    kh, kw = kernel.shape
    shape = (H + kh - 1, W + kw - 1)
    out = _canvas.setdefault(shape, np.zeros(shape))
    out[...] = 0
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, a kernel that is a single 1 hands the image itself back
# breaks: What you return is new: no input, no view of an input
def convolve2d(image, kernel):
    if kernel.shape == (1, 1) and kernel[0, 0] == 1:
        return np.asarray(image, dtype=float)  # the identity
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += kernel[a, b] * image.astype(float)
    return out


# answer: q3, stamps into one long row of numbers whose rows are as wide as the image: stamps wrap round
# breaks: The output is larger than the image, because the stamps of the last pixels stick out
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    flat = np.zeros((H + kh) * W + kw)
    for i in range(H):
        for j in range(W):
            for a in range(kh):
                for b in range(kw):
                    flat[(i + a) * W + j + b] += image[i, j] * kernel[a, b]
    out = np.zeros((H + kh - 1, W + kw - 1))
    out[:, :W] = flat[: (H + kh - 1) * W].reshape(-1, W)
    return out
