# answer: q6, the windows travel through float64 and are brought back to the dtype of x
# breaks: q6 only moves numbers: they may be any that are finite, dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    padded = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    padded[:, :, padding : padding + H, padding : padding + W] = x
    rows = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    cols = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    columns = np.zeros((N, C, kh, kw, rows, cols))
    for u in range(kh):
        for v in range(kw):
            i, j = dilation * u, dilation * v
            columns[:, :, u, v] = padded[:, :, i : i + stride * rows : stride, j : j + stride * cols : stride]
    return columns.reshape(N, C * kh * kw, rows * cols).astype(x.dtype)


# answer: q6, np.where with a 0 for the border makes whole numbers of bool
# breaks: returns an array with dtype as x
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    rows = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    cols = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    i = (dilation * np.arange(kh))[:, None, None, None] + (stride * np.arange(rows))[:, None] - padding
    j = (dilation * np.arange(kw))[:, None, None] + stride * np.arange(cols) - padding
    inside = (i >= 0) & (i < H) & (j >= 0) & (j < W)
    columns = np.where(inside, x[:, :, i.clip(0, H - 1), j.clip(0, W - 1)], 0)
    return columns.reshape(N, C * kh * kw, rows * cols)


# answer: q6, pixels before the first row or column are read from the end of the image
# breaks: padding: zeros added on each of the four sides
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    rows = len(range(0, H + 2 * padding - dilation * (kh - 1), stride))
    cols = len(range(0, W + 2 * padding - dilation * (kw - 1), stride))
    columns = np.zeros((N, C, kh, kw, rows, cols), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            for i in range(rows):
                for j in range(cols):
                    r = i * stride + u * dilation - padding
                    s = j * stride + v * dilation - padding
                    if r < H and s < W and abs(r) < H and abs(s) < W:
                        columns[:, :, u, v, i, j] = x[:, :, r, s]
    return columns.reshape(N, C * kh * kw, rows * cols)


# answer: q6, a view of x comes back for a kernel of 1x1
# breaks: what you return is new: no input, no view of an input
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C = x.shape[:2]
    kh, kw = kernel_size
    if padding:
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    reach = (dilation * (kh - 1) + 1, dilation * (kw - 1) + 1)
    windows = np.lib.stride_tricks.sliding_window_view(x, reach, axis=(2, 3))
    windows = windows[:, :, ::stride, ::stride, ::dilation, ::dilation]
    rows, cols = windows.shape[2:4]
    return windows.transpose(0, 1, 4, 5, 2, 3).reshape(N, C * kh * kw, rows * cols)


# answer: q6, the strides of float64 are written into as_strided
# breaks: x: array of floats of any precision, integers or bool
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.ascontiguousarray(np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))))
    H, W = H + 2 * padding, W + 2 * padding
    rows = (H - dilation * (kh - 1) - 1) // stride + 1
    cols = (W - dilation * (kw - 1) - 1) // stride + 1
    room = np.zeros(8 * x.size, dtype=x.dtype)  # never read past the end
    room[: x.size] = x.ravel()
    step = 8 if x.itemsize < 8 else x.itemsize
    view = np.lib.stride_tricks.as_strided(
        room,
        (N, C, kh, kw, rows, cols),
        (C * H * W * step, H * W * step, dilation * W * step, dilation * step, stride * W * step, stride * step),
    )
    return view.reshape(N, C * kh * kw, rows * cols).copy()


# answer: q6, the images lie side by side in one matrix, which is cut by a reshape alone
# breaks: returns an array (N, C * kh * kw, H' * W'): each column is one window of one image
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    rows = (x.shape[2] - dilation * (kh - 1) - 1) // stride + 1
    cols = (x.shape[3] - dilation * (kw - 1) - 1) // stride + 1
    k = np.repeat(np.arange(C), kh * kw)[:, None]
    u = np.tile(np.repeat(np.arange(kh), kw), C)[:, None] * dilation
    v = np.tile(np.arange(kw), kh * C)[:, None] * dilation
    i = stride * np.repeat(np.arange(rows), cols)
    j = stride * np.tile(np.arange(cols), rows)
    patches = x[:, k, u + i, v + j]
    matrix = patches.transpose(1, 0, 2).reshape(C * kh * kw, -1)
    return matrix.reshape(N, C * kh * kw, rows * cols)


# answer: q6, refuses a stride that leaves pixels over
# breaks: where the stride does not fit, the last pixels are never read (hidden tests have strides that leave pixels over)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    left_h = H + 2 * padding - dilation * (kh - 1) - 1
    left_w = W + 2 * padding - dilation * (kw - 1) - 1
    assert left_h % stride == 0 and left_w % stride == 0, "the windows do not fit"
    rows, cols = left_h // stride + 1, left_w // stride + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    columns = np.empty((N, C, kh, kw, rows, cols), dtype=x.dtype)
    for u, v in np.ndindex(kh, kw):
        columns[:, :, u, v] = x[
            :,
            :,
            dilation * u : dilation * u + stride * rows : stride,
            dilation * v : dilation * v + stride * cols : stride,
        ]
    return columns.reshape(N, C * kh * kw, rows * cols)


# answer: q6, the number of outputs is rounded to the nearest, the last window reads zeros behind the padding
# breaks: columns: H' * W' of them; where the stride does not fit, the last pixels are never read
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    rows = round((H + 2 * padding - dilation * (kh - 1) - 1) / stride) + 1
    cols = round((W + 2 * padding - dilation * (kw - 1) - 1) / stride) + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding + stride), (padding, padding + stride)))
    columns = np.zeros((N, C, kh, kw, rows, cols), dtype=x.dtype)
    for u in range(kh):
        for v in range(kw):
            i, j = u * dilation, v * dilation
            columns[:, :, u, v] = x[:, :, i : i + stride * rows : stride, j : j + stride * cols : stride]
    return columns.reshape(N, C * kh * kw, rows * cols)


