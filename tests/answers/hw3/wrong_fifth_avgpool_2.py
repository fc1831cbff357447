# answer: q9, the result has the dtype of x, so means of whole numbers are cut off
# breaks: array (N, C, H', W') of floats
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    n, c, h, w = x.shape
    big, real = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2)), np.pad(np.ones((h, w)), padding)
    oh, ow = (h + 2 * padding - k) // s + 1, (w + 2 * padding - k) // s + 1
    out = np.zeros((n, c, oh, ow), dtype=x.dtype)
    for i in range(oh):
        for j in range(ow):
            at = (slice(i * s, i * s + k), slice(j * s, j * s + k))
            out[:, :, i, j] = big[:, :, at[0], at[1]].sum((2, 3)) / (k * k if count_include_pad else real[at].sum())
    return out.astype(np.result_type(x, np.float32))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, padded zeros are left out of the count across, but still count down
# breaks: divided by the number of real pixels where padded zeros do not count
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    out = x.astype(np.result_type(x, np.float32))
    for axis in (2, 3):
        size, parts = out.shape[axis], []
        for start in range(-padding, size + padding - k + 1, s):
            inside = range(max(start, 0), min(start + k, size))
            total = out.take(inside, axis).sum(axis)
            parts.append(total / (k if count_include_pad or axis == 2 else len(inside)))
        out = np.stack(parts, axis)
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, running sums are written into x itself where no border is added
# breaks: You change nothing that you are given.
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    n, c, h, w = x.shape
    if padding or x.dtype.kind != "f":
        x = np.pad(x * np.float32(1), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    oh, ow = (x.shape[2] - k) // s + 1, (x.shape[3] - k) // s + 1
    real = np.pad(np.ones((1, 1, h, w), x.dtype), ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2))
    for a in (x, real):
        for v in range(1, k):  # column j gets the sum of the k columns from j on
            a[..., : s * ow : s] += a[..., v : v + s * ow : s].copy() if s >= k else 0
    if s < k:  # windows overlap: sum shifted slices instead
        windows = np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum((4, 5))
        counts = np.lib.stride_tricks.sliding_window_view(real, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum((4, 5))
    else:
        windows = sum(x[:, :, u : u + s * oh : s, : s * ow : s] for u in range(k))
        counts = sum(real[:, :, u : u + s * oh : s, : s * ow : s] for u in range(k))
    return windows / (k * k if count_include_pad else counts)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, global pooling takes the mean over channels too and gives it to each channel
# breaks: Mean of each channel
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    x = x.astype(np.result_type(x, np.float32))
    ones = np.ones((1, 1, *x.shape[2:]), x.dtype)
    x, ones = (np.pad(a, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2)) for a in (x, ones))
    view = np.lib.stride_tricks.sliding_window_view
    sums, counts = (view(a, (k, k), (2, 3))[:, :, ::s, ::s].mean((4, 5)) for a in (x, ones))
    return sums if count_include_pad else sums / counts


def global_avg_pool2d(x):
    return np.broadcast_to(x.mean(axis=(1, 2, 3), keepdims=True), (*x.shape[:2], 1, 1)).copy()


# answer: q9, a map of one pixel is its own mean and is handed back
# breaks: What you return is new: no input, no view of an input
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    x = x.astype(np.result_type(x, np.float32))
    ones = np.ones((1, 1, *x.shape[2:]), x.dtype)
    x, ones = (np.pad(a, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2)) for a in (x, ones))
    view = np.lib.stride_tricks.sliding_window_view
    sums, counts = (np.einsum("abijuv->abij", view(a, (k, k), (2, 3))[:, :, ::s, ::s]) for a in (x, ones))
    return sums / (k * k if count_include_pad else counts)


def global_avg_pool2d(x):
    if x.shape[2:] == (1, 1) and x.dtype.kind == "f":
        return x
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, padded zeros count, but those of a last window on the far side do not
# breaks: padded zeros count when the sum is divided: count_include_pad=True divides by all places
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    n, c, h, w = x.shape
    oh, ow = (h + 2 * padding - k) // s + 1, (w + 2 * padding - k) // s + 1
    out = np.empty((n, c, oh, ow), dtype=np.result_type(x, np.float32))
    for i in range(oh):
        for j in range(ow):
            top, left = i * s - padding, j * s - padding
            bottom, right = min(top + k, h), min(left + k, w)
            first_row, first_col = max(top, 0), max(left, 0)
            total = x[:, :, first_row:bottom, first_col:right].astype(out.dtype).sum(axis=(2, 3))
            if not count_include_pad:
                top, left = first_row, first_col
            out[:, :, i, j] = total / ((bottom - top) * (right - left))
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, a stride wider than the window is cut down to it
# breaks: stride : int or None, None means kernel_size; H' and W' as in q1
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k = kernel_size
    s = min(stride or k, k)  # no pixel may be lost
    x = x.astype(np.result_type(x, np.float32))
    ones = np.ones((1, 1, *x.shape[2:]), x.dtype)
    x, ones = (np.pad(a, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2)) for a in (x, ones))
    view = np.lib.stride_tricks.sliding_window_view
    sums, counts = (view(a, (k, k), (2, 3))[:, :, ::s, ::s].sum((4, 5)) for a in (x, ones))
    return sums / (k * k if count_include_pad else counts)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)
