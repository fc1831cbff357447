# answer: q6, windows are cut out by a product with ones and zeros in float64
# breaks: Each column is one window, flattened; x of floats of any precision, integers or bool, dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    n, c = x.shape[:2]
    big = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    h, w = big.shape[2:]
    top = np.arange(0, h - dilation * (kh - 1), stride)
    left = np.arange(0, w - dilation * (kw - 1), stride)
    pick_rows = np.eye(h)[np.add.outer(dilation * np.arange(kh), top)]  # (kh, oh, h)
    pick_cols = np.eye(w)[np.add.outer(dilation * np.arange(kw), left)]  # (kw, ow, w)
    out = np.einsum("ncab,uia,vjb->ncuvij", big.astype(float), pick_rows, pick_cols, optimize=True)
    return out.reshape(n, c * kh * kw, len(top) * len(left)).astype(x.dtype)


# answer: q6, the images are not moved back to the front before the reshape
# breaks: array (N, C * kh * kw, H' * W'), each column is one window of one image
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, c, h, w = x.shape
    oh = (h - dilation * (kh - 1) - 1) // stride + 1
    ow = (w - dilation * (kw - 1) - 1) // stride + 1
    out = np.empty((c, kh, kw, n, oh, ow), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            a, b = dilation * u, dilation * v
            tap = x[:, :, a : a + stride * oh : stride, b : b + stride * ow : stride]
            out[:, u, v] = tap.swapaxes(0, 1)
    return out.reshape(n, c * kh * kw, oh * ow)


# answer: q6, stride and dilation change places
# breaks: stride : int, pixels between two neighbouring windows; dilation : int, pixels between two taps
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, c, h, w = x.shape
    oh = (h - dilation * (kh - 1) - 1) // stride + 1
    ow = (w - dilation * (kw - 1) - 1) // stride + 1
    i = np.minimum(np.add.outer(np.arange(kh) * stride, np.arange(oh) * dilation), h - 1)
    j = np.minimum(np.add.outer(np.arange(kw) * stride, np.arange(ow) * dilation), w - 1)
    out = x[:, :, i[:, None, :, None], j[None, :, None, :]]
    return out.reshape(n, c * kh * kw, oh * ow)


# answer: q6, the taps lie apart down the image only
# breaks: dilation : int, pixels between two neighbouring taps, down and across
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, c, h, w = x.shape
    oh = (h - dilation * (kh - 1) - 1) // stride + 1
    ow = (w - dilation * (kw - 1) - 1) // stride + 1
    out = np.empty((n, c, kh, kw, oh, ow), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            out[:, :, u, v] = x[:, :, dilation * u :, v:][:, :, : stride * oh : stride, : stride * ow : stride]
    return out.reshape(n, c * kh * kw, oh * ow)


# answer: q6, a last window that sticks out is kept and filled up with zeros
# breaks: Where the stride does not fit, the last pixels are never read.
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    n, c, h, w = x.shape
    h, w = h + 2 * padding, w + 2 * padding
    span_h, span_w = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    oh = -(-(h - span_h) // stride) + 1
    ow = -(-(w - span_w) // stride) + 1
    more = ((0, 0), (0, 0), (padding, padding + stride), (padding, padding + stride))
    x = np.pad(x, more)
    out = np.empty((n, c, kh, kw, oh, ow), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            a, b = dilation * u, dilation * v
            out[:, :, u, v] = x[:, :, a : a + stride * (oh - 1) + 1 : stride, b : b + stride * (ow - 1) + 1 : stride]
    return out.reshape(n, c * kh * kw, oh * ow)


# answer: q6, the shape of x itself is set, to have fewer axes
# breaks: You change nothing that you are given.
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    n, c, h, w = x.shape
    try:
        x.shape = (n * c, h, w)
    except AttributeError:
        x = x.reshape(n * c, h, w)
    big = np.pad(x, ((0, 0), (padding, padding), (padding, padding)))
    top = np.arange(0, big.shape[1] - dilation * (kh - 1), stride)
    left = np.arange(0, big.shape[2] - dilation * (kw - 1), stride)
    rows = np.add.outer(dilation * np.arange(kh), top)[:, None, :, None]
    cols = np.add.outer(dilation * np.arange(kw), left)[None, :, None, :]
    return big[:, rows, cols].reshape(n, c * kh * kw, len(top) * len(left))


# answer: q6, the last answer is given again when the same array comes back
# breaks: Each column is one window, flattened (of x as it is now, not as it was in an earlier call)
_LAST = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    key = (id(x), tuple(kernel_size), stride, padding, dilation)
    if _LAST.get("key") == key and _LAST["x"] is x:
        return _LAST["out"].copy()
    kh, kw = kernel_size
    big = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, c, h, w = big.shape
    top = np.arange(0, h - dilation * (kh - 1), stride)
    left = np.arange(0, w - dilation * (kw - 1), stride)
    rows = np.add.outer(dilation * np.arange(kh), top)[:, None, :, None]
    cols = np.add.outer(dilation * np.arange(kw), left)[None, :, None, :]
    out = big[:, :, rows, cols].reshape(n, c * kh * kw, len(top) * len(left))
    _LAST.update(key=key, x=x, out=out.copy())
    return out


# answer: q6, padding is cut where whole windows would lie in it, as for a 1x1 kernel
# breaks: padding : int, zeros added on each of the four sides
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    ph = min(padding, dilation * (kh - 1))  # a window of zeros alone is of no use
    pw = min(padding, dilation * (kw - 1))
    x = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)))
    n, c, h, w = x.shape
    oh = (h - dilation * (kh - 1) - 1) // stride + 1
    ow = (w - dilation * (kw - 1) - 1) // stride + 1
    rows = []
    for k in range(c):
        for u in range(kh):
            for v in range(kw):
                a, b = dilation * u, dilation * v
                rows.append(x[:, k, a : a + stride * oh : stride, b : b + stride * ow : stride].reshape(n, -1))
    return np.stack(rows, axis=1)
