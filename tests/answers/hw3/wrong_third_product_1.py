"""q7: conv2d_from_columns."""

# answer: q7, the pair is read as (W', H')
# breaks: output_shape is (H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    w, h = output_shape
    F = weight.shape[0]
    out = (weight.reshape(F, -1) @ columns).astype(float)
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), F, h, w)


# answer: q7, asks "if bias" of an array
# breaks: bias is an array (F,), or None
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    out = np.matmul(weight.reshape(F, -1).astype(float), columns)
    if bias:
        out = out + bias.reshape(F, 1)
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, bias=None was forgotten
# breaks: bias is an array, or None
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    out = np.matmul(weight.reshape(F, -1).astype(float), columns) + bias[None, :, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, the weight is reshaped to (K, F) and turned
# breaks: each kernel is a row: weight.reshape(F, C*kh*kw)
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    rows = weight.reshape(-1, F).T
    out = rows.astype(float) @ columns
    if bias is not None:
        out += bias[:, None]
    return out.reshape(columns.shape[0], F, *output_shape)


# answer: q7, tensordot gives (F, N, L), and reshape calls it (N, F, ...)
# breaks: images on the first axis, maps on the second
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = columns.shape[0], weight.shape[0]
    out = np.tensordot(weight.reshape(F, -1).astype(float), columns, axes=(1, 1))
    if bias is not None:
        out = out + bias[:, None, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, whole numbers stay whole
# breaks: an array of floats is returned
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = columns.shape[0], weight.shape[0]
    out = weight.reshape(F, -1) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, the result gets the dtype of the columns
# breaks: columns may be whole numbers and the weight fractions; floats are returned
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = columns.shape[0], weight.shape[0]
    out = np.empty((N, F, columns.shape[2]), dtype=columns.dtype)
    for n in range(N):
        out[n] = weight.reshape(F, -1) @ columns[n]
        if bias is not None:
            out[n] = out[n] + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, gives the caller's weight a new shape
# breaks: no function changes the arrays that it is given
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    try:
        weight.shape = (F, -1)
    except AttributeError:
        weight = weight.reshape(F, -1)
    out = weight.astype(float) @ columns
    if bias is not None:
        out += bias[:, None]
    return out.reshape(columns.shape[0], F, *output_shape)


# answer: q7, takes the root of the number of columns for height and width
# breaks: output_shape says (H', W'), which may differ
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = len(weight)
    side = int(L**0.5)
    out = weight.reshape(F, K).astype(float) @ columns
    if bias is not None:
        out += bias[:, None]
    return out.reshape(N, F, side, side)


# answer: q7, reshapes in the order of Fortran
# breaks: the columns stand in the order of the outputs, row by row
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = np.einsum("fk,nkl->nfl", weight.reshape(F, -1).astype(float), columns)
    if bias is not None:
        out += bias[:, None]
    return out.reshape((N, F) + tuple(output_shape), order="F")


# answer: q7, multiplies in half precision
# breaks: sums are right to the precision of the inputs
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    out = weight.reshape(F, -1).astype("float16") @ columns.astype("float16")
    out = out.astype(float)
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, adds bias[:, None, None] before the reshape, that is along the images
# breaks: the bias belongs to the kernel, along axis 1
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias[:, None, None]
    return out.reshape(N, F, *output_shape)
