# answer: q7, the bias as one more weight beside a row of ones
def conv2d_from_columns(columns, weight, bias, output_shape):
    n, k, length = columns.shape
    f = len(weight)
    rows = weight.reshape(f, k)
    if bias is not None:
        rows = np.concatenate([rows, bias[:, None]], axis=1)
        columns = np.concatenate([columns, np.ones((n, 1, length), dtype=columns.dtype)], axis=1)
    dtype = np.result_type(rows, columns, np.float32)
    out = np.einsum("fk,nkl->nfl", rows.astype(dtype), columns.astype(dtype), optimize=True)
    return out.reshape(n, f, *output_shape)


# answer: q7, loops over images and taps, always in float64
def conv2d_from_columns(columns, weight, bias, output_shape):
    height, width = output_shape
    flat = [kernel.ravel().tolist() for kernel in weight]
    maps = np.zeros((len(columns), len(flat), height * width))
    for image, stack in zip(columns, maps):
        for f, taps in enumerate(flat):
            if bias is not None:
                stack[f] += float(bias[f])
            for tap, row in zip(taps, image):
                stack[f] += tap * row.astype(np.float64)
    return maps.reshape(len(columns), len(flat), height, width)


# answer: q7, one wide product of all images, the result a transposed array
def conv2d_from_columns(columns, weight, bias, output_shape):
    n, k, length = columns.shape
    given = [columns, weight] if bias is None else [columns, weight, bias]
    single = all(a.dtype != np.float64 for a in given) and any(a.dtype == np.float32 for a in given)
    dtype = np.float32 if single else np.float64
    windows = columns.transpose(0, 2, 1).reshape(n * length, k).astype(dtype)
    out = windows.dot(weight.reshape(len(weight), k).T.astype(dtype))  # (n * length, F)
    if bias is not None:
        out += bias.astype(dtype)
    return np.moveaxis(out.reshape(n, *output_shape, len(weight)), -1, 1)
