# answer: q5, a bias of zeros is left out, and with it its dtype
# breaks: Floats: float64 where an array of float64 came in
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    if weight.shape[1] != C:
        raise ValueError("channels differ")
    dtype = np.result_type(x, weight)
    if dtype.kind != "f":
        dtype = np.float64
    x = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((N, F, Ho, Wo), dtype=dtype)
    for i in range(Ho):
        for j in range(Wo):
            a, b = i * stride, j * stride
            window = x[:, :, a : a + eh : dilation, b : b + ew : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None and np.any(bias):
        out = out + bias[:, None, None]
    return out


# answer: q5, leaves the channels to einsum, which repeats an axis of length 1
# breaks: ValueError when weight and x differ in the number of channels C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, _, kh, kw = weight.shape
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = i * stride, j * stride
            window = x[:, :, a : a + eh : dilation, b : b + ew : dilation]
            out[:, :, i, j] = np.einsum("ncuv,fcuv->nf", window, weight)
    if bias is not None:
        out += bias[:, None, None]
    return out


# answer: q5, goes through the channels of the weight, so further channels of x are never seen
# breaks: ValueError when weight and x differ in the number of channels C
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if C < depth:
        raise ValueError("the image has too few channels")
    x = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, Ho, Wo))
    for c in range(depth):
        for u in range(kh):
            for v in range(kw):
                a, b = u * dilation, v * dilation
                part = x[:, c, a : a + stride * Ho : stride, b : b + stride * Wo : stride]
                out += weight[:, c, u, v][None, :, None, None] * part[:, None]
    if bias is not None:
        out += bias.reshape(1, F, 1, 1)
    return out


# answer: q5, the width of the output is worked out from the height of the kernel
# breaks: array (N, F, H', W') of floats, H' and W' as in q1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    reach = dilation * (kh - 1) + 1
    Ho, Wo = [(size - reach) // stride + 1 for size in x.shape[2:]]
    out = np.zeros((len(x), len(weight), Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            for u in range(kh):
                for v in range(kw):
                    column = min(j * stride + v * dilation, x.shape[3] - 1)
                    out[:, :, i, j] += x[:, :, i * stride + u * dilation, column] @ weight[:, :, u, v].T
    if bias is not None:
        out += bias[None, :, None, None]
    return out


# answer: q5, a dilated kernel covers dilation times its taps, so the last windows are missing
# breaks: H' and W' as in q1 (a kernel covers dilation (k - 1) + 1 pixels)
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    H, W = x.shape[2:]
    eh, ew = dilation * kh, dilation * kw
    starts = [(i, j) for i in range(0, H - eh + 1, stride) for j in range(0, W - ew + 1, stride)]
    maps = [
        np.tensordot(
            x[:, :, i : i + eh : dilation, j : j + ew : dilation], weight, axes=([1, 2, 3], [1, 2, 3])
        )
        for i, j in starts
    ]
    rows = len(range(0, H - eh + 1, stride))
    out = np.array(maps, dtype=float).transpose(1, 2, 0).reshape(len(x), len(weight), rows, -1)
    return out if bias is None else out + bias[:, None, None]


# answer: q5, the flattened weight is kept under the id of the array
# breaks: the next call may bring the same array with other numbers in it
_rows = {}


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    F, C, kh, kw = weight.shape
    key = id(weight), weight.shape
    if key not in _rows:
        _rows[key] = weight, weight.reshape(F, -1).T.astype(float)
    matrix = _rows[key][1]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((len(x), F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = stride * i, stride * j
            window = x[:, :, a : a + eh : dilation, b : b + ew : dilation]
            out[:, :, i, j] = window.reshape(len(x), -1) @ matrix
    if bias is not None:
        out += bias.reshape(F, 1, 1)
    return out


# answer: q5, gives the bias itself another shape
# breaks: What you were given stays as it was.
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((len(x), len(weight), Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = stride * i, stride * j
            window = x[:, :, a : a + eh : dilation, b : b + ew : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    if bias is not None:
        bias.shape = (1, len(weight), 1, 1)
        out += bias
    return out


# answer: q5, whole numbers in, whole numbers out
# breaks: array (N, F, H', W') of floats
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    arrays = [x, weight] if bias is None else [x, weight, bias]
    F, C, kh, kw = weight.shape
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((len(x), F, Ho, Wo), dtype=np.result_type(*arrays))
    for i in range(Ho):
        for j in range(Wo):
            a, b = stride * i, stride * j
            window = x[:, None, :, a : a + eh : dilation, b : b + ew : dilation]
            out[:, :, i, j] = (window * weight[None]).sum(axis=(2, 3, 4))
    if bias is not None:
        out += bias[:, None, None]
    return out
