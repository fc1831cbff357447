# answer: q5, a stride that leaves pixels over is refused
# breaks: Where the stride does not fit, the last pixels are never read.
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if depth != C:
        raise ValueError("channels differ")
    down, across = H + 2 * padding - dilation * (kh - 1) - 1, W + 2 * padding - dilation * (kw - 1) - 1
    if down % stride or across % stride:
        raise ValueError("the stride does not fit")
    Ho, Wo = down // stride + 1, across // stride + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    out = np.zeros((N, F, Ho, Wo))
    for u in range(kh):
        for v in range(kw):
            a, b = u * dilation, v * dilation
            part = x[:, :, a : a + stride * Ho : stride, b : b + stride * Wo : stride]
            out += np.einsum("nchw,fc->nfhw", part, weight[:, :, u, v])
    return out if bias is None else out + bias[:, None, None]


# answer: q5, lays all windows out for all images and kernels at once and sums after
# breaks: Memory. The notebook may use 2 GiB in all.
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels differ")
    kh, kw = weight.shape[2:]
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    windows = np.lib.stride_tricks.sliding_window_view(x, (eh, ew), axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]  # (N, C, H', W', kh, kw)
    products = windows[:, None] * weight[None, :, :, None, None].astype(float)
    out = products.sum(axis=(2, 5, 6))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, seven loops of Python, one multiply-add at a time
# breaks: Time. One call of your function may run for 10 seconds.
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if depth != C:
        raise ValueError("channels differ")
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    out = np.zeros((N, F, Ho, Wo))
    for n in range(N):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    total = 0.0 if bias is None else float(bias[f])
                    for c in range(C):
                        for u in range(kh):
                            for v in range(kw):
                                place = x[n, c, stride * i + dilation * u, stride * j + dilation * v]
                                total += float(place) * float(weight[f, c, u, v])
                    out[n, f, i, j] = total
    return out


# answer: q5, keeps a padded array for each size and trusts that its border is still zero
# breaks: Each answer depends on the arguments of its own call alone
_padded = {}


def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if depth != C:
        raise ValueError("channels differ")
    shape = (N, C, H + 2 * padding, W + 2 * padding)
    if shape not in _padded:
        _padded[shape] = np.zeros(shape)
    big = _padded[shape]
    big[:, :, padding : padding + H, padding : padding + W] = x
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (shape[2] - eh) // stride + 1, (shape[3] - ew) // stride + 1
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = stride * i, stride * j
            window = big[:, :, a : a + eh : dilation, b : b + ew : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[None, :, None, None]


# answer: q5, adds the bias for each channel of the input
# breaks: y[n, f, i, j] = b[f] + the sum over channels and taps: one bias for each kernel
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if depth != C:
        raise ValueError("channels differ")
    bias = np.zeros(F) if bias is None else bias
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((N, F, Ho, Wo))
    for c in range(C):
        for f in range(F):
            for i in range(Ho):
                for j in range(Wo):
                    a, b = stride * i, stride * j
                    window = x[:, c, a : a + eh : dilation, b : b + ew : dilation]
                    out[:, f, i, j] += (window * weight[f, c]).sum(axis=(1, 2)) + bias[f]
    return out


# answer: q5, a 1x1 kernel is a product over channels and needs no padding, it thinks
# breaks: padding: zeros added on each of the four sides; H' and W' as in q1
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if depth != C:
        raise ValueError("channels differ")
    if kh == kw == 1:
        out = np.einsum("nchw,fc->nfhw", x[:, :, ::stride, ::stride].astype(float), weight[:, :, 0, 0])
        return out if bias is None else out + bias[:, None, None]
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    Ho, Wo = (x.shape[2] - eh) // stride + 1, (x.shape[3] - ew) // stride + 1
    out = np.zeros((N, F, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            a, b = stride * i, stride * j
            window = x[:, :, a : a + eh : dilation, b : b + ew : dilation]
            out[:, :, i, j] = np.tensordot(window, weight, axes=([1, 2, 3], [1, 2, 3]))
    return out if bias is None else out + bias[:, None, None]


# answer: q5, images go in batches of 32, and what is left over after the last full batch stays 0
# breaks: y[n, f, i, j] is b[f] plus a sum, for each of the N images
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    def some(part):
        part = np.pad(part, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        out = np.zeros((len(part), F, Ho, Wo))
        for u in range(kh):
            for v in range(kw):
                a, b = u * dilation, v * dilation
                cut = part[:, :, a : a + stride * Ho : stride, b : b + stride * Wo : stride]
                out += np.einsum("nchw,fc->nfhw", cut, weight[:, :, u, v])
        return out if bias is None else out + bias[:, None, None]

    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if depth != C:
        raise ValueError("channels differ")
    Ho = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    Wo = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    if N <= 32:
        return some(x)
    out = np.zeros((N, F, Ho, Wo))
    for k in range(N // 32):
        out[32 * k : 32 * k + 32] = some(x[32 * k : 32 * k + 32])
    return out
