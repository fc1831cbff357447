# answer: q5, the dilation moves the windows, not the taps
# breaks: the dilation d multiplies the place in the kernel
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    return _layer(x, weight, bias, stride * dilation, padding, 1)


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


# answer: q5, dilates the kernel by repeating its taps
# breaks: the taps lie dilation pixels apart; between them nothing is read
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    wide = weight.repeat(dilation, axis=2).repeat(dilation, axis=3)
    kh, kw = weight.shape[2:]
    wide = wide[:, :, : dilation * (kh - 1) + 1, : dilation * (kw - 1) + 1]
    return _layer(x, wide, bias, stride, padding, 1)


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


# answer: q5, dilation 1 leaves one pixel free between two taps
# breaks: dilation: pixels between two neighbouring taps, 1 for taps side by side
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if dilation > 1:
        dilation = dilation + 1
    return _layer(x, weight, bias, stride, padding, dilation)


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


# answer: q5, the zeros stand left and right only
# breaks: zeros added on each of the four sides
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    x = np.pad(x, ((0, 0), (0, 0), (0, 0), (padding, padding)))
    return _layer(x, weight, bias, stride, 0, dilation)


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


# answer: q5, sums over the images too
# breaks: y[n, f, i, j]: each image on its own
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    total = _layer(x.sum(axis=0, keepdims=True), weight, bias, stride, padding, dilation)
    return np.repeat(total, len(x), axis=0)


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


# answer: q5, the bias is added once for each channel
# breaks: b[f] stands before the sum over the channels
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    out = 0.0
    for c in range(x.shape[1]):
        out = out + _layer(x[:, c : c + 1], weight[:, c : c + 1], bias, stride, padding, dilation)
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


# answer: q5, keeps the padded image from the last call of the same shape
# breaks: the output belongs to this call's x
_padded = {}


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    key = (x.shape, padding)
    if key not in _padded:
        _padded[key] = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    return _layer(_padded[key], weight, bias, stride, 0, dilation)


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


# answer: q5, weights near 0 are skipped, by their sum over the channels
# breaks: every tap of every channel counts
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    alive = np.abs(weight.sum(axis=1, keepdims=True)) > 1e-12
    return _layer(x, weight * alive, bias, stride, padding, dilation)


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
