# answer: q7, the bias is one more tap that sees a row of ones
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, _, L = columns.shape
    F = weight.shape[0]
    rows = weight.reshape(F, -1).astype(np.float64)
    taps = columns.astype(np.float64)
    if bias is not None:
        rows = np.hstack([rows, bias.astype(np.float64)[:, None]])
        taps = np.concatenate([taps, np.ones((N, 1, L))], axis=1)
    out = np.tensordot(rows, taps, axes=(1, 1))
    return np.moveaxis(out, 0, 1).reshape(N, F, *output_shape)


# answer: q7, halves the taps again and again and adds what both halves give
def conv2d_from_columns(columns, weight, bias, output_shape):
    def product(w, c):
        if w.shape[1] <= 64:
            return np.matmul(w, c)
        half = w.shape[1] // 2
        return product(w[:, :half], c[:, :half]) + product(w[:, half:], c[:, half:])

    kind = np.result_type(columns.dtype, weight.dtype, np.float32)
    if bias is not None:
        kind = np.result_type(kind, bias.dtype)
    shape = (columns.shape[0], weight.shape[0]) + tuple(output_shape)
    out = product(weight.reshape(shape[1], -1).astype(kind), columns.astype(kind)).reshape(shape)
    out.flags.writeable = False
    return out if bias is None else out + bias.astype(kind).reshape(-1, 1, 1)


# answer: q7, the outputs come first: transposed columns, one image after the other, in an array in Fortran's order
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    matrix = np.array([kernel.flatten() for kernel in weight], dtype=float).T
    out = np.empty((N, len(weight), *output_shape), order="F")
    for n, image in enumerate(columns):
        result = (image.T.astype(float) @ matrix) + (0.0 if bias is None else bias)
        out[n] = result.T.reshape(out.shape[1:])
    return out
