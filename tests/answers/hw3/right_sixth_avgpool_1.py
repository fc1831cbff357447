# answer: q9, two small matrices with ones in them, one from the left and one from the right
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride

    def matrix(size):
        starts = np.arange(0, size + 2 * padding - kernel_size + 1, s)[:, None] - padding
        places = np.arange(size)[None]
        rows = ((starts <= places) & (places < starts + kernel_size)).astype(float)
        return rows / (kernel_size if count_include_pad else rows.sum(axis=1, keepdims=True))

    return matrix(x.shape[2]) @ x.astype(float) @ matrix(x.shape[3]).T


def global_avg_pool2d(x):
    ones = np.ones(x.shape[2] * x.shape[3])
    return np.array([[[[float(ones @ m.astype(float).ravel()) / len(ones)]] for m in image] for image in x])


# answer: q9, slices of x without any padding, numbers of pixels from their shapes
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = stride or kernel_size
    h, w = x.shape[2:]
    down = range(-padding, h + padding - kernel_size + 1, s)
    across = range(-padding, w + padding - kernel_size + 1, s)
    x = np.array(x, dtype=np.float64, order="F")
    columns = []
    for left in across:
        strip = x[..., max(left, 0) : left + kernel_size]
        column = []
        for top in down:
            part = strip[:, :, max(top, 0) : top + kernel_size]
            many = kernel_size**2 if count_include_pad else part[0, 0].size
            column.append(np.add.reduce(part, axis=(2, 3)) / many)
        columns.append(np.stack(column, axis=-1))
    return np.stack(columns, axis=-1)


def global_avg_pool2d(x):
    h, w = x.shape[2:]
    return np.einsum("nchw->nc", x, dtype=np.float64)[..., None, None] / (h * w)


# answer: q9, zeros that do not count are masked
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    s = kernel_size if stride is None else stride
    sides = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    values = np.pad(x.astype(float), sides)
    if count_include_pad:
        hidden = np.zeros(values.shape, dtype=bool)
    else:
        hidden = np.pad(np.zeros(x.shape, dtype=bool), sides, constant_values=True)
    window = (kernel_size, kernel_size)
    values = np.lib.stride_tricks.sliding_window_view(values, window, axis=(2, 3))[:, :, ::s, ::s]
    hidden = np.lib.stride_tricks.sliding_window_view(hidden, window, axis=(2, 3))[:, :, ::s, ::s]
    return np.ma.array(values, mask=hidden).mean(axis=(4, 5)).filled(0.0)


def global_avg_pool2d(x):
    return np.average(x.astype(float), axis=(3, 2))[:, :, np.newaxis, np.newaxis]
