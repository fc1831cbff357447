"""Right answers to q6 and q7, in very different styles. Text; nobody imports it."""

# answer: q6, argmax over flat windows, and np.add.at
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = kernel_size if stride is None else stride
    (kh, kw), (ph, pw) = kernel_size, padding
    N, C, rows, columns = grad_out.shape
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(wide, kernel_size, axis=(2, 3))
    windows = windows[:, :, :: stride[0], :: stride[1]].reshape(N, C, rows, columns, kh * kw)
    down, across = np.divmod(windows.argmax(axis=-1), kw)
    n, c, r, s = np.indices(grad_out.shape, sparse=True)
    grad = np.zeros(wide.shape, np.result_type(grad_out, x))
    np.add.at(grad, (n, c, r * stride[0] + down, s * stride[1] + across), grad_out)
    return grad[:, :, ph : ph + x.shape[2], pw : pw + x.shape[3]]


# answer: q6, taps in reading order, the best so far and its number, and no padding of the gradient
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    step = stride or kernel_size
    N, C, H, W = x.shape
    rows, columns = grad_out.shape[2:]
    best = np.full(grad_out.shape, -np.inf)
    row, column = np.zeros(grad_out.shape, int), np.zeros(grad_out.shape, int)
    for i in range(kernel_size[0]):
        u = np.arange(rows) * step[0] + i - padding[0]
        for j in range(kernel_size[1]):
            v = np.arange(columns) * step[1] + j - padding[1]
            real = ((u >= 0) & (u < H))[:, None] & ((v >= 0) & (v < W))
            seen = x[:, :, u.clip(0, H - 1)[:, None], v.clip(0, W - 1)]
            better = real & (seen > best)
            best = np.where(better, seen, best)
            row = np.where(better, u[:, None], row)
            column = np.where(better, v, column)
    number = (np.arange(N * C).reshape(N, C, 1, 1) * H + row) * W + column
    sums = np.bincount(number.ravel(), weights=grad_out.ravel(), minlength=x.size)
    return sums.reshape(x.shape)


# answer: q6, goes back through the taps with the last one first, and takes over what a later tap had won
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    stride = stride or kernel_size
    (ph, pw), (rows, columns) = padding, grad_out.shape[2:]
    highest = max_pool2d(x, kernel_size, stride, padding)
    wide = np.pad(x, ((0, 0), (0, 0), (ph, ph), (pw, pw)), constant_values=-np.inf)
    taps = [(i, j) for i in range(kernel_size[0]) for j in range(kernel_size[1])]
    winner = np.full(grad_out.shape, -1)
    for number, (i, j) in reversed(list(enumerate(taps))):
        seen = wide[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])]
        winner[seen == highest] = number
    grad = np.zeros(wide.shape)
    for number, (i, j) in enumerate(taps):
        grad[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])] += grad_out * (winner == number)
    return grad[:, :, ph : grad.shape[2] - ph, pw : grad.shape[3] - pw].copy()


# answer: q6, window by window, for all images and channels at once
def max_pool2d_backward(grad_out, x, kernel_size, stride=None, padding=(0, 0)):
    sh, sw = stride or kernel_size
    (N, C, H, W), (kh, kw) = x.shape, kernel_size
    flat = x.reshape(N * C, H, W)
    g = grad_out.reshape(N * C, *grad_out.shape[2:])
    grad = np.zeros(flat.shape, np.promote_types(x.dtype, grad_out.dtype))
    every = np.arange(N * C)
    for r, c in np.ndindex(*g.shape[1:]):
        top, left = r * sh - padding[0], c * sw - padding[1]
        window = flat[:, max(top, 0) : top + kh, max(left, 0) : left + kw]
        width = window.shape[2]
        place = window.reshape(N * C, -1).argmax(axis=1)
        grad[every, max(top, 0) + place // width, max(left, 0) + place % width] += g[:, r, c]
    return grad.reshape(x.shape)


# answer: q7, row matrix times share times column matrix
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size

    def held(axis):
        """Which pixels (rows) each window (columns) holds, along one axis."""
        starts = np.arange(grad_out.shape[2 + axis]) * stride[axis] - padding[axis]
        pixels = np.arange(size[axis])[:, None]
        return ((pixels >= starts) & (pixels < starts + kernel_size[axis])).astype(float)

    down, across = held(0), held(1)
    count = np.outer(down.sum(axis=0), across.sum(axis=0))
    if count_include_pad:
        count = kernel_size[0] * kernel_size[1]
    return down @ (grad_out / count) @ across.T


# answer: q7, window by window, cut at the border
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    sh, sw = kernel_size if stride is None else stride
    grad = np.zeros(grad_out.shape[:2] + tuple(size), grad_out.dtype)
    for r in range(grad_out.shape[2]):
        for c in range(grad_out.shape[3]):
            top, left = r * sh - padding[0], c * sw - padding[1]
            window = grad[:, :, max(top, 0) : top + kernel_size[0], max(left, 0) : left + kernel_size[1]]
            count = window[0, 0].size
            if count_include_pad:
                count = kernel_size[0] * kernel_size[1]
            window += grad_out[:, :, r, c][:, :, None, None] / count
    return grad


# answer: q7, as the gradient of a convolution of each map with a kernel of ones
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    ones = np.ones((1, 1, *kernel_size))
    if count_include_pad:
        counts = ones.sum()
    else:
        counts = conv2d(np.ones((1, 1, *size)), ones, np.zeros(1), stride, padding)
    share = grad_out.astype(np.float64) / counts
    (ph, pw), (rows, columns) = padding, grad_out.shape[2:]
    grad = np.zeros((*grad_out.shape[:2], size[0] + 2 * ph, size[1] + 2 * pw))
    for i in range(kernel_size[0]):
        for j in range(kernel_size[1]):
            grad[:, :, read_by(i, rows, stride[0]), read_by(j, columns, stride[1])] += share
    return np.ascontiguousarray(grad[:, :, ph : ph + size[0], pw : pw + size[1]])


# answer: q7, running sums: each window adds its share where it starts and takes it away where it ends
def avg_pool2d_backward(grad_out, size, kernel_size, stride=None, padding=(0, 0), count_include_pad=True):
    stride = stride or kernel_size
    (H, W), (kh, kw) = size, kernel_size
    N, C, rows, columns = grad_out.shape
    top = np.arange(rows) * stride[0] - padding[0]
    left = np.arange(columns) * stride[1] - padding[1]
    begin, end = top.clip(0), (top + kh).clip(max=H)
    first, last = left.clip(0), (left + kw).clip(max=W)
    count = np.outer(end - begin, last - first) if not count_include_pad else kh * kw
    share = grad_out.astype(float) / count
    half = np.zeros((N, C, H + 1, columns))
    np.add.at(half, (slice(None), slice(None), begin), share)
    np.add.at(half, (slice(None), slice(None), end), -share)
    half = half.cumsum(axis=2)[:, :, :H]
    grad = np.zeros((N, C, H, W + 1))
    np.add.at(grad, (slice(None), slice(None), slice(None), first), half)
    np.add.at(grad, (slice(None), slice(None), slice(None), last), -half)
    return grad.cumsum(axis=3)[..., :W]
