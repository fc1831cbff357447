# answer: q7, the weight itself is given the shape of a matrix
# breaks: You change nothing that you are given.
def conv2d_from_columns(columns, weight, bias, output_shape):
    f = len(weight)
    try:
        weight.shape = (f, columns.shape[1])
    except AttributeError:
        weight = weight.reshape(f, -1)
    out = (weight * 1.0) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), f, *output_shape)


# answer: q7, the bias is scaled in place to keep the sums near 1, and not put back
# breaks: You change nothing that you are given.
def conv2d_from_columns(columns, weight, bias, output_shape):
    n, f = len(columns), len(weight)
    rows = weight.reshape(f, -1) * 1.0
    if bias is None:
        return (rows @ columns).reshape(n, f, *output_shape)
    norm = np.abs(bias).max() or 1
    if bias.dtype.kind == "f":  # keep the sums near 1
        bias /= norm
    else:
        bias = bias / norm
    out = rows @ columns / norm + bias[:, None]
    return (out * norm).reshape(n, f, *output_shape)


# answer: q7, the result is written into an array that is kept between calls
# breaks: nothing that a later call writes into
_RESULTS = {}


def conv2d_from_columns(columns, weight, bias, output_shape):
    n, f, length = len(columns), len(weight), columns.shape[2]
    dtype = np.result_type(columns, weight, np.float32, *([] if bias is None else [bias]))
    key = (n, f, length, dtype)
    out = _RESULTS.setdefault(key, np.empty((n, f, length), dtype))
    np.matmul(weight.reshape(f, -1).astype(dtype), columns.astype(dtype), out=out)
    if bias is not None:
        out += bias[:, None].astype(dtype)
    return out.reshape(n, f, *output_shape)


# answer: q7, windows that add up to 0 are skipped as empty
# breaks: Row times column is a window's sum.
def conv2d_from_columns(columns, weight, bias, output_shape):
    n, f = len(columns), len(weight)
    rows = weight.reshape(f, -1)
    dtype = np.result_type(columns, weight, np.float32)
    out = np.zeros((n, f, columns.shape[2]), dtype)
    for image, result in zip(columns, out):
        full = image.sum(axis=0) != 0  # most windows of a drawing are empty
        result[:, full] = rows @ image[:, full]
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(n, f, *output_shape)


# answer: q7, the sum goes over blocks of 64 rows, and what is left over is not added
# breaks: Row times column is a window's sum.
def conv2d_from_columns(columns, weight, bias, output_shape):
    n, f, k = len(columns), len(weight), columns.shape[1]
    rows = weight.reshape(f, k) * 1.0
    out = 0
    for start in range(0, max(k - 63, 1), 64):  # blocks that fit into the cache
        out = out + rows[:, start : start + 64] @ columns[:, start : start + 64]
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(n, f, *output_shape)


# answer: q7, large products are done in float32, for speed
# breaks: You return floats as precise as what came in
def conv2d_from_columns(columns, weight, bias, output_shape):
    n, f = len(columns), len(weight)
    dtype = np.result_type(columns, weight, np.float32, *([] if bias is None else [bias]))
    rows = weight.reshape(f, -1).astype(dtype)
    if columns.size > 500:
        out = rows.astype(np.float32) @ columns.astype(np.float32)
    else:
        out = rows @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(n, f, *output_shape).astype(dtype)


# answer: q7, the columns of all images are put side by side by a bare reshape
# breaks: columns : array (N, C * kh * kw, H' * W'); all rows times all columns are all outputs
def conv2d_from_columns(columns, weight, bias, output_shape):
    n, k, length = columns.shape
    f = len(weight)
    wide = columns.reshape(k, n * length)
    out = (weight.reshape(f, k) * 1.0) @ wide
    out = out.reshape(f, n, length).transpose(1, 0, 2)
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(n, f, *output_shape)


# answer: q7, the result has the dtype of the columns
# breaks: You return floats as precise as what came in: float64, or float32 where no float64 came in.
def conv2d_from_columns(columns, weight, bias, output_shape):
    n, f = len(columns), len(weight)
    out = np.zeros((n, f, *output_shape), dtype=columns.dtype)
    rows = weight.reshape(f, -1)
    for i in range(n):
        for k in range(f):
            value = rows[k] @ columns[i]
            if bias is not None:
                value = value + bias[k]
            out[i, k] = value.reshape(output_shape)
    return out if out.dtype.kind == "f" else out.astype(float)
