"""q3: convolve2d."""

# answer: q3, slides the kernel without flipping it
# breaks: the signs are minus: the output of a single 1 is the kernel, unflipped
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return correlate2d(padded, kernel[None])[0]


# answer: q3, flips up and down only
# breaks: the kernel is rotated by 180 degrees, both axes
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return correlate2d(padded, kernel[::-1][None])[0]


# answer: q3, the same padding for height and width
# breaks: (H + kh - 1, W + kw - 1) where kh and kw differ
def convolve2d(image, kernel):
    k = max(kernel.shape)
    padded = np.pad(image, k - 1)
    return correlate2d(padded, kernel[None, ::-1, ::-1])[0]


# answer: q3, cuts the middle out so that the output is as large as the image
# breaks: the full convolution is larger than the image
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    top, left = (kh - 1) // 2, (kw - 1) // 2
    return out[top : top + H, left : left + W]


# answer: q3, stamps into an array of the image's dtype
# breaks: an image of whole numbers with a kernel of fractions gives fractions, and floats are returned
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), image.dtype)
    for i in range(H):
        for j in range(W):
            stamp = image[i, j] * kernel
            out[i : i + kh, j : j + kw] += stamp.astype(out.dtype)
    return out


# answer: q3, a stamp covers what stood there
# breaks: where stamps overlap, they add up
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            if image[i, j] != 0:
                out[i : i + kh, j : j + kw] = image[i, j] * kernel
    return out


# answer: q3, rotates by 90 degrees instead of 180
# breaks: sliding a kernel that is rotated by 180 degrees
def convolve2d(image, kernel):
    turned = np.rot90(kernel)
    kh, kw = turned.shape
    padded = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(padded, (kh, kw)), turned)


# answer: q3, Fourier transform of the larger of the two sizes, so the stamps wrap around
# breaks: pixels outside the image count as 0
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    shape = (max(H, kh), max(W, kw))
    small = np.fft.irfft2(np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape), shape)
    out = np.zeros((H + kh - 1, W + kw - 1))
    out[: shape[0], : shape[1]] = small
    return out


# answer: q3, output one row and column too large, with zeros there
# breaks: (H + kh - 1, W + kw - 1)
def convolve2d(image, kernel):
    shape = (image.shape[0] + kernel.shape[0], image.shape[1] + kernel.shape[1])
    return np.fft.irfft2(np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape), shape)


# answer: q3, hands the complex numbers of ifft2 back
# breaks: an array of floats
def convolve2d(image, kernel):
    shape = tuple(a + b - 1 for a, b in zip(image.shape, kernel.shape))
    return np.fft.ifft2(np.fft.fft2(image, shape) * np.fft.fft2(kernel, shape))
