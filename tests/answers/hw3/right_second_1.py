"""Right answers, written from the notebook of a student alone."""

# answer: q1, the ceiling of size by stride where the padding is the same
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    reach = dilation * (kernel_size - 1) + 1
    padded = size + sum(padding)
    if reach > padded:
        raise ValueError("kernel too large")
    if sum(padding) == reach - 1:
        return -(-size // stride)
    return -(-(padded - reach + 1) // stride)


def same_padding(kernel_size, dilation=1):
    total = dilation * (kernel_size - 1)
    return total // 2, total - total // 2


# answer: q1, counts the starts
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    starts = range(0, size + sum(padding) - dilation * (kernel_size - 1), stride)
    if not starts:
        raise ValueError("the kernel does not fit")
    return len(starts)


def same_padding(kernel_size, dilation=1):
    half, odd = divmod((kernel_size - 1) * dilation, 2)
    return half, half + odd


# answer: q1, checks the result of floor division, returns a list
def output_size(size, kernel_size, stride=1, padding=(0, 0), dilation=1):
    before, after = padding
    n = (size + before + after - dilation * (kernel_size - 1) - 1) // stride + 1
    if n < 1:
        raise ValueError("the kernel does not fit")
    return n


def same_padding(kernel_size, dilation=1):
    after = (dilation * (kernel_size - 1) + 1) // 2
    return dilation * (kernel_size - 1) - after, after


# answer: q2, loops over taps, not windows
def correlate2d(image, kernels):
    F, kh, kw = kernels.shape
    h, w = image.shape[0] - kh + 1, image.shape[1] - kw + 1
    y = np.zeros((F, h, w))
    for a in range(kh):
        for b in range(kw):
            y += kernels[:, a, b, None, None].astype(float) * image[a:a + h, b:b + w]
    return y


# answer: q2, plain Python numbers
def correlate2d(image, kernels):
    H, W = image.shape
    F, kh, kw = kernels.shape
    return np.array([[[sum(float(image[i + a, j + b]) * float(k[a, b]) for a in range(kh) for b in range(kw))
                       for j in range(W - kw + 1)] for i in range(H - kh + 1)] for k in kernels])


# answer: q3, spectra of the right size
def convolve2d(image, kernel):
    shape = (image.shape[0] + kernel.shape[0] - 1, image.shape[1] + kernel.shape[1] - 1)
    product = np.fft.fft2(image.astype(float), s=shape) * np.fft.fft2(kernel.astype(float), s=shape)
    return np.fft.ifft2(product).real


# answer: q3, stamps the image at each tap
def convolve2d(image, kernel):
    (H, W), (kh, kw) = image.shape, kernel.shape
    y = np.zeros((H + kh - 1, W + kw - 1))
    for (a, b), k in np.ndenumerate(kernel):
        y[a:a + H, b:b + W] += float(k) * image
    return y


# answer: q4, indices that mirror
def pad2d(x, padding, mode="zeros"):
    N, C, H, W = x.shape
    if mode == "zeros":
        y = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
        y[:, :, padding:H + padding, padding:W + padding] = x
        return y
    if mode != "reflect":
        raise ValueError("mode is zeros or reflect")
    if padding >= H or padding >= W:
        raise ValueError("padding is too large")
    rows = np.abs(np.arange(-padding, H + padding))
    columns = np.abs(np.arange(-padding, W + padding))
    return x[:, :, (H - 1 - np.abs(H - 1 - rows))[:, None], W - 1 - np.abs(W - 1 - columns)]


# answer: q5, loops over the places, one tensordot each
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"x has {C} channels, weight {D}")
    reach_h, reach_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    wide = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (H + 2 * padding - reach_h) // stride + 1
    columns = (W + 2 * padding - reach_w) // stride + 1
    y = np.zeros((N, F, rows, columns))
    for i in range(rows):
        for j in range(columns):
            top, left = i * stride, j * stride
            window = wide[:, :, top:top + reach_h:dilation, left:left + reach_w:dilation]
            y[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        y += bias[:, None, None]
    return y


# answer: q5, loops over taps and channels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, Cw, kh, kw = weight.shape
    if Cw != C:
        raise ValueError("weight and x differ in channels")
    p, d, s = padding, dilation, stride
    xp = np.zeros((N, C, H + 2 * p, W + 2 * p))
    xp[:, :, p:p + H, p:p + W] = x
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    y = np.zeros((N, F, h, w))
    for c in range(C):
        for u in range(kh):
            for v in range(kw):
                part = xp[:, c, u * d:u * d + s * (h - 1) + 1:s, v * d:v * d + s * (w - 1) + 1:s]
                y += part[:, None] * weight[None, :, c, u, v, None, None]
    if bias is not None:
        y += bias.reshape(1, F, 1, 1)
    return y


# answer: q5, the slice reaches one step too far, which changes nothing
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (N, C, H, W), (F, D, kh, kw) = x.shape, weight.shape
    if C != D:
        raise ValueError("channels differ")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))).astype(float)
    ys = range(0, x.shape[2] - dilation * (kh - 1), stride)
    xs = range(0, x.shape[3] - dilation * (kw - 1), stride)
    y = np.empty((N, F, len(ys), len(xs)))
    for i, a in enumerate(ys):
        for j, b in enumerate(xs):
            window = x[:, :, a:a + kh * dilation:dilation, b:b + kw * dilation:dilation]
            y[:, :, i, j] = window.reshape(N, -1) @ weight.reshape(F, -1).T
    return y if bias is None else y + np.reshape(bias, (F, 1, 1))


# answer: q6, by the taps
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    p, s, d = padding, stride, dilation
    x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    columns = np.zeros((N, C, kh, kw, h, w), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            columns[:, :, u, v] = x[:, :, d * u:d * u + s * h:s, d * v:d * v + s * w:s]
    return columns.reshape(N, C * kh * kw, h * w)


# answer: q6, windows one by one
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    kh, kw = kernel_size
    d = dilation
    ys = range(0, x.shape[2] - d * (kh - 1), stride)
    xs = range(0, x.shape[3] - d * (kw - 1), stride)
    return np.stack([x[:, :, i:i + d * kh:d, j:j + d * kw:d].reshape(len(x), -1) for i in ys for j in xs], axis=2)


# answer: q7, einsum, bias at the end
def conv2d_from_columns(columns, weight, bias, output_shape):
    F, N = len(weight), len(columns)
    y = np.einsum("fk,nkl->nfl", weight.reshape(F, -1).astype(float), columns.astype(float))
    y = y.reshape(N, F, *output_shape)
    return y if bias is None else y + np.reshape(bias, (1, F, 1, 1))


# answer: q7, image by image
def conv2d_from_columns(columns, weight, bias, output_shape):
    maps = []
    for image in columns:
        rows = np.dot(weight.reshape(len(weight), -1), image.astype(float))
        if bias is not None:
            rows = rows + bias.reshape(-1, 1)
        maps.append(rows.reshape(-1, *output_shape))
    return np.stack(maps)
