# answer: q3, pads by twice the half kernel, which is right for odd kernels
# breaks: The output is (H + kh - 1) x (W + kw - 1)
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image.astype(float), ((kh // 2 * 2,) * 2, (kw // 2 * 2,) * 2))
    turned = kernel[::-1, ::-1]
    rows, cols = padded.shape[0] - kh + 1, padded.shape[1] - kw + 1
    out = np.zeros((rows, cols))
    for i in range(rows):
        for j in range(cols):
            out[i, j] = (padded[i : i + kh, j : j + kw] * turned).sum()
    return out


# answer: q3, stamps are added up in float32 and handed back as float64
# breaks: Rounding may put them off by a billionth of the largest number in the answer.
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), dtype="f")
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out.astype("d")


# answer: q3, a pixel is taken as an int to see whether it is black
# breaks: Every pixel stamps a copy of the kernel into the output, scaled by the pixel's value
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            if int(image[i, j]) == 0:
                continue
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q3, a kernel of one tap multiplies the image as it is, so whole numbers stay whole numbers
# breaks: Floats: float64 where an array of float64 came in; otherwise float32 or float64
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    if (kh, kw) == (1, 1):
        return image * kernel[0, 0]
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a in range(kh):
        for b in range(kw):
            out[a : a + H, b : b + W] += kernel[a, b] * image
    return out


# answer: q3, the zeros for a shape are made once and stamped on again by the next call
# breaks: Each answer depends on the arguments of its own call alone
def convolve2d(image, kernel, canvas={}):
    H, W = image.shape
    kh, kw = kernel.shape
    shape = (H, W, kh, kw)
    if shape not in canvas:
        canvas[shape] = np.zeros((H + kh - 1, W + kw - 1))
    out = canvas[shape]
    for i in range(H):
        for j in range(W):
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out.copy()


# answer: q3, writes the convolution as one dense matrix, which large images blow up
# breaks: Memory. The notebook may use 2 GiB in all.
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    Ho, Wo = H + kh - 1, W + kw - 1
    matrix = np.zeros((Ho, Wo, H, W))
    for i in range(H):
        for j in range(W):
            matrix[i : i + kh, j : j + kw, i, j] = kernel
    return (matrix.reshape(Ho * Wo, H * W) @ image.reshape(-1)).reshape(Ho, Wo)


# answer: q3, writes the image into the padding with a slice that ends at -0 for a kernel of one row or column
# breaks: array (kh, kw) of floats; each axis has at least 1 place
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    padded = np.zeros((H + 2 * (kh - 1), W + 2 * (kw - 1)))
    padded[kh - 1 : -(kh - 1), kw - 1 : -(kw - 1)] = image
    turned = np.rot90(kernel, 2)
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(out.shape[0]):
        for j in range(out.shape[1]):
            out[i, j] = np.sum(padded[i : i + kh, j : j + kw] * turned)
    return out


# answer: q3, takes the kernel apart into a row and a column where the second singular value is small
# breaks: Rounding may put them off by a billionth of the largest number in the answer.
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    u, s, v = np.linalg.svd(kernel.astype(float), full_matrices=False)
    out = np.zeros((H + kh - 1, W + kw - 1))
    for n in range(len(s)):
        if s[n] < 1e-6 * s[0]:
            break
        tall = np.zeros((H + kh - 1, W))
        for a in range(kh):
            tall[a : a + H] += s[n] * u[a, n] * image
        for b in range(kw):
            out[:, b : b + W] += v[n, b] * tall
    return out
