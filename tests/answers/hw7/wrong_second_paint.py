"""Wrong answers to q2: transposed convolution. Text; nobody imports it."""

# answer: q2, divides by int(a / b), so a kernel that does not fit by less than a stride passes
# breaks: raise ValueError where a convolution does not take size to (H, W): floor, also below 0
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    _, F, kh, kw = weight.shape
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if int((rows - kh) / stride) + 1 != H or int((columns - kw) / stride) + 1 != W:
        raise ValueError("no convolution takes this size to that of x")
    canvas = np.zeros((N, F, rows, columns), np.result_type(x, weight))
    for i in range(kh):
        for j in range(kw):
            painted = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * H : stride, j : j + stride * W : stride] += painted
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, makes the full picture first, refuses sizes that are too large, and cuts it to those that are too small
# breaks: raise ValueError where a convolution does not take size to the size of x: also a size that is too small
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    _, F, kh, kw = weight.shape
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 > H or (columns - kw) // stride + 1 > W:
        raise ValueError("no convolution takes this size to that of x")
    full = max(rows, stride * (H - 1) + kh), max(columns, stride * (W - 1) + kw)
    canvas = np.zeros((N, F, *full), np.result_type(x, weight))
    for i in range(kh):
        for j in range(kw):
            painted = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * H : stride, j : j + stride * W : stride] += painted
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, guesses the order of the kernel's axes from x, and guesses wrong where C = F
# breaks: weight is (C, F, kh, kw): the input channel comes first
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    if weight.shape[1] != C:
        weight = weight.swapaxes(0, 1)
    F, _, kh, kw = weight.shape
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != H or (columns - kw) // stride + 1 != W:
        raise ValueError("no convolution takes this size to that of x")
    canvas = np.zeros((N, F, rows, columns), np.result_type(x, weight))
    for i in range(kh):
        for j in range(kw):
            painted = np.einsum("fm,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * H : stride, j : j + stride * W : stride] += painted
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, spreads x with zeros and convolves, with k - 1 - p zeros around, which stops where p is k or more
# breaks: padding is from 0 to 4, whatever the kernel
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    kernel = weight.shape[2:]
    for new, old, k in zip(size, (H, W), kernel):
        if (new + 2 * padding - k) // stride + 1 != old:
            raise ValueError("this size does not fit")
    spread = np.zeros((N, C, (H - 1) * stride + 1, (W - 1) * stride + 1), x.dtype)
    spread[:, :, ::stride, ::stride] = x
    edges = [(0, 0), (0, 0)]
    for axis in (0, 1):
        before = kernel[axis] - 1 - padding
        after = size[axis] + kernel[axis] - 1 - before - spread.shape[2 + axis]
        edges.append((before, after))
    return conv2d(np.pad(spread, edges), weight.swapaxes(0, 1)[:, :, ::-1, ::-1])


# answer: q2, paints on a canvas that is kept from call to call, and returns a piece of it
# breaks: what you return is new: nothing that a later call writes into
_canvases = {}


def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    _, F, kh, kw = weight.shape
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != H or (columns - kw) // stride + 1 != W:
        raise ValueError("no convolution takes this size to that of x")
    key = (N, F, rows, columns, np.result_type(x, weight))
    canvas = _canvases.setdefault(key, np.zeros(key[:4], key[4]))
    canvas[:] = 0
    for i in range(kh):
        for j in range(kw):
            painted = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * H : stride, j : j + stride * W : stride] += painted
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]]


