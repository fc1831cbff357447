# answer: q7, the kernels become columns of a reshape, turned
# breaks: each kernel is a row: weight.reshape(F, C*kh*kw)
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    out = weight.reshape(-1, F).T @ columns.astype(float)
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, always adds the bias
# breaks: bias : array (F,) of floats, or None
def conv2d_from_columns(columns, weight, bias, output_shape):
    rows = weight.reshape(len(weight), -1).astype(float)
    out = rows @ columns + bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, the bias goes along the columns
# breaks: the bias belongs to the kernel
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1).astype(float) @ columns
    if bias is not None:
        out = out + bias
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, whole numbers stay whole numbers
# breaks: what you return holds floats
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, width before height
# breaks: array (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    h, w = output_shape
    out = weight.reshape(len(weight), -1).astype(float) @ columns
    out = out.reshape(len(columns), len(weight), w, h)
    return out if bias is None else out + bias.reshape(1, -1, 1, 1)


# answer: q7, the bias counts only where none is 0
# breaks: bias : array (F,): each kernel's bias is added, whatever the others are
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1).astype(float) @ columns
    if bias is not None and bias.all():
        out += bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, one tensordot, whose first axis is the kernel
# breaks: array (N, F, H', W'): for several images the axes must change places
def conv2d_from_columns(columns, weight, bias, output_shape):
    rows = weight.reshape(len(weight), -1).astype(float)
    out = np.tensordot(rows, columns, axes=(1, 1))
    out = out.reshape(len(columns), len(weight), *output_shape)
    return out if bias is None else out + bias[:, None, None]


# answer: q7, lays the images side by side with a reshape alone
# breaks: columns (N, C * kh * kw, H' * W'): each image has its own matrix
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    rows = weight.reshape(-1, K).astype(float)
    wide = rows @ columns.reshape(K, N * L)
    out = wide.reshape(len(rows), N, L).transpose(1, 0, 2)
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, len(rows), *output_shape)


# answer: q7, the channel goes last in a kernel's row
# breaks: rows of the columns: channel first, then kernel row, then kernel column
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    rows = weight.transpose(0, 2, 3, 1).reshape(F, -1).astype(float)
    out = (rows @ columns).reshape(len(columns), F, *output_shape)
    return out if bias is None else out + bias[:, None, None]


# answer: q7, takes the root of the number of windows
# breaks: output_shape (H', W') may be any pair
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    side = int(round(L**0.5))
    out = np.einsum("fk,nkl->nfl", weight.reshape(-1, K).astype(float), columns)
    if bias is not None:
        out += bias[None, :, None]
    return out.reshape(N, len(weight), side, L // side)


# answer: q7, the output is made like the columns
# breaks: whole-number columns and float kernels: what you return holds floats
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = len(weight)
    out = np.zeros((N, F, L), dtype=columns.dtype)
    for n in range(N):
        for f in range(F):
            out[n, f] = weight[f].ravel() @ columns[n] + (0 if bias is None else bias[f])
    return out.reshape(N, F, *output_shape)


# answer: q7, sets the bias's shape
# breaks: no function changes what it is given (the bias comes back as a column)
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1).astype(float) @ columns
    if bias is not None:
        bias.shape = (-1, 1)
        out = out + bias
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, flattens the kernels in the order in which they lie in memory
# breaks: what it is given may be a view, transposed: kernel row, then kernel column
def conv2d_from_columns(columns, weight, bias, output_shape):
    rows = np.stack([kernel.ravel(order="K") for kernel in weight]).astype(float)
    out = rows @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, a float64 bias is added in place to float32 maps
# breaks: float32 only where no float64 came in
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    if out.dtype.kind != "f":
        out = out.astype(float)
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, a single image comes back without its axis
# breaks: array (N, F, H', W'), for one image too
def conv2d_from_columns(columns, weight, bias, output_shape):
    rows = weight.reshape(len(weight), -1).astype(float)
    out = np.array([rows @ c for c in columns])
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(-1, len(weight), *output_shape) if len(columns) > 1 else out.reshape(-1, *output_shape)
