"""Wrong answers to convolution by stamping. Text for tools/try_answers.py; nobody imports it."""

# answer: q3, slides without a flip
# breaks: convolution, x[i - a, j - b]
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    H, W = image.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(padded[i : i + kh, j : j + kw] * kernel)
    return out


# answer: q3, flips the rows alone
# breaks: rotated by 180 degrees
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    H, W = image.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(padded[i : i + kh, j : j + kw] * kernel[::-1])
    return out


# answer: q3, flips the columns alone
# breaks: rotated by 180 degrees
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel[::-1]
    return out


# answer: q3, stamps a flipped kernel
# breaks: a single 1 gives the kernel unflipped
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel[::-1, ::-1]
    return out


# answer: q3, stamps cover each other instead of adding up
# breaks: where stamps overlap, they add up
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] = image[i, j] * kernel
    return out


# answer: q3, output as large as the image
# breaks: array (H + kh - 1, W + kw - 1)
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out[(kh - 1) // 2 : (kh - 1) // 2 + H, (kw - 1) // 2 : (kw - 1) // 2 + W]


# answer: q3, correlates with the rotated kernel inside the image only
# breaks: array (H + kh - 1, W + kw - 1)
def convolve2d(image, kernel):
    return correlate2d(image, kernel[None, ::-1, ::-1])[0]


# answer: q3, the output copies the dtype of the image
# breaks: an array of floats
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), dtype=image.dtype)
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] = out[i : i + kh, j : j + kw] + image[i, j] * kernel
    return out


# answer: q3, integers in, integers out
# breaks: an array of floats
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), dtype=np.result_type(image, kernel))
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += image * kernel[a, b]
    return out


# answer: q3, the border pixels are repeated outside
# breaks: pixels outside the image count as 0
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)), mode="edge")
    return correlate2d(padded, kernel[None, ::-1, ::-1])[0]


# answer: q3, outside stands the other side of the image
# breaks: pixels outside the image count as 0
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)), mode="wrap")
    return correlate2d(padded, kernel[None, ::-1, ::-1])[0]


# answer: q3, by the Fourier transform without room for the stamps: they come in on the other side
# breaks: pixels outside the image count as 0
def convolve2d(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    small = np.fft.irfft2(np.fft.rfft2(image, (H, W)) * np.fft.rfft2(kernel, (H, W)), (H, W))
    out = np.zeros((H + kh - 1, W + kw - 1))
    out[:H, :W] = small
    return out


# answer: q3, the Fourier transform leaves complex numbers
# breaks: an array of floats
def convolve2d(image, kernel):
    shape = (image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1)
    return np.fft.ifft2(np.fft.fft2(image, shape) * np.fft.fft2(kernel, shape))


# answer: q3, the Fourier transform, rounded to whole numbers because the example has whole numbers
# breaks: values of the formula
def convolve2d(image, kernel):
    shape = (image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1)
    return np.round(np.fft.ifft2(np.fft.fft2(image, shape) * np.fft.fft2(kernel, shape)).real)


# answer: q3, one row and one column too many
# breaks: array (H + kh - 1, W + kw - 1)
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh, W + kw))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, rows and columns of the padding exchanged
# breaks: array (H + kh - 1, W + kw - 1)
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    return correlate2d(np.pad(image, ((kw - 1, kw - 1), (kh - 1, kh - 1))), kernel[None, ::-1, ::-1])[0]


# answer: q3, the kernel is taken as square
# breaks: kernel of kh rows and kw columns
def convolve2d(image, kernel):
    H, W = image.shape
    k = len(kernel)
    out = np.zeros((H + k - 1, W + k - 1))
    for i in range(H):
        for j in range(W):
            out[i : i + k, j : j + k] += image[i, j] * kernel
    return out


# answer: q3, turns the caller's kernel and leaves it so
# breaks: an argument is changed
def convolve2d(image, kernel):
    kernel[...] = np.flip(kernel).copy()
    kh, kw = kernel.shape
    return correlate2d(np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1))), kernel[None])[0]


# answer: q3, transposes the kernel instead of rotating it
# breaks: rotated by 180 degrees
def convolve2d(image, kernel):
    kh, kw = kernel.T.shape
    return correlate2d(np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1))), kernel.T[None])[0]


# answer: q3, stamps bright pixels only
# breaks: every pixel stamps, a negative one too
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i, j in np.argwhere(image > 0):
        out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, stamps whole numbers of times
# breaks: scaled by the pixel's value
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            for _ in range(int(image[i, j])):
                out[i : i + kh, j : j + kw] += kernel
    return out


# answer: q3, forgets the last row and column of the image
# breaks: every pixel stamps
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H - 1):
        for j in range(W - 1):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, the brightest pixel stamps alone
# breaks: every pixel stamps
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    i, j = np.unravel_index(image.argmax(), image.shape)
    out[i : i + kh, j : j + kw] = image[i, j] * kernel
    return out


# answer: q3, adds into one array that lives outside
# breaks: the second call starts at zeros too
stamped = {}


def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = stamped.setdefault((H, W, kh, kw), np.zeros((H + kh - 1, W + kw - 1)))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out
