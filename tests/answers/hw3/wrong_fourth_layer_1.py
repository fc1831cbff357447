# answer: q5, multiplies with broadcasting and never looks at the channels
# breaks: ValueError when weight and x differ in the number of channels (one of them 1)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, _, H, W = x.shape
    F, _, kh, kw = weight.shape
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    out = np.zeros((N, F, (H - eh) // stride + 1, (W - ew) // stride + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            window = x[:, :, i * stride : i * stride + eh : dilation, j * stride : j * stride + ew : dilation]
            out[:, :, i, j] = (window[:, None] * weight[None]).sum(axis=(2, 3, 4))
    return out if bias is None else out + bias[None, :, None, None]


# answer: q5, loops over the weight's channels, and reads the first ones of x
# breaks: ValueError when x has more channels than weight
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C < D:
        raise ValueError("too few channels")
    xp = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    xp[:, :, padding : padding + H, padding : padding + W] = x
    h = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    w = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, h, w))
    for c in range(D):
        for u in range(kh):
            for v in range(kw):
                part = xp[:, c, dilation * u :: stride, dilation * v :: stride][:, None, :h, :w]
                out += part * weight[:, c, u, v][None, :, None, None]
    return out if bias is None else out + np.reshape(bias, (1, F, 1, 1))


# answer: q5, flips the kernels, as the mathematicians do
# breaks: w[f, c, u, v] meets x[si + du, sj + dv]: cross-correlation
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    return _layer(x, weight[:, :, ::-1, ::-1], bias, stride, padding, dilation)


def _layer(x, weight, bias, s, p, d):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    kh, kw = weight.shape[2:]
    eh, ew = d * (kh - 1) + 1, d * (kw - 1) + 1
    h, w = (x.shape[2] - eh) // s + 1, (x.shape[3] - ew) // s + 1
    out = np.zeros((len(x), len(weight), h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, i * s : i * s + eh : d, j * s : j * s + ew : d]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the stride goes down only
# breaks: stride: pixels between two neighbouring windows, down and across
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    full = _layer(x, weight, bias, 1, padding, dilation)
    return full[:, :, ::stride].copy()


def _layer(x, weight, bias, s, p, d):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    kh, kw = weight.shape[2:]
    eh, ew = d * (kh - 1) + 1, d * (kw - 1) + 1
    h, w = (x.shape[2] - eh) // s + 1, (x.shape[3] - ew) // s + 1
    out = np.zeros((len(x), len(weight), h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, i * s : i * s + eh : d, j * s : j * s + ew : d]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the bias is laid along the rows of the map
# breaks: one bias for each kernel, b[f]
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    out = _layer(x, weight, None, stride, padding, dilation)
    if bias is not None:
        out = out + bias[:, None]
    return out


def _layer(x, weight, bias, s, p, d):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    kh, kw = weight.shape[2:]
    eh, ew = d * (kh - 1) + 1, d * (kw - 1) + 1
    h, w = (x.shape[2] - eh) // s + 1, (x.shape[3] - ew) // s + 1
    out = np.zeros((len(x), len(weight), h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, i * s : i * s + eh : d, j * s : j * s + ew : d]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, `if bias` asks an array for its truth
# breaks: bias : array (F,) of floats, of any F
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    out = _layer(x, weight, None, stride, padding, dilation)
    if bias:
        out = out + bias.reshape(1, -1, 1, 1)
    return out


def _layer(x, weight, bias, s, p, d):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    kh, kw = weight.shape[2:]
    eh, ew = d * (kh - 1) + 1, d * (kw - 1) + 1
    h, w = (x.shape[2] - eh) // s + 1, (x.shape[3] - ew) // s + 1
    out = np.zeros((len(x), len(weight), h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, i * s : i * s + eh : d, j * s : j * s + ew : d]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the output has the dtype of x, so a picture of whole numbers cuts off
# breaks: what you return holds floats
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    return _layer(x, weight, bias, stride, padding, dilation).astype(x.dtype)


def _layer(x, weight, bias, s, p, d):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    kh, kw = weight.shape[2:]
    eh, ew = d * (kh - 1) + 1, d * (kw - 1) + 1
    h, w = (x.shape[2] - eh) // s + 1, (x.shape[3] - ew) // s + 1
    out = np.zeros((len(x), len(weight), h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, i * s : i * s + eh : d, j * s : j * s + ew : d]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the bias is added in place: whole-number maps cannot take it
# breaks: arrays of floats may come as whole numbers; the bias may be a float
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    d, (kh, kw) = dilation, weight.shape[2:]
    windows = np.lib.stride_tricks.sliding_window_view(x, (d * (kh - 1) + 1, d * (kw - 1) + 1), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::d, ::d]
    out = np.einsum("ncijuv,fcuv->nfij", windows, weight)
    if bias is not None:
        out += bias[None, :, None, None]
    return out if out.dtype.kind == "f" else out.astype(float)


# answer: q5, float32 images and kernels, and a float64 bias that is added in place
# breaks: float32 only where no float64 came in
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    out = _layer(x, weight, None, stride, padding, dilation)
    if x.dtype == np.float32 and weight.dtype == np.float32:
        out = out.astype(np.float32)
    if bias is not None:
        out += bias[:, None, None]
    return out


def _layer(x, weight, bias, s, p, d):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    kh, kw = weight.shape[2:]
    eh, ew = d * (kh - 1) + 1, d * (kw - 1) + 1
    h, w = (x.shape[2] - eh) // s + 1, (x.shape[3] - ew) // s + 1
    out = np.zeros((len(x), len(weight), h, w))
    for i in range(h):
        for j in range(w):
            window = x[:, :, i * s : i * s + eh : d, j * s : j * s + ew : d]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]
