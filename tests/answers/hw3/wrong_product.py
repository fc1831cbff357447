"""Wrong answers to the layer as one matrix product. Text; nobody imports it."""

# answer: q7, forgets the bias
# breaks: bias (F,)
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, a bias of None is added all the same
# breaks: bias may be None
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns + np.reshape(bias, (-1, 1))
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, adds the bias along the columns
# breaks: the bias belongs to the row
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    if bias is not None:
        out = out + bias
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, adds the bias along the width in the end
# breaks: the bias belongs to the kernel
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = (weight.reshape(len(weight), -1) @ columns).reshape(len(columns), len(weight), *output_shape)
    return out if bias is None else out + bias


# answer: q7, `if bias` asks an array whether it is true
# breaks: a bias of several numbers is valid
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    if bias:
        out += bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, flattens the kernels column by column
# breaks: weight.reshape(F, C*kh*kw), channel, row, column
def conv2d_from_columns(columns, weight, bias, output_shape):
    flat = weight.reshape(len(weight), -1, order="F")
    out = flat @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, reshapes the kernels where they should be transposed
# breaks: each kernel is a row
def conv2d_from_columns(columns, weight, bias, output_shape):
    flat = weight.reshape(-1, len(weight)).T
    out = flat @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, output width before height
# breaks: output_shape is (H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), len(weight), output_shape[1], output_shape[0])


# answer: q7, right shape, but filled column by column
# breaks: array (N, F, H', W'), the columns are outputs row by row
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    if bias is not None:
        out = out + bias[:, None]
    H, W = output_shape
    return out.reshape(len(columns), len(weight), W, H).swapaxes(2, 3)


# answer: q7, the first image alone
# breaks: array (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns[0]
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(1, len(weight), *output_shape)


# answer: q7, the first image for all images
# breaks: each image has its own columns
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = np.zeros((len(columns), len(weight), *output_shape))
    for n in range(len(columns)):
        out[n] = (weight.reshape(len(weight), -1) @ columns[0]).reshape(len(weight), *output_shape)
    if bias is not None:
        out += bias.reshape(1, -1, 1, 1)
    return out


# answer: q7, the first channel of the kernels only
# breaks: row times column is a window's sum over all channels
def conv2d_from_columns(columns, weight, bias, output_shape):
    flat = weight[:, 0].reshape(len(weight), -1)
    out = flat @ columns[:, : flat.shape[1]]
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, one large product, then the axes of images and kernels mixed up
# breaks: array (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, K, L = columns.shape
    wide = columns.transpose(1, 0, 2).reshape(K, N * L)
    out = weight.reshape(len(weight), K) @ wide
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, len(weight), *output_shape)


# answer: q7, kernels before images
# breaks: array (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = np.tensordot(weight.reshape(len(weight), -1), columns, axes=(1, 1))
    if bias is not None:
        out = out + bias[:, None, None]
    return out.reshape(len(weight), len(columns), *output_shape)


# answer: q7, integers in, integers out
# breaks: an array of floats
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    if bias is not None:
        out = out + bias[:, None]
    out = out.reshape(len(columns), len(weight), *output_shape)
    return out.astype(int) if columns.dtype.kind in "iu" else out


# answer: q7, whole numbers
# breaks: values
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = np.zeros((len(columns), len(weight), columns.shape[2]), dtype=weight.dtype)
    out[:] = weight.reshape(len(weight), -1) @ columns
    if bias is not None:
        out = out + np.round(bias[:, None])
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, flattens the caller's kernels for good
# breaks: an argument is changed
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = len(weight)
    weight.shape = (F, -1)
    out = weight @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, sets the caller's columns to zero after the product
# breaks: an argument is changed
def conv2d_from_columns(columns, weight, bias, output_shape):
    flat = weight.reshape(len(weight), -1)
    out = flat @ columns
    columns *= 0
    if bias is not None:
        out += bias[:, None] + (flat @ columns)
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, takes the outputs for a square
# breaks: output_shape (H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    side = int(np.sqrt(columns.shape[2]))
    out = weight.reshape(len(weight), -1) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out[:, :, : side * side].reshape(len(columns), len(weight), side, side)


# answer: q7, the outputs stay in one row
# breaks: array (N, F, H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out


# answer: q7, adds the bias to each tap
# breaks: one bias for each output
def conv2d_from_columns(columns, weight, bias, output_shape):
    flat = weight.reshape(len(weight), -1)
    if bias is not None:
        flat = flat + bias[:, None]
    return (flat @ columns).reshape(len(columns), len(weight), *output_shape)


# answer: q7, takes the bias away
# breaks: b[f] is added
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    if bias is not None:
        out = out - bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, a mean over the window
# breaks: row times column is a sum
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = np.einsum("fk,nkl->nfl", weight.reshape(len(weight), -1), columns) / columns.shape[1]
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)


# answer: q7, the kernels of the first call are kept
# breaks: each call has its own kernels
def conv2d_from_columns(columns, weight, bias, output_shape):
    if not hasattr(conv2d_from_columns, "rows"):
        conv2d_from_columns.rows = {}
    rows = conv2d_from_columns.rows.setdefault(weight.shape, weight.reshape(len(weight), -1).copy())
    out = rows @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(len(columns), len(weight), *output_shape)
