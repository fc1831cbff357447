# answer: q3, a kernel that changes nothing gives back the image that came in
# breaks: What you return is new: no input
def convolve2d(image, kernel):
    if kernel.shape == (1, 1) and kernel[0, 0] == 1 and image.dtype == float:
        return image
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += kernel[a, b] * image
    return out


# answer: q3, counts the margin from the end, and a margin of 0 leaves nothing
# breaks: kernel : array (kh, kw) of floats (sizes at least 1, so one tap down or across is allowed)
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    wide = np.zeros((H + 2 * (kh - 1), W + 2 * (kw - 1)))
    wide[kh - 1 : -(kh - 1), kw - 1 : -(kw - 1)] = image
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kh, kw))
    return np.einsum("ijab,ab->ij", windows, kernel[::-1, ::-1])


# answer: q3, flips the kernel of the caller in place
# breaks: You change nothing that you are given.
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    kernel[:] = kernel[::-1, ::-1].copy()
    wide = np.zeros((H + 2 * kh - 2, W + 2 * kw - 2))
    wide[kh - 1 : kh - 1 + H, kw - 1 : kw - 1 + W] = image
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            out[i, j] = (wide[i : i + kh, j : j + kw] * kernel).sum()
    return out


# answer: q3, keeps the flipped kernel of each size, so the next kernel of that size is never looked at
# breaks: y[i, j] is the sum of k[a, b] x[i - a, j - b], with the kernel of this call
_FLIPPED = {}


def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    if (kh, kw) not in _FLIPPED:
        _FLIPPED[kh, kw] = kernel[::-1, ::-1].copy()
    padded = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    windows = np.lib.stride_tricks.sliding_window_view(padded, (kh, kw))
    return (windows * _FLIPPED[kh, kw]).sum(axis=(2, 3))


# answer: q3, turns the kernel into the dtype of the image, and whole pixels cut its fractions off
# breaks: An "array of floats" holds float64, float32 or whole numbers (int64): image and kernel each their own
def convolve2d(image, kernel):
    H, W = image.shape
    taps = kernel.astype(image.dtype)
    kh, kw = taps.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * taps
    return out


# answer: q3, finds row and column from the height, which is right for square images only
# breaks: with the kernel's top left corner at the pixel
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((max(H, W) + kh - 1, max(H, W) + kw - 1))
    for number, pixel in enumerate(image.ravel()):
        i, j = divmod(number, H)
        i, j = min(i, max(H, W) - 1), min(j, max(H, W) - 1)
        out[i : i + kh, j : j + kw] += pixel * kernel
    return out[: H + kh - 1, : W + kw - 1].copy()


# answer: q3, walks over the pixels in the order of memory, which a transposed image does not share
# breaks: An "array of floats" may be a slice, or transposed.
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for number, pixel in enumerate(np.nditer(image)):
        i, j = divmod(number, W)
        out[i : i + kh, j : j + kw] += pixel * kernel
    return out


# answer: q3, takes the kernel apart into rows times columns and drops the weak ones
# breaks: You return floats as precise as what came in
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    columns, strengths, rows = np.linalg.svd(kernel.astype(float), full_matrices=False)
    out = np.zeros((H + kh - 1, W + kw - 1))
    for column, strength, row in zip(columns.T, strengths, rows, strict=True):
        if strength < 1e-4 * strengths[0]:
            break
        down = np.zeros((H + kh - 1, W))
        for a in range(kh):
            down[a : a + H] += column[a] * image
        for b in range(kw):
            out[:, b : b + W] += strength * row[b] * down
    return out
