# answer: q7, tensordot puts the kernels first, reshape instead of moving the axis
# breaks: array (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = np.tensordot(weight.reshape(F, -1).astype(float), columns, axes=([1], [1]))
    if bias is not None:
        out = out + bias[:, None, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, windows times weights, reshaped without the transpose
# breaks: array (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = columns.transpose(0, 2, 1) @ weight.reshape(F, -1).T.astype(float)
    if bias is not None:
        out = out + bias
    return out.reshape(N, F, *output_shape)


# answer: q7, takes the root of the number of windows as the side
# breaks: output_shape : pair of int (H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias[:, None]
    side = int(np.sqrt(columns.shape[2]))
    return out.reshape(N, F, side, -1)


# answer: q7, the shape of the weight is set in place
# breaks: What you were given stays as it was
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    if weight.flags.c_contiguous:
        weight.shape = (F, -1)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, the matrix of the weight is kept by the id of the array
# breaks: the next call may bring the same array with other numbers in it
_matrices = {}


def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    if id(weight) not in _matrices:
        _matrices[id(weight)] = weight, weight.reshape(F, -1).astype(float)
    out = _matrices[id(weight)][1] @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, the product is written into a kept array
# breaks: What you return is new: nothing that a later call writes into
_out = {}


def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    shape = (N, F, columns.shape[2])
    out = _out.setdefault(shape, np.empty(shape))
    np.matmul(weight.reshape(F, -1).astype(float), columns, out=out)
    if bias is not None:
        out += bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, the first bias for all maps
# breaks: one bias for each kernel
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias[0]
    return out.reshape(N, F, *output_shape)


# answer: q7, the bias is cast to the dtype of the weight
# breaks: two arrays of one call may differ in dtype
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = out + bias.astype(weight.dtype)[:, None]
    return out.reshape(N, F, *output_shape)
