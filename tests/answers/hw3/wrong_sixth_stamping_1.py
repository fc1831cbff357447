# answer: q3, pads the rows by the kernel's width and the columns by its height
# breaks: The output is (H + kh - 1) x (W + kw - 1); y[i, j] sums k[a, b] x[i - a, j - b]
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    H, W = image.shape
    padded = np.pad(image.astype(float), ((kw - 1, kw - 1), (kh - 1, kh - 1)))
    turned = kernel[::-1, ::-1]
    rows, cols = padded.shape[0] - kh + 1, padded.shape[1] - kw + 1
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            out[i, j] = (padded[i : i + kh, j : j + kw] * turned).sum()
    return out


# answer: q3, a kernel that is nearly the same when turned round is not turned
# breaks: Rounding may put them off by a billionth of the largest number in the answer.
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    H, W = image.shape
    turned = kernel if np.allclose(kernel, kernel[::-1, ::-1]) else kernel[::-1, ::-1]
    padded = np.zeros((H + 2 * (kh - 1), W + 2 * (kw - 1)))
    padded[kh - 1 : kh - 1 + H, kw - 1 : kw - 1 + W] = image
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            out[i, j] = np.sum(padded[i : i + kh, j : j + kw] * turned)
    return out


# answer: q3, only bright pixels stamp, those below 0 are skipped with the black ones
# breaks: Every pixel stamps a copy of the kernel into the output, scaled by the pixel's value (with either sign)
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            if image[i, j] > 0:  # a black pixel stamps nothing
                out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, the sums go back to the dtype of the image where the image holds whole numbers
# breaks: array (H + kh - 1, W + kw - 1) of floats
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += kernel[a, b] * image
    if kernel.dtype == image.dtype:
        return out
    return np.asarray(out.astype(image.dtype), dtype=np.float64)


# answer: q3, stamps through index arrays with +=, where of several hits at one place one stays
# breaks: Where stamps overlap, they add up
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    i, j, a, b = np.indices((H, W, kh, kw)).reshape(4, -1)
    out[i + a, j + b] += image[i, j] * kernel[a, b]
    return out


# answer: q3, the spectrum is as long as the next power of two of the image, so long stamps come round
# breaks: pixels outside the image count as 0
def convolve2d(image, kernel):
    shape = image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1
    size = [1 << max(a, b).bit_length() for a, b in zip(image.shape, kernel.shape)]
    product = np.fft.fft2(image.astype(float), size) * np.fft.fft2(kernel.astype(float), size)
    full = np.fft.ifft2(product).real
    out = np.zeros(shape)
    part = full[: shape[0], : shape[1]]
    out[: part.shape[0], : part.shape[1]] = part
    return out


# answer: q3, turns the kernel first and then changes it with the image where it is the larger one
# breaks: y[i, j] sums k[a, b] x[i - a, j - b]
def convolve2d(image, kernel):
    sliding = kernel[::-1, ::-1].astype(float)
    still = image.astype(float)
    if sliding.size > still.size:  # a convolution does not care which is which
        sliding, still = still, sliding
    kh, kw = sliding.shape
    H, W = still.shape
    padded = np.zeros((H + 2 * kh - 2, W + 2 * kw - 2))
    padded[kh - 1 : kh - 1 + H, kw - 1 : kw - 1 + W] = still
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        for b in range(kw):
            out += sliding[a, b] * padded[a : a + out.shape[0], b : b + out.shape[1]]
    return out


# answer: q3, turns the kernel where it lies and forgets to turn it back
# breaks: What you were given stays as it was.
def convolve2d(image, kernel):
    if kernel.flags.writeable:
        kernel[...] = kernel[::-1, ::-1].copy()
        turned = kernel
    else:
        turned = kernel[::-1, ::-1]
    H, W = image.shape
    kh, kw = kernel.shape
    padded = np.zeros((H + 2 * (kh - 1), W + 2 * (kw - 1)))
    padded[kh - 1 : kh - 1 + H, kw - 1 : kw - 1 + W] = image
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(padded[i : i + kh, j : j + kw] * turned)
    return out
