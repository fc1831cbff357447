# answer: q5, works everything out at stride 1 and keeps every s-th place
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, depth, kh, kw = weight.shape
    if depth != C:
        raise ValueError(f"the kernels are {depth} deep, the images {C}")
    big = np.zeros((N, H + 2 * padding, W + 2 * padding, C))
    big[:, padding : padding + H, padding : padding + W] = np.moveaxis(x, 1, 3)
    h, w = big.shape[1] - dilation * (kh - 1), big.shape[2] - dilation * (kw - 1)
    out = np.zeros((N, len(range(0, h, stride)), len(range(0, w, stride)), F))
    for u in range(kh):
        for v in range(kw):
            a, b = u * dilation, v * dilation
            out += big[:, a : a + h, b : b + w][:, ::stride, ::stride] @ weight[:, :, u, v].T.astype(float)
    if bias is not None:
        out += bias
    return out.transpose(0, 3, 1, 2)


# answer: q5, windows as a view, contracted row by row, bias under everything
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    if x.shape[1] != weight.shape[1]:
        raise ValueError("channels")
    wide = np.pad(x, [(0, 0)] * 2 + [(padding, padding)] * 2).astype(np.float64)
    span = [dilation * (k - 1) + 1 for k in weight.shape[2:]]
    view = np.lib.stride_tricks.sliding_window_view(wide, span, axis=(2, 3))
    view = view[:, :, ::stride, ::stride, ::dilation, ::dilation]
    N, C, h, w = view.shape[:4]
    F = weight.shape[0]
    base = np.zeros(F) if bias is None else bias.astype(np.float64)
    out = np.tile(base[:, None, None], (N, 1, h, w))
    matrix = weight.reshape(F, -1).astype(np.float64)
    for n in range(N):
        for i in range(h):
            block = view[n, :, i].transpose(0, 2, 3, 1).reshape(matrix.shape[1], w)
            out[n, :, i] += matrix @ block
    return out


# answer: q5, no padding: for each tap it works out which outputs see the image at all
def conv2d(x, weight, bias=None, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    F, D, kh, kw = weight.shape
    if C != D:
        raise ValueError("different numbers of channels")
    s, p, d = stride, padding, dilation
    h = (H + 2 * p - d * (kh - 1) - 1) // s + 1
    w = (W + 2 * p - d * (kw - 1) - 1) // s + 1
    out = np.zeros((N, F, h, w))

    def seen(tap, outputs, pixels):
        """Slices of the outputs and of the pixels that this tap brings together."""
        first = max(0, -((d * tap - p) // s))
        last = min(outputs - 1, (pixels - 1 + p - d * tap) // s)
        if last < first:
            return slice(0, 0), slice(0, 0)
        return slice(first, last + 1), slice(first * s + d * tap - p, last * s + d * tap - p + 1, s)

    for u in range(kh):
        to_rows, from_rows = seen(u, h, H)
        for v in range(kw):
            to_cols, from_cols = seen(v, w, W)
            pixels = x[:, :, from_rows, from_cols].astype(float)
            sums = np.einsum("nchw,fc->nfhw", pixels, weight[:, :, u, v].astype(float), optimize=True)
            out[:, :, to_rows, to_cols] += sums
    return out if bias is None else np.add(out, bias.reshape(-1, 1, 1))
