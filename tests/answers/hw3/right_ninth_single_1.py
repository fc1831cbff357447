# answer: q1, counts the places of a range; the padding comes back as a list of NumPy's ints
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    starts = range(-padding[0], size + padding[1] - dilation * (kernel_size - 1), stride)
    if not starts:
        raise ValueError("the kernel does not fit")
    return np.int64(len(starts))


def same_padding(kernel_size, dilation=1):
    sides = np.array([0, 1]) + dilation * (kernel_size - 1)
    return list(sides // 2)


# answer: q1, walks the kernel along in a loop, and deals the padding out pixel by pixel
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    end = size + sum(padding)
    last_tap, count = dilation * (kernel_size - 1), 0
    while last_tap < end:
        count += 1
        last_tap += stride
    if count == 0:
        raise ValueError("no place for the kernel")
    return count


def same_padding(kernel_size, dilation=1):
    sides = [0, 0]
    for k in range(dilation * (kernel_size - 1)):
        sides[1 - k % 2] += 1
    return tuple(sides)


# answer: q2, builds the image's windows as rows of a matrix by index numbers; one product with the kernels
def correlate2d(image, kernels):
    (H, W), (F, kh, kw) = image.shape, kernels.shape
    h, w = H - kh + 1, W - kw + 1
    flat = np.ascontiguousarray(image, dtype=np.float64).ravel()
    starts = (np.arange(h)[:, None] * W + np.arange(w)).ravel()
    out = np.zeros((F, h * w))
    for a in range(kh):
        for b in range(kw):
            out += np.multiply.outer(kernels[:, a, b].astype(np.float64), flat[starts + a * W + b])
    return out.reshape(F, h, w)


# answer: q2, windows along the rows alone, and a matrix product for each row of the kernels; read-only
def correlate2d(image, kernels):
    h, kh, kw = image.shape[0] - kernels.shape[1] + 1, *kernels.shape[1:]
    rows = np.lib.stride_tricks.sliding_window_view(image.astype(np.float64), kw, axis=1)
    total = 0.0
    for a in range(kh):
        total = total + rows[a : a + h] @ kernels[:, a].astype(np.float64).T
    answer = np.transpose(total, (2, 0, 1))
    answer.flags.writeable = False
    return answer


# answer: q3, correlates with a view whose steps go backwards, einsum over a padded image
def convolve2d(image, kernel):
    if kernel.size > image.size:  # image and kernel may change places
        image, kernel = kernel, image
    kh, kw = kernel.shape
    big = np.pad(image.astype(np.float64), ((kh - 1, kh - 1), (kw - 1, kw - 1)))
    s0, s1 = big.strides
    shape = (image.shape[0] + kh - 1, image.shape[1] + kw - 1, kh, kw)
    start = big[kh - 1 :, kw - 1 :]
    windows = np.lib.stride_tricks.as_strided(start, shape, (s0, s1, -s0, -s1), writeable=False)
    return np.einsum("ijab,ab->ij", windows, kernel.astype(np.float64))


# answer: q3, recursion: cuts the kernel in two halves until one weight is left
def convolve2d(image, kernel):
    if kernel.size > image.size:  # image and kernel may change places
        return convolve2d(kernel, image)
    kh, kw = kernel.shape
    H, W = image.shape
    if kh == kw == 1:
        return np.multiply(image, kernel[0, 0], dtype=np.float64)
    out = np.zeros((H + kh - 1, W + kw - 1))
    if kh >= kw:
        half = kh // 2
        out[: H + half - 1] += convolve2d(image, kernel[:half])
        out[half:] += convolve2d(image, kernel[half:])
    else:
        half = kw // 2
        out[:, : W + half - 1] += convolve2d(image, kernel[:, :half])
        out[:, half:] += convolve2d(image, kernel[:, half:])
    return out


# answer: q4, takes rows and columns by index numbers that swing to and fro, zeros by a mask
def pad2d(x, padding, mode="zeros"):
    H, W = x.shape[2:]
    if mode != "zeros" and (mode != "reflect" or max(padding + 1 - H, padding + 1 - W) > 0):
        raise ValueError("another mode, or not enough pixels for the mirror")
    i, j = np.arange(-padding, H + padding), np.arange(-padding, W + padding)
    if mode == "reflect":
        i, j = (n - 1 - np.abs(n - 1 - np.abs(k)) for n, k in ((H, i), (W, j)))
        return x[:, :, i[:, None], j]
    inside = ((i >= 0) & (i < H))[:, None] & ((j >= 0) & (j < W))
    picked = x[:, :, i.clip(0, H - 1)[:, None], j.clip(0, W - 1)]
    return np.where(inside, picked, x.dtype.type(0))


# answer: q4, glues strips to the sides with concatenate, one axis after the other
def pad2d(x, padding, mode="zeros"):
    if mode not in ("zeros", "reflect"):
        raise ValueError(f"unknown mode {mode!r}")
    out = x
    for axis in (2, 3):
        size = x.shape[axis]
        if mode == "reflect" and padding >= size:
            raise ValueError("the mirror has too few pixels")
        turned = out.swapaxes(axis, 0)
        if mode == "reflect":
            first = turned[1 : padding + 1][::-1]
            last = turned[size - 1 - padding : size - 1][::-1]
        else:
            first = last = np.zeros((padding,) + turned.shape[1:], dtype=x.dtype)
        out = np.concatenate([first, turned, last]).swapaxes(axis, 0)
    return out
