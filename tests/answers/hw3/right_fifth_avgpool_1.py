# answer: q9, two products with matrices of shares, one for each axis
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    dtype = np.result_type(x, np.float32)

    def shares(size):
        start = np.arange(-padding, size + padding - kernel_size + 1, s)[:, None]
        place = np.arange(size)
        inside = ((place >= start) & (place < start + kernel_size)).astype(dtype)
        return inside / (kernel_size if count_include_pad else inside.sum(axis=1, keepdims=True))

    down, across = shares(x.shape[2]), shares(x.shape[3])
    return np.einsum("ia,ncab,jb->ncij", down, x.astype(dtype), across)


def global_avg_pool2d(x):
    n, c, h, w = x.shape
    dtype = np.result_type(x, np.float32)
    return np.tensordot(x.astype(dtype), np.full((h, w), 1 / (h * w), dtype=dtype), 2)[:, :, None, None]


# answer: q9, windows cut at the border, the mean of what is there, scaled down where zeros count
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    step = stride or kernel_size
    tops = range(-padding, x.shape[2] + padding - kernel_size + 1, step)
    lefts = range(-padding, x.shape[3] + padding - kernel_size + 1, step)
    out = []
    for image in x:
        maps = []
        for channel in image:
            rows = []
            for i in tops:
                row = []
                for j in lefts:
                    window = channel[max(i, 0) : i + kernel_size, max(j, 0) : j + kernel_size]
                    mean = np.mean(window, dtype=np.float64)
                    row.append(mean * window.size / kernel_size**2 if count_include_pad else mean)
                rows.append(row)
            maps.append(rows)
        out.append(maps)
    return np.array(out, dtype=np.float32 if x.dtype == np.float32 else np.float64)


def global_avg_pool2d(x):
    return np.array([[[[np.mean(a, dtype=np.float64)]] for a in image] for image in x])


# answer: q9, shifted slices are summed, NaN marks the border where it does not count
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    k, s = kernel_size, stride or kernel_size
    n, c, h, w = x.shape
    big = np.full((n, c, h + 2 * padding, w + 2 * padding), 0.0 if count_include_pad else np.nan)
    big[:, :, padding : padding + h, padding : padding + w] = x
    oh, ow = (big.shape[2] - k) // s + 1, (big.shape[3] - k) // s + 1
    taps = [big[:, :, u : u + s * oh : s, v : v + s * ow : s] for u in range(k) for v in range(k)]
    return np.nanmean(np.stack(taps), axis=0)


def global_avg_pool2d(x):
    return avg_pool2d(x.reshape(*x.shape[:2], -1, 1).mean(axis=2, keepdims=True, dtype=np.float64), 1)
