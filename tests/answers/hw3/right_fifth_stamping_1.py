# answer: q3, every product at once, added into its place by counting with weights
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    height, width = H + kh - 1, W + kw - 1
    i, j, a, b = np.ogrid[:H, :W, :kh, :kw]
    places = (i + a) * width + (j + b)
    products = np.multiply.outer(image.astype(float), kernel.astype(float))
    return np.bincount(places.ravel(), weights=products.ravel(), minlength=height * width).reshape(height, width)


# answer: q3, one banded matrix for each row of the kernel; float32 where no float64 came in
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for a, row in enumerate(kernel.astype(float)):
        band = sum(tap * np.eye(W, W + kw - 1, k=b) for b, tap in enumerate(row))
        out[a : a + H] += image.astype(float) @ band
    wide = image.dtype == np.float64 or kernel.dtype == np.float64
    return out if wide else out.astype(np.float32)


# answer: q3, asks for each output which pixels and taps meet there: no zeros, no stamps
def convolve2d(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape

    def meet(place, pixels, taps):
        first, last = max(0, place - taps + 1), min(place, pixels - 1)
        return np.arange(first, last + 1), place - np.arange(first, last + 1)

    def output(i, j):
        rows, a = meet(i, H, kh)
        columns, b = meet(j, W, kw)
        return np.vdot(image[np.ix_(rows, columns)].astype(float), kernel[np.ix_(a, b)].astype(float))

    return np.array([[output(i, j) for j in range(W + kw - 1)] for i in range(H + kh - 1)])
