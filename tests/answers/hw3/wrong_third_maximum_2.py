"""q8, the second half."""

# answer: q8, as many outputs across as down
# breaks: H' and W' of images that are not square
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    n = (min(x.shape[2:]) + 2 * p - k) // s + 1
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    out = np.full(x.shape[:2] + (n, n), -np.inf)
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, xp[:, :, u : u + s * n : s, v : v + s * n : s][:, :, :n, :n])
    return out


# answer: q8, pads above and left only
# breaks: padding on each side
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, 0), (p, 0)), constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, returns the places of the maxima as well (left from looking at the backward pass)
# breaks: one array (N, C, H', W')
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    flat = view.reshape(*view.shape[:4], k * k)
    return flat.max(axis=-1), flat.argmax(axis=-1)


# answer: q8, keeps the running maximum in the first slice, which is a view of x
# breaks: no function changes the arrays that it is given
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    x = np.asarray(x, dtype=float)
    if p:
        x = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    Ho, Wo = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    best = x[:, :, : s * Ho : s, : s * Wo : s]
    for u in range(k):
        for v in range(k):
            np.maximum(best, x[:, :, u:, v:][:, :, ::s, ::s][:, :, :Ho, :Wo].copy(), out=best)
    return best.copy()


# answer: q8, the running maximum starts at 0
# breaks: a map whose values are all negative
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    Ho, Wo = output_size(x.shape[2], k, s, (p, p)), output_size(x.shape[3], k, s, (p, p))
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    out = np.zeros(x.shape[:2] + (Ho, Wo))
    for u in range(k):
        for v in range(k):
            out = np.maximum(out, xp[:, :, u:, v:][:, :, ::s, ::s][:, :, :Ho, :Wo])
    return out


# answer: q8, pads with the smallest value of the first image
# breaks: padded places never win, in no image
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=x[0].min())
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, crops to whole blocks of the kernel size before the windows are taken
# breaks: with a stride smaller than the window, pixels at the end belong to windows
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    xp = xp[:, :, : xp.shape[2] // k * k, : xp.shape[3] // k * k]
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, as_strided with strides that were computed from the shape
# breaks: an array may be a view of another: a slice, or transposed
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    if p:
        x = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
        H, W = H + 2 * p, W + 2 * p
    b = x.itemsize
    shape = (N, C, (H - k) // s + 1, (W - k) // s + 1, k, k)
    steps = (C * H * W * b, H * W * b, s * W * b, s * b, W * b, b)
    return np.lib.stride_tricks.as_strided(x, shape, steps).max(axis=(4, 5)).astype(float)


# answer: q8, the value that lies farthest from 0
# breaks: the maximum of each window, with its sign
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    xp = pad2d(x.astype(float), p)
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    flat = view.reshape(*view.shape[:4], k * k)
    place = np.abs(flat).argmax(axis=-1)[..., None]
    return np.take_along_axis(flat, place, axis=-1)[..., 0]


# answer: q8, cuts the start of a window off at the border and still takes k pixels from there
# breaks: a window that begins in the padding ends earlier in the image
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    N, C, H, W = x.shape
    Ho, Wo = output_size(H, k, s, (p, p)), output_size(W, k, s, (p, p))
    out = np.zeros((N, C, Ho, Wo))
    for i in range(Ho):
        for j in range(Wo):
            top, left = max(i * s - p, 0), max(j * s - p, 0)
            out[:, :, i, j] = x[:, :, top : top + k, left : left + k].max(axis=(2, 3))
    return out


# answer: q8, always pads by half the kernel
# breaks: the padding is the one that is asked for, 0 by default
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    p = k // 2
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, a kernel of one pixel hands x itself back
# breaks: no function returns one of the arrays that it is given
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    x = np.asarray(x, dtype=float)
    if k == 1 and s == 1:
        return x
    xp = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, refuses a stride that is larger than the window
# breaks: any stride is allowed; q1 says how many windows it gives
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    if s > k:
        raise ValueError("pixels between the windows would be lost")
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view(xp, (k, k), axis=(2, 3))
    return view[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, rows first, then columns, and the height of the output counts the padding once
# breaks: H' as in q1: there is padding on both sides
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k, p = kernel_size, padding
    s = k if stride is None else stride
    xp = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)), constant_values=-np.inf)
    rows = np.lib.stride_tricks.sliding_window_view(xp, k, axis=2).max(axis=-1)[:, :, ::s]
    both = np.lib.stride_tricks.sliding_window_view(rows, k, axis=3).max(axis=-1)[:, :, :, ::s]
    return both[:, :, : max(1, (x.shape[2] + p - k) // s + 1)]
