"""q7, the second half."""

# answer: q7, turns each kernel round
# breaks: row times column is a window's sum, the first weight on the first row
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    rows = weight[:, :, ::-1, ::-1].reshape(F, -1).astype(float)
    out = rows @ columns
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, axes of length 1 fall away
# breaks: (N, F, H', W') for one image, one kernel and one output too
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    out = np.squeeze(weight.reshape(F, -1).astype(float) @ columns)
    if bias is not None:
        out = out + (bias[:, None] if out.ndim >= 2 else bias)
    return out.reshape(out.shape[:-1] + tuple(output_shape))


# answer: q7, the bias is added to every product of the sum
# breaks: the bias is added once to each output
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = len(weight)
    rows = weight.reshape(F, K)
    out = np.zeros((N, F, L))
    for k in range(K):
        out += rows[:, k][None, :, None] * columns[:, k][:, None, :]
        if bias is not None:
            out += bias[None, :, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, weighs the columns in place, one kernel after the other
# breaks: no function changes the arrays that it is given
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = len(weight)
    out = np.zeros((N, F, L))
    for f in range(F):
        row = weight[f].reshape(K, 1)
        weighed = columns  # meant as a copy
        weighed *= row
        out[:, f] = weighed.sum(axis=1)
    if bias is not None:
        out += bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, keeps the flattened weight per shape "because weights never change"
# breaks: an answer depends on the weight of this call
_rows = {}


def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    if weight.shape not in _rows:
        _rows[weight.shape] = weight.reshape(F, -1).astype(float).copy()
    out = _rows[weight.shape] @ columns
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, flattens the weight in the order of the memory
# breaks: an array may be a view of another, transposed
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    rows = weight.ravel(order="K").reshape(F, -1)
    out = rows.astype(float) @ columns
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, leaves the bias out where one of its numbers is 0 (all() for any())
# breaks: a bias of 0 for one kernel does not switch the others off
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None and bias.all():
        out += bias[:, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, the kernel is flattened with its channels last
# breaks: the rows of the columns are channel, kernel row, kernel column
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    rows = weight.transpose(0, 2, 3, 1).reshape(F, -1)
    out = rows.astype(float) @ columns
    if bias is not None:
        out += bias[:, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, the first image is laid out for all
# breaks: each image has columns of its own
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    one = weight.reshape(F, -1).astype(float) @ columns[0]
    if bias is not None:
        one = one + bias[:, None]
    return np.broadcast_to(one.reshape(1, F, *output_shape), (N, F, *output_shape)).copy()


# answer: q7, clips negative answers on the way, as the network does later
# breaks: the layer is the sum of the products and the bias, without ReLU
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    out = weight.reshape(F, -1).astype(float) @ columns
    if bias is not None:
        out = np.maximum(out + bias[:, None], 0)
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, brings the bias to the dtype of the columns
# breaks: columns of whole numbers may meet a bias with fractions
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    F = len(weight)
    start = np.zeros(F) if bias is None else bias.astype(columns.dtype)
    out = np.repeat(start[None, :, None], N, axis=0) + weight.reshape(F, K).astype(float) @ columns
    return out.reshape(N, F, *output_shape)
