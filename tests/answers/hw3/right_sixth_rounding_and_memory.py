# answer: q2, whole numbers are worked out in float32, as a deep learning library does by default
def correlate2d(image, kernels):
    dtype = np.float64 if np.float64 in (image.dtype, kernels.dtype) else np.float32
    image, kernels = image.astype(dtype), kernels.astype(dtype)
    H, W = image.shape
    F, kh, kw = kernels.shape
    out = np.zeros((F, H - kh + 1, W - kw + 1), dtype=dtype)
    for i in range(H - kh + 1):
        for j in range(W - kw + 1):
            out[:, i, j] = (kernels * image[i : i + kh, j : j + kw]).sum(axis=(1, 2))
    return out


# answer: q2, multiplies spectra, whose rounding grows with the image and not with the answer
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    spectrum = np.fft.rfft2(image.astype(float))
    taps = np.fft.rfft2(kernels.astype(float), s=(H, W))
    whole = np.fft.irfft2(spectrum * np.conj(taps), s=(H, W))
    return whole[:, : H - kh + 1, : W - kw + 1].copy()


# answer: q9, sums of windows from one running sum over the image
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, kernel_size if stride is None else stride

    def sums(a):
        total = np.pad(a, ((0, 0), (0, 0), (padding + 1, padding), (padding + 1, padding)))
        total = total.cumsum(axis=2).cumsum(axis=3)
        window = total[:, :, k:, k:] - total[:, :, :-k, k:] - total[:, :, k:, :-k] + total[:, :, :-k, :-k]
        return window[:, :, ::s, ::s]

    x = x.astype(np.float64)
    return sums(x) / (k * k if count_include_pad else sums(np.ones_like(x)))


def global_avg_pool2d(x):
    return x.astype(np.float64).mean(axis=(2, 3), keepdims=True)


# answer: q15, np.allclose as it comes
def check_max_pool(pool):
    rng = np.random.default_rng(15)

    def by_hand(x, k, s, p):
        n, c, h, w = x.shape
        rows, cols = (h + 2 * p - k) // s + 1, (w + 2 * p - k) // s + 1
        out = np.empty((n, c, rows, cols))
        for i in range(rows):
            for j in range(cols):
                top, left = i * s - p, j * s - p
                part = x[:, :, max(top, 0) : top + k, max(left, 0) : left + k]
                out[:, :, i, j] = part.max(axis=(2, 3))
        return out

    for trial in range(400):
        k = int(rng.integers(1, 6))
        p = int(rng.integers(0, k // 2 + 1))
        s = None if rng.random() < 0.3 else int(rng.integers(1, 7))
        n, c = rng.integers(1, 4, size=2)
        h, w = rng.integers(max(1, k - 2 * p), 13, size=2)
        size = (n, c, h, w)
        x = [
            rng.normal(size=size),
            -rng.random(size) - 0.1,
            rng.random(size) * 5 + 0.1,
            rng.uniform(-10000, 10000, size),
            rng.integers(-2, 3, size).astype(float),
            np.full(size, rng.integers(-9, 10) * 1.0),
        ][trial % 6]
        kind = rng.integers(4)
        if kind == 1:
            x = x.astype(np.float32)
        if kind == 2:
            x = np.round(x * 7).astype(np.int64)
        before = x.copy()
        try:
            if s is None and p == 0:
                out = pool(x, k)
            elif trial % 2:
                out = pool(x, k, s, p)
            else:
                out = pool(x=x, kernel_size=k, stride=s, padding=p)
        except Exception:
            return False
        expected = by_hand(before, k, s or k, p)
        if not isinstance(out, np.ndarray) or out.shape != expected.shape:
            return False
        if out.dtype not in ([np.float64] if x.dtype == np.float64 else [np.float32, np.float64]):
            return False
        if not np.allclose(out, expected):
            return False
        if not np.array_equal(x, before):
            return False
    return True


# answer: q12, convolution by a product of spectra
def extract_features(images, filters):
    n, _, h, w = images.shape
    shape = (h + 2, w + 2)
    seen = np.fft.rfft2(images.astype(float), shape)
    kernels = np.fft.rfft2(filters[:, 0, ::-1, ::-1].astype(float), shape)
    maps = np.fft.irfft2(seen * kernels, shape)[:, :, 1 : h + 1, 1 : w + 1]
    blocks = np.maximum(maps, 0).reshape(n, len(filters), h // 4, 4, w // 4, 4)
    return blocks.max(axis=(3, 5)).reshape(n, -1)


# answer: q12, the windows are copied once for each kernel, then multiplied
def extract_features(images, filters):
    n, _, h, w = images.shape
    wide = np.pad(images[:, 0].astype(float), ((0, 0), (1, 1), (1, 1)))
    windows = np.lib.stride_tricks.sliding_window_view(wide, (3, 3), axis=(1, 2))
    taps = np.repeat(windows[:, None], len(filters), axis=1)
    products = taps * filters[None, :, 0, None, None]
    maps = np.maximum(products.sum(axis=(4, 5)), 0)
    blocks = maps.reshape(n, len(filters), h // 4, 4, w // 4, 4)
    return blocks.max(axis=(3, 5)).reshape(n, -1)
