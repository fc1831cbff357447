"""q3, the second half."""

# answer: q3, refuses a kernel that is larger than the image
# breaks: a full convolution has an answer for any two sizes
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    if kh > H or kw > W:
        raise ValueError("kernel larger than image")
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += kernel[a, b] * image
    return out


# answer: q3, turns the kernel round in the caller's array
# breaks: no function changes the arrays that it is given
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    kernel[:] = kernel[::-1, ::-1].copy()
    padded = np.pad(image, ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return correlate2d(padded, kernel[None])[0]


# answer: q3, np.convolve row by row
# breaks: do without np.convolve and np.correlate
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for a in range(kh):
            out[i + a] += np.convolve(image[i], kernel[a])
    return out


# answer: q3, two arrays of whole numbers give whole numbers
# breaks: an array of floats is returned
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), np.result_type(image, kernel))
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += kernel[a, b] * image
    return out


# answer: q3, writes the image into padded[kh - 1 : -(kh - 1)]
# breaks: a kernel of one row or one column, where -(kh - 1) is 0 and the slice is empty
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    padded = np.zeros((H + 2 * (kh - 1), W + 2 * (kw - 1)))
    padded[kh - 1 : -(kh - 1), kw - 1 : -(kw - 1)] = image
    return correlate2d(padded, kernel[None, ::-1, ::-1])[0]


# answer: q3, takes the kernel apart into one column times one row
# breaks: most kernels are no such product (only the first singular value is kept)
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    u, s, v = np.linalg.svd(kernel.astype(float))
    column, row = u[:, 0] * s[0], v[0]
    tall = np.zeros((H + kh - 1, W))
    for a in range(kh):
        tall[a : a + H] += column[a] * image
    out = np.zeros((H + kh - 1, W + kw - 1))
    for b in range(kw):
        out[:, b : b + W] += row[b] * tall
    return out


# answer: q3, walks over the pixels in the order of the memory
# breaks: an array may be a view of another, transposed
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for place, pixel in enumerate(np.ravel(image, order="K")):
        i, j = divmod(place, W)
        out[i : i + kh, j : j + kw] += pixel * kernel
    return out


# answer: q3, skips rows that add up to 0 as if they were empty
# breaks: a row of 1 and -1 stamps too
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        if image[i].sum() == 0:
            continue
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, adds into one array that lives as a default argument
# breaks: a second call starts at zeros again
def convolve2d(image, kernel, pages={}):
    H, W = image.shape
    kh, kw = kernel.shape
    shape = (H + kh - 1, W + kw - 1)
    if shape not in pages:
        pages[shape] = np.zeros(shape)
    out = pages[shape]
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out.copy()


# answer: q3, sums over i - a without asking whether it is negative, so Python counts from the end
# breaks: pixels outside the image count as 0
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            for a in range(kh):
                for b in range(kw):
                    if i - a < H and j - b < W:
                        try:
                            out[i, j] += kernel[a, b] * image[i - a, j - b]
                        except IndexError:
                            pass
    return out


# answer: q3, tests i - a > 0 where >= 0 is meant
# breaks: the first row and column of the image stamp too
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H + kh - 1):
        for j in range(W + kw - 1):
            for a in range(kh):
                for b in range(kw):
                    if 0 < i - a < H and 0 < j - b < W:
                        out[i, j] += kernel[a, b] * image[i - a, j - b]
    return out


# answer: q3, a Toeplitz matrix for the flattened image, whose rows run into each other
# breaks: a stamp that sticks out on the right must not come back on the left
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    height, width = H + kh - 1, W + kw - 1
    flat = np.zeros(height * width)
    pixels_at = [(i * W + j, image[i, j]) for i in range(H) for j in range(W)]
    for a in range(kh):
        for b in range(kw):
            for place, pixel in pixels_at:
                target = place + a * W + b
                if target < flat.size:
                    flat[target] += kernel[a, b] * pixel
    return flat.reshape(height, width)


# answer: q3, the roles are exchanged: the turned image slides over the padded kernel, with a copy of each window
# breaks: Memory. The notebook may use 2 GiB in all.
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    wide = np.zeros((kh + 2 * (H - 1), kw + 2 * (W - 1)))
    wide[H - 1 : H - 1 + kh, W - 1 : W - 1 + kw] = kernel
    windows = np.lib.stride_tricks.sliding_window_view(wide, (H, W))
    return np.tensordot(windows, image[::-1, ::-1].astype(float), axes=2)
