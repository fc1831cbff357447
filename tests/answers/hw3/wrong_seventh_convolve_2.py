# answer: q3, hands the image itself back for the kernel that is a single 1
# breaks: What you return is new: no input, no view of an input
def convolve2d(image, kernel):
    image = np.asarray(image, dtype=float)
    if kernel.shape == (1, 1) and kernel[0, 0] == 1:
        return image
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += image * kernel[a, b]
    return out


# answer: q3, copies the kernel unscaled where the image holds one number that is not 0
# breaks: Every pixel stamps a copy of the kernel into the output, scaled by the pixel's value
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    if np.count_nonzero(image) == 1:
        i, j = np.argwhere(image)[0]
        out[i : i + kh, j : j + kw] = kernel
        return out
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += kernel[a, b] * image
    return out


# answer: q3, compares the row with the width and the column with the height
# breaks: pixels outside the image count as 0, and those inside count, for an image that is not square
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            for a in range(kh):
                for b in range(kw):
                    if 0 <= i - a < W and 0 <= j - b < H:
                        out[i, j] += kernel[a, b] * image[i - a, j - b]
    return out


# answer: q3, the number of zeros comes from the kernel's height for both axes, and the result is cut to shape
# breaks: The output is (H + kh - 1) x (W + kw - 1), column j from x[i - a, j - b], for kernels that are not square
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    k = max(kh, kw)
    wide = np.pad(image.astype(float), k - 1)
    turned = kernel[::-1, ::-1]
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            out[i, j] = (wide[i : i + kh, j : j + kw] * turned).sum()
    return out


# answer: q3, stamps into an array of float32 whatever came in, and widens it at the end
# breaks: Rounding may put them off by a billionth of the largest number in the answer.
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), dtype="f")
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out.astype(float)


# answer: q3, goes on with the border pixel outside the image, which an image with a dark frame does not show
# breaks: pixels outside the image count as 0
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    wide = np.pad(image.astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kh, kw))
    return np.tensordot(windows, kernel[::-1, ::-1], axes=2)
