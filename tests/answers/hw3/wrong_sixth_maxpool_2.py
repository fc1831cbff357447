# answer: q8, last windows that stick out count too
# breaks: H' and W' as in q1 (where the stride does not fit, the last pixels are never read)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = kernel_size if stride is None else stride
    n, c, h, w = x.shape
    rows = -(-(h + 2 * padding - kernel_size) // step) + 1
    cols = -(-(w + 2 * padding - kernel_size) // step) + 1
    out = np.empty((n, c, rows, cols), dtype=np.result_type(x.dtype, np.float32))
    for i in range(rows):
        for j in range(cols):
            top, left = i * step - padding, j * step - padding
            window = x[:, :, max(top, 0) : top + kernel_size, max(left, 0) : left + kernel_size]
            out[:, :, i, j] = window.max(axis=(2, 3), initial=-np.inf) if window.size else 0
    return out


# answer: q8, the maximum starts at 0
# breaks: Padding must never win (and no other 0: a window whose values are all negative)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    n, c, h, w = x.shape
    rows, cols = ((size + 2 * padding - kernel_size) // s + 1 for size in (h, w))
    out = np.zeros((n, c, rows, cols), dtype=x.dtype if x.dtype.kind == "f" else float)
    for i in range(rows):
        for j in range(cols):
            for y in range(max(i * s - padding, 0), min(i * s - padding + kernel_size, h)):
                for z in range(max(j * s - padding, 0), min(j * s - padding + kernel_size, w)):
                    out[:, :, i, j] = np.maximum(out[:, :, i, j], x[:, :, y, z])
    return out


# answer: q8, rows of zeros and columns of minus infinity
# breaks: padding on each side: padded places never win (above and below it is 0)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = x * 1.0
    across = np.pad(x, ((0, 0), (0, 0), (0, 0), (padding, padding)), constant_values=-np.inf)
    view = np.lib.stride_tricks.sliding_window_view
    across = view(across, kernel_size, axis=3)[:, :, :, ::s].max(axis=-1)
    down = np.pad(across, ((0, 0), (0, 0), (padding, padding), (0, 0)))
    return view(down, kernel_size, axis=2)[:, :, ::s].max(axis=-1)


# answer: q8, all is computed in float32
# breaks: float64 where an array of float64 came in
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    wide = np.full((*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding), -np.inf, np.float32)
    wide[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]] = x
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, starts are counted in the image without its padding
# breaks: H' and W' as in q1 (with the padding on both sides)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = x.astype(np.result_type(x, np.float32))
    h, w = x.shape[2:]
    tops = range(-padding, h - kernel_size + 1, s)
    lefts = range(-padding, w - kernel_size + 1, s)
    grid = [
        [x[:, :, max(t, 0) : t + kernel_size, max(m, 0) : m + kernel_size].max(axis=(2, 3)) for m in lefts]
        for t in tops
    ]
    return np.array(grid).transpose(2, 3, 0, 1)


# answer: q8, without padding the smallest number of the type is not needed, with it the first pixel is taken
# breaks: padded places never win (the padding is the first pixel of the array)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    wide = np.full(
        (*x.shape[:2], x.shape[2] + 2 * padding, x.shape[3] + 2 * padding),
        x.flat[0],
        dtype=np.float32 if x.dtype == np.float32 else np.float64,
    )
    wide[:, :, padding : wide.shape[2] - padding, padding : wide.shape[3] - padding] = x
    rows, cols = ((size - kernel_size) // s + 1 for size in wide.shape[2:])
    parts = [
        wide[:, :, a : a + s * (rows - 1) + 1 : s, b : b + s * (cols - 1) + 1 : s]
        for a in range(kernel_size)
        for b in range(kernel_size)
    ]
    return np.max(np.stack(parts), axis=0)


# answer: q8, a stride is used only where it is below the window, else the windows stand side by side
# breaks: stride : int or None; None means kernel_size (and any other number means itself)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = min(stride or kernel_size, kernel_size)
    x = x.astype(np.result_type(x, np.float32))
    wide = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    return windows[:, :, ::s, ::s].max(axis=(4, 5))


# answer: q8, doubling the window by maxima of neighbours, up to a power of two
# breaks: kernel_size: height and width of a window (5 is read as 4, 7 as 4)
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    wide = np.pad(x * 1.0, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    rows, cols = ((size - kernel_size) // s + 1 for size in wide.shape[2:])
    if kernel_size == 3:
        wide = np.maximum(np.maximum(wide[:, :, :-2], wide[:, :, 1:-1]), wide[:, :, 2:])
        wide = np.maximum(np.maximum(wide[..., :-2], wide[..., 1:-1]), wide[..., 2:])
    else:
        reach = 1
        while reach * 2 <= kernel_size:
            wide = np.maximum(wide[:, :, reach:], wide[:, :, :-reach])
            wide = np.maximum(wide[..., reach:], wide[..., :-reach])
            reach *= 2
    return wide[:, :, ::s, ::s][:, :, :rows, :cols].copy()


# answer: q8, width is cut into windows with the number of rows
# breaks: H' and W' as in q1, each from its own size
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    wide = np.pad(x * 1.0, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), constant_values=-np.inf)
    places = range(0, min(wide.shape[2:]) - kernel_size + 1, s)
    out = [
        wide[:, :, i : i + kernel_size, j : j + kernel_size].max(axis=(2, 3)) for i in places for j in places
    ]
    return np.stack(out, axis=2).reshape(*x.shape[:2], len(places), len(places))
