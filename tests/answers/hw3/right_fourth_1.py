# answer: q1, lists the starts; the two sides of the padding are sorted
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    reach = int(dilation) * (int(kernel_size) - 1)
    first, last = -int(padding[0]), int(size) + int(padding[1]) - 1
    starts = range(first, last - reach + 1, int(stride))
    if not starts:
        raise ValueError(f"{kernel_size} taps do not fit")
    return len(starts)


def same_padding(kernel_size, dilation=1):
    lost = int(dilation) * (int(kernel_size) - 1)
    return tuple(sorted((lost - lost // 2, lost // 2)))


# answer: q1, counts by walking, and searches the padding
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    end = int(size) + sum(int(p) for p in padding)
    count, last_tap = 0, (int(kernel_size) - 1) * int(dilation)
    while last_tap < end:
        count += 1
        last_tap += int(stride)
    if count == 0:
        raise ValueError("the kernel does not fit once")
    return count


def same_padding(kernel_size, dilation=1):
    before = after = 0
    size = int(dilation) * (int(kernel_size) - 1) + 1
    while output_size(size, kernel_size, 1, (before, after), dilation) != size:
        if after > before:
            before += 1
        else:
            after += 1
    return before, after


# answer: q1, divmod, a subclass of ValueError
class DoesNotFit(ValueError):
    pass


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    size, kernel_size, dilation, before, after = map(int, (size, kernel_size, dilation, *padding))
    more, _left_over = divmod(size + before + after - 1 - (kernel_size - 1) * dilation, int(stride))
    if more < 0:
        raise DoesNotFit((size, kernel_size))
    return 1 + more


def same_padding(kernel_size, dilation=1):
    before, odd = divmod((int(kernel_size) - 1) * int(dilation), 2)
    return before, before + odd


# answer: q2, one shifted slice for each tap
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    maps = np.zeros((F, h, w))
    for a, b in np.ndindex(kh, kw):
        maps += np.multiply.outer(kernels[:, a, b], image[a:, b:][:h, :w])
    return maps


# answer: q2, plain Python numbers in lists
def correlate2d(image, kernels):
    rows, (_, kh, kw) = image.tolist(), kernels.shape
    high, wide = len(rows) - kh + 1, len(rows[0]) - kw + 1
    return np.array(
        [
            [
                [
                    sum(k * p for a in range(kh) for k, p in zip(kernel[a], rows[i + a][j : j + kw]))
                    for j in range(wide)
                ]
                for i in range(high)
            ]
            for kernel in kernels.tolist()
        ],
        dtype=np.float64,
    )


# answer: q2, a matrix of windows that keeps float32 among its own
def correlate2d(image, kernels):
    dtype = np.result_type(image.dtype, kernels.dtype, np.float32)
    view = np.lib.stride_tricks.sliding_window_view(image.astype(dtype), kernels.shape[1:])
    h, w = view.shape[:2]
    return (kernels.astype(dtype).reshape(len(kernels), -1) @ view.reshape(h * w, -1).T).reshape(-1, h, w)


# answer: q3, gathers where the signs are minus, and asks whether the pixel is there
def convolve2d(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros((H + kh - 1, W + kw - 1), dtype=float)
    for i, j in np.ndindex(out.shape):
        for a in range(max(0, i - H + 1), min(kh, i + 1)):
            for b in range(max(0, j - W + 1), min(kw, j + 1)):
                out[i, j] += float(kernel[a, b]) * float(image[i - a, j - b])
    return out


# answer: q3, stamps the image once for each tap
def convolve2d(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    out = np.zeros(np.add(image.shape, kernel.shape) - 1)
    for (a, b), k in np.ndenumerate(kernel):
        out[a : H + a, b : W + b] += k * image
    return out


# answer: q3, np.add.at on an outer product
def convolve2d(image, kernel):
    stamps = np.multiply.outer(image.astype(float), kernel.astype(float))  # (H, W, kh, kw)
    i, j, a, b = np.ogrid[tuple(slice(n) for n in stamps.shape)]
    out = np.zeros((image.shape[0] + len(kernel) - 1, image.shape[1] + kernel.shape[1] - 1))
    np.add.at(out, (i + a, j + b), stamps)
    return out


# answer: q4, places of a triangle wave, zeros by np.pad's default
def pad2d(x, padding, mode="zeros"):
    H, W = x.shape[-2:]
    padding = int(padding)
    if mode == "zeros":
        return np.pad(x, [(0, 0)] * 2 + [(padding, padding)] * 2)
    if mode != "reflect" or max(padding + 1 - H, padding + 1 - W) > 0:
        raise ValueError("unknown mode, or too little to mirror")
    down, across = ((n - 1) - abs((n - 1) - abs(np.arange(-padding, n + padding))) for n in (H, W))
    return x[:, :, down[:, None], across]


# answer: q4, glues strips with concatenate
def pad2d(x, padding, mode="zeros"):
    if mode not in {"zeros", "reflect"}:
        raise ValueError(mode)
    p = int(padding)
    for axis in (2, 3):
        n = x.shape[axis]
        if mode == "reflect":
            if p >= n:
                raise ValueError("nothing to mirror")
            before = np.take(x, range(p, 0, -1), axis=axis)
            after = np.take(x, range(n - 2, n - 2 - p, -1), axis=axis)
        else:
            before = after = np.zeros([p if k == axis else m for k, m in enumerate(x.shape)], dtype=x.dtype)
        x = np.concatenate([before, x, after], axis=axis)
    return x
