# answer: q3, stamps the rotated kernel: one flip too many
# breaks: A single 1 in an image of zeros shows the rule: the output is the kernel itself, unflipped.
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    rotated = kernel[::-1, ::-1]
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * rotated
    return out


# answer: q3, pads rows by the width of the kernel and columns by its height
# breaks: Sliding needs kh − 1 and kw − 1 zeros on each side first.
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    padded = np.pad(image.astype(float), ((kw - 1, kw - 1), (kh - 1, kh - 1)))
    flipped = kernel[::-1, ::-1]
    out = np.zeros((padded.shape[0] - kh + 1, padded.shape[1] - kw + 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(padded[i : i + kh, j : j + kw] * flipped)
    return out


# answer: q3, stamps only where there is light, so negative pixels are lost
# breaks: Every pixel stamps a copy of the kernel into the output, scaled by the pixel's value
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            if image[i, j] > 0:
                out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, adds through an array of places, where NumPy keeps one of several additions to a place
# breaks: Where stamps overlap, they add up
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    rows = np.arange(H)[:, None, None, None] + np.arange(kh)[:, None]
    columns = np.arange(W)[:, None, None] + np.arange(kw)
    out[rows, columns] += image[:, :, None, None] * kernel
    return out


# answer: q3, whole numbers in, whole numbers out
# breaks: array (H + kh - 1, W + kw - 1) of floats
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), dtype=np.result_type(image, kernel))
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += kernel[a, b] * image
    return out


# answer: q3, adds up in long doubles and returns them
# breaks: You return floats as precise as what came in: float64, or float32 where no float64 came in.
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), dtype=np.longdouble)
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += image * kernel[a, b]
    return out


# answer: q3, an FFT that has room for the image only, so stamps may come in again on the other side
# breaks: The output is larger than the image, because the stamps of the last pixels stick out
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    side = 1
    while side < max(H, W, kh, kw):
        side *= 2
    size = (side, side)
    spectrum = np.fft.fft2(image.astype(float), size) * np.fft.fft2(kernel.astype(float), size)
    out = np.fft.ifft2(spectrum).real
    rows, columns = np.arange(H + kh - 1) % side, np.arange(W + kw - 1) % side
    return out[np.ix_(rows, columns)]
