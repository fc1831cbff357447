# answer: q7, sets the shape of a view, which a weight with gaps in memory does not allow
# breaks: In memory it may lie in any way: transposed, reversed, a slice with gaps, read-only.
def conv2d_from_columns(columns, weight, bias, output_shape):
    rows = weight.view()
    rows.shape = (len(weight), columns.shape[1])
    out = rows.astype(float) @ columns
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, large products are worked out in float32, which is twice as fast
# breaks: Rounding may put them off by a billionth of the largest number in the answer.
def conv2d_from_columns(columns, weight, bias, output_shape):
    rows = weight.reshape(len(weight), -1)
    if columns.size > 20000:
        out = (rows.astype(np.float32) @ columns.astype(np.float32)).astype(np.float64)
    else:
        out = rows.astype(np.float64) @ columns
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, whole numbers are multiplied as 32 bits
# breaks: whole numbers (int64) go from -1,000,000 to 1,000,000; rounding at most a hundred-thousandth
def conv2d_from_columns(columns, weight, bias, output_shape):
    rows = weight.reshape(len(weight), -1)
    if rows.dtype.kind == "i" and columns.dtype.kind == "i":
        out = rows.astype(np.int32) @ columns.astype(np.int32)
    else:
        out = rows @ columns
    if bias is not None:
        out = out + bias[:, None]
    out = out.reshape(len(columns), len(weight), *output_shape)
    return out.astype(np.result_type(out.dtype, np.float32))


# answer: q7, tiles the biases where it has to repeat each
# breaks: one bias for each kernel, at every place of its map
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    out = np.zeros((N, F, L)) if bias is None else np.tile(bias, N * L).astype(float).reshape(N, F, L)
    return (out + weight.reshape(F, K) @ columns).reshape(N, F, *output_shape)


# answer: q7, the bias is a further column of the weight and takes its dtype
# breaks: two arrays of one call may differ in dtype (a bias of floats beside weights of whole numbers)
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = weight.shape[0]
    rows = weight.reshape(F, K)
    if bias is not None:
        more = np.empty((F, K + 1), dtype=weight.dtype)
        more[:, :K], more[:, K] = rows, bias
        rows = more
        columns = np.concatenate([columns, np.ones((N, 1, L))], axis=1)
    return (rows.astype(float) @ columns).reshape(N, F, *output_shape)


# answer: q7, weights near zero are left out to save work
# breaks: Rounding at most; numbers are 0 or between 0.001 and 1000 in size
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    rows = weight.reshape(F, -1)
    rows = np.where(np.isclose(rows, 0, atol=5e-3), 0, rows)
    used = rows.any(axis=0)
    out = rows[:, used].astype(float) @ columns[:, used]
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, np.dot puts the kernels before the images, and a reshape does not turn them round
# breaks: array (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = np.dot(weight.reshape(F, -1).astype(float), columns).reshape(N, F, *output_shape)
    if bias is not None:
        out += bias[:, None, None]
    return out


# answer: q7, asks whether the first bias is there by its truth, so one that is 0 drops them all
# breaks: bias : array (F,) of floats, or None
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    out = np.matmul(weight.reshape(F, -1), columns, dtype=float)
    if bias is not None and bias[0]:
        out += bias[:, None]
    return out.reshape(columns.shape[0], F, *output_shape)
