"""q8: max_pool2d."""

# answer: q8, pads with zeros
# breaks: padding must never win, so it counts as -inf and not as 0
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    xp = pad2d(x.astype(float), padding)
    view = np.lib.stride_tricks.sliding_window_view(xp, (kernel_size, kernel_size), axis=(2, 3))
    return view[:, :, ::stride, ::stride].max(axis=(4, 5))


# answer: q8, no stride means stride 1
# breaks: stride None means kernel_size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = stride or 1
    p = padding
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(xp, (kernel_size, kernel_size), axis=(2, 3))
    return view[:, :, ::stride, ::stride].max(axis=(4, 5))


# answer: q8, no stride means stride 2, as in every picture of pooling
# breaks: stride None means kernel_size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = 2
    p, k = padding, kernel_size
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (xp.shape[2] - k) // stride + 1, (xp.shape[3] - k) // stride + 1
    out = np.empty(x.shape[:2] + (Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = xp[:, :, i * stride : i * stride + k, j * stride : j * stride + k].max(axis=(2, 3))
    return out


# answer: q8, pads with -1e6, "small enough"
# breaks: padded places never win, however small the values
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    p = padding
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-1e6)
    view = np.lib.stride_tricks.sliding_window_view(xp, (kernel_size, kernel_size), axis=(2, 3))
    return view[:, :, ::stride, ::stride].max(axis=(4, 5))


# answer: q8, pads with -inf before x is a float
# breaks: floats may come as whole numbers, which cannot hold -inf
def max_pool2d(x, kernel_size, stride=None, padding=0):
    stride = kernel_size if stride is None else stride
    p, k = padding, kernel_size
    if p:
        xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    else:
        xp = x
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return view[:, :, ::stride, ::stride].max(axis=(4, 5)).astype(float)


# answer: q8, a reshape into blocks wherever the stride is the kernel, the padding forgotten there
# breaks: padding counts for windows side by side, too
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    s = k if stride is None else stride
    N, C, H, W = x.shape
    if s == k:
        x = x[:, :, : H // k * k, : W // k * k].astype(float)
        return x.reshape(N, C, H // k, k, W // k, k).max(axis=(3, 5))
    p = padding
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, what is left over makes a smaller window (rounds up)
# breaks: H' and W' as in q1: the last pixels are never read
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = -(-(H + 2 * p - k) // s) + 1, -(-(W + 2 * p - k) // s) + 1
    xp = np.full((N, C, H + 2 * p + k + s, W + 2 * p + k + s), -np.inf)
    xp[:, :, p : p + H, p : p + W] = x
    out = np.zeros((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            out[:, :, i, j] = xp[:, :, i * s : i * s + k, j * s : j * s + k].max(axis=(2, 3))
    return out


# answer: q8, mirrors the image into the border, so that no foreign value can win
# breaks: a mirrored pixel from outside the window wins where padding is half the kernel
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    s = k if stride is None else stride
    N, C, H, W = x.shape
    p = padding
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), mode="reflect" if p < min(H, W) else "edge")
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, the maximum over the channels, too
# breaks: pooling works on each channel alone
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    return np.broadcast_to(view.max(axis=(1, 4, 5))[:, None], view.shape[:4]).copy()


# answer: q8, whole numbers stay whole (the smallest number of the dtype as padding)
# breaks: an array of floats is returned
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    low = -np.inf if x.dtype.kind == "f" else np.iinfo(x.dtype).min
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=low)
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, minimum of -x, and -x wraps around for small whole numbers
# breaks: floats may come as whole numbers, of 8 bits without sign too
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    xp = np.pad((-x).astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=np.inf)
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return -view[:, :, ::s, ::s].min(axis=(4, 5))


# answer: q8, the stride goes down only, across the windows stand side by side
# breaks: the stride holds for both directions
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return view[:, :, ::s, ::k].max(axis=(4, 5))
