"""Wrong answers to q2, written from the notebook of a student alone."""

# answer: q2, the result takes the dtype of the kernels
# breaks: array of floats; kernels may be whole numbers
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    y = np.zeros((F, H - kh + 1, W - kw + 1), dtype=kernels.dtype)
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                y[f, i, j] = (image[i:i + kh, j:j + kw] * kernels[f]).sum()
    return y


# answer: q2, the sum is written as a whole number
# breaks: the sum of products, not rounded
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    y = np.zeros((F, H - kh + 1, W - kw + 1))
    for f, k in enumerate(kernels):
        for i in range(y.shape[1]):
            for j in range(y.shape[2]):
                total = 0
                for a in range(kh):
                    for b in range(kw):
                        total += image[i + a, j + b] * k[a, b]
                y[f, i, j] = int(total)
    return y


# answer: q2, rounded to two digits
# breaks: the sum of products, not rounded
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    y = np.zeros((F, h, w))
    for f in range(F):
        for i in range(h):
            for j in range(w):
                y[f, i, j] = round(float(np.sum(image[i:i + kh, j:j + kw] * kernels[f])), 2)
    return y


# answer: q2, as_strided with eight bytes a number
# breaks: any precision
def correlate2d(image, kernels):
    from numpy.lib.stride_tricks import as_strided
    H, W = image.shape
    F, kh, kw = kernels.shape
    view = as_strided(image, (H - kh + 1, W - kw + 1, kh, kw), (8 * W, 8, 8 * W, 8))
    return np.einsum("ijab,fab->fij", view, kernels).astype(float)


# answer: q2, as_strided believes the rows lie one behind the other
# breaks: any array (H, W), a transposed one too
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    s = image.itemsize
    view = np.lib.stride_tricks.as_strided(image, (H - kh + 1, W - kw + 1, kh, kw), (s * W, s, s * W, s))
    return np.tensordot(kernels.astype(float), view, axes=([1, 2], [2, 3]))


# answer: q2, kernels are flipped, as mathematics does
# breaks: cross-correlation: x[i + a, j + b]
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    y = np.zeros((F, H - kh + 1, W - kw + 1))
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            y[:, i, j] = (image[i:i + kh, j:j + kw] * kernels[:, ::-1, ::-1]).sum(axis=(1, 2))
    return y


# answer: q2, np.correlate row by row
# breaks: do without np.correlate
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    y = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for a in range(kh):
                y[f, i] += np.correlate(image[i + a].astype(float), kernels[f, a].astype(float), "valid")
    return y


# answer: q2, scipy does it
# breaks: only numpy, coursekit, matplotlib and the standard library
from scipy.signal import correlate2d as scipy_correlate


def correlate2d(image, kernels):
    return np.stack([scipy_correlate(image, k, mode="valid") for k in kernels]).astype(float)


# answer: q2, torch does it
# breaks: only numpy, coursekit, matplotlib and the standard library
import torch


def correlate2d(image, kernels):
    x = torch.tensor(np.asarray(image, dtype=float))[None, None]
    k = torch.tensor(np.asarray(kernels, dtype=float))[:, None]
    return torch.nn.functional.conv2d(x, k)[0].numpy()


# answer: q2, the last row and column of outputs stay 0
# breaks: H - kh + 1 by W - kw + 1 outputs
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    y = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh):
            for j in range(W - kw):
                y[f, i, j] = (image[i:i + kh, j:j + kw] * kernels[f]).sum()
    return y


# answer: q2, one kernel for all
# breaks: each kernel makes a map of its own
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    y = np.zeros((F, H - kh + 1, W - kw + 1))
    for f in range(F):
        for i in range(H - kh + 1):
            for j in range(W - kw + 1):
                y[f, i, j] = (image[i:i + kh, j:j + kw] * kernels[0]).sum()
    return y


# answer: q2, an image is brought to mean 0 first, in place
# breaks: no function changes its arrays; sum of products with x
def correlate2d(image, kernels):
    image = np.asarray(image, dtype=float)
    image -= image.mean()
    F, kh, kw = kernels.shape
    view = np.lib.stride_tricks.sliding_window_view(image, (kh, kw))
    return np.einsum("ijab,fab->fij", view, kernels)


# answer: q2, sums are cut to -255 to 255
# breaks: the sum of products, however large
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    view = np.lib.stride_tricks.sliding_window_view(image.astype(float), (kh, kw))
    y = np.einsum("ijab,fab->fij", view, kernels)
    return np.clip(y, -255, 255)


# answer: q2, the dtype of both together
# breaks: array of floats, even where image and kernels hold whole numbers
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw))
    return np.tensordot(kernels, windows, axes=((1, 2), (2, 3)))
