"""Wrong answers to q7, written from the notebook of a student alone."""

# answer: q7, products of whole numbers stay whole
# breaks: array of floats
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = weight.reshape(F, -1) @ columns
    if bias is not None:
        y = y + bias[:, None]
    return y.reshape(len(columns), F, *output_shape)


# answer: q7, the bias is added in place to whole numbers
# breaks: array of floats from whole numbers too
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = weight.reshape(F, -1) @ columns
    if bias is not None:
        y += bias[:, None]
    return y.reshape(len(columns), F, *output_shape)


# answer: q7, the result has the dtype of the columns
# breaks: array of floats
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        y = y + bias[:, None]
    return y.reshape(len(columns), F, *output_shape).astype(columns.dtype)


# answer: q7, kernels are flipped
# breaks: cross-correlation of the windows that im2col laid out
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = weight[:, :, ::-1, ::-1].reshape(F, -1).astype(float) @ columns
    if bias is not None:
        y = y + bias[:, None]
    return y.reshape(len(columns), F, *output_shape)


# answer: q7, channels last
# breaks: C * kh * kw: channel, kernel row, kernel column
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = weight.transpose(0, 2, 3, 1).reshape(F, -1).astype(float) @ columns
    if bias is not None:
        y = y + bias[:, None]
    return y.reshape(len(columns), F, *output_shape)


# answer: q7, kernel columns before kernel rows
# breaks: C * kh * kw: channel, kernel row, kernel column
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = weight.transpose(0, 1, 3, 2).reshape(F, -1).astype(float) @ columns
    if bias is not None:
        y = y + bias[:, None]
    return y.reshape(len(columns), F, *output_shape)


# answer: q7, the bias once for each weight
# breaks: one bias for each kernel
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        y = y + bias[:, None] * columns.shape[1]
    return y.reshape(len(columns), F, *output_shape)


# answer: q7, rows and columns of the output swapped
# breaks: (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        y = y + bias[:, None]
    return y.reshape(len(columns), F, output_shape[1], output_shape[0])


# answer: q7, the weight gets another shape, at the caller's too
# breaks: no function changes its arrays
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    weight.shape = (F, -1)
    y = weight.astype(float) @ columns
    if bias is not None:
        y = y + bias[:, None]
    return y.reshape(len(columns), F, *output_shape)


# answer: q7, tensordot leaves the kernels first
# breaks: (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = np.tensordot(weight.reshape(F, -1).astype(float), columns, axes=(1, 1))
    if bias is not None:
        y += bias[:, None, None]
    return y.reshape(columns.shape[0], F, *output_shape)


# answer: q7, the windows become rows, and so does the answer
# breaks: (N, F, H', W'), map by map
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = columns.transpose(0, 2, 1) @ weight.reshape(F, -1).T.astype(float)
    if bias is not None:
        y += bias
    return y.reshape(len(columns), F, output_shape[0], output_shape[1])


# answer: q7, no bias where there is one map
# breaks: bias: array (F,) of floats, or None
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    y = np.einsum("fk,nkl->nfl", weight.reshape(F, -1).astype(float), columns)
    if F > 1 and bias is not None:
        y += bias[:, None]
    return y.reshape(len(columns), F, *output_shape)
