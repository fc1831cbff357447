"""Right answers to q7 and q8."""

# answer: q7, the bias is one more weight, on a row of ones
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    more = np.zeros(F, weight.dtype) if bias is None else bias
    rows = np.column_stack([weight.reshape(F, K), more])
    rows = rows.astype(np.result_type(rows, np.float32))
    taller = np.concatenate([columns, np.ones((N, 1, L), columns.dtype)], axis=1)
    return (rows @ taller).reshape(N, F, *output_shape)


# answer: q7, one image and one kernel at a time
def conv2d_from_columns(columns, weight, bias, output_shape):
    def one(matrix, f):
        row = np.dot(weight[f].flatten().astype(np.result_type(weight, np.float32)), matrix)
        return row.reshape(output_shape) + (0 if bias is None else bias[f])

    return np.array([[one(matrix, f) for f in range(len(weight))] for matrix in columns])


# answer: q7, all images in one flat product, turned back afterwards
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = len(weight)
    flat = np.moveaxis(columns, 1, 2).reshape(N * L, K)
    product = np.dot(flat, weight.reshape(F, K).T.astype(np.result_type(weight, np.float32)))
    if bias is not None:
        product = product + bias
    return product.reshape(N, *output_shape, F).transpose(0, 3, 1, 2).copy()


# answer: q8, repeats the border pixel, which is in the window anyway and changes no maximum
def max_pool2d(x, kernel_size, stride=None, padding=0):
    k = kernel_size
    s = k if stride is None else stride
    around = [(0, 0), (0, 0), (padding, padding), (padding, padding)]
    view = np.lib.stride_tricks.sliding_window_view(np.pad(x, around, mode="edge"), (k, k), axis=(2, 3))
    best = view[:, :, ::s, ::s].max(axis=(-2, -1))
    return best if best.dtype.kind == "f" else best.astype(float)


# answer: q8, no padding at all: windows are cut off at the border
def max_pool2d(x, kernel_size, stride=None, padding=0):
    if stride is None:
        stride = kernel_size
    N, C, H, W = x.shape

    def spans(n):
        for start in range(-padding, n + padding - kernel_size + 1, stride):
            yield slice(max(start, 0), min(start + kernel_size, n))

    down, across = list(spans(H)), list(spans(W))
    out = np.empty((N, C, len(down), len(across)))
    for i, rows in enumerate(down):
        strip = x[:, :, rows].max(axis=2)
        for j, columns in enumerate(across):
            out[:, :, i, j] = strip[:, :, columns].max(axis=2)
    return out


# answer: q8, along one axis after the other, with windows that double in length
def _slide(x, k):
    """Maximum of k neighbours along the last axis."""
    length, best = 1, x
    while 2 * length <= k:
        best = np.maximum(best[..., :-length], best[..., length:])
        length *= 2
    if length < k:
        best = np.maximum(best[..., : best.shape[-1] - (k - length)], best[..., k - length :])
    return best


def max_pool2d(x, kernel_size, stride=None, padding=0):
    step = stride or kernel_size
    kind = x.dtype if x.dtype.kind == "f" else float
    wide = np.full(x.shape[:2] + tuple(n + 2 * padding for n in x.shape[2:]), -np.inf, dtype=kind)
    wide[:, :, padding : padding + x.shape[2], padding : padding + x.shape[3]] = x
    across = _slide(wide, kernel_size)[..., ::step]
    down = _slide(across.swapaxes(2, 3), kernel_size)[..., ::step]
    return down.swapaxes(2, 3).copy()


# answer: q8, the border holds the smallest pixel there is, and the taps are compared one by one
def max_pool2d(x, kernel_size, stride=None, padding=0):
    s, p = (kernel_size if stride is None else stride), padding
    x = np.array(x, dtype=np.result_type(x.dtype, np.float16))
    wide = np.pad(x, ((0, 0), (0, 0), (p, p), (p, p)), constant_values=x.min())
    Ho, Wo = (output_size(n, kernel_size, s, (p, p)) for n in x.shape[2:])
    best = None
    for u in range(kernel_size):
        for v in range(kernel_size):
            part = wide[:, :, u : u + s * Ho : s, v : v + s * Wo : s]
            best = part.copy() if best is None else np.maximum(best, part)
    return best
