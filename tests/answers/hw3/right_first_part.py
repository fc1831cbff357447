"""Right answers to one channel, worked by hand, in unusual ways. Text for tools/try_answers.py; nobody imports it."""

# answer: q1, counts the starts with a loop
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    count, start = 0, -padding[0]
    while start + dilation * (kernel_size - 1) < size + padding[1]:
        count += 1
        start += stride
    if count == 0:
        raise ValueError(f"a kernel of {kernel_size} does not fit into {size} pixels")
    return count


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, a NumPy integer
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    starts = np.arange(0, size + sum(padding) - dilation * (kernel_size - 1), stride)
    if starts.size == 0:
        raise ValueError
    return np.int64(starts.size)


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, by recursion
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    room = size + sum(padding) - dilation * (kernel_size - 1)
    if room < 1:
        raise ValueError("too small")
    return 1 if room <= stride else 1 + output_size(room - stride, 1, stride)


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q1, an error class of its own, which is a ValueError
class KernelTooLarge(ValueError):
    pass


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    quotient, _ = divmod(size + sum(padding) - dilation * (kernel_size - 1) - 1, stride)
    if quotient < 0:
        raise KernelTooLarge(size)
    return quotient + 1


def same_padding(kernel_size, dilation=1):
    extra = dilation * (kernel_size - 1)
    return extra // 2, extra - extra // 2


# answer: q2, windows by stride tricks and einsum
def correlate2d(image, kernels):
    windows = np.lib.stride_tricks.sliding_window_view(image.astype(float), kernels.shape[1:])
    return np.einsum("ijab,fab->fij", windows, kernels)


# answer: q2, by the Fourier transform
def one_map(image, kernel):
    spectrum = np.fft.rfft2(image) * np.conj(np.fft.rfft2(kernel, image.shape))
    full = np.fft.irfft2(spectrum, image.shape)
    return full[: image.shape[0] - kernel.shape[0] + 1, : image.shape[1] - kernel.shape[1] + 1]


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, four loops and lists, an array in Fortran's order
def one_map(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    rows = [
        [
            float(sum(float(kernel[a, b]) * float(image[i + a, j + b]) for a in range(kh) for b in range(kw)))
            for j in range(W - kw + 1)
        ]
        for i in range(H - kh + 1)
    ]
    return np.asfortranarray(rows, dtype=np.float64)


def correlate2d(image, kernels):
    return np.stack([one_map(image, kernel) for kernel in kernels])


# answer: q2, one shifted image a tap, read-only
def one_map(image, kernel):
    H, W = image.shape[0] - kernel.shape[0] + 1, image.shape[1] - kernel.shape[1] + 1
    out = sum(
        (weight * image[a : a + H, b : b + W].astype(float) for (a, b), weight in np.ndenumerate(kernel)),
        np.zeros((H, W)),
    )
    return out


def correlate2d(image, kernels):
    maps = np.array([one_map(image, kernel) for kernel in kernels])
    maps.flags.writeable = False
    return maps


# answer: q3, by the Fourier transform with room
def convolve2d(image, kernel):
    shape = tuple(a + b - 1 for a, b in zip(image.shape, kernel.shape))
    return np.fft.irfft2(np.fft.rfft2(image, shape) * np.fft.rfft2(kernel, shape), shape)


# answer: q3, what np.convolve does, row by row and by hand; the forbidden name stands in a comment and a text
def convolve_rows(row, weights):
    """Like np.convolve and np.correlate, without either."""
    out = np.zeros(len(row) + len(weights) - 1)
    for shift, weight in enumerate(weights):
        out[shift : shift + len(row)] += weight * row
    return out  # the same as np.convolve(row, weights)


def convolve2d(image, kernel):
    out = np.zeros((image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1))
    for i, row in enumerate(image.astype(float)):
        for a, weights in enumerate(kernel.astype(float)):
            out[i + a] += convolve_rows(row, weights)
    return out


# answer: q3, the image stamps the kernel's pixels: convolution does not mind the order
def convolve2d(image, kernel):
    if image.size < kernel.size:
        return convolve2d(kernel, image)
    H, W = image.shape
    out = np.zeros((H + kernel.shape[0] - 1, W + kernel.shape[1] - 1))
    for (a, b), weight in np.ndenumerate(kernel):
        out[a : a + H, b : b + W] += float(weight) * image
    return out


# answer: q3, slides the rotated kernel, a view with negative strides comes back
def convolve2d(image, kernel):
    kh, kw = kernel.shape
    padded = np.pad(image[::-1, ::-1].astype(float), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    return np.einsum("ijab,ab->ij", np.lib.stride_tricks.sliding_window_view(padded, (kh, kw)), kernel)[
        ::-1, ::-1
    ]


# answer: q4, by index arrays
def pad2d(x, padding, mode="zeros"):
    H, W = x.shape[2:]
    if mode == "zeros":
        out = np.zeros((*x.shape[:2], H + 2 * padding, W + 2 * padding), dtype=x.dtype)
        out[:, :, padding : H + padding, padding : W + padding] = x
        return out
    if mode != "reflect":
        raise ValueError(f"no mode {mode!r}")
    if padding >= H or padding >= W:
        raise ValueError("padding too large")
    rows = np.concatenate([np.arange(padding, 0, -1), np.arange(H), np.arange(H - 2, H - 2 - padding, -1)])
    columns = np.concatenate([np.arange(padding, 0, -1), np.arange(W), np.arange(W - 2, W - 2 - padding, -1)])
    return x[:, :, rows[:, None], columns]


# answer: q4, np.pad with a table of modes
def pad2d(x, padding, mode="zeros"):
    how = {"zeros": {"mode": "constant"}, "reflect": {"mode": "reflect"}}.get(mode)
    if how is None or (mode == "reflect" and padding >= min(x.shape[-2:])):
        raise ValueError(mode, padding)
    return np.pad(x, [(0, 0)] * 2 + [(padding, padding)] * 2, **how)


# answer: q4, strips glued together, flipped views of x
def pad2d(x, padding, mode="zeros"):
    p = padding
    if mode not in ("zeros", "reflect"):
        raise ValueError(mode)
    if mode == "reflect" and not (p < x.shape[2] and p < x.shape[3]):
        raise ValueError(p)
    for axis in (2, 3):
        x = np.moveaxis(x, axis, 0)
        top, bottom = x[1 : p + 1][::-1], x[len(x) - 1 - p : len(x) - 1][::-1]
        if mode == "zeros":
            top = bottom = np.zeros((p, *x.shape[1:]), dtype=x.dtype)
        x = np.moveaxis(np.concatenate([top, x, bottom]), 0, axis)
    return x
