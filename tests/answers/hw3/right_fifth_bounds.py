"""Right inside the bounds that the notebook has named since this bank was written, which called them wrong.

No float is nearer to 0 than 0.001, whole numbers end at a million, ints at 500, results stay below
10**15, and rounding may reach a billionth of the largest number in the answer.
"""


# answer: q1, divides as floats
import math


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1) - 1
    if room < 0:
        raise ValueError("the kernel does not fit")
    return math.floor(room / stride + 1)


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q2, adds whole numbers up as int64 and makes floats of them at the end
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (kh, kw))
    sums = np.zeros((F, *windows.shape[:2]), dtype=np.result_type(image, kernels))
    for f, kernel in enumerate(kernels):
        sums[f] = (windows * kernel).sum(axis=(2, 3))
    return sums.astype(np.float64)


# answer: q2, by FFT, map by map
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    spectrum = np.fft.rfft2(image.astype(float))
    maps = [
        np.fft.irfft2(spectrum * np.conj(np.fft.rfft2(k.astype(float), s=(H, W))), s=(H, W)) for k in kernels
    ]
    return np.stack(maps)[:, : H - kh + 1, : W - kw + 1].copy()


# answer: q3, skips pixels that are nearly 0
def convolve2d(image, kernel):
    H, W = image.shape
    kh, kw = kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1))
    for i in range(H):
        for j in range(W):
            if np.isclose(image[i, j], 0):
                continue
            out[i : i + kh, j : j + kw] += image[i, j] * kernel
    return out


# answer: q11, strides multiplied with cumprod in int64
def receptive_field(layers):
    if not layers:
        return []
    table = np.array(layers)
    jumps = np.cumprod(table[:, 1])
    before = np.concatenate([[1], jumps[:-1]])
    sizes = 1 + np.cumsum((table[:, 0] - 1) * before)
    return [(int(r), int(j)) for r, j in zip(sizes, jumps)]


# answer: q11, counted in float64 and turned into int at the end
def receptive_field(layers):
    size, jump, seen = 1.0, 1.0, []
    for kernel_size, stride in layers:
        size += (kernel_size - 1) * jump
        jump *= stride
        seen.append((int(size), int(jump)))
    return seen


# answer: q9, window sums come from running sums in float64
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = k if stride is None else stride
    dtype = np.result_type(x, np.float32)

    def sums(a):
        a = np.pad(a.astype(float), ((0, 0), (0, 0), (padding + 1, padding), (padding + 1, padding)))
        a = a.cumsum(axis=2).cumsum(axis=3)
        a = a[:, :, k:] - a[:, :, :-k]
        return (a[..., k:] - a[..., :-k])[:, :, ::s, ::s]

    counts = k * k if count_include_pad else sums(np.ones((1, 1, *x.shape[2:])))
    return (sums(x) / counts).astype(dtype)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the sums of whole numbers are taken in whole numbers
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    x = x.astype(np.result_type(x, np.float32))
    ones = np.ones((1, 1, *x.shape[2:]), x.dtype)
    x, ones = (np.pad(a, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2)) for a in (x, ones))
    view = np.lib.stride_tricks.sliding_window_view
    sums, counts = (view(a, (k, k), (2, 3))[:, :, ::s, ::s].sum((4, 5)) for a in (x, ones))
    return sums / (k * k if count_include_pad else counts)


def global_avg_pool2d(x):
    height, width = x.shape[2:]
    total = x.sum(axis=(2, 3), keepdims=True)
    return total / x.dtype.type(height * width)
