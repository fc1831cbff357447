# answer: q2, the output has the dtype of the kernels, and whole-number kernels cut the fractions off
# breaks: array (F, H - kh + 1, W - kw + 1) of floats
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1), dtype=kernels.dtype)
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, flattens windows and kernels in the order of memory, which differs for transposed arrays
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps, read-only.
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        taps = kernels[f].ravel(order="K")
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = image[i : i + kh, j : j + kw].ravel(order="K") @ taps
    return out


# answer: q2, lays windows out with strides that hold only for a float64 image without gaps
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps, read-only.
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    image = image.astype(float, copy=False)
    shape = (H - kh + 1, W - kw + 1, kh, kw)
    windows = np.lib.stride_tricks.as_strided(image, shape, (8 * W, 8, 8 * W, 8))
    return np.einsum("ijab,fab->fij", windows, kernels.astype(float))


# answer: q2, scales the image to 1 in place, which spares only an image that had to be made float first
# breaks: What you were given stays as it was.
def correlate2d(image, kernels):
    image = image.astype(np.float64, copy=False)
    largest = np.abs(image).max() or 1.0
    image /= largest
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                out[f, i, j] = largest * np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out


# answer: q2, goes through the spectrum and forgets to say the width on the way back
# breaks: array (F, H - kh + 1, W - kw + 1), for an image of odd width too
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    spectrum = np.fft.rfft2(image)
    maps = [np.fft.irfft2(spectrum * np.conj(np.fft.rfft2(k, s=(H, W)))) for k in kernels]
    return np.array(maps)[:, : H - kh + 1, : W - kw + 1]


# answer: q2, squeezes the axes of length 1 away at the end
# breaks: Returns array (F, H - kh + 1, W - kw + 1) of floats, where F or a side of the map may be 1
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw))
    maps = [np.sum(windows * k, axis=(2, 3)) for k in kernels]
    return np.stack(maps).astype(float).squeeze()


# answer: q2, rounds the maps to six digits to tidy them up
# breaks: Rounding may put them off by a billionth of the largest number in the answer.
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1))
    for f, kernel in enumerate(kernels):
        for i in range(out.shape[1]):
            for j in range(out.shape[2]):
                out[f, i, j] = (image[i : i + kh, j : j + kw] * kernel).sum()
    return np.round(out, 6)


# answer: q2, counts all windows in one loop and finds the row by the height of the map
# breaks: y[f, i, j] in the formula, for maps of which height and width differ
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    oh, ow = H - kh + 1, W - kw + 1
    out = np.zeros((F, oh * ow))
    for place in range(oh * ow):
        i, j = divmod(place, oh)
        for f in range(F):
            out[f, place] = np.sum(image[i : i + kh, j : j + kw] * kernels[f])
    return out.reshape(F, oh, ow)


# answer: q2, keeps one array for each shape of output and hands it out again at the next call
# breaks: What you return is new: ... nothing that a later call writes into.
_maps = {}


def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    shape = (F, H - kh + 1, W - kw + 1)
    out = _maps.setdefault(shape, np.zeros(shape))
    for f in range(F):
        for i in range(shape[1]):
            for j in range(shape[2]):
                out[f, i, j] = np.sum(kernels[f] * image[i : i + kh, j : j + kw])
    return out


# answer: q2, remembers the windows of an image by its id
# breaks: the next call may ... bring the same array or list with other numbers in it
_windows = {}


def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    key = (id(image), kh, kw)
    if key not in _windows:
        view = np.lib.stride_tricks.sliding_window_view(image, (kh, kw))
        _windows[key] = (image, view.astype(float))
    return np.einsum("ijab,fab->fij", _windows[key][1], kernels)
