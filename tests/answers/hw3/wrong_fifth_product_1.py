# answer: q7, the kernels are flattened with the channel last
# breaks: each kernel is a row: weight.reshape(F, C*kh*kw)
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    rows = weight.transpose(0, 2, 3, 1).reshape(F, -1) * 1.0
    out = rows @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(N, F, *output_shape)


# answer: q7, the product of whole numbers stays whole numbers
# breaks: array (N, F, H', W') of floats
def conv2d_from_columns(columns, weight, bias, output_shape):
    out = weight.reshape(len(weight), -1) @ columns
    if bias is not None:
        out = out + bias.reshape(1, -1, 1)
    return out.reshape(len(columns), len(weight), output_shape[0], output_shape[1])


# answer: q7, a bias of float64 is added in place to a product of float32
# breaks: You return floats as precise as what came in: float64, or float32 where no float64 came in.
def conv2d_from_columns(columns, weight, bias, output_shape):
    F = weight.shape[0]
    dtype = np.result_type(columns, weight, np.float32)
    out = weight.reshape(F, -1).astype(dtype) @ columns.astype(dtype)
    if bias is not None:
        out += bias[:, None].astype(dtype)
    return out.reshape(len(columns), F, *output_shape)


# answer: q7, the columns are turned into the precision of the weight
# breaks: You return floats as precise as what came in: float64, or float32 where no float64 came in.
def conv2d_from_columns(columns, weight, bias, output_shape):
    if weight.dtype.kind != "f":
        weight = weight.astype(float)
    columns = columns.astype(weight.dtype)
    out = np.einsum("fk,nkl->nfl", weight.reshape(len(weight), -1), columns)
    if bias is not None:
        out = out + bias[None, :, None]
    return out.reshape(columns.shape[0], weight.shape[0], *output_shape)


# answer: q7, tensordot puts the kernels first, and the reshape hides it
# breaks: array (N, F, H', W'), all rows times all columns of each image
def conv2d_from_columns(columns, weight, bias, output_shape):
    N, F = len(columns), len(weight)
    out = np.tensordot(weight.reshape(F, -1).astype(np.result_type(weight, np.float32)), columns, axes=(1, 1))
    out = out.reshape(N, F, *output_shape)
    if bias is not None:
        out = out + bias[:, None, None]
    return out


# answer: q7, height and width change places
# breaks: output_shape : pair of int, (H', W')
def conv2d_from_columns(columns, weight, bias, output_shape):
    width, height = output_shape
    n, f = len(columns), len(weight)
    out = np.matmul(weight.reshape(f, -1) + 0.0, columns)
    out = out.reshape(n, f, height, width)
    return out if bias is None else out + bias.reshape(f, 1, 1)


# answer: q7, the kernels are rotated as in signal processing
# breaks: Row times column is a window's sum: weight.reshape(F, C*kh*kw), unflipped
def conv2d_from_columns(columns, weight, bias, output_shape):
    f = len(weight)
    rows = weight[:, :, ::-1, ::-1].reshape(f, -1).astype(np.result_type(weight, np.float32))
    out = rows @ columns
    if bias is not None:
        out = out + bias[:, None]
    return out.reshape(-1, f, *output_shape)


# answer: q7, the bias is left away when one of its numbers is 0
# breaks: bias : array (F,) of floats, or None; each map gets its bias
def conv2d_from_columns(columns, weight, bias, output_shape):
    n, f = len(columns), len(weight)
    out = np.matmul(weight.reshape(f, -1) * 1.0, columns).reshape(n, f, *output_shape)
    if bias is not None and bias.all():
        out = out + bias[None, :, None, None]
    return out
