"""Right answers to q1 and q2."""

# answer: q1, counts the places of a range
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    last_tap = dilation * (kernel_size - 1)
    starts = range(-before, size + after - last_tap, stride)
    if not starts:
        raise ValueError(f"a kernel over {last_tap + 1} pixels does not fit into {before} + {size} + {after}")
    return len(starts)


def same_padding(kernel_size, dilation=1):
    missing = 1000 - output_size(1000 + dilation * kernel_size, kernel_size, dilation=dilation)
    missing += dilation * kernel_size
    before = missing >> 1
    return (before, missing - before)


# answer: q1, an object for the axis, with divmod
class _Axis:
    def __init__(self, taps, gap):
        self.covered = (taps - 1) * gap + 1

    def places(self, pixels_there, step):
        whole, _ = divmod(pixels_there - self.covered, step)
        return whole + 1


def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    places = _Axis(kernel_size, dilation).places(sum(padding, size), stride)
    if places < 1:
        raise ValueError("the kernel does not fit once")
    return places


def same_padding(kernel_size, dilation=1):
    half, odd = divmod(_Axis(kernel_size, dilation).covered - 1, 2)
    return half, half + odd


# answer: q1, rounds up with the negative floor, and raises from a lookup
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    free = size - dilation * (kernel_size - 1) + padding[0] + padding[1]
    if not free > 0:
        raise ValueError("no window fits: %d pixels are missing" % (1 - free))
    return -(-free // stride)


def same_padding(kernel_size, dilation=1):
    lost = dilation * kernel_size - dilation
    return tuple(sorted([lost // 2, (lost + 1) // 2]))


# answer: q2, one band matrix for each kernel row
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    rows, columns = H - kh + 1, W - kw + 1
    pixels_ = image.astype(np.float64)
    maps = []
    for kernel in kernels:
        total = np.zeros((rows, columns))
        for a, weights in enumerate(kernel):
            band = np.zeros((W, columns))
            for b, weight in enumerate(weights):
                band[np.arange(columns) + b, np.arange(columns)] = weight
            total += pixels_[a : a + rows] @ band
        maps.append(total)
    return np.array(maps)


# answer: q2, Fourier transform, cut to where nothing wraps around
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    size = (H + kh - 1, W + kw - 1)
    spectrum = np.fft.rfft2(image.astype(float), size)
    turned = np.fft.rfft2(kernels[:, ::-1, ::-1].astype(float), size, axes=(-2, -1))
    full = np.fft.irfft2(spectrum * turned, size, axes=(-2, -1))
    return full[:, kh - 1 : H, kw - 1 : W].copy()


# answer: q2, plain Python numbers in lists
def correlate2d(image, kernels):
    rows, taps = image.tolist(), kernels.tolist()
    kh, kw = kernels.shape[1:]

    def answer(kernel, i, j):
        return float(sum(w * rows[i + a][j + b] for a, line in enumerate(kernel) for b, w in enumerate(line)))

    return np.array(
        [
            [[answer(k, i, j) for j in range(len(rows[0]) - kw + 1)] for i in range(len(rows) - kh + 1)]
            for k in taps
        ]
    )


# answer: q2, one vdot for each place of the output
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    out = np.empty((F, image.shape[0] - kh + 1, image.shape[1] - kw + 1), dtype="d")
    for f, i, j in np.ndindex(out.shape):
        out[f, i, j] = np.vdot(kernels[f].astype(float), image[i : i + kh, j : j + kw].astype(float))
    return out
