# answer: q9, real pixels are found by being other than 0
# breaks: whether padded zeros count when the sum is divided: a 0 of the image is a real pixel
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s, p = kernel_size, stride or kernel_size, padding
    z = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    w = np.lib.stride_tricks.sliding_window_view(z, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    count = k * k if count_include_pad else np.maximum((w != 0).sum(axis=(4, 5)), 1)
    return w.sum(axis=(4, 5)) / count


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, padded zeros are left out unless asked for
# breaks: count_include_pad=True, and one that has a default may be left out
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=False):
    k, s, p = kernel_size, stride or kernel_size, padding
    pads = ((0, 0), (0, 0), (p, p), (p, p))
    z, ones = np.pad(x.astype(float), pads), np.pad(np.ones(x.shape), pads)
    if count_include_pad:
        ones[:] = 1
    view = np.lib.stride_tricks.sliding_window_view
    total, count = (view(a, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5)) for a in (z, ones))
    return total / count


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the counts come from windows side by side, whatever the stride
# breaks: divide by the number of real pixels of each window, also where stride and kernel_size differ
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s, p = kernel_size, stride or kernel_size, padding
    N, C, H, W = x.shape
    z = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    out = np.zeros((N, C, (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            area = k * k
            if not count_include_pad:
                a, b = i * k - p, j * k - p
                area = max(min(a + k, H) - max(a, 0), 1) * max(min(b + k, W) - max(b, 0), 1)
            out[:, :, i, j] = z[:, :, i * s : i * s + k, j * s : j * s + k].sum(axis=(2, 3)) / area
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, where the image divides into blocks, a reshape is used and the padding forgotten
# breaks: padding : zeros added on each side; H' and W' as in q1
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    N, C, H, W = x.shape
    k = kernel_size
    if stride in (None, k) and H % k == 0 and W % k == 0:
        return x.reshape(N, C, H // k, k, W // k, k).mean(axis=(3, 5))
    s, p = k if stride is None else stride, padding
    out = np.zeros((N, C, (H + 2 * p - k) // s + 1, (W + 2 * p - k) // s + 1))
    for i in range(out.shape[2]):
        for j in range(out.shape[3]):
            a, b = i * s - p, j * s - p
            w = x[:, :, max(a, 0) : a + k, max(b, 0) : b + k]
            area = k * k if count_include_pad else w.shape[2] * w.shape[3]
            out[:, :, i, j] = w.sum(axis=(2, 3), dtype=float) / area
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, sums are added up in a view of the image where nothing is padded
# breaks: What you were given stays as it was
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s, p = kernel_size, stride or kernel_size, padding
    z = x
    if p or x.dtype.kind != "f":
        z = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    h, w = (z.shape[2] - k) // s + 1, (z.shape[3] - k) // s + 1
    real = np.pad(np.ones(x.shape[2:]), p, constant_values=float(count_include_pad))
    total = z[:, :, : s * (h - 1) + 1 : s, : s * (w - 1) + 1 : s]
    count = real[: s * (h - 1) + 1 : s, : s * (w - 1) + 1 : s].copy()
    if p == 0 and s < k:
        total = total.copy()
    for u in range(k):
        for v in range(k):
            if u or v:
                place = (slice(u, u + s * (h - 1) + 1, s), slice(v, v + s * (w - 1) + 1, s))
                total += z[(..., *place)]
                count += real[place]
    return total / count


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, a window of 1 hands back the image itself
# breaks: What you return is new: no input, no view of an input
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s, p = kernel_size, stride or kernel_size, padding
    if k == 1 and x.dtype.kind == "f":
        return x[:, :, ::s, ::s]
    z = np.full((*x.shape[:2], x.shape[2] + 2 * p, x.shape[3] + 2 * p), 0.0 if count_include_pad else np.nan)
    z[:, :, p : p + x.shape[2], p : p + x.shape[3]] = x
    windows = np.lib.stride_tricks.sliding_window_view(z, (k, k), axis=(2, 3))[:, :, ::s, ::s]
    return np.nanmean(windows, axis=(4, 5))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the whole map is pooled by a square window as high as the map
# breaks: global_avg_pool2d: mean of each channel; array (N, C, 1, 1), also where height and width differ
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s, p = kernel_size, stride or kernel_size, padding
    N, C, H, W = x.shape
    rows, cols = range(-p, H + p - k + 1, s), range(-p, W + p - k + 1, s)
    out = np.zeros((N, C, len(rows), len(cols)))
    for i, a in enumerate(rows):
        for j, b in enumerate(cols):
            w = x[:, :, max(a, 0) : a + k, max(b, 0) : b + k]
            out[:, :, i, j] = w.sum(axis=(2, 3)) / (k * k if count_include_pad else w[0, 0].size)
    return out


def global_avg_pool2d(x):
    return avg_pool2d(x, min(x.shape[2:]))[:, :, :1, :1]


# answer: q9, a table of running sums in the dtype of the image
# breaks: Where an array of float32 came in, off by at most a hundred-thousandth of the largest pixel
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s, p = kernel_size, stride or kernel_size, padding

    def sums(a):
        t = np.pad(a, ((0, 0), (0, 0), (p + 1, p), (p + 1, p))).cumsum(axis=2).cumsum(axis=3)
        return (t[:, :, k:, k:] - t[:, :, :-k, k:] - t[:, :, k:, :-k] + t[:, :, :-k, :-k])[:, :, ::s, ::s]

    count = k * k if count_include_pad else sums(np.ones((1, 1, *x.shape[2:])))
    return (sums(x) / count).astype(np.result_type(x, np.float32))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, real pixels are counted in 8 bits
# breaks: kernel_size : an int from 1 to 500; divide by the number of real pixels
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s, p = kernel_size, stride or kernel_size, padding
    z = np.pad(x.astype(float), ((0, 0), (0, 0), (p, p), (p, p)))
    real = np.pad(np.ones(x.shape[2:], np.uint8), p, constant_values=int(count_include_pad))
    view = np.lib.stride_tricks.sliding_window_view
    total = view(z, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    return total / view(real, (k, k))[::s, ::s].sum(axis=(2, 3), dtype=np.uint8)


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)


# answer: q9, the mean of each map without the two axes of length 1
# breaks: global_avg_pool2d returns an array (N, C, 1, 1)
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s, p = kernel_size, stride or kernel_size, padding
    z = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)))
    w = np.lib.stride_tricks.sliding_window_view(z, (k, k), axis=(2, 3))[:, :, ::s, ::s].sum(axis=(4, 5))
    ones = np.pad(np.ones(x.shape[2:]), p, constant_values=float(count_include_pad))
    return w / np.lib.stride_tricks.sliding_window_view(ones, (k, k))[::s, ::s].sum(axis=(2, 3))


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3))


# answer: q9, rows of windows left over at the end are kept, as with ceil_mode
# breaks: H' and W' as in q1: where the stride does not fit, the last pixels are never read
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s, p = kernel_size, stride or kernel_size, padding
    N, C, H, W = x.shape
    h, w = -(-(H + 2 * p - k) // s) + 1, -(-(W + 2 * p - k) // s) + 1
    out = np.zeros((N, C, h, w))
    for i in range(h):
        for j in range(w):
            a, b = i * s - p, j * s - p
            part = x[:, :, max(a, 0) : a + k, max(b, 0) : b + k]
            out[:, :, i, j] = part.sum(axis=(2, 3)) / (k * k if count_include_pad else part[0, 0].size)
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3), keepdims=True)
