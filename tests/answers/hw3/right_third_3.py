"""Right answers to q5 and q6."""

# answer: q5, Fourier transform of the image and of kernels with zeros between their taps
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError(f"{C} channels meet kernels for {D}")
    Ho = output_size(H, kh, stride, (padding, padding), dilation)
    Wo = output_size(W, kw, stride, (padding, padding), dilation)
    gaps = np.zeros((F, C, dilation * (kh - 1) + 1, dilation * (kw - 1) + 1))
    gaps[:, :, ::dilation, ::dilation] = weight
    size = (H + 2 * padding, W + 2 * padding)
    padded = np.zeros((N, C) + size)
    padded[:, :, padding : padding + H, padding : padding + W] = x
    spectrum = np.einsum("nchw,fchw->nfhw", np.fft.rfft2(padded), np.conj(np.fft.rfft2(gaps, size)))
    every = np.fft.irfft2(spectrum, size)  # wraps around only in rows and columns that are cut off below
    out = every[:, :, : stride * (Ho - 1) + 1 : stride, : stride * (Wo - 1) + 1 : stride].copy()
    if bias is not None:
        out += np.reshape(bias, (1, F, 1, 1))
    return out


# answer: q5, channel by channel with the function of q2, then every s-th output
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    F, C, kh, kw = weight.shape
    if x.shape[1] != C:
        raise ValueError("weight and x must have the same channels")
    spread = np.zeros((F, C, dilation * (kh - 1) + 1, dilation * (kw - 1) + 1))
    spread[..., ::dilation, ::dilation] = weight
    padded = pad2d(x, padding)
    out = []
    for image in padded:
        maps = sum(correlate2d(image[c], spread[:, c]) for c in range(C))
        out.append(maps[:, ::stride, ::stride])
    out = np.stack(out)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, channels last, one small matrix product for each tap
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("number of channels")
    kh, kw = weight.shape[2:]
    last = np.moveaxis(pad2d(x, padding), 1, -1).astype(float)
    room = [n - dilation * (k - 1) for n, k in zip(last.shape[1:3], (kh, kw))]
    result = 0.0
    for u in range(kh):
        for v in range(kw):
            top, left = dilation * u, dilation * v
            part = last[:, top : top + room[0] : stride, left : left + room[1] : stride]
            result = result + part @ weight[:, :, u, v].T
    if bias is not None:
        result = result + bias
    return np.ascontiguousarray(np.moveaxis(result, -1, 1))


# answer: q5, Python walks over the images and outputs, the windows come from np.ix_
class _Layer:
    def __init__(self, weight, bias, stride, dilation):
        self.rows = weight.reshape(len(weight), -1).astype(float)
        self.bias = 0.0 if bias is None else bias.astype(float)
        self.channels, self.taps = weight.shape[1], weight.shape[2:]
        self.stride, self.dilation = stride, dilation

    def window(self, image, i, j):
        rows = [i * self.stride + self.dilation * u for u in range(self.taps[0])]
        columns = [j * self.stride + self.dilation * v for v in range(self.taps[1])]
        return image[np.ix_(range(self.channels), rows, columns)].ravel()

    def __call__(self, image, shape):
        places = [self.window(image, i, j) for i in range(shape[0]) for j in range(shape[1])]
        out = np.array([self.rows @ place + self.bias for place in places])
        return out.T.reshape(-1, *shape)


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    layer = _Layer(weight, bias, stride, dilation)
    if layer.channels != x.shape[1]:
        raise ValueError(f"x has {x.shape[1]} channels, the kernels have {layer.channels}")
    sides = (padding, padding)
    shape = [output_size(n, k, stride, sides, dilation) for n, k in zip(x.shape[2:], layer.taps)]
    return np.stack([layer(image, shape) for image in pad2d(x, padding)])


# answer: q6, lays the *numbers of the pixels* out, and takes the pixels at the end
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    number = np.full((H + 2 * padding, W + 2 * padding), H * W)  # the place of an additional zero
    number[padding : padding + H, padding : padding + W] = np.arange(H * W).reshape(H, W)
    spans = [dilation * (k - 1) + 1 for k in (kh, kw)]
    windows = np.lib.stride_tricks.sliding_window_view(number, spans)[::stride, ::stride, ::dilation, ::dilation]
    table = windows.transpose(2, 3, 0, 1).reshape(kh * kw, -1)
    flat = np.concatenate([x.reshape(N, C, H * W), np.zeros((N, C, 1), x.dtype)], axis=2)
    return flat[:, :, table].reshape(N, C * kh * kw, -1)


# answer: q6, one window after the other, each a column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    padded = pad2d(x, padding)
    down = range(0, padded.shape[2] - dilation * (kh - 1), stride)
    across = range(0, padded.shape[3] - dilation * (kw - 1), stride)
    out = np.empty((len(x), x.shape[1] * kh * kw, len(down) * len(across)), dtype=x.dtype)
    place = 0
    for i in down:
        for j in across:
            window = padded[:, :, i : i + dilation * kh : dilation, j : j + dilation * kw : dilation]
            out[:, :, place] = window[:, :, :kh, :kw].reshape(len(x), -1)
            place += 1
    return out


# answer: q6, as_strided with the strides that the padded array really has
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    xp = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype=x.dtype)
    xp[:, :, padding : padding + H, padding : padding + W] = x
    n, c, h, w = xp.strides
    shape = (
        N, C, kh, kw,
        output_size(H, kh, stride, (padding, padding), dilation),
        output_size(W, kw, stride, (padding, padding), dilation),
    )
    steps = (n, c, h * dilation, w * dilation, h * stride, w * stride)
    view = np.lib.stride_tricks.as_strided(xp, shape, steps, writeable=False)
    return np.array(view).reshape(N, C * kh * kw, shape[4] * shape[5])


# answer: q6, rows made one by one by a generator
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    height, width = (
        (n + 2 * padding - dilation * (k - 1) - 1) // stride + 1 for n, k in zip(x.shape[2:], kernel_size)
    )
    border = np.pad(x, [(0, 0), (0, 0), (padding, padding), (padding, padding)])

    def rows():
        for channel in np.moveaxis(border, 1, 0):
            for u in range(kernel_size[0]):
                for v in range(kernel_size[1]):
                    lines = dilation * u + stride * np.arange(height)
                    pixels_ = dilation * v + stride * np.arange(width)
                    yield channel[:, lines[:, None], pixels_].reshape(len(x), height * width)

    return np.stack(list(rows()), axis=1)