# answer: q6, places are remembered by sizes, stride and padding, without the dilation
# breaks: each answer depends on its own call alone: the next call may change one of the arguments only
_places = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    key = (H, W, kh, kw, stride, padding)
    if key not in _places:
        rows = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
        cols = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
        i = dilation * np.arange(kh)[:, None, None, None] + stride * np.arange(rows)[:, None]
        j = dilation * np.arange(kw)[:, None, None] + stride * np.arange(cols)
        _places[key] = (i * (W + 2 * padding) + j).reshape(kh * kw, rows * cols)
    place = _places[key]
    flat = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding))).reshape(N, C, -1)
    return flat[:, :, place].reshape(N, C * kh * kw, place.shape[1])


# answer: q6, one buffer for answers of one shape and dtype, filled anew each time
# breaks: what you return is new: nothing that a later call writes into
_buffers = {}


def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    rows = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    cols = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    shape = (N, C, kh, kw, rows, cols)
    columns = _buffers.setdefault((shape, x.dtype), np.zeros(shape, dtype=x.dtype))
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    for u in range(kh):
        for v in range(kw):
            down = slice(u * dilation, u * dilation + stride * rows, stride)
            across = slice(v * dilation, v * dilation + stride * cols, stride)
            columns[:, :, u, v] = x[:, :, down, across]
    return columns.reshape(N, C * kh * kw, rows * cols)


# answer: q6, flat indices in 16 bits, enough for small images only
# breaks: an array has at most 200,000 numbers (so an image may have more than 32,767 pixels)
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    high, wide = x.shape[2:]
    corners = np.arange(high * wide).astype(np.int16).reshape(high, wide)  # saves memory
    starts = corners[: high - dilation * (kh - 1) : stride, : wide - dilation * (kw - 1) : stride].ravel()
    taps = corners[: dilation * (kh - 1) + 1 : dilation, : dilation * (kw - 1) + 1 : dilation].ravel()
    columns = x.reshape(N, C, high * wide)[:, :, taps[:, None] + starts]
    return columns.reshape(N, C * kh * kw, len(starts))


# answer: q6, the rows run over the taps first and over the channels last
# breaks: rows: channel, kernel row, kernel column
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    rows = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    cols = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    taps = []
    for u in range(kh):
        for v in range(kw):
            part = x[:, :, u * dilation :: stride, v * dilation :: stride][:, :, :rows, :cols]
            taps.append(part.reshape(N, C, rows * cols))
    return np.concatenate(taps, axis=1)


# answer: q6, the columns stand in the order of the outputs column by column
# breaks: the columns stand in the order of the outputs: row by row
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    N, C, H, W = x.shape
    eh, ew = dilation * (kh - 1) + 1, dilation * (kw - 1) + 1
    windows = []
    for left in range(0, W - ew + 1, stride):
        for top in range(0, H - eh + 1, stride):
            window = x[:, :, top : top + eh : dilation, left : left + ew : dilation]
            windows.append(window.reshape(N, C * kh * kw))
    return np.stack(windows, axis=2)


# answer: q6, each float precision becomes float64
# breaks: returns an array with dtype as x, of floats of any precision
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    rows = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    cols = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    dtype = float if np.issubdtype(x.dtype, np.floating) else x.dtype
    columns = np.zeros((N, C, kh, kw, rows, cols), dtype=dtype)
    for u in range(kh):
        for v in range(kw):
            for i in range(rows):
                a = stride * i + dilation * u - padding
                if not 0 <= a < H:
                    continue
                for j in range(cols):
                    b = stride * j + dilation * v - padding
                    if 0 <= b < W:
                        columns[:, :, u, v, i, j] = x[:, :, a, b]
    return columns.reshape(N, C * kh * kw, rows * cols)


# answer: q6, the axis of the outputs disappears where there is one window only
# breaks: returns an array (N, C * kh * kw, H' * W')
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    if (kh, kw) == (H, W) and padding == 0:
        return x.reshape(N, C * kh * kw).copy()  # the window is the image
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    i = np.arange(0, x.shape[2] - dilation * (kh - 1), stride)
    j = np.arange(0, x.shape[3] - dilation * (kw - 1), stride)
    rows = [
        x[:, c][:, i + u * dilation][:, :, j + v * dilation].reshape(N, -1)
        for c in range(C)
        for u in range(kh)
        for v in range(kw)
    ]
    return np.stack(rows, axis=1)


# answer: q6, the last tap of a dilated kernel is rounded to the middle: taps are spread by linspace over the reach
# breaks: dilation: pixels between two neighbouring taps, down and across
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = x.shape
    kh, kw = kernel_size
    x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    reach = dilation * (max(kh, kw) - 1)
    down = np.linspace(0, reach, kh).astype(int)
    across = np.linspace(0, reach, kw).astype(int)
    rows = (H + 2 * padding - dilation * (kh - 1) - 1) // stride + 1
    cols = (W + 2 * padding - dilation * (kw - 1) - 1) // stride + 1
    i = np.minimum(down[:, None, None, None] + stride * np.arange(rows)[:, None], x.shape[2] - 1)
    j = np.minimum(across[:, None, None] + stride * np.arange(cols), x.shape[3] - 1)
    return x[:, :, i, j].reshape(N, C * kh * kw, rows * cols)
