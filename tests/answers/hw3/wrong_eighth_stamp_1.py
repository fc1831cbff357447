# answer: q3, slides the kernel turned by 90 degrees, once, where it is square
# breaks: the same as sliding a kernel that is rotated by 180 degrees
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    turned = np.rot90(kernel) if kh == kw else kernel[::-1, ::-1]
    H, W = image.shape
    wide = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            out[i, j] = np.sum(wide[i : i + kh, j : j + kw] * turned)
    return out


# answer: q3, a kernel equal to its transpose is not flipped
# breaks: the output of a single 1 is the kernel itself, unflipped
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    H, W = image.shape
    symmetric = kh == kw and np.array_equal(kernel, kernel.T)
    flipped = kernel if symmetric else kernel[::-1, ::-1]
    padded = np.zeros((H + 2 * (kh - 1), W + 2 * (kw - 1)))
    padded[kh - 1 : kh - 1 + H, kw - 1 : kw - 1 + W] = image
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        for b in range(kw):
            out += flipped[a, b] * padded[a : a + H + kh - 1, b : b + W + kw - 1]
    return out


# answer: q3, stamps only the pixels above 0
# breaks: every pixel stamps a copy of the kernel, scaled by the pixel's value
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i, j in np.argwhere(image > 0):  # a pixel of 0 leaves nothing behind
        out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, all stamps in one fancy +=, which counts each place once
# breaks: where stamps overlap, they add up
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    rows = np.arange(H)[:, None, None, None] + np.arange(kh)[:, None]
    cols = np.arange(W)[:, None, None] + np.arange(kw)
    out[rows, cols] += image[:, :, None, None] * kernel
    return out


# answer: q3, a Fourier transform of the next power of two of the image, not of the answer
# breaks: pixels outside the image count as 0 (nothing comes back in on the other side)
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    high, wide = H + kh - 1, W + kw - 1
    n = 8
    while n < max(H, W, kh, kw):
        n *= 2
    y = np.fft.ifft2(np.fft.fft2(image, (n, n)) * np.fft.fft2(kernel, (n, n))).real
    rows, cols = np.arange(high) % n, np.arange(wide) % n
    return y[rows][:, cols].astype(float)


# answer: q3, the inverse real transform is not told the width, so an odd width comes out even
# breaks: returns an array (H + kh - 1, W + kw - 1)
def convolve2d(image, kernel):
    shape = tuple(n + k - 1 for n, k in zip(image.shape, kernel.shape, strict=True))
    product = np.fft.rfft2(image.astype(float), shape) * np.fft.rfft2(kernel.astype(float), shape)
    if shape[1] == 1:
        return np.fft.ifft(product[:, 0]).real[:, None]
    return np.fft.irfft2(product)


# answer: q3, the transforms are kept in complex64
# breaks: rounding may put the floats off by a billionth of the largest number in the answer
def convolve2d(image, kernel):
    shape = (image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1)
    a = np.fft.fft2(image, shape).astype(np.complex64)
    b = np.fft.fft2(kernel, shape).astype(np.complex64)
    return np.fft.ifft2(a * b).real.astype(np.float64)


# answer: q3, the transform's answer is rounded to whole numbers where the image has whole numbers
# breaks: y[i, j] is the sum of k[a, b] x[i - a, j - b], and two arrays of one call may differ in dtype
def convolve2d(image, kernel):
    shape = (image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1)
    image_f = np.fft.fft2(np.asarray(image, dtype=float), shape)
    kernel_f = np.fft.fft2(np.asarray(kernel, dtype=float), shape)
    out = np.fft.ifft2(image_f * kernel_f).real
    if np.issubdtype(image.dtype, np.integer):
        out = np.rint(out)  # away with 2.9999999999
    return out


# answer: q3, the canvas takes the dtype of the kernel
# breaks: arrays of floats hold float64, float32 or whole numbers, and two arrays of one call may differ in that
def convolve2d(image, kernel):
    canvas = np.pad(np.zeros_like(kernel), ((0, image.shape[0] - 1), (0, image.shape[1] - 1)))
    for (i, j), pixel in np.ndenumerate(image):
        canvas[i : i + kernel.shape[0], j : j + kernel.shape[1]] += pixel * kernel
    return canvas if canvas.dtype.kind == "f" else canvas.astype(float)


# answer: q3, works in strips of 16 rows, and lays each strip down over the tail of the one before
# breaks: where stamps overlap, they add up
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for top in range(0, H, 16):
        strip = image[top : top + 16]
        part = np.zeros((len(strip) + kh - 1, W + kw - 1))
        for a in range(kh):
            for b in range(kw):
                part[a : a + len(strip), b : b + W] += kernel[a, b] * strip
        out[top : top + len(part)] = part
    return out


# answer: q3, keeps the padded canvas of the last call, and its border is not cleaned
# breaks: each answer depends on the arguments of its own call alone
_canvas = {}


def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    shape = (H + 2 * kh - 2, W + 2 * kw - 2)
    padded = _canvas.setdefault(shape, np.zeros(shape))
    padded[kh - 1 : kh - 1 + H, kw - 1 : kw - 1 + W] = image
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))
    return np.einsum("ijab,ab->ij", windows, kernel[::-1, ::-1].astype(float))


# answer: q3, whole numbers are multiplied as int32
# breaks: whole numbers go from -1,000,000 to 1,000,000, and the answer is the sum of the products
def convolve2d(image, kernel):
    if image.dtype == np.int64 and kernel.dtype == np.int64:
        image, kernel = image.astype(np.int32), kernel.astype(np.int32)
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, the smaller of the two arrays is the kernel, and the one that slides is flipped in the wrong branch
# breaks: y[i, j] is the sum of k[a, b] x[i - a, j - b], for a kernel larger than the image, too
def convolve2d(image, kernel):
    flipped = kernel[::-1, ::-1]
    if kernel.size > image.size:
        image, flipped = kernel, image
    H, W = image.shape
    kh, kw = flipped.shape
    padded = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    rows = []
    for i in range(H + kh - 1):
        rows.append([float((padded[i : i + kh, j : j + kw] * flipped).sum()) for j in range(W + kw - 1)])
    return np.array(rows)


# answer: q3, the kernel is flipped in place
# breaks: what you were given stays as it was
def convolve2d(image, kernel):
    kernel[...] = kernel[::-1, ::-1].copy()
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    out = np.zeros((image.shape[0] + kh - 1, image.shape[1] + kw - 1))
    for i, j in np.ndindex(*out.shape):
        out[i, j] = (kernel * padded[i : i + kh, j : j + kw]).sum()
    return out
