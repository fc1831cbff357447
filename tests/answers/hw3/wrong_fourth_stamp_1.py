# answer: q3, slides over the padded image without flipping
# breaks: a single 1 gives the kernel itself, unflipped: the signs are minus
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    return (windows * kernel).sum(axis=(2, 3))


# answer: q3, flips the rows only
# breaks: the kernel is rotated by 180 degrees: both axes
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    return (windows * kernel[::-1]).sum(axis=(2, 3))


# answer: q3, gives back the image's size ("same")
# breaks: array (H + kh - 1, W + kw - 1)
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    full = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            full[i : i + kh, j : j + kw] += image[i, j] * kernel
    top, left = (kh - 1) // 2, (kw - 1) // 2
    return full[top : top + H, left : left + W].copy()


# answer: q3, kw - 1 rows and kh - 1 columns of zeros
# breaks: array (H + kh - 1, W + kw - 1), for kernels that are not square
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image.astype(float), ((kw - 1, kw - 1), (kh - 1, kh - 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    return np.tensordot(windows, kernel[::-1, ::-1], axes=2)


# answer: q3, a stamp covers what was there
# breaks: where stamps overlap, they add up
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            if image[i, j]:
                out[i : i + kh, j : j + kw] = image[i, j] * kernel
    return out


# answer: q3, the sum is stored as the kernel's dtype
# breaks: a float image and a kernel of whole numbers: what you return holds floats
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), dtype=kernel.dtype)
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += (image[i, j] * kernel).astype(kernel.dtype)
    return out


# answer: q3, rotates by 90 degrees
# breaks: the kernel is rotated by 180 degrees
def convolve2d(image, kernel):
    kernel = np.rot90(kernel)
    kh, kw = kernel.shape
    padded = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    out = np.zeros((padded.shape[0] - kh + 1, padded.shape[1] - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = (padded[i : i + kh, j : j + kw] * kernel).sum()
    return out


# answer: q3, stamps with the kernel's middle at the pixel, and cuts the border
# breaks: the kernel's top left corner stands at the pixel
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            for a in range(kh):
                for b in range(kw):
                    y, x = i + a - kh // 2, j + b - kw // 2
                    if y >= 0 and x >= 0:
                        out[y, x] += image[i, j] * kernel[a, b]
    return out


# answer: q3, Fourier transform of the image's size: what sticks out wraps round
# breaks: pixels outside the image count as 0
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    spectrum = np.fft.fft2(image) * np.fft.fft2(kernel, s=(H, W))
    inner = np.fft.ifft2(spectrum).real
    return np.pad(inner, ((0, kh - 1), (0, kw - 1)), mode="wrap")


# answer: q3, irfft2 without a size
# breaks: array (H + kh - 1, W + kw - 1), where the width is odd too
def convolve2d(image, kernel):
    size = (image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1)
    return np.fft.irfft2(np.fft.rfft2(image, s=size) * np.fft.rfft2(kernel, s=size))


# answer: q3, stamps pixels above 0 only
# breaks: every pixel stamps a copy, negative ones too
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    out = np.zeros((image.shape[0] + kh - 1, image.shape[1] + kw - 1))
    for i, j in np.argwhere(image > 0):
        out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, flips the kernel in its place
# breaks: no function changes what it is given
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    kernel[:] = kernel[::-1, ::-1].copy()
    padded = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, kernel.shape)
    return np.einsum("ijab,ab->ij", windows, kernel)


# answer: q3, two passes with the kernel's first row and first column, as if it were separable
# breaks: any kernel, not only products of a column and a row
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    column, row = kernel[:, 0], kernel[0] / (kernel[0, 0] or 1)
    across = np.zeros((H, W + kw - 1))
    for b in range(kw):
        across[:, b : b + W] += row[b] * image
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        out[a : a + H] += column[a] * across
    return out


# answer: q3, all stamps in one fancy +=, in which each place is added to once only
# breaks: where stamps overlap, they add up
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    i, j, a, b = np.ogrid[:H, :W, :kh, :kw]
    out[i + a, j + b] += image[:, :, None, None] * kernel
    return out


# answer: q3, the kernel (1) gives the image itself back
# breaks: no function returns what it is given
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    if kernel.shape == (1, 1) and kernel[0, 0] == 1:
        return image
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += kernel[a, b] * image
    return out


# answer: q3, both loops run to the height
# breaks: image (H, W): height and width may differ
def convolve2d(image, kernel):
    n = len(image)
    kh, kw = kernel.shape
    out = np.zeros((n + kh - 1, image.shape[1] + kw - 1))
    for i in range(n):
        for j in range(min(n, image.shape[1])):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out
