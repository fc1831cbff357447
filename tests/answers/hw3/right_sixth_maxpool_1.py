# answer: q8, edge padding: a repeated border pixel lies in the window already
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    wide = np.pad(x, ((0, 0), (0, 0), (padding,) * 2, (padding,) * 2), mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(wide, (kernel_size, kernel_size), axis=(2, 3))
    best = windows[:, :, ::s, ::s].max(axis=(4, 5))
    return best if best.dtype.kind == "f" else best.astype(float)


# answer: q8, rows and columns one after the other by logarithmic doubling, result in Fortran order
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = kernel_size if stride is None else stride
    kind = np.float32 if x.dtype == np.float32 else np.float64

    def along(array, size):
        starts = (size + 2 * padding - kernel_size) // s + 1
        wide = np.full((*array.shape[:-1], size + 2 * padding), -np.inf, kind)
        wide[..., padding : padding + size] = array
        covered = 1
        while covered < kernel_size:
            jump = min(covered, kernel_size - covered)
            wide = np.maximum(wide[..., :-jump], wide[..., jump:])
            covered += jump
        return wide[..., : (starts - 1) * s + 1 : s]

    half = along(x, x.shape[3]).swapaxes(2, 3)
    return np.asfortranarray(along(half, x.shape[2]).swapaxes(2, 3))


# answer: q8, scatter: every pixel goes to all windows it lies in, whole numbers come back as float32
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s = stride or kernel_size
    n, c, h, w = x.shape
    rows, cols = ((size + 2 * padding - kernel_size) // s + 1 for size in (h, w))
    out = np.full((rows, cols, n, c), -np.inf, np.float64 if x.dtype == np.float64 else np.float32)

    def owners(place, number):
        last = min((place + padding) // s, number - 1)
        first = max(0, -(-(place + padding - kernel_size + 1) // s))
        return slice(first, max(last + 1, first))

    for y in range(h):
        for z in range(w):
            part = out[owners(y, rows), owners(z, cols)]
            np.maximum(part, x[:, :, y, z], out=part)
    return out.transpose(2, 3, 0, 1)