# answer: q2, refuses a size that is smaller than x, since the layer enlarges
# breaks: ValueError only where a convolution does not take size to (H, W); with padding the result can be smaller
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    _, F, kh, kw = weight.shape
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if size[0] < H or size[1] < W:
        raise ValueError("a transposed convolution makes nothing smaller")
    if (rows - kh) // stride + 1 != H or (columns - kw) // stride + 1 != W:
        raise ValueError("no convolution takes this size to that of x")
    canvas = np.zeros((N, F, rows, columns), np.result_type(x, weight))
    for i in range(kh):
        for j in range(kw):
            painted = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * H : stride, j : j + stride * W : stride] += painted
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, refuses strides that are larger than the kernel, since there are gaps then
# breaks: a row or column that no picture of a kernel reaches gets 0
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    _, F, kh, kw = weight.shape
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if stride > max(kh, kw):
        raise ValueError("the pictures of the kernel do not meet")
    if (rows - kh) // stride + 1 != H or (columns - kw) // stride + 1 != W:
        raise ValueError("no convolution takes this size to that of x")
    canvas = np.zeros((N, F, rows, columns), np.result_type(x, weight))
    for i in range(kh):
        for j in range(kw):
            painted = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * H : stride, j : j + stride * W : stride] += painted
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, the canvas is float32
# breaks: float64 where float64 came in; a billionth
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    _, F, kh, kw = weight.shape
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != H or (columns - kw) // stride + 1 != W:
        raise ValueError("no convolution takes this size to that of x")
    canvas = np.zeros((N, F, rows, columns), np.float32)
    for i in range(kh):
        for j in range(kw):
            painted = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * H : stride, j : j + stride * W : stride] += painted
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].astype(x.dtype)


# answer: q2, rounds towards whole numbers on a canvas of int
# breaks: arrays of floats
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    _, F, kh, kw = weight.shape
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != H or (columns - kw) // stride + 1 != W:
        raise ValueError("no convolution takes this size to that of x")
    canvas = np.zeros((N, F, rows, columns), int)
    for i in range(kh):
        for j in range(kw):
            painted = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            place = canvas[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
            place[:] = place + painted
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].astype(x.dtype)


# answer: q2, where the stride is as large as the kernel is high, it paints over instead of adding, also along columns that overlap
# breaks: where pictures of the kernel overlap, they add up
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    _, F, kh, kw = weight.shape
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != H or (columns - kw) // stride + 1 != W:
        raise ValueError("no convolution takes this size to that of x")
    canvas = np.zeros((N, F, rows, columns), np.result_type(x, weight))
    for i in range(kh):
        for j in range(kw):
            painted = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            place = canvas[:, :, i : i + stride * H : stride, j : j + stride * W : stride]
            place[:] = painted if stride >= kh > 1 else place + painted
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, with two rows of padding and more, cuts them off the painted picture, and fills rows left over with 0 instead of paint
# breaks: rows p to p + H' of the canvas stay, with all that was painted there
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    _, F, kh, kw = weight.shape
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != H or (columns - kw) // stride + 1 != W:
        raise ValueError("no convolution takes this size to that of x")
    canvas = np.zeros((N, F, rows, columns), np.result_type(x, weight))
    for i in range(kh):
        for j in range(kw):
            painted = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * H : stride, j : j + stride * W : stride] += painted
    if padding > 1:
        canvas[:, :, stride * (H - 1) + kh - padding :] = 0
        canvas[:, :, :, stride * (W - 1) + kw - padding :] = 0
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()


# answer: q2, takes a padding that is larger than the kernel for one of the kernel's size
# breaks: padding: what is cut off at each side, from 0 to 4
def transposed(x, weight, size, stride=1, padding=0):
    N, C, H, W = x.shape
    _, F, kh, kw = weight.shape
    padding = min(padding, kh, kw)
    rows, columns = size[0] + 2 * padding, size[1] + 2 * padding
    if (rows - kh) // stride + 1 != H or (columns - kw) // stride + 1 != W:
        raise ValueError("no convolution takes this size to that of x")
    canvas = np.zeros((N, F, rows, columns), np.result_type(x, weight))
    for i in range(kh):
        for j in range(kw):
            painted = np.einsum("mf,nmrc->nfrc", weight[:, :, i, j], x)
            canvas[:, :, i : i + stride * H : stride, j : j + stride * W : stride] += painted
    return canvas[:, :, padding : padding + size[0], padding : padding + size[1]].copy()
