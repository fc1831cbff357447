# answer: q7, bias along the last axis
# breaks: one bias for each kernel, y[n, f, i, j] = b[f] + ...
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias
    return out.reshape(N, F, *output_shape)


# answer: q7, tests the bias with if
# breaks: bias : array (F,) of floats, or None
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias:
        out = out + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, adds the bias in place to a whole-number product
# breaks: two arrays of one call may differ in dtype
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1) @ columns
    if bias is not None:
        out += bias[:, None]
    out = out.astype(float)
    return out.reshape(N, F, *output_shape)


# answer: q7, whole numbers in, whole numbers out
# breaks: Floats: otherwise float32 or float64
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, all in float32 for speed, cast up at the end
# breaks: float64 where an array of float64 came in: off by a billionth at most
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1).astype(np.float32) @ columns.astype(np.float32)
    if bias is not None:
        out = out + bias[:, None]
    return out.astype(np.float64).reshape(N, F, *output_shape)


# answer: q7, the answer takes the dtype of the columns alone
# breaks: float64 where an array of float64 came in
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias[:, None]
    if columns.dtype.kind == "f":
        out = out.astype(columns.dtype)
    return out.reshape(N, F, *output_shape)


# answer: q7, the weight is flattened with the channel last
# breaks: columns hold channel first, then kernel row, then kernel column
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.transpose(0, 2, 3, 1).reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, reshapes to width, height
# breaks: array (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias[:, None]
    H, W = output_shape
    return out.reshape(N, F, W, H)
