"""q2, the second half."""

# answer: q2, brings the kernels to the dtype of the image first
# breaks: an image of whole numbers may meet kernels with fractions
def correlate2d(image, kernels):
    kernels = kernels.astype(image.dtype)
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for a in range(kh):
        for b in range(kw):
            out += kernels[:, a, b, None, None] * image[a : a + H - kh + 1, b : b + W - kw + 1]
    return out


# answer: q2, multiplies in place, and the window is a view of the image
# breaks: no function changes the arrays that it is given
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                window = image[i : i + kh, j : j + kw]
                window *= kernels[f]
                out[f, i, j] = window.sum()
    return out


# answer: q2, keeps one output array per shape and hands it out again and again
# breaks: the answer of an earlier call must stay what it was
_maps = {}


def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = _maps.setdefault((F, H, W, kh, kw), np.zeros((F, H - kh + 1, W - kw + 1)))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, asks SciPy
# breaks: you may import numpy, coursekit, matplotlib and the standard library
from scipy.signal import correlate2d as _scipy_correlate


def correlate2d(image, kernels):
    return np.stack([_scipy_correlate(image.astype(float), k.astype(float), mode="valid") for k in kernels])


# answer: q2, np.correlate of row with row
# breaks: do without np.convolve and np.correlate
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    if kw > W:
        return out
    for f in range(F):
        for i in range(H - kh + 1):
            for a in range(kh):
                out[f, i] += np.correlate(image[i + a], kernels[f, a], mode="valid")
    return out


# answer: q2, Fourier transform of the image's size and a cut at the wrong end
# breaks: output (i, j) is the window with its top left corner at (i, j)
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    spectrum = np.fft.fft2(image)[None] * np.conj(np.fft.fft2(kernels, s=(H, W), axes=(1, 2)))
    return np.fft.ifft2(spectrum, axes=(1, 2)).real[:, kh - 1 :, kw - 1 :]


# answer: q2, rounds the noise of the Fourier transform away, and the fractions with it
# breaks: the sum of the products, also where it is no whole number
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    spectrum = np.fft.fft2(image)[None] * np.conj(np.fft.fft2(kernels, s=(H, W), axes=(1, 2)))
    return np.round(np.fft.ifft2(spectrum, axes=(1, 2)).real[:, : H - kh + 1, : W - kw + 1])


# answer: q2, works in half precision to save memory
# breaks: the sums are right to the precision of the inputs, not to three digits
def correlate2d(image, kernels):
    image, kernels = image.astype(np.float16), kernels.astype(np.float16)
    windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[1:])
    return np.einsum("ijab,fab->fij", windows, kernels)


# answer: q2, remembers answers by the identity of the image
# breaks: the answer belongs to what the image holds now
_seen = {}


def correlate2d(image, kernels):
    key = (id(image), kernels.tobytes(), kernels.shape)
    if key not in _seen:
        windows = np.lib.stride_tricks.sliding_window_view(image, kernels.shape[1:])
        _seen[key] = (image, np.einsum("ijab,fab->fij", windows, kernels).astype(float))
    return _seen[key][1].copy()


# answer: q2, the letters of kernel row and column are swapped in einsum
# breaks: weight k[a, b] meets pixel x[i + a, j + b]
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (kw, kh))
    return np.einsum("ijba,fab->fij", windows, kernels.astype(float))


# answer: q2, subtracts the mean of each window, as matching of patterns does
# breaks: multiply each weight by the pixel below it and add the products
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw)).astype(float)
    windows = windows - windows.mean(axis=(2, 3), keepdims=True)
    return np.einsum("ijab,fab->fij", windows, kernels)
