# answer: q3, slides the kernel without turning it
# breaks: the same as sliding a kernel that is rotated by 180 degrees
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    wide = np.pad(np.asarray(image, dtype=float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(wide[i : i + kh, j : j + kw] * kernel)
    return out


# answer: q3, flips the rows only
# breaks: sliding a kernel that is rotated by 180 degrees (both axes flip)
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    wide = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kh, kw))
    return np.einsum("ijab,ab->ij", windows, kernel[::-1], dtype=float, casting="unsafe")


# answer: q3, turns by 180 degrees with a transpose in place of one flip, right for symmetric kernels
# breaks: y[i, j] = sum of k[a, b] x[i - a, j - b]
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    turned = kernel[::-1, ::-1].T.reshape(kh, kw)
    wide = np.zeros((H + 2 * kh - 2, W + 2 * kw - 2))
    wide[kh - 1 : kh - 1 + H, kw - 1 : kw - 1 + W] = image
    out = np.empty((H + kh - 1, W + kw - 1))
    for i in range(len(out)):
        for j in range(out.shape[1]):
            out[i, j] = (wide[i : i + kh, j : j + kw] * turned).sum()
    return out


# answer: q3, puts half a kernel of zeros twice on each side, which is one too many for even kernels
# breaks: with the kernel's top left corner at the pixel (even kernels come out moved)
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    rows, cols = 2 * (kh // 2), 2 * (kw // 2)
    wide = np.pad(image.astype(float), ((rows, rows), (cols, cols)))
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            out[i, j] = np.sum(wide[i : i + kh, j : j + kw] * kernel[::-1, ::-1])
    return out


# answer: q3, multiplies spectra whose size is a power of two above the image, without room for the last stamps
# breaks: The output is larger than the image, because the stamps of the last pixels stick out
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    rows = 1 << max(H, kh).bit_length()
    cols = 1 << max(W, kw).bit_length()
    product = np.fft.rfft2(image, (rows, cols)) * np.fft.rfft2(kernel, (rows, cols))
    return np.fft.irfft2(product, (rows, cols))[: H + kh - 1, : W + kw - 1].copy()


# answer: q3, flips the kernel in place and leaves it turned
# breaks: What you were given stays as it was.
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    kernel[:] = kernel[::-1, ::-1].copy()
    wide = np.pad(image * 1.0, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            out[i, j] = np.sum(wide[i : i + kh, j : j + kw] * kernel)
    return out


# answer: q3, adds all stamps through one index array, where places that come twice count once
# breaks: Where stamps overlap, they add up (two taps that hit one place in the same go)
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    columns = np.arange(W)[:, None] + np.arange(kw)
    for i in range(H):
        for a in range(kh):
            out[i + a][columns] += image[i][:, None] * kernel[a]
    return out


# answer: q3, follows the formula and leaves out places beyond the end only; places before the start wrap round
# breaks: pixels outside the image count as 0
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            for a in range(kh):
                for b in range(kw):
                    try:
                        out[i, j] += kernel[a, b] * image[i - a, j - b]
                    except IndexError:
                        pass
    return out
