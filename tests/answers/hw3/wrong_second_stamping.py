"""Wrong answers to q3, written from the notebook of a student alone."""

# answer: q3, only pixels above 0 stamp
# breaks: every pixel stamps, negative ones too
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    y = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            if image[i, j] > 0:
                y[i:i + kh, j:j + kw] += image[i, j] * kernel.astype(float)
    return y


# answer: q3, the output has the dtype of the image
# breaks: array of floats; the image may be whole numbers
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    y = np.zeros((H + kh - 1, W + kw - 1), dtype=image.dtype)
    for i in range(H):
        for j in range(W):
            y[i:i + kh, j:j + kw] += image[i, j] * kernel
    return y


# answer: q3, the output has the dtype of both
# breaks: array of floats, even for whole numbers
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    y = np.zeros((H + kh - 1, W + kw - 1), dtype=np.result_type(image, kernel))
    for a in range(kh):
        for b in range(kw):
            y[a:a + H, b:b + W] += image * kernel[a, b]
    return y


# answer: q3, the kernel is turned round in place
# breaks: no function changes its arrays
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    kernel[:] = kernel[::-1, ::-1].copy()
    wide = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    y = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(y.shape[0]):
        for j in range(y.shape[1]):
            y[i, j] = (wide[i:i + kh, j:j + kw] * kernel).sum()
    return y


# answer: q3, stamps overwrite
# breaks: where stamps overlap, they add up
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    y = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            y[i:i + kh, j:j + kw] = image[i, j] * kernel
    return y


# answer: q3, slides without the flip
# breaks: x[i - a, j - b]
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    wide = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return correlate2d(wide, kernel[None])[0]


# answer: q3, np.flip along the rows alone
# breaks: the kernel is rotated by 180 degrees
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    wide = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return correlate2d(wide, np.flip(kernel, axis=0)[None])[0]


# answer: q3, np.convolve row by row
# breaks: do without np.convolve
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    y = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for a in range(kh):
            y[i + a] += np.convolve(image[i], kernel[a])
    return y


# answer: q3, kernels larger than the image are refused
# breaks: full convolution, no ValueError in the contract
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    if kh > H or kw > W:
        raise ValueError("kernel larger than image")
    y = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        for b in range(kw):
            y[a:a + H, b:b + W] += float(kernel[a, b]) * image
    return y


# answer: q3, stamps into whole numbers
# breaks: array of floats; pixels may have fractions
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    y = np.zeros((H + kh - 1, W + kw - 1), dtype=int)
    for i in range(H):
        for j in range(W):
            y[i:i + kh, j:j + kw] = y[i:i + kh, j:j + kw] + image[i, j] * kernel
    return y.astype(float)


# answer: q3, scipy's mode same
# breaks: (H + kh - 1, W + kw - 1)
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    y = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            y[i:i + kh, j:j + kw] += image[i, j] * kernel
    top, left = (kh - 1) // 2, (kw - 1) // 2
    return y[top:top + H, left:left + W]


# answer: q3, multiplies spectra of the image's size
# breaks: pixels outside the image count as 0, they do not wrap round
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    y = np.fft.ifft2(np.fft.fft2(image) * np.fft.fft2(kernel, s=(H, W))).real
    return np.pad(y, ((0, kh - 1), (0, kw - 1)))


# answer: q3, spectra of the right size, rounded to whole numbers against the noise
# breaks: the sum of products, not rounded
def convolve2d(image, kernel):
    shape = (image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1)
    product = np.fft.fft2(image, s=shape) * np.fft.fft2(kernel, s=shape)
    return np.round(np.fft.ifft2(product).real)
