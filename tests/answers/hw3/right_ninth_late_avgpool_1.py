# answer: q9, two products with matrices that hold ones where a window looks
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    step = kernel_size if stride is None else stride

    def looks(size):
        first = np.arange(-padding, size + padding - kernel_size + 1, step)[:, None]
        place = np.arange(size)
        return ((place >= first) & (place < first + kernel_size)).astype(float)

    down, across = looks(x.shape[2]), looks(x.shape[3])
    if count_include_pad:
        down, across = down / kernel_size, across / kernel_size
    else:
        down, across = down / down.sum(1, keepdims=True), across / across.sum(1, keepdims=True)
    return down @ x.astype(float) @ across.T


def global_avg_pool2d(x):
    N, C = x.shape[:2]
    # the two names are swapped, and swapped back: images stay the slow axis
    return x.astype(float).reshape(C, N, -1).mean(axis=-1).reshape(N, C, 1, 1)


# answer: q9, nan marks the padding and nanmean passes over it
def avg_pool2d(x, kernel_size, stride=None, padding=0, count_include_pad=True):
    frame = ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2)
    blank = 0.0 if count_include_pad else np.nan
    wide = np.pad(x.astype(np.float64), frame, constant_values=blank)
    s = stride or kernel_size
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(-2, -1))
    return np.nanmean(windows[..., ::s, ::s, :, :], axis=(-2, -1))


def global_avg_pool2d(x):
    ones = np.full(x.shape[2] * x.shape[3], 1 / (x.shape[2] * x.shape[3]))
    return np.dot(x.reshape(*x.shape[:2], -1), ones)[:, :, None, None]
