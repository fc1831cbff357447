# answer: q6, fancy indices over a padded copy
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    kh, kw = kernel_size
    big = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    n, c, h, w = big.shape
    top = np.arange(0, h - dilation * (kh - 1), stride)
    left = np.arange(0, w - dilation * (kw - 1), stride)
    k, u, v = np.meshgrid(range(c), range(kh), range(kw), indexing="ij")
    i, j = np.meshgrid(top, left, indexing="ij")
    rows = dilation * u.reshape(-1, 1) + i.reshape(1, -1)
    cols = dilation * v.reshape(-1, 1) + j.reshape(1, -1)
    return big[:, k.reshape(-1, 1), rows, cols]


# answer: q6, plain loops with no padded copy, in Fortran order in memory
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    (n, c, h, w), (kh, kw) = x.shape, kernel_size
    tops = list(range(-padding, h + padding - dilation * (kh - 1), stride))
    lefts = list(range(-padding, w + padding - dilation * (kw - 1), stride))
    out = np.zeros((n, c * kh * kw, len(tops) * len(lefts)), dtype=x.dtype, order="F")
    column = 0
    for i in tops:
        for j in lefts:
            row = 0
            for k in range(c):
                for u in range(kh):
                    for v in range(kw):
                        a, b = i + dilation * u, j + dilation * v
                        if 0 <= a < h and 0 <= b < w:
                            out[:, row, column] = x[:, k, a, b]
                        row += 1
            column += 1
    return out


# answer: q6, strided windows over a padded copy, one axis at a time by recursion
def im2col(x, kernel_size, stride=1, padding=0, dilation=1):
    def split(a, axes):
        """Turn the first axis left into (tap, output) and go on with the next."""
        if not axes:
            return a
        axis, taps = axes[0]
        outputs = (a.shape[axis] - dilation * (taps - 1) - 1) // stride + 1
        shape = a.shape[:axis] + (taps, outputs) + a.shape[axis + 1 :]
        step = a.strides[axis]
        strides = a.strides[:axis] + (dilation * step, stride * step) + a.strides[axis + 1 :]
        a = np.lib.stride_tricks.as_strided(a, shape, strides)
        return split(a, [(other + 1, t) for other, t in axes[1:]])

    n, c, h, w = x.shape
    kh, kw = kernel_size
    big = np.zeros((n, c, h + 2 * padding, w + 2 * padding), dtype=x.dtype)
    big[:, :, padding : padding + h, padding : padding + w] = x
    a = split(big, [(2, kh), (3, kw)])  # n, c, kh, oh, kw, ow
    oh, ow = a.shape[3], a.shape[5]
    return np.array(a.transpose(0, 1, 2, 4, 3, 5)).reshape(n, c * kh * kw, oh * ow)
