"""Wrong answers to max pooling: borders, strides, sizes. Text; nobody imports it."""

# answer: q8, pads with zeros
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, pads with -999
# breaks: padded places never win, whatever the values
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-999)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, pads with a million below zero
# breaks: padded places never win, whatever the values
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-1e6)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, outside stands the other side of the image
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="wrap")
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, the border is a mirror
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (padding, padding)), mode="reflect")
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, pads with minus the largest value
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-abs(x.max()))
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, minus infinity above and below, zeros left and right
# breaks: padded places never win
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = np.pad(x.astype(float), ((0, 0), (0, 0), (padding, padding), (0, 0)), constant_values=-np.inf)
    x = np.pad(x, ((0, 0), (0, 0), (0, 0), (padding, padding)))
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, ignores the padding
# breaks: padding, H' and W' from the formula
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    w = np.lib.stride_tricks.sliding_window_view(x.astype(float), (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, the default stride is 1
# breaks: None means kernel_size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or 1
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, the default stride is 2, as in the examples
# breaks: None means kernel_size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = 2 if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, the stride is always the kernel size
# breaks: stride
def max_pool2d(x, kernel_size, stride=None, padding=0):
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::kernel_size, ::kernel_size].max(axis=(4, 5))


# answer: q8, no stride above the kernel size
# breaks: any stride
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else min(stride, kernel_size)
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, reshapes into blocks, whatever the stride
# breaks: stride, overlapping windows
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    N, C, H, W = x.shape
    x = x[:, :, : H // k * k, : W // k * k]
    return x.reshape(N, C, H // k, k, W // k, k).max(axis=(3, 5))


# answer: q8, reshapes into blocks and fails where they do not fit
# breaks: leftover pixels start no window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    if stride is not None and stride != k:
        s = stride
        frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
        x = np.pad(x.astype(float), frame, constant_values=-np.inf)
        return np.lib.stride_tricks.sliding_window_view(x, (k, k), axis=(2, 3))[:, :, ::s, ::s].max(
            axis=(4, 5)
        )
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    N, C, H, W = x.shape
    return x.reshape(N, C, H // k, k, W // k, k).max(axis=(3, 5))


# answer: q8, raises where pixels are left over
# breaks: leftover pixels start no window
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    if (x.shape[2] + 2 * padding - kernel_size) % s or (x.shape[3] + 2 * padding - kernel_size) % s:
        raise ValueError("sizes do not divide")
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, the leftover pixels make windows of their own
# breaks: H' and W' from the formula, which rounds down
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    N, C, H, W = x.shape
    more = [-(n + 2 * padding - kernel_size) % s for n in (H, W)]
    frame = ((0, 0), (0, 0), (padding, padding + more[0]), (padding, padding + more[1]))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, the last row and column of windows are missing
# breaks: H' and W' from the formula
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    N, C, H, W = x.shape
    oh, ow = (H - kernel_size) // s, (W - kernel_size) // s
    out = np.zeros((N, C, oh, ow))
    for i in range(oh):
        for j in range(ow):
            out[:, :, i, j] = x[:, :, i * s : i * s + kernel_size, j * s : j * s + kernel_size].max(
                axis=(2, 3)
            )
    return out


# answer: q8, the height's number of windows for the width too
# breaks: H' and W' each from the formula
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, padding), (padding, padding))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    n = (x.shape[2] - kernel_size) // s + 1
    out = np.zeros((*x.shape[:2], n, n))
    for i in range(n):
        for j in range(n):
            window = x[:, :, i * s : i * s + kernel_size, j * s : j * s + kernel_size]
            out[:, :, i, j] = window.max(axis=(2, 3)) if window.size else 0
    return out


# answer: q8, pads above and left only
# breaks: padding on each side
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    frame = ((0, 0), (0, 0), (padding, 0), (padding, 0))
    x = np.pad(x.astype(float), frame, constant_values=-np.inf)
    w = np.lib.stride_tricks.sliding_window_view(x, (kernel_size, kernel_size), axis=(2, 3))
    return w[:, :, ::s, ::s].max(axis=(4, 5))
