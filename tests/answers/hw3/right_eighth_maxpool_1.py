# answer: q8, repeats the border pixels instead of padding, by clipped indices, one axis after the other
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    out = x.astype(np.result_type(x.dtype, np.float32))
    for axis in (2, 3):
        size = out.shape[axis]
        starts = np.arange(-padding, size + padding - kernel_size + 1, s)
        best = out.take(np.clip(starts, 0, size - 1), axis=axis)
        for u in range(1, kernel_size):
            best = np.maximum(best, out.take(np.clip(starts + u, 0, size - 1), axis=axis))
        out = best
    return out


# answer: q8, doubles the window by recursion, with nan as padding that fmax passes over
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size

    def slide(a, k):
        if k == 1:
            return a
        half = slide(a, k // 2)
        both = np.fmax(half[..., : half.shape[-1] - k // 2], half[..., k // 2 :])
        if k % 2:
            return np.fmax(both[..., :-1], a[..., k - 1 :])
        return both

    p = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    a = np.pad(np.array(x, dtype=float), p, constant_values=np.nan)
    a = slide(a, kernel_size)[..., ::s]
    return slide(a.swapaxes(2, 3), kernel_size)[..., ::s].swapaxes(2, 3).copy()


# answer: q8, reduces from start to end of each cut window by reduceat
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    x = x if x.dtype.kind == "f" else x / 1
    for axis in (2, 3):
        size = x.shape[axis]
        starts = np.arange((size + 2 * padding - kernel_size) // s + 1) * s - padding
        ends = np.minimum(starts + kernel_size, size)
        cuts = np.stack([np.maximum(starts, 0), ends], axis=1).ravel()
        x = np.concatenate([x, x.take([-1], axis=axis)], axis=axis)
        x = np.maximum.reduceat(x, cuts, axis=axis).take(np.arange(0, len(cuts), 2), axis=axis)
    return x
